"""Read the rows of fields, and identify sections by the labels that other forms use."""

from filings.document import place
from filings.document.edition import Edition, Section
from filings.document.text import bare
from filings.table.reading.free_lines import LineReader
from filings.table.reading.labels import section_of
from filings.table.reading.result import ReadingBuilder
from filings.table.reading.row_cells import RowCell


class FieldReader:
    """Read rows of a field and of further labels with their texts into a reading."""

    def __init__(self, edition: Edition, result: ReadingBuilder, lines: LineReader) -> None:
        self._edition = edition
        self._result = result
        self._lines = lines

    def read(self, section: Section, cells: list[RowCell], warning: str) -> None:
        """Read one row without the section's label; `warning` applies to the field's text."""
        self._result.fields.setdefault(section.key, "")
        if cells:
            self._put(section.key, cells.pop(0), warning, section.label)
        self._pairs(cells)

    def _put(self, key: str, cell: RowCell, warning: str, label: str) -> None:
        is_own = key in self._edition.field_keys
        if is_own and not self._result.fields.get(key):
            self._result.fields[key] = cell.text
            self._result.add_origin(place.field(key), cell, warning)
        elif cell.is_filled:
            self._result.add_leftover(cell, cell.text if is_own else f"{bare(label)}：{cell.text}")

    def _pairs(self, cells: list[RowCell]) -> None:
        """Read further labels in the row, each with its text in the next cell: 单位负责人 | 李国强."""
        while cells:
            cell = cells.pop(0)
            known = section_for_label(cell.text, self._edition)
            if known and known.kind == "field" and cells:
                self._put(known.key, cells.pop(0), label_warning(cell.text), cell.text)
            elif self._lines.names_field(cell.text) and cells:
                self._lines.read([cell, cells.pop(0)])
            elif self._lines.begins_with_label(cell.text):
                self._lines.read([cell])
            else:
                self._result.add_leftover(cell)


def section_for_label(label: str, edition: Edition) -> Section | None:
    """Find the section that a label of other forms means; None if it is unknown.

    If the edition has no section of that kind, the result is one outside the edition.
    """
    known = section_of(label)
    if known is None:
        return None
    kind, key = known
    fits = (item for item in edition.sections if item.kind == kind and (kind != "field" or item.key == key))
    return next(fits, Section(kind, label, key))


def label_warning(label: str) -> str:
    """Warning about a text read by a label that is not the edition's own."""
    return f"按「{bare(label)}」读入。"
