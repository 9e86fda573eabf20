"""Compound files (CFB, the container of .xls, .doc and locked workbooks): which streams stand in their root.

Only the directory is read. Every chain is cut at the number of sectors that the file has room for.
"""

import struct
from collections.abc import Iterator

from filings.formats.file import CannotRead
from filings.formats.readers.packed import BROKEN

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128
_NONE = 0xFFFFFFFF
# Sector numbers from here on are marks: free, end of chain, part of the table itself.
_MARKS = 0xFFFFFFFA
_IN_HEADER = 109


def streams(data: bytes) -> frozenset[str]:
    """The names, in small letters, of the streams and storages in the root. Raises CannotRead for a broken file."""
    try:
        return frozenset(_in_root(_directory(data)))
    except (struct.error, IndexError, UnicodeDecodeError) as fault:
        raise CannotRead(BROKEN) from fault


def _directory(data: bytes) -> bytes:
    (shift,) = struct.unpack_from("<H", data, 30)
    if shift not in (9, 12):
        raise CannotRead(BROKEN)
    size = 1 << shift
    table = _table(data, size)
    (first,) = struct.unpack_from("<I", data, 48)
    return b"".join(_sector(data, number, size) for number in _chain(table, first))


def _table(data: bytes, size: int) -> list[int]:
    """For each sector the one that follows it. Where its own sectors lie is told by the header, then by a chain."""
    places = list(struct.unpack_from(f"<{_IN_HEADER}I", data, 76))
    (more,) = struct.unpack_from("<I", data, 68)
    most = len(data) // size
    while more < _MARKS and len(places) <= most + _IN_HEADER:
        *further, more = struct.unpack(f"<{size // 4}I", _sector(data, more, size))
        places += further
    table: list[int] = []
    for place in places:
        if place < _MARKS and len(table) <= most:
            table += struct.unpack(f"<{size // 4}I", _sector(data, place, size))
    return table


def _chain(table: list[int], first: int) -> Iterator[int]:
    seen: set[int] = set()
    while first < _MARKS and first not in seen:
        seen.add(first)
        yield first
        first = table[first]


def _sector(data: bytes, number: int, size: int) -> bytes:
    found = data[(number + 1) * size : (number + 2) * size]
    if len(found) < size:
        raise CannotRead(BROKEN)
    return found


def _in_root(directory: bytes) -> Iterator[str]:
    """The root's children hang below its child as a tree of left and right neighbours."""
    (child,) = struct.unpack_from("<I", directory, 76)
    waiting, seen = [child], {0, _NONE}
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        entry = directory[number * _ENTRY : (number + 1) * _ENTRY]
        (length,) = struct.unpack_from("<H", entry, 64)
        yield entry[: max(0, min(length, 64) - 2)].decode("utf-16-le").casefold()
        waiting += struct.unpack_from("<2I", entry, 68)
