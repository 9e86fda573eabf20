"""Additions to a printed table: the marks of a copy, its seal and its QR code."""

from collections.abc import Mapping
from dataclasses import dataclass

from filings.choices import SealShape
from filings.table.marks import CopyMark, Marks, issued_footer

# Width and height of printed seals in millimetres.
SEAL_SIZES: Mapping[SealShape, tuple[int, int]] = {
    SealShape.ROUND_42: (42, 42),
    SealShape.ROUND_40: (40, 40),
    SealShape.ROUND_38: (38, 38),
    SealShape.ELLIPSE_45_30: (45, 30),
}


@dataclass(frozen=True)
class Seal:
    """The picture of a seal as PNG, and its shape and size on paper."""

    png: bytes
    shape: SealShape = SealShape.ROUND_42

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in millimetres."""
        return SEAL_SIZES[self.shape]


@dataclass(frozen=True)
class PageOverlay(Marks):
    """Additions to the printed table: marks, a seal on the edition's stamps （盖章）, the QR code of an issued copy."""

    seal: Seal | None = None
    copy_mark: CopyMark | None = None


NO_OVERLAY = PageOverlay()


def issued_overlay(seal: Seal | None, mark: CopyMark) -> PageOverlay:
    """Return the additions to an issued copy, or to its preview if the mark has no code."""
    return PageOverlay(footer=issued_footer(mark), seal=seal, copy_mark=mark)
