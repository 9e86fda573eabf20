"""The one way by which a file of anybody's comes in: what it is, told by its content, and the tables that it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from filings.document import canonical_json
from filings.document.content import FilingDocument
from filings.formats import text
from filings.formats.file import CannotRead
from filings.formats.readers.sandbox import child, libreoffice, zip_limits
from filings.formats.readers.sandbox.answer import ReadResult
from filings.formats.readers.sandbox.file_type import (
    ENDINGS,
    NAMES,
    FileType,
    recognise,
)
from filings.formats.readers.text import read as text_reader
from filings.table.grid import Grid

_NO_TABLE = "里面没有文字，也没有表格（{kind}）。请确认选对了文件，或重新保存一次再导入。"
_OTHER_JSON = "文件是 JSON 数据，但不是本系统原样导出的表，或者导出后改动过。请导入 .xlsx、.docx 或 .pdf 文件。"
_NAMED = "文件名以 {ending} 结尾，内容是「{kind}」，已按内容读取。"
_CONVERTED = "{ending} 文件是先由 LibreOffice 转换、再读取的，请逐格核对。"
_KNOWN_ENDINGS = frozenset(ending for endings in ENDINGS.values() for ending in endings)
# Marks a text as UTF-8, whatever a page says of its own encoding.
_UTF_8 = "\ufeff"


@dataclass(frozen=True)
class Opened:
    """What came in. A file that carries its `document` exactly is not read as cells: it has no `grids`.

    `remarks` are sentences about the file as a whole, in Chinese.
    """

    kind: FileType
    grids: tuple[Grid, ...] = ()
    document: FilingDocument | None = None
    remarks: tuple[str, ...] = ()


def open_file(name: str, data: bytes) -> Opened:
    """What a file holds. Its name only serves to tell people where it is wrong. Raises CannotRead."""
    if len(data) > zip_limits.LARGEST_UPLOAD:
        raise zip_limits.too_large(len(data))
    kind = recognise(data)
    ending = PurePath(name).suffix.lower()
    is_misnamed = ending in _KNOWN_ENDINGS and ending not in ENDINGS[kind]
    remarks = (_NAMED.format(ending=ending, kind=NAMES[kind]),) if is_misnamed else ()
    if kind is FileType.TEXT:
        return _opened(kind, text_reader.read(text.decode(data)), remarks)
    if kind is FileType.JSON:
        return Opened(kind, document=_document(text.decode(data)), remarks=remarks)
    answer, converted = _read(kind, data, ENDINGS[kind][0] if is_misnamed or not ending else ending)
    if answer.document is not None:
        return Opened(kind, document=_document(answer.document), remarks=remarks)
    return _opened(kind, answer.grids, remarks + converted)


def open_text(pasted: str) -> Opened:
    """What a pasted text holds, under the limits of a file. Raises CannotRead."""
    return _opened(FileType.TEXT, text_reader.read(text.decode(pasted.encode("utf-8", "replace"))))


def open_html(pasted: str) -> Opened:
    """What a pasted piece of a page holds, under the limits of a file. Raises CannotRead."""
    data = (_UTF_8 + pasted).encode("utf-8", "replace")
    if len(data) > zip_limits.LARGEST_UPLOAD:
        raise zip_limits.too_large(len(data))
    return _opened(FileType.HTML, child.read(FileType.HTML, data).grids)


def _opened(kind: FileType, grids: Sequence[Grid], remarks: tuple[str, ...] = ()) -> Opened:
    if not any(map(_has_text, grids)):
        raise CannotRead(_NO_TABLE.format(kind=NAMES[kind]))
    return Opened(kind, tuple(grids), remarks=remarks)


def _has_text(grid: Grid) -> bool:
    lines = (grid.above, grid.below, *(row.cells for row in grid.rows))
    return any(cell.text.strip() for cells in lines for cell in cells)


def _read(kind: FileType, data: bytes, ending: str) -> tuple[ReadResult, tuple[str, ...]]:
    """The answer of the kind's reader, with a remark where LibreOffice had to help."""
    if kind in libreoffice.TARGETS and kind is not FileType.XLS:
        return _read_converted(kind, data, ending)
    try:
        return child.read(kind, data), ()
    except CannotRead as refusal:
        if kind is not FileType.XLS or not libreoffice.is_installed():
            raise
        # Old workbooks are read at once but for a few, which LibreOffice may know better.
        try:
            return _read_converted(kind, data, ending)
        except CannotRead:
            raise refusal from None


def _read_converted(kind: FileType, data: bytes, ending: str) -> tuple[ReadResult, tuple[str, ...]]:
    target = libreoffice.TARGETS[kind]
    made = libreoffice.convert(kind, data, ending)
    zip_limits.look_over(made)
    return child.read(target, made), (_CONVERTED.format(ending=ending),)


def _document(said: str) -> FilingDocument:
    try:
        return canonical_json.loads(said)
    except canonical_json.NotCanonical as fault:
        raise CannotRead(_OTHER_JSON) from fault
