"""Read a file in a child process that is limited in time, memory and output size."""

import logging
import os
import sys
from contextlib import suppress
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from threading import Timer
from typing import IO, cast

from filings.formats.file import CannotRead
from filings.formats.readers.sandbox import result
from filings.formats.readers.sandbox.file_type import FileType
from filings.formats.readers.sandbox.result import InvalidResult, ReadResult

# Seconds of wall-clock time; the child limits its own processor time.
TIMEOUT = 30
UNREADABLE = (
    "无法读取这个文件：它可能已损坏，或由少见的软件写成。请用 Word、Excel 或 WPS 打开它，另存为 .docx 或 .xlsx 再导入。"
)
# The directory from which `filings` is imported.
ROOT = Path(__file__).resolve().parents[4]
ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8"}
_LOGGER = logging.getLogger(__name__)


def read(file_type: FileType, data: bytes, *, timeout: float = TIMEOUT) -> ReadResult:
    """Read a file within `timeout` seconds. Raises CannotRead, also if the reader crashes or exceeds a limit."""
    with Popen(  # noqa: S603 — no user input except on stdin
        # -E -s: ignore Python's environment variables and user packages. -B: the child may not write compiled files.
        [sys.executable, "-E", "-s", "-B", "-m", "filings.formats.readers", file_type],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
    ) as process:
        timer = Timer(timeout, process.kill)
        timer.start()
        try:
            output = _communicate(process, data)
            if len(output) > result.LARGEST:
                process.kill()
            process.wait()
        finally:
            timer.cancel()
            process.kill()
    if process.returncode == 0:
        with suppress(InvalidResult):
            return result.loads(output)
    _LOGGER.warning("the reader of %s ended with code %s over %s bytes", file_type, process.returncode, len(data))
    # Code 1 is a Python exception; anything else is a signal or an abort, caused by a limit.
    raise CannotRead(UNREADABLE if process.returncode == 1 else result.TOO_COMPLEX)


def _communicate(process: "Popen[bytes]", data: bytes) -> bytes:
    """Send the file and return the output, at most one byte more than is accepted."""
    # A killed child stops reading.
    with suppress(BrokenPipeError), cast(IO[bytes], process.stdin) as stdin:
        stdin.write(data)
    # The child writes only after it has read all of stdin, so this cannot deadlock.
    return cast(IO[bytes], process.stdout).read(result.LARGEST + 1)
