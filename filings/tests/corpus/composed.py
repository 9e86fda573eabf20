"""The composed tables of fixtures/corpus: a page with the table as an office would have it, and the right documents."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lxml import html

FOLDER = Path(__file__).resolve().parents[3] / "fixtures" / "corpus"
HELD_OUT = FOLDER / "held-out"


@dataclass(frozen=True)
class SourceCell:
    """A cell with its position and spans; a line break in the text is a newline."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class SourceTable:
    """A table as a list of cells, each beginning at another position."""

    cells: tuple[SourceCell, ...]
    rows: int
    columns: int

    def by_row(self, *, covered: bool) -> Iterator[list[str]]:
        """Yield the texts of each row; with `covered`, '' is at each position that a cell covers."""
        begins = {(cell.row, cell.column): cell.text for cell in self.cells}
        for row in range(self.rows):
            columns = range(self.columns)
            yield [begins.get((row, column), "") for column in columns if covered or (row, column) in begins]


@dataclass(frozen=True)
class Composed:
    """A composed table: `blocks` are its lines and tables in order, `documents` what is right, as its JSON has it."""

    name: str
    kind: str
    source: str
    blocks: tuple[str | SourceTable, ...]
    documents: Sequence[Mapping[str, Any]]
    is_held_out: bool


@cache
def composed() -> tuple[Composed, ...]:
    """Return all composed tables, the held-out half last."""
    folders = ((FOLDER, False), (HELD_OUT, True))
    return tuple(_load(path, is_held_out) for folder, is_held_out in folders for path in sorted(folder.glob("*.html")))


def _load(path: Path, is_held_out: bool) -> Composed:
    source = path.read_text(encoding="utf-8")
    right = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return Composed(path.stem, right["kind"], source, tuple(blocks_of(source)), right["documents"], is_held_out)


def blocks_of(source: str) -> Iterator[str | SourceTable]:
    """Yield the lines and tables of a page."""
    for element in html.fragment_fromstring(source, create_parent="div"):
        yield _table(element) if element.tag == "table" else _text(element)


def _table(element: html.HtmlElement) -> SourceTable:
    cells: list[SourceCell] = []
    taken: set[tuple[int, int]] = set()
    rows = list(element.iter("tr"))
    for number, row in enumerate(rows):
        column = 0
        for cell in row.iter("td", "th"):
            while (number, column) in taken:
                column += 1
            high, wide = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            cells.append(SourceCell(_text(cell), number, column, high, wide))
            taken |= {(number + down, column + right) for down in range(high) for right in range(wide)}
    return SourceTable(tuple(cells), len(rows), max(column for _, column in taken) + 1)


def _text(element: html.HtmlElement) -> str:
    for mark in element.iter("br"):
        mark.tail = "\n" + (mark.tail or "").lstrip()
    return "\n".join(part.strip() for part in element.text_content().strip().split("\n"))
