"""Find passwords and macros in old Office files and PDF files, without reading their content.

Files of the present formats are checked when their type is detected (readers/sandbox/file_type.py).
"""

import re
import struct
from collections.abc import Iterator
from io import BytesIO

from olefile import OleFileIO

from filings.formats.file import CannotRead
from filings.formats.readers.sandbox import zip_limits
from filings.formats.readers.sandbox.file_type import COMPOUND_ERRORS, COMPOUND_SIGNATURE, FileType

# Storages of VBA projects, in lower case: of Word, of Excel, and inside either.
_MACRO_STORAGES = {"macros", "_vba_project_cur", "vba", "_vba_project"}
# Records of .xls by [MS-XLS]: FilePass (2.4.117); BoundSheet8 (2.4.28), whose sixth byte is 1 for a sheet of macros;
# EOF, which ends the records of the workbook as a whole.
_FILE_PASS, _BOUND_SHEET, _END = 0x2F, 0x85, 0x0A
MOST_RECORDS = 200_000
_MACRO_SHEET = 1
# Flags fEncrypted and fObfuscated at byte 10 of a .doc, by [MS-DOC] 2.5.2.
_DOC_FLAGS, _DOC_LOCKED = 10, 0x0100 | 0x8000
# The entry of a trailer. Trailers are never compressed, not even those of cross-reference streams.
_PDF_LOCKED = re.compile(rb"/Encrypt\s*(\d+\s+\d+\s+R|<<)")


def has_password(file_type: FileType, data: bytes) -> bool:
    """Whether a .doc, .xls or PDF is encrypted, also one that opens and only restricts printing. Raises CannotRead."""
    if file_type is FileType.PDF:
        return bool(_PDF_LOCKED.search(data))
    if file_type is FileType.XLS:
        return any(kind == _FILE_PASS for kind, _ in _records(_workbook(data)))
    if file_type is FileType.DOC:
        (flags,) = struct.unpack("<H", _stream(data, "WordDocument")[_DOC_FLAGS : _DOC_FLAGS + 2].ljust(2, b"\0"))
        return bool(flags & _DOC_LOCKED)
    return False


def has_macros(file_type: FileType, data: bytes) -> bool:
    """Whether a .doc or .xls has a VBA project, or an .xls a sheet of Excel 4.0 macros. Raises CannotRead."""
    if file_type not in (FileType.DOC, FileType.XLS):
        return False
    if _MACRO_STORAGES & {name.casefold() for name in _names(data)}:
        return True
    return file_type is FileType.XLS and any(_is_macro_sheet(*record) for record in _records(_workbook(data)))


def _is_macro_sheet(kind: int, content: bytes) -> bool:
    return kind == _BOUND_SHEET and content[5:6] == bytes([_MACRO_SHEET])


def _workbook(data: bytes) -> bytes:
    """Return the records of an .xls; files older than Excel 5 have no container."""
    if not data.startswith(COMPOUND_SIGNATURE):
        return data
    return _stream(data, "Workbook") or _stream(data, "Book")


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the records of the workbook as a whole, before those of its sheets. Raises CannotRead."""
    position = 0
    for _ in range(MOST_RECORDS):
        if position + 4 > len(stream):
            return
        kind, length = struct.unpack_from("<2H", stream, position)
        if kind == _END:
            return
        yield kind, stream[position + 4 : position + 4 + length]
        position += 4 + length
    raise CannotRead(zip_limits.BROKEN)


def _names(data: bytes) -> set[str]:
    """Return the names of all streams and storages."""
    if not data.startswith(COMPOUND_SIGNATURE):
        return set()
    try:
        with OleFileIO(BytesIO(data)) as file:
            return {name for path in file.listdir(streams=True, storages=True) for name in path}
    except COMPOUND_ERRORS as error:
        raise CannotRead(zip_limits.BROKEN) from error


def _stream(data: bytes, name: str) -> bytes:
    """Return the content of a stream in the root, empty without that stream."""
    try:
        with OleFileIO(BytesIO(data)) as file:
            return bytes(file.openstream(name).read()) if file.exists(name) else b""
    except COMPOUND_ERRORS as error:
        raise CannotRead(zip_limits.BROKEN) from error
