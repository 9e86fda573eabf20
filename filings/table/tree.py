"""The indicator section of the table: column heads, then the tree with its first and second levels merged."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, groupby

from filings.document import place
from filings.document.content import UNCLASSIFIED, FilingDocument, IndicatorRow
from filings.document.edition import Edition, Section
from filings.document.place import Place
from filings.table.grid import Cell, Row, Style

Span = tuple[int, int]


@dataclass(frozen=True)
class _Class:
    """A second level as printed: its label and its rows; None stands for the empty row of a class that has none."""

    label: str
    place: Place | None
    rows: list[IndicatorRow | None]


@dataclass(frozen=True)
class _Block:
    """A first level as printed, with its classes."""

    label: str
    place: Place | None
    classes: list[_Class]


def indicator_rows(section: Section, document: FilingDocument, edition: Edition) -> Iterator[Row]:
    """The rows right of the section's label, column heads first."""
    spans = columns(edition)
    heads = (Cell(column.label, *span, style=Style.HEAD) for column, span in zip(edition.columns, spans, strict=True))
    yield Row(tuple(heads), section.kind, is_head=True, stays_with_next=True)
    for block in (*_classified(document, edition), *_unclassified(document)):
        for number, cells in enumerate(_block_rows(block, spans)):
            depth = sum(len(item.rows) for item in block.classes)
            first = (Cell(block.label, *spans[0], depth, Style.LEVEL, block.place),) if number == 0 else ()
            yield Row((*first, *cells), section.kind)


def columns(edition: Edition) -> list[Span]:
    """First grid column and number of grid columns of each column of the tree; column nought is the section's label."""
    widths = [column.span for column in edition.columns]
    return list(zip(accumulate(widths[:-1], initial=1), widths, strict=True))


def _block_rows(block: _Block, spans: list[Span]) -> Iterator[tuple[Cell, ...]]:
    for item in block.classes:
        for number, row in enumerate(item.rows):
            second = (Cell(item.label, *spans[1], len(item.rows), Style.LEVEL, item.place),) if number == 0 else ()
            yield (*second, *_row_cells(row, spans))


def _row_cells(row: IndicatorRow | None, spans: list[Span]) -> tuple[Cell, Cell]:
    name, target = (place.indicator(row.key, column) if row else None for column in ("name", "target"))
    return (
        Cell(row.name if row else "", *spans[2], style=Style.NAME, place=name),
        Cell(row.target if row else "", *spans[3], style=Style.TARGET, place=target),
    )


def _classified(document: FilingDocument, edition: Edition) -> Iterator[_Block]:
    by_node: dict[str | None, list[IndicatorRow | None]] = {}
    for row in document.indicators:
        by_node.setdefault(row.node, []).append(row)
    for first in edition.tree:
        classes = [_Class(node.label, place.node(node.key), by_node.get(node.key, [None])) for node in first.children]
        yield _Block(first.label, place.node(first.key), classes)


def _unclassified(document: FilingDocument) -> Iterator[_Block]:
    """Rows without a class come last, both labels as found; 待归类 stands for one that was not found."""
    rows = [row for row in document.indicators if row.node is None]
    for (first, second), group in groupby(rows, key=lambda row: (row.first_level, row.second_level)):
        yield _Block(first or UNCLASSIFIED, None, [_Class(second, None, list(group))])
