"""Limit how many files are inspected at once on this host: each takes a third of a second of a core, without login.

A turn is a file lock, which the operating system releases when the process ends in any way.
"""

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import IO

from django.conf import settings

MOST_AT_ONCE = 2
# Seconds for which an upload waits; meanwhile it occupies a thread of the web server.
PATIENCE = 3.0
_PAUSE = 0.1


class AllBusy(Exception):
    """No turn is free, after PATIENCE seconds."""


@contextmanager
def turn() -> Iterator[None]:
    """Hold one of the turns. Raises AllBusy."""
    folder = Path(settings.VAR_DIR) / "inspections"
    folder.mkdir(exist_ok=True)
    end = monotonic() + PATIENCE
    with ExitStack() as stack:
        files = [stack.enter_context((folder / f"{number}.lock").open("w")) for number in range(MOST_AT_ONCE)]
        while not any(_lock(file) for file in files):
            if monotonic() >= end:
                raise AllBusy
            sleep(_PAUSE)
        yield


def _lock(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
