"""The records of an .xls (BIFF) and the texts in them: a type, a length, so many bytes; long ones go on in the next."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_BEGIN, _END, _GOES_ON = 0x0809, 0x000A, 0x003C
_IS_WIDE, _HAS_READINGS, _HAS_RUNS = 1, 4, 8
# Before version 8, texts are in the encoding of their country.
_COUNTRYS = "gb18030"


@dataclass(frozen=True)
class Record:
    """A record's type and its bytes, in the pieces that they come in."""

    kind: int
    pieces: list[bytes]

    @property
    def data(self) -> bytes:
        return self.pieces[0]

    def numbers(self, shape: str, at: int = 0) -> tuple[int, ...]:
        """Numbers as `struct` reads them. Raises struct.error where the record is too short."""
        return struct.unpack_from(f"<{shape}", self.data, at)


def records(data: bytes, at: int) -> Iterator[Record]:
    """The records from a beginning to its end, without those of a chart that stands in between.

    Raises struct.error where the end is missing.
    """
    depth = 0
    record: Record | None = None
    while True:
        kind, length = struct.unpack_from("<2H", data, at)
        piece = data[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == _GOES_ON and record:
            record.pieces.append(piece)
            continue
        if record and depth == 1:
            yield record
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return
        record = Record(kind, [piece])


class Texts:
    """Takes texts out of a record, one after another, from a place on. `is_8`: as version 8 and later write them.

    Everything raises struct.error or IndexError where the record is too short.
    """

    def __init__(self, record: Record, at: int, *, is_8: bool = True) -> None:
        self._pieces, self._piece, self._at, self._is_8 = record.pieces, 0, at, is_8

    def take(self, *, has_short_length: bool = False) -> str:
        """The next text, without its formatting and without the readings of its characters."""
        length = self._number(1 if has_short_length else 2)
        if not self._is_8:
            return self._bytes(length).decode(_COUNTRYS, "replace")
        flags = self._number(1)
        runs = self._number(2) if flags & _HAS_RUNS else 0
        readings = self._number(4) if flags & _HAS_READINGS else 0
        text = self._characters(length, flags)
        self._bytes(4 * runs + readings)
        return text

    def _characters(self, left: int, flags: int) -> str:
        """Characters of one or two bytes; the next piece begins with a byte that says which."""
        # All as two bytes each, for a rare character is a pair of those and may be parted.
        found = bytearray()
        while True:
            size = 1 + (flags & _IS_WIDE)
            now = self._pieces[self._piece][self._at :][: left * size]
            now = now[: len(now) // size * size]
            found += now if size == 2 else now.decode("latin-1").encode("utf-16-le")
            self._at += len(now)
            left -= len(now) // size
            if not left:
                return found.decode("utf-16-le", "replace")
            self._piece, self._at = self._piece + 1, 1
            flags = self._pieces[self._piece][0]

    def _number(self, size: int) -> int:
        return int.from_bytes(self._bytes(size), "little")

    def _bytes(self, left: int) -> bytes:
        found = bytearray()
        while True:
            now = self._pieces[self._piece][self._at : self._at + left]
            found += now
            self._at, left = self._at + len(now), left - len(now)
            if not left:
                return bytes(found)
            self._piece, self._at = self._piece + 1, 0
