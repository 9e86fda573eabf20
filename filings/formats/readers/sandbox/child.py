"""Reads a file in a child process, which may take little time and memory and answers with a little text."""

import logging
import os
import sys
from contextlib import suppress
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from threading import Timer
from typing import IO, cast

from filings.formats.file import CannotRead
from filings.formats.readers.sandbox import answer
from filings.formats.readers.sandbox.answer import NoAnswer, ReadResult
from filings.formats.readers.sandbox.file_type import FileType

LONGEST = 30
UNREADABLE = (
    "没能读懂这个文件：它可能已损坏，或由少见的软件写成。请用 Word、Excel 或 WPS 打开它，另存为 .docx 或 .xlsx 再导入。"
)
# The folder from which `filings` is imported.
PROGRAM = Path(__file__).resolve().parents[4]
ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8"}
_LOGGER = logging.getLogger(__name__)


def read(kind: FileType, data: bytes, *, longest: float = LONGEST) -> ReadResult:
    """The tables of a file of a kind, within so many seconds. Raises CannotRead, also when its reader breaks down."""
    with Popen(  # noqa: S603 — nothing that comes from people, but for stdin
        # Neither the user's own packages nor a setting of Python's, and no compiled files: the child may not write.
        [sys.executable, "-E", "-s", "-B", "-m", "filings.formats.readers", kind],
        cwd=PROGRAM,
        env=ENVIRONMENT,
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
    ) as process:
        timer = Timer(longest, process.kill)
        timer.start()
        try:
            said = _ask(process, data)
            if len(said) > answer.LARGEST:
                process.kill()
            process.wait()
        finally:
            timer.cancel()
            process.kill()
    if process.returncode == 0:
        with suppress(NoAnswer):
            return answer.loads(said)
    _LOGGER.warning("the reader of %s ended with code %s over %s bytes", kind, process.returncode, len(data))
    raise CannotRead(UNREADABLE if process.returncode == 1 else answer.TOO_COMPLEX)


def _ask(process: "Popen[bytes]", data: bytes) -> bytes:
    # One that is killed reads no further.
    with suppress(BrokenPipeError), cast(IO[bytes], process.stdin) as stdin:
        stdin.write(data)
    # The child answers once it has read everything, so that neither waits for the other.
    return cast(IO[bytes], process.stdout).read(answer.LARGEST + 1)
