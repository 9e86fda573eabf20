"""A letter as a value, which every format writes. Imports no Django."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LetterSection:
    """A heading with its numbered points, as printed: 一、…, 1. … A point of several lines has a text for each."""

    heading: str
    points: tuple[str, ...]


@dataclass(frozen=True)
class LetterTable:
    """A table with the headings of its columns; every row has a text for each."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Letter:
    """A letter with its parts in printed order. `signature` is the office, `date` the day as 2026年11月29日.

    A title longer than a line is broken where its meaning allows it: `title_lines` are its parts.
    """

    title_lines: tuple[str, ...]
    salutation: str
    opening: tuple[str, ...]
    table: LetterTable | None
    sections: tuple[LetterSection, ...]
    closing: tuple[str, ...]
    signature: str
    date: str

    @property
    def title(self) -> str:
        return "".join(self.title_lines)
