"""One worker per installation: a file lock, which the operating system releases when the process ends in any way."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


@contextmanager
def only_worker() -> Iterator[bool]:
    """Hold the lock of the worker; yield False if another process holds it."""
    with lock_file().open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def lock_file() -> Path:
    return Path(settings.VAR_DIR) / "worker.lock"
