"""Read a file in a child process that is limited in time, memory and output size."""

import logging
from contextlib import suppress

from filings.formats.file import CannotRead
from filings.formats.readers.sandbox import process, result
from filings.formats.readers.sandbox.file_type import FileType
from filings.formats.readers.sandbox.result import InvalidResult, ReadResult

UNREADABLE = (
    "无法读取这个文件：它可能已损坏，或由少见的软件写成。请用 Word、Excel 或 WPS 打开它，另存为 .docx 或 .xlsx 再导入。"
)
_LOGGER = logging.getLogger(__name__)


def read(file_type: FileType, data: bytes, *, timeout: float = process.TIMEOUT) -> ReadResult:
    """Read a file within `timeout` seconds. Raises CannotRead, also if the reader crashes or exceeds a limit."""
    finished = process.run("filings.formats.readers", file_type, data=data, largest=result.LARGEST, timeout=timeout)
    if finished.code == 0:
        with suppress(InvalidResult):
            return result.loads(finished.output)
    _LOGGER.warning("the reader of %s ended with code %s over %s bytes", file_type, finished.code, len(data))
    raise CannotRead(UNREADABLE if finished.code == 1 else result.TOO_COMPLEX)
