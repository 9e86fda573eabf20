"""Lay out the indicator section: column headings, then the tree with merged cells for its first and second levels."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from filings.document import place, target
from filings.document.content import UNCLASSIFIED, FilingDocument, IndicatorRow
from filings.document.edition import Column, Edition, Section
from filings.document.place import Place
from filings.table.grid import Cell, Row, Style
from filings.table.layout.columns import Span, spans_of, with_whole_targets

PlacedColumn = tuple[Column, Span]

_PARTS = ("comparator", "target", "unit")
_STYLES = {"name": Style.NAME} | dict.fromkeys(_PARTS, Style.TARGET)


@dataclass(frozen=True)
class _Class:
    """A second-level indicator as printed: its label and rows. A class without rows has `[None]`, one empty row."""

    label: str
    place: Place | None
    rows: list[IndicatorRow | None]


@dataclass(frozen=True)
class _Block:
    """A first-level indicator as printed, with its classes."""

    label: str
    place: Place | None
    classes: list[_Class]


def indicator_rows(
    section: Section, document: FilingDocument, edition: Edition, *, whole_targets: bool = False
) -> Iterator[Row]:
    """Yield the rows to the right of the section's label, column headings first.

    With `whole_targets`, a target value is one cell even where the edition prints it in three columns.
    """
    columns = with_whole_targets(edition.columns) if whole_targets else list(edition.columns)
    placed = list(zip(columns, spans_of(columns), strict=True))
    headings = (Cell(column.label, *span, style=Style.HEAD) for column, span in placed)
    yield Row(tuple(headings), section.kind, is_head=True, stays_with_next=True)
    for block in (*_classified(document, edition), *_unclassified(document)):
        for number, cells in enumerate(
            _block_rows(block, placed, parts_targets=edition.has_comparator_column > whole_targets)
        ):
            depth = sum(len(item.rows) for item in block.classes)
            first = (Cell(block.label, *placed[0][1], depth, Style.LEVEL, block.place),) if number == 0 else ()
            yield Row((*first, *cells), section.kind)


def _block_rows(block: _Block, placed: list[PlacedColumn], *, parts_targets: bool) -> Iterator[tuple[Cell, ...]]:
    for item in block.classes:
        for number, row in enumerate(item.rows):
            label = Cell(item.label, *placed[1][1], len(item.rows), Style.LEVEL, item.place)
            cells = (_cell(row, column.key, span, parts_targets) for column, span in placed[2:])
            yield (*((label,) if number == 0 else ()), *cells)


def _cell(row: IndicatorRow | None, column: str, span: Span, parts_targets: bool) -> Cell:
    style = _STYLES.get(column, Style.MORE)
    if row is None:
        return Cell("", *span, style=style)
    if style is Style.TARGET and parts_targets:
        part = dict(zip(_PARTS, target.split_target(row.target), strict=True))[column]
        # The three cells share one place, which the number's cell carries.
        return Cell(part, *span, style=style, place=place.indicator(row.key, column) if column == "target" else None)
    text = {"name": row.name, "target": row.target}.get(column, row.more.get(column, ""))
    return Cell(text, *span, style=style, place=place.indicator(row.key, column))


def _classified(document: FilingDocument, edition: Edition) -> Iterator[_Block]:
    by_node: dict[str | None, list[IndicatorRow | None]] = {}
    for row in document.indicators:
        by_node.setdefault(row.node, []).append(row)
    for first in edition.tree:
        classes = [_Class(node.label, place.node(node.key), by_node.get(node.key, [None])) for node in first.children]
        yield _Block(first.label, place.node(first.key), classes)


def _unclassified(document: FilingDocument) -> Iterator[_Block]:
    """Group rows without a class under 待归类 with both labels as they were read; they come last."""
    rows = [row for row in document.indicators if row.node is None]
    for (first, second), group in groupby(rows, key=lambda row: (row.first_level, row.second_level)):
        label = f"{UNCLASSIFIED}：{first}" if first else UNCLASSIFIED
        yield _Block(label, None, [_Class(second, None, list(group))])
