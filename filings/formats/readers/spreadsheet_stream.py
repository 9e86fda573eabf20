"""A stream out of a compound file (CFB), which is a little disk of sectors, each chained to the next by a table."""

import struct
from collections.abc import Iterator

from filings.formats.file import CannotRead
from filings.formats.readers.spreadsheet_package import BROKEN

_ENTRY = 128
_IN_HEADER = 109
# Numbers of sectors from here on are marks: free, end of a chain, part of the table itself.
_MARKS = 0xFFFFFFFA
_SMALL_SECTOR = 64


def stream(data: bytes, *names: str) -> bytes:
    """The stream that has one of the names, in small letters. Raises CannotRead, also for a broken file."""
    try:
        return _stream(data, names)
    except (struct.error, IndexError) as fault:
        raise CannotRead(BROKEN) from fault


def _stream(data: bytes, names: tuple[str, ...]) -> bytes:
    (shift,) = struct.unpack_from("<H", data, 30)
    size = 1 << shift
    if shift not in (9, 12):
        raise CannotRead(BROKEN)
    table = _table(data, size)
    directory_at, smallest, small_table_at = struct.unpack_from("<I4xII", data, 48)
    sectors = memoryview(data)[size:]
    directory = _chained(sectors, table, directory_at, size)
    entries = [directory[at : at + _ENTRY] for at in range(0, len(directory), _ENTRY)]
    found = next((entry for entry in entries if _name(entry) in names), None)
    if found is None:
        raise CannotRead(BROKEN)
    start, length = struct.unpack_from("<2I", found, 116)
    if length >= smallest:
        return _chained(sectors, table, start, size)[:length]
    # Small streams lie in the stream of the root, with a table of their own.
    (root,) = struct.unpack_from("<I", entries[0], 116)
    small_table = _numbers(_chained(sectors, table, small_table_at, size))
    return _chained(memoryview(_chained(sectors, table, root, size)), small_table, start, _SMALL_SECTOR)[:length]


def _table(data: bytes, size: int) -> list[int]:
    """For each sector the one that follows it. Where the table's own sectors lie the header tells, then a chain."""
    sectors = memoryview(data)[size:]
    places = list(struct.unpack_from(f"<{_IN_HEADER}I", data, 76))
    (more,) = struct.unpack_from("<I", data, 68)
    seen: set[int] = set()
    while more < _MARKS and more not in seen:
        seen.add(more)
        *further, more = _numbers(_sector(sectors, more, size))
        places += further
    used = dict.fromkeys(place for place in places if place < _MARKS)
    return [number for place in used for number in _numbers(_sector(sectors, place, size))]


def _chained(sectors: memoryview, table: list[int], first: int, size: int) -> bytes:
    return b"".join(_sector(sectors, number, size) for number in _chain(table, first))


def _chain(table: list[int], first: int) -> Iterator[int]:
    seen: set[int] = set()
    while first < _MARKS and first not in seen:
        seen.add(first)
        yield first
        first = table[first]


def _sector(sectors: memoryview, number: int, size: int) -> memoryview:
    """A sector; the last one of a file may be cut short."""
    found = sectors[number * size : (number + 1) * size]
    if not found:
        raise CannotRead(BROKEN)
    return found


def _numbers(data: bytes | memoryview) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _name(entry: bytes) -> str:
    (length,) = struct.unpack_from("<H", entry, 64)
    return entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace").lower()
