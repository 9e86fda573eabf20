"""Reads .xls of Excel 5 to 2003 and .et of WPS, record by record; [MS-XLS] 2.4 describes each."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from filings.formats.file import CannotRead
from filings.formats.readers import spreadsheet_values as values
from filings.formats.readers.spreadsheet_cells import Collection
from filings.formats.readers.spreadsheet_codes import BUILT_IN
from filings.formats.readers.spreadsheet_package import BROKEN, LOCKED
from filings.formats.readers.spreadsheet_records import Record, Texts, records
from filings.formats.readers.spreadsheet_stream import stream

_DATE_1904, _LOCK, _FORMAT, _STYLE, _SHEET, _STRINGS = 0x0022, 0x002F, 0x041E, 0x00E0, 0x0085, 0x00FC
_NUMBER, _RK, _MANY_RK, _TRUTH_OR_FAILURE, _STRING = 0x0203, 0x027E, 0x00BD, 0x0205, 0x00FD
_TEXTS = (0x0204, 0x00D6)
_FORMULAS, _RESULT = (0x0006, 0x0206, 0x0406), 0x0207
_MERGED = 0x00E5
_VERSION_8 = 0x0600
_FAILURES = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!"}

Shown = values.Shown


def read(data: bytes, found: Collection) -> None:
    """Puts every cell of every sheet. Raises CannotRead."""
    try:
        content = stream(data, "workbook", "book")
        book = _book(content)
        for start, name in book.sheets:
            found.begin(name)
            _put(content, start, book, found)
    except (struct.error, IndexError) as fault:
        raise CannotRead(BROKEN) from fault


@dataclass
class _Book:
    """What the sheets share: the texts, the number formats, and by its number in `styles` which of them a cell has."""

    is_8: bool
    sheets: list[tuple[int, str]] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    named: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    from_1904: bool = False

    def number(self, value: float, style: int) -> Shown:
        used = self.styles[style] if style < len(self.styles) else 0
        return values.number(value, self.named.get(used) or BUILT_IN.get(used, "General"), from_1904=self.from_1904)


def _book(content: bytes) -> _Book:
    book = _Book(is_8=struct.unpack_from("<H", content, 4)[0] >= _VERSION_8)
    for record in records(content, 0):
        if record.kind == _LOCK:
            raise CannotRead(LOCKED)
        if record.kind == _SHEET:
            start, _, kind = record.numbers("IBB")
            if not kind:
                book.sheets.append((start, Texts(record, 6, is_8=book.is_8).take(has_short_length=True)))
        elif record.kind == _STRINGS:
            book.strings = list(_strings(record))
        elif record.kind == _FORMAT:
            text = Texts(record, 2, is_8=book.is_8).take(has_short_length=not book.is_8)
            book.named[record.numbers("H")[0]] = text
        elif record.kind == _STYLE:
            book.styles.append(record.numbers("H", 2)[0])
        elif record.kind == _DATE_1904:
            book.from_1904 = record.data[:1] == b"\x01"
    return book


def _strings(record: Record) -> Iterator[str]:
    texts = Texts(record, 8)
    for _ in range(record.numbers("I", 4)[0]):
        yield texts.take()


def _put(content: bytes, start: int, book: _Book, found: Collection) -> None:
    waiting = 0, 0
    for record in records(content, start):
        if record.kind == _MERGED:
            (count,) = record.numbers("H")
            for top, bottom, left, right in struct.iter_unpack("<4H", record.data[2 : 2 + 8 * count]):
                found.merge(top, left, bottom, right)
        elif record.kind == _MANY_RK:
            row, column = record.numbers("HH")
            for at, (style, packed) in enumerate(struct.iter_unpack("<HI", record.data[4:-2])):
                found.put(row, column + at, *book.number(_unpacked(packed), style))
        # The text that a formula gave follows its cell.
        elif record.kind == _RESULT:
            found.put(*waiting, _plain(Texts(record, 0, is_8=book.is_8).take()))
        elif record.kind in (_NUMBER, _RK, _TRUTH_OR_FAILURE, _STRING, *_TEXTS, *_FORMULAS):
            row, column, style = record.numbers("3H")
            waiting = row, column
            found.put(row, column, *_shown(record, style, book))


def _shown(record: Record, style: int, book: _Book) -> Shown:
    """What one cell shows."""
    if record.kind == _STRING:
        return _plain(book.strings[record.numbers("I", 6)[0]]), ""
    if record.kind in _TEXTS:
        return _plain(Texts(record, 6, is_8=book.is_8).take()), ""
    if record.kind == _RK:
        return book.number(_unpacked(record.numbers("I", 6)[0]), style)
    value = record.data[6:]
    if record.kind == _TRUTH_OR_FAILURE:
        return _truth_or_failure(value[0], is_failure=bool(value[1]))
    if record.kind in _FORMULAS and value[6:8] == b"\xff\xff":
        return _truth_or_failure(value[2], is_failure=value[0] == 2) if value[0] in (1, 2) else ("", "")
    return book.number(struct.unpack_from("<d", value)[0], style)


def _unpacked(packed: int) -> float:
    """A number in four bytes: whole or the upper half of a float, by its second bit; by its first, hundredfold."""
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed >> 31 else 0))
    else:
        value = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0]
    return value / 100 if packed & 1 else value


def _truth_or_failure(value: int, *, is_failure: bool) -> Shown:
    return values.failure(_FAILURES.get(value, "#N/A")) if is_failure else values.truth(bool(value))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
