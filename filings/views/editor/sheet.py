"""The table of the fill-in page as it stands after a save, and everything that is said about its cells."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.forms import BoundField
from django.utils.safestring import SafeString

from filings.checks.assessment import AssessedFinding, FilingAssessment
from filings.choices import Severity
from filings.document.place import Place, amount, duty, indicator, task
from filings.document.text import line as line_of
from filings.document.text import symbols
from filings.drafts import Draft, SaveResult
from filings.drafts.assessment import assess_draft
from filings.drafts.carried_over import carried_over_cells
from filings.drafts.last_year import last_values
from filings.drafts.stored_draft import COLUMNS, from_texts, is_row
from filings.forms.draft import DraftForms
from filings.labels import SEVERITY
from filings.models import Filing, Remark
from filings.rules.finding import RuleFinding
from filings.rules.money.budget import name_of
from filings.table.grid import Grid
from filings.table.layout.document import lay_out
from filings.views.editor.cells import Cells
from filings.views.editor.quick_fix_button import change_html, mend_html
from filings.views.editor.unsaved import place_of, unsaved_notes
from filings.views.table.annotated import (
    Note,
    anchor,
    remark_notes,
    said_at,
)
from filings.views.table.funding import coverage_of, strip_html, with_strip
from filings.views.table.labels import cell_labels
from filings.views.table.progress import (
    belongs,
    is_begun,
    sections_of,
    splits_of,
    total_of,
)

# Stands for the key of a row in the blank ones that scripts copy.
NEW = "ROWKEY"
_ORDER = (*Severity, "blank", "waived")


@dataclass(frozen=True)
class Item:
    """One line of a list beside the table, with the address of the cell that it is about; for a finding also what was
    said to it, and the mend that one click makes."""

    kind: str
    label: str
    text: str
    href: str
    assessed: AssessedFinding | None = None
    mend: str = ""


@dataclass(frozen=True)
class EditorSheet:
    """The page's table as it stands after `saved`: what was typed and not stored is still in its cells.

    A section that nobody has begun is only listed as such, unless `asks_more`: the table was to be submitted.
    """

    filing: Filing
    draft: Draft
    saved: SaveResult = field(default_factory=SaveResult)
    remarks: Sequence[Remark] = ()
    asks_more: bool = False

    @cached_property
    def assessing(self) -> FilingAssessment:
        return assess_draft(self.filing, self.draft)

    @cached_property
    def forms(self) -> DraftForms:
        return DraftForms.of(self.draft)

    @cached_property
    def notes(self) -> dict[Place, list[Note]]:
        """What is said at each cell: what was not stored, what was found."""
        return self._by_cell([*unsaved_notes(self.saved), *self._found_notes()])

    @cached_property
    def found_notes(self) -> dict[Place, list[Note]]:
        """What was found at each cell."""
        return self._by_cell(self._found_notes())

    def _found_notes(self) -> list[Note]:
        standing = self.assessing.unwaived
        shown = [finding for finding in standing if self.asks_more or not self._is_unbegun(finding)]
        return [*self._last_year_notes(), *_finding_notes(self.filing, shown), *_writing_notes(self.draft)]

    def _last_year_notes(self) -> list[Note]:
        """What stood last year in cells that are blank now."""
        values = last_values(self.assessing.context)
        blank = (at for at in values if not (self.draft.stored.text(at) or "").strip())
        return [Note(at, "writing", "上年", values[at]) for at in blank]

    def _by_cell(self, notes: Iterable[Note]) -> dict[Place, list[Note]]:
        by_cell: dict[Place, list[Note]] = defaultdict(list)
        for note in notes:
            by_cell[self.shown_at(note.place)].append(note)
        return by_cell

    @cached_property
    def fields(self) -> dict[Place, BoundField]:
        return self.forms.cells()

    @property
    def typed(self) -> dict[Place, str]:
        """What a person typed and was not stored."""
        return {place_of(change.place): change.after for change in self.saved.rejected}

    def table(self) -> SafeString:
        return self._cells.write(with_strip(_on_screen(self.draft)))

    def strip(self) -> SafeString:
        """Which cost rows speak for which money, over the indicators."""
        return strip_html(self.assessing.context, self.href)

    def templates(self) -> SafeString:
        """Blank rows for scripts to copy."""
        edition = self.draft.edition
        first = next(second.key for _, second in edition.leaves())
        texts = {Place(section, NEW): "1" for section in COLUMNS} | {indicator(NEW, "node"): first}
        blank = Draft(edition, self.draft.year, from_texts(texts))
        cells = Cells(self.filing, edition, DraftForms.of(blank).cells(), cell_labels(blank), {})
        return cells.templates(_on_screen(blank))

    @property
    def _cells(self) -> Cells:
        stored = self.draft.stored
        return Cells(
            self.filing,
            self.draft.edition,
            self.fields,
            cell_labels(self.draft),
            self.notes,
            self._by_cell(remark_notes(self.remarks)),
            {row.key: row.rank for section in stored.rows for row in stored.ordered_rows(section)},
            self.typed,
            self.strip(),
            self._carried,
        )

    @property
    def _carried(self) -> Collection[Place]:
        """Cells that still hold what was carried over; asked for only where there was a table last year."""
        return carried_over_cells(self.filing, self.draft) if self.assessing.known.last_year else ()

    def unsaved(self) -> list[Item]:
        """Why something that was typed is not stored, as lines that lead to its cell."""
        return [Item(note.kind, note.label, note.text, self.href(note.place)) for note in unsaved_notes(self.saved)]

    def items(self, items: Iterable[AssessedFinding]) -> list[Item]:
        """Lines of a list: what stops first, then what weighs most."""
        found = [self._item(item) for item in items]
        return sorted(found, key=lambda item: _ORDER.index(item.kind))

    def href(self, place: Place) -> str:
        at = self.shown_at(place)
        is_field = at.section != "nodes" and not is_row(at) and bool(at.key)
        return f"#{anchor(at)}" if is_field else f"#{anchor(at)}-notes"

    def shown_at(self, place: Place) -> Place:
        """The place whose cell stands for this one: a row's first, and for a class or the duties their first row's."""
        rows = self.draft.raw.indicators
        match place.section, place.column:
            case "indicators", "":
                return indicator(place.key, "name")
            case "duties", "":
                first = place.key or next((row.key for row in self.draft.raw.duties), "")
                return duty(first) if first else place
            case "tasks", "":
                first = place.key or next((row.key for row in self.draft.raw.tasks), "")
                return task(first, "name") if first else place
            case "nodes", _:
                keys = self._second_levels(place.key)
                return next((indicator(row.key, "name") for row in rows if row.node in keys), place)
        return place

    def _second_levels(self, key: str) -> set[str]:
        return {second.key for first, second in self.draft.edition.leaves() if key in (first.key, second.key)}

    def _item(self, item: AssessedFinding) -> Item:
        finding = item.finding
        is_unbegun = not self.asks_more and self._is_unbegun(finding)
        kind, label = ("blank", "待填") if is_unbegun else (finding.severity, SEVERITY[finding.severity])
        if item.waived:
            kind, label = "waived", "已豁免"
        mend = "" if item.waived else mend_html(self.filing, finding)
        return Item(kind, str(label), finding.message, self.href(finding.places[0]), item, mend)

    def _is_unbegun(self, finding: RuleFinding) -> bool:
        blank = [section for section in self.draft.edition.sections if not is_begun(section, self.draft)]
        return any(belongs(finding.places[0], section, self.draft.edition) for section in blank)

    def found(self) -> dict[str, object]:
        """What the lists at both sides of the table show anew after each save."""
        return {
            "sections": sections_of(self.draft, self.assessing.unwaived),
            "filing": self.filing,
            "findings": self.items(self.assessing.items),
            "verdict": self.assessing.submission_summary,
            "coverage": coverage_of(self.assessing.context, self.href),
            "error_count": len(self.assessing.blocking),
        }

    def sums(self) -> dict[str, object]:
        """What is added up beside the table; scripts go on from there."""
        return {
            "total": total_of(self.draft),
            "total_name": name_of(self.draft.edition.total),
            "total_line": self.draft.edition.total.key,
            "unit": self.draft.edition.unit,
            "splits": splits_of(self.draft),
        }


def _on_screen(draft: Draft) -> Grid:
    return lay_out(draft.raw, draft.edition, whole_texts=True, whole_targets=True)


def _finding_notes(filing: Filing, findings: Iterable[RuleFinding]) -> list[Note]:
    return [
        Note(place, finding.severity, str(SEVERITY[finding.severity]), finding.message, mend_html(filing, finding))
        for finding in findings
        for place in said_at(finding)
    ]


def _writing_notes(draft: Draft) -> list[Note]:
    """Where figures and signs were typed in full width: what they are printed as, put there by one click."""
    raw = draft.raw
    cells = [(amount(line), text) for line, text in raw.amounts.items()]
    cells += [(indicator(row.key, "target"), row.target) for row in raw.indicators]
    return [
        Note(at, "writing", "写法", f"印出来是「{half}」。", change_html(at, half))
        for at, text in cells
        if (half := symbols(text)) != line_of(text)
    ]
