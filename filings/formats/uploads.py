"""Open untrusted uploads: detect the file type from content and extract its tables.

Except for plain text and JSON, files are parsed in a child process with limits on memory and time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from filings.document import canonical_json
from filings.document.content import FilingDocument
from filings.formats import text
from filings.formats.file import CannotRead
from filings.formats.readers.sandbox import child, libreoffice, zip_limits
from filings.formats.readers.sandbox.file_type import EXTENSIONS, NAMES, FileType, detect_file_type
from filings.formats.readers.sandbox.result import ReadResult
from filings.formats.readers.text import read as text_reader
from filings.table.grid import Grid

_NO_TABLE = "里面没有文字，也没有表格（{kind}）。请确认选对了文件，或重新保存一次再导入。"
_OTHER_JSON = "文件是 JSON 数据，但不是本系统原样导出的表，或者导出后改动过。请导入 .xlsx、.docx 或 .pdf 文件。"
_NAMED = "文件名以 {extension} 结尾，内容是「{kind}」，已按内容读取。"
_CONVERTED = "{extension} 文件是先由 LibreOffice 转换、再读取的，请逐格核对。"
_KNOWN_EXTENSIONS = frozenset(extension for extensions in EXTENSIONS.values() for extension in extensions)
# Makes the reader take pasted HTML as UTF-8, whatever encoding the page declares.
_UTF_8 = "\ufeff"


@dataclass(frozen=True)
class Upload:
    """The content of an upload: its tables, or the exact document if the file carries one (then `grids` is empty).

    `remarks` are Chinese sentences about the file as a whole.
    """

    file_type: FileType
    grids: tuple[Grid, ...] = ()
    document: FilingDocument | None = None
    remarks: tuple[str, ...] = ()


def open_file(name: str, data: bytes) -> Upload:
    """Open a file. Its name is only used to remark on a wrong extension. Raises CannotRead."""
    if len(data) > zip_limits.LARGEST_UPLOAD:
        raise zip_limits.too_large()
    file_type = detect_file_type(data)
    extension = PurePath(name).suffix.lower()
    is_misnamed = extension in _KNOWN_EXTENSIONS and extension not in EXTENSIONS[file_type]
    remarks = (_NAMED.format(extension=extension, kind=NAMES[file_type]),) if is_misnamed else ()
    if file_type is FileType.TEXT:
        return _with_tables(file_type, text_reader.read(text.decode(data)), remarks)
    if file_type is FileType.JSON:
        return Upload(file_type, document=_document(text.decode(data)), remarks=remarks)
    result, converted = _read(file_type, data, EXTENSIONS[file_type][0] if is_misnamed or not extension else extension)
    if result.document is not None:
        return Upload(file_type, document=_document(result.document), remarks=remarks)
    return _with_tables(file_type, result.grids, remarks + converted)


def open_text(pasted: str) -> Upload:
    """Open pasted text under the same limits as a file. Raises CannotRead."""
    return _with_tables(FileType.TEXT, text_reader.read(text.decode(pasted.encode("utf-8", "replace"))))


def open_html(pasted: str) -> Upload:
    """Open a pasted fragment of a web page under the same limits as a file. Raises CannotRead."""
    data = (_UTF_8 + pasted).encode("utf-8", "replace")
    if len(data) > zip_limits.LARGEST_UPLOAD:
        raise zip_limits.too_large()
    return _with_tables(FileType.HTML, child.read(FileType.HTML, data).grids)


def _with_tables(file_type: FileType, grids: Sequence[Grid], remarks: tuple[str, ...] = ()) -> Upload:
    if not any(map(_has_text, grids)):
        raise CannotRead(_NO_TABLE.format(kind=NAMES[file_type]))
    return Upload(file_type, tuple(grids), remarks=remarks)


def _has_text(grid: Grid) -> bool:
    lines = (grid.above, grid.below, *(row.cells for row in grid.rows))
    return any(cell.text.strip() for cells in lines for cell in cells)


def _read(file_type: FileType, data: bytes, extension: str) -> tuple[ReadResult, tuple[str, ...]]:
    """Read a file in a child process; the second value is a remark if LibreOffice had to convert it first."""
    if file_type in libreoffice.TARGETS and file_type is not FileType.XLS:
        return _read_converted(file_type, data, extension)
    try:
        return child.read(file_type, data), ()
    except CannotRead as refusal:
        if file_type is not FileType.XLS or not libreoffice.is_installed():
            raise
        # Most .xls files are read directly; LibreOffice may understand the few that are not.
        try:
            return _read_converted(file_type, data, extension)
        except CannotRead:
            raise refusal from None


def _read_converted(file_type: FileType, data: bytes, extension: str) -> tuple[ReadResult, tuple[str, ...]]:
    target = libreoffice.TARGETS[file_type]
    converted = libreoffice.convert(file_type, data, extension)
    zip_limits.open_archive(converted)
    return child.read(target, converted), (_CONVERTED.format(extension=extension),)


def _document(json_text: str) -> FilingDocument:
    try:
        return canonical_json.loads(json_text)
    except canonical_json.NotCanonical as error:
        raise CannotRead(_OTHER_JSON) from error
