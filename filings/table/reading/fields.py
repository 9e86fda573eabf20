"""Reading the row of a field, and further labels with their texts in it; which section a label of other forms means."""

from filings.document import place
from filings.document.edition import Edition, Section
from filings.document.labels import same
from filings.document.text import bare
from filings.table.reading.free_lines import LineReader
from filings.table.reading.result import Found
from filings.table.reading.row_cells import RowCell
from filings.table.reading.vocabulary import SECTIONS


class FieldReader:
    """Takes the cells of such a row into what was found."""

    def __init__(self, edition: Edition, found: Found, lines: LineReader) -> None:
        self._edition = edition
        self._found = found
        self._lines = lines

    def read(self, section: Section, spots: list[RowCell], warning: str) -> None:
        """The cells of one row, the section's label aside; `warning` says why its text is to be checked, '' if not."""
        self._found.fields.setdefault(section.key, "")
        if spots:
            self._put(section.key, spots.pop(0), warning, section.label)
        self._pairs(spots)

    def _put(self, key: str, spot: RowCell, warning: str, label: str) -> None:
        is_own = key in self._edition.field_keys
        if is_own and not self._found.fields.get(key):
            self._found.fields[key] = spot.text
            self._found.came_from(place.field(key), spot, warning)
        elif spot.is_filled:
            self._found.leave_out(spot, spot.text if is_own else f"{bare(label)}：{spot.text}")

    def _pairs(self, spots: list[RowCell]) -> None:
        """Further labels in the row of a field, each with its text in the next cell: 单位负责人 | 李国强."""
        while spots:
            spot = spots.pop(0)
            known = section_meant(spot.text, self._edition)
            if known and known.kind == "field" and spots:
                self._put(known.key, spots.pop(0), read_by(spot.text), spot.text)
            elif self._lines.names_field(spot.text) and spots:
                self._lines.read([spot, spots.pop(0)])
            elif self._lines.begins_with_label(spot.text):
                self._lines.read([spot])
            else:
                self._found.leave_out(spot)


def section_meant(label: str, edition: Edition) -> Section | None:
    """The section that a label means on other forms; of a kind that this form lacks, one without a place in it."""
    known = next((value for name, value in SECTIONS.items() if same(name, label)), None)
    if known is None:
        return None
    kind, key = known
    fits = (item for item in edition.sections if item.kind == kind and (kind != "field" or item.key == key))
    return next(fits, Section(kind, label, key))


def read_by(label: str) -> str:
    """The warning about what stood behind a label that is not the form's own."""
    return f"按「{bare(label)}」读入。"
