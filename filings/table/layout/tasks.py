"""Lay out the task section: column headings, then a row for each task."""

from collections.abc import Iterator

from filings.document import place
from filings.document.content import FilingDocument, TaskRow
from filings.document.edition import Column, Edition, Section
from filings.table.grid import Cell, Row, Style
from filings.table.layout.columns import Span, spans_of

_STYLES = {"name": Style.NAME, "content": Style.MORE, "amount": Style.MORE}


def task_rows(section: Section, document: FilingDocument, edition: Edition) -> Iterator[Row]:
    """Yield the rows to the right of the section's label, column headings first; one empty row for no tasks."""
    columns = list(zip(edition.task_columns, spans_of(edition.task_columns), strict=True))
    headings = tuple(Cell(column.label, *span, style=Style.HEAD) for column, span in columns)
    yield Row(headings, section.kind, is_head=True, stays_with_next=True)
    for task in document.tasks or (None,):
        yield Row(tuple(_cell(task, column, span) for column, span in columns), section.kind)


def _cell(task: TaskRow | None, column: Column, span: Span) -> Cell:
    text = task.cells.get(column.key, "") if task else ""
    return Cell(text, *span, style=_STYLES[column.key], place=place.task(task.key, column.key) if task else None)
