"""Build old workbooks (.xls) record by record."""

import struct

SECTOR = 512
# Substream types of BOF records.
BOOK, SHEET, CHART = 0x05, 0x10, 0x20
_END_OF_CHAIN, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def record(kind: int, *parts: bytes) -> bytes:
    data = b"".join(parts)
    return struct.pack("<2H", kind, len(data)) + data


def cell(kind: int, row: int, column: int, value: bytes, style: int = 0) -> bytes:
    """Build a record that begins with the position and style of a cell."""
    return record(kind, struct.pack("<3H", row, column, style), value)


def text(words: str, *, length: str = "H") -> bytes:
    """Encode a text in UTF-16 after its length."""
    return struct.pack(f"<{length}B", len(words.encode("utf-16-le")) // 2, 1) + words.encode("utf-16-le")


def result(kind: int, value: int = 0) -> bytes:
    """Encode a formula's result that is not a number."""
    return bytes([kind, 0, value, 0, 0, 0, 0xFF, 0xFF])


def begin(kind: int = BOOK, version: int = 0x0600) -> bytes:
    return record(0x0809, struct.pack("<2H2H8x", version, kind, 3612, 1996))


END = record(0x000A)


def xls(*sheets: bytes, shared: bytes = b"", codes: tuple[str, ...] = (), charts: int = 0) -> bytes:
    """Build a workbook of sheets, given as their records; the first `charts` are chart sheets.

    Style 1 has the first of the format codes.
    """
    formats = [record(0x041E, struct.pack("<H", key), text(code)) for key, code in enumerate(codes, start=200)]
    styles = [record(0x00E0, struct.pack("<2H16x", 0, key)) for key in (0, *range(200, 200 + len(codes)))]
    names = [text(f"表{number}", length="B") for number in range(1, len(sheets) + 1)]
    before = begin() + b"".join([*formats, *styles])
    start = len(before) + sum(len(record(0x0085, b"\0" * 6, name)) for name in names) + len(shared) + len(END)
    bound = b""
    for index, (name, sheet) in enumerate(zip(names, sheets, strict=True)):
        bound += record(0x0085, struct.pack("<IBB", start, 0, 2 if index < charts else 0), name)
        start += len(begin(SHEET) + sheet + END)
    return compound(before + bound + shared + END + b"".join(begin(SHEET) + sheet + END for sheet in sheets))


def compound(content: bytes, name: str = "Workbook", *, smallest: int = 0) -> bytes:
    """Build a compound file with one stream, in the mini stream if it is shorter than `smallest`."""
    is_small = len(content) < smallest
    sectors = max(1, -(-len(content) // SECTOR))
    table = [_TABLE, _END_OF_CHAIN, _END_OF_CHAIN, *range(4, 3 + sectors), _END_OF_CHAIN]
    small = [*range(1, sectors * SECTOR // 64), _END_OF_CHAIN][: SECTOR // 4]
    entries = _entry("Root Entry", 5, 3 if is_small else _END_OF_CHAIN, len(content) if is_small else 0)
    entries += _entry(name, 2, 0 if is_small else 3, len(content))
    header = struct.pack("<8s16x5H6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 62, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, smallest, 2, 1, _END_OF_CHAIN, 0)
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    return header + b"".join(
        (_numbers(table), entries.ljust(SECTOR, b"\0"), _numbers(small), _filled(content, sectors))
    )


def _entry(name: str, kind: int, start: int, length: int) -> bytes:
    words = name.encode("utf-16-le")
    siblings_and_child = struct.pack("<3I36x", _FREE, _FREE, 1 if kind == 5 else _FREE)
    return (
        words.ljust(64, b"\0")
        + struct.pack("<HBB", len(words) + 2, kind, 1)
        + siblings_and_child
        + struct.pack("<IQ", start, length)
    )


def _numbers(numbers: list[int]) -> bytes:
    assert len(numbers) <= SECTOR // 4, "one sector holds the whole table"
    return struct.pack(f"<{SECTOR // 4}I", *numbers, *[_FREE] * (SECTOR // 4 - len(numbers)))


def _filled(content: bytes, sectors: int) -> bytes:
    return content.ljust(sectors * SECTOR, b"\0")
