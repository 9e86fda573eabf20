"""Run a module in a child process that is limited in wall-clock time and output size."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from threading import Timer
from typing import IO, NamedTuple, cast

# Seconds of wall-clock time; the child limits its own processor time (limits.py).
TIMEOUT = 30
# The directory from which `filings` is imported.
ROOT = Path(__file__).resolve().parents[4]
ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8"}


class Finished(NamedTuple):
    """The end of a child process. Code 1 is a Python exception; others but 0 are signals, caused by a limit."""

    code: int
    output: bytes


def run(module: str, *arguments: str, data: bytes, largest: int, timeout: float = TIMEOUT) -> Finished:
    """Run a module with `data` on stdin. It is killed after `timeout` seconds or `largest` bytes of output."""
    with Popen(  # noqa: S603 — no user input except on stdin
        # -E -s: ignore Python's environment variables and user packages. -B: the child may not write compiled files.
        [sys.executable, "-E", "-s", "-B", "-m", module, *arguments],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
    ) as process:
        timer = Timer(timeout, process.kill)
        timer.start()
        try:
            output = _communicate(process, data, largest)
            if len(output) > largest:
                process.kill()
            process.wait()
        finally:
            timer.cancel()
            process.kill()
    return Finished(process.returncode, output)


def _communicate(process: "Popen[bytes]", data: bytes, largest: int) -> bytes:
    """Send the data and return the output, at most one byte more than is accepted."""
    # A killed child stops reading.
    with suppress(BrokenPipeError), cast(IO[bytes], process.stdin) as stdin:
        stdin.write(data)
    # The child writes only after it has read all of stdin, so this cannot deadlock.
    return cast(IO[bytes], process.stdout).read(largest + 1)
