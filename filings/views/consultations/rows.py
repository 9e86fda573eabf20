"""The rows of a table by name and content, for choosing them and for showing only some of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from filings.document.content import FilingDocument
from filings.document.differences.document_rows import DocumentRows
from filings.document.differences.row_matching import ComparedRow
from filings.document.edition import Edition
from filings.document.place import Place, row_of
from filings.document.text import shorten

LONGEST_NAME = 60


@dataclass(frozen=True)
class NamedRow:
    """A row of the table: its place, a short name with its section, and its cells as (label, text)."""

    place: str
    name: str
    cells: tuple[tuple[str, str], ...]


def rows_of(document: FilingDocument, edition: Edition) -> list[NamedRow]:
    """Name every row that has content, in the order of the table."""
    rows = DocumentRows(document, edition)
    sections = (
        ("资金", rows.amounts()),
        ("任务", rows.tasks()),
        ("职责", rows.duties()),
        ("整体绩效目标", rows.goals()),
        ("指标", rows.indicators()),
    )
    return [row for section, listed in sections for row in _named(section, listed)]


def rows_at(rows: Iterable[NamedRow], places: Iterable[str]) -> list[NamedRow]:
    """Return only the rows at these places, or in whose cells they are; texts that are no places are ignored."""
    wanted = {row_of(place) for place in map(_parsed, places) if place}
    return [row for row in rows if row_of(Place.parse(row.place)) in wanted]


def _parsed(text: str) -> Place | None:
    try:
        return Place.parse(text)
    except ValueError:
        return None


def _named(section: str, rows: list[ComparedRow]) -> Iterator[NamedRow]:
    for row in rows:
        if not any(cell.text for cell in row.cells):
            continue
        prefix = f"{section} · {row.heading}" if row.heading else section
        cells = tuple((cell.label, f"{cell.text}{cell.unit}") for cell in row.cells if cell.text)
        yield NamedRow(str(row.place), f"{prefix} · {shorten(row.name, LONGEST_NAME)}", cells)
