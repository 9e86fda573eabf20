"""The official table on a page, with what is said about its places under the words of its cells."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from filings import labels
from filings.checks.assessment import AssessedFinding
from filings.choices import Severity
from filings.document.edition import FURTHER_COLUMNS
from filings.document.place import Place, indicator
from filings.formats import html
from filings.models import Remark
from filings.rules.finding import RuleFinding
from filings.table.grid import Cell, Grid, Style
from filings.table.layout.document import lay_out
from filings.views.table.funding import STRIP
from filings.views.visible_version import VisibleVersion

LONGEST_WORDS = 20
_NO_LETTER = re.compile(r"[^A-Za-z0-9]+")
_NOTE = '<span class="note {}"><b>{}</b> {}</span>'


@dataclass(frozen=True)
class Note:
    """Something said about a place. `kind` is a finding's severity, `remark` or `answer`."""

    place: Place
    kind: str
    label: str
    text: str
    mend: str = ""


def finding_notes(items: Iterable[AssessedFinding]) -> list[Note]:
    """A finding at its cells, in the sentence of the list; with it what the officer and the bureau said."""
    return [
        note
        for item in items
        for number, place in enumerate(said_at(item.finding))
        for note in _notes_of(item, place, is_first=number == 0)
    ]


def said_at(finding: RuleFinding) -> tuple[Place, ...]:
    """The cells that a finding is said in: one that is about the money, or about more than two cells, in its first.

    Columns of weights and the like are too narrow for a sentence: it stands under the name of their row.
    """
    is_one_whole = finding.places[0].section == "amounts" or len(finding.places) > 2
    places = finding.places[:1] if is_one_whole else finding.places
    return tuple(indicator(at.key, "name") if at.column in FURTHER_COLUMNS else at for at in places)


def _notes_of(item: AssessedFinding, place: Place, *, is_first: bool) -> list[Note]:
    finding = item.finding
    kind = "waived" if item.waived else finding.severity
    notes = [Note(place, kind, str(labels.SEVERITY[finding.severity]), finding.message)]
    if not is_first:
        return notes
    if item.explanation:
        notes.append(Note(place, "answer", "说明", item.explanation))
    if item.waived:
        notes.append(Note(place, "answer", "已豁免", item.waived.reason))
    return notes


def remark_notes(remarks: Iterable[Remark]) -> list[Note]:
    """Remarks with their answers."""
    notes = []
    for remark in remarks:
        place = Place.parse(remark.place)
        notes.append(Note(place, "remark", remark.review.by_office, remark.text))
        if remark.answer:
            notes.append(Note(place, "answer", "填报单位答复", remark.answer))
    return notes


def grid_of(shown: VisibleVersion) -> Grid:
    return lay_out(shown.document, shown.edition, whole_texts=True, whole_targets=True)


def row_of(cell: Cell) -> Place | None:
    """What a remark beside this cell is about: the whole row for an indicator's name, else the cell's own place."""
    if cell.place and cell.style is Style.NAME:
        return Place(cell.place.section, cell.place.key)
    return cell.place


def anchor(place: Place) -> str:
    """The id of a place on the page."""
    return "at-" + _NO_LETTER.sub("-", str(place)).strip("-")


def href(place: Place) -> str:
    """The address of a place on the page."""
    return f"#{anchor(place)}"


@dataclass(frozen=True)
class Linked:
    """Something about a place, with the address and the words of its cell, '' when the table has no such cell."""

    about: RuleFinding | Remark
    href: str
    where: str
    assessed: AssessedFinding | None = None


def linked_findings(grid: Grid, items: Iterable[AssessedFinding]) -> list[Linked]:
    """Each finding at the first of its places that the table shows, what weighs most first."""
    heaviest_first = sorted(items, key=lambda item: list(Severity).index(item.finding.severity))
    return [replace(_linked(item.finding, item.finding.places, grid), assessed=item) for item in heaviest_first]


def linked_remarks(grid: Grid, remarks: Iterable[Remark]) -> list[Linked]:
    return [_linked(remark, [Place.parse(remark.place)], grid) for remark in remarks]


def _linked(about: RuleFinding | Remark, places: Iterable[Place], grid: Grid) -> Linked:
    cells = _cells(grid)
    at = next((place for place in places if place in cells), None)
    if at is None:
        return Linked(about, "", "")
    return Linked(about, href(at), shortened(cells[at].content))


def shortened(words: str) -> str:
    """The words of a cell, as much of them as names it."""
    return words if len(words) <= LONGEST_WORDS else f"{words[:LONGEST_WORDS]}…"


def write(
    grid: Grid,
    notes: Iterable[Note] = (),
    *,
    field: Callable[[Place, str], SafeString] | None = None,
    strip: str = "",
) -> SafeString:
    """The table as HTML. `field` is given a place and its words, and gives what stands below the cell's notes; `strip`
    is what stands in the strip over the indicators, where the grid has one."""
    by_cell: Mapping[int, Sequence[Note]] = _by_cell(grid, notes)

    def inside(cell: Cell) -> str:
        if cell.place == STRIP:
            return strip
        places = [place for place in dict.fromkeys((cell.place, row_of(cell))) if place]
        ids = format_html_join("", '<span class="anchor" id="{}"></span>', ((anchor(place),) for place in places))
        said = format_html_join("", _NOTE, ((note.kind, note.label, note.text) for note in by_cell.get(id(cell), ())))
        row = row_of(cell)
        return (
            ids
            + html.cell_content(cell)
            + said
            + (field(row, shortened(cell.content)) if field and row and _can_be_remarked(cell) else "")
        )

    return mark_safe(html.write(grid, inside, heading="h2"))  # noqa: S308 — html.write escapes whatever comes out of a cell


def places(grid: Grid) -> set[Place]:
    """Every place that the table shows."""
    return set(_cells(grid))


def _can_be_remarked(cell: Cell) -> bool:
    return cell.style not in (Style.HEADER, Style.TITLE, Style.TARGET, Style.MORE)


def _cells(grid: Grid) -> dict[Place, Cell]:
    """The cell that stands for each place: its own, or the one that its row is remarked in."""
    cells = [cell for row in grid.rows for cell in row.cells] + [*grid.above, *grid.below]
    found = {place: cell for cell in cells if (place := row_of(cell))}
    return found | {cell.place: cell for cell in cells if cell.place}


def _by_cell(grid: Grid, notes: Iterable[Note]) -> Mapping[int, Sequence[Note]]:
    cells = _cells(grid)
    found: dict[int, list[Note]] = defaultdict(list)
    for note in notes:
        if cell := cells.get(note.place):
            found[id(cell)].append(note)
    return found
