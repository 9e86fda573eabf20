"""The table of the fill-in page after a save, with its notes, and the lists in the panels at its sides."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.forms import BoundField
from django.utils.safestring import SafeString

from filings.checks.assessment import AssessedFinding, FilingAssessment
from filings.choices import Severity
from filings.document.place import Place, indicator
from filings.document.sections import belongs
from filings.drafts import Draft, SaveResult
from filings.drafts.assessment import assess_draft
from filings.drafts.carried_over import carried_over_cells
from filings.drafts.last_year import last_values
from filings.drafts.reopened import OpenPlaces, open_places
from filings.drafts.stored_draft import COLUMNS, from_texts
from filings.forms.draft import DraftForms
from filings.labels import SEVERITY
from filings.models import Filing, Remark
from filings.rules.finding import RuleFinding
from filings.rules.money.budget import name_of
from filings.table.grid import Grid
from filings.table.layout.document import lay_out
from filings.views.editor.table.cells import EditorCells
from filings.views.editor.table.displayed_cells import displayed_href, displayed_place
from filings.views.editor.table.notes import finding_notes, last_year_notes, width_notes
from filings.views.editor.table.quick_fix_button import quick_fix_html
from filings.views.editor.table.unsaved import parse_place, unsaved_notes
from filings.views.table.annotated import remark_notes
from filings.views.table.funding import coverage_of, funding_html, with_funding_row
from filings.views.table.labels import cell_labels
from filings.views.table.notes import Note
from filings.views.table.progress import is_begun, sections_of, splits_of, total_of

# The key of the rows in the row templates, which scripts replace.
NEW = "ROWKEY"
_ORDER = (*Severity, "blank", "waived")


@dataclass(frozen=True)
class PanelItem:
    """A line of a list at the side of the table, with the address of its cell. `quick_fix` is the button's HTML."""

    kind: str
    label: str
    text: str
    href: str
    assessed: AssessedFinding | None = None
    quick_fix: str = ""


@dataclass(frozen=True)
class EditorSheet:
    """The page's table after `saved`. Texts that were posted and not stored stay in their cells.

    Sections without content are listed as blank, and have no notes; with `is_complete_check`, as at submission, what
    they lack is reported like other findings.
    """

    filing: Filing
    draft: Draft
    saved: SaveResult = field(default_factory=SaveResult)
    remarks: Sequence[Remark] = ()
    is_complete_check: bool = False

    @cached_property
    def assessment(self) -> FilingAssessment:
        return assess_draft(self.filing, self.draft)

    @cached_property
    def forms(self) -> DraftForms:
        return DraftForms.of(self.draft)

    @cached_property
    def notes(self) -> dict[Place, list[Note]]:
        """All notes by cell: texts not stored, then `draft_notes`."""
        return self._by_cell([*unsaved_notes(self.saved), *self._draft_notes()])

    @cached_property
    def draft_notes(self) -> dict[Place, list[Note]]:
        """Notes on the stored draft by cell."""
        return self._by_cell(self._draft_notes())

    def _draft_notes(self) -> list[Note]:
        findings = [
            finding for finding in self.assessment.unwaived if self.is_complete_check or not self._is_unbegun(finding)
        ]
        values = last_values(self.assessment.context)
        return [
            *last_year_notes(values, self.draft),
            *finding_notes(self.filing, findings),
            *width_notes(self.draft),
        ]

    def _by_cell(self, notes: Iterable[Note]) -> dict[Place, list[Note]]:
        by_cell: dict[Place, list[Note]] = defaultdict(list)
        for note in notes:
            by_cell[displayed_place(note.place, self.draft)].append(note)
        return by_cell

    @cached_property
    def fields(self) -> dict[Place, BoundField]:
        return self.forms.cells()

    @property
    def typed(self) -> dict[Place, str]:
        """Texts that were posted and not stored."""
        return {parse_place(change.place): change.after for change in self.saved.rejected}

    def table(self) -> SafeString:
        return self._cells.write(with_funding_row(_on_screen(self.draft)))

    def funding(self) -> SafeString:
        """The row above the indicators: each line of expenditure with its cost indicators."""
        return funding_html(self.assessment.context, self.href)

    def row_templates(self) -> list[tuple[str, SafeString]]:
        """Blank rows for scripts to copy, with their section."""
        edition = self.draft.edition
        first = next(second.key for _, second in edition.leaves())
        texts = {Place(section, NEW): "1" for section in COLUMNS} | {indicator(NEW, "node"): first}
        blank = Draft(edition, self.draft.year, from_texts(texts))
        cells = EditorCells(self.filing, edition, DraftForms.of(blank).cells(), cell_labels(blank), {})
        return cells.row_templates(_on_screen(blank))

    @cached_property
    def reopened(self) -> OpenPlaces:
        """The places that may be changed: all of them unless a return has reopened only some."""
        return open_places(self.filing, self.draft)

    def open_cells(self) -> list[str] | None:
        """List the cells that may be changed, None if all may."""
        if self.reopened.is_whole:
            return None
        return [str(place) for place in cell_labels(self.draft) if self.reopened.has(place)]

    @property
    def _cells(self) -> EditorCells:
        stored = self.draft.stored
        return EditorCells(
            self.filing,
            self.draft.edition,
            self.fields,
            cell_labels(self.draft),
            self.notes,
            self._by_cell(remark_notes(self.remarks)),
            {row.key: row.rank for section in stored.rows for row in stored.ordered_rows(section)},
            self.typed,
            self.funding(),
            self.carried,
            None if self.reopened.is_whole else self.reopened,
        )

    @cached_property
    def carried(self) -> Collection[Place]:
        """Cells that still hold last year's text, which may have been revoked since."""
        return carried_over_cells(self.filing, self.draft)

    @property
    def has_last_year(self) -> bool:
        """Whether there is a table to carry over, or text of one to confirm."""
        return self.assessment.known.last_year is not None or bool(self.carried)

    def unsaved(self) -> list[PanelItem]:
        """List why posted texts were not stored."""
        return [
            PanelItem(note.kind, note.label, note.text, self.href(note.place)) for note in unsaved_notes(self.saved)
        ]

    def items(self, items: Iterable[AssessedFinding]) -> list[PanelItem]:
        """List findings, the most severe first, blank sections and waived findings last."""
        return sorted(map(self._item, items), key=lambda item: _ORDER.index(item.kind))

    def href(self, place: Place) -> str:
        return displayed_href(place, self.draft)

    def _item(self, item: AssessedFinding) -> PanelItem:
        finding = item.finding
        is_unbegun = not self.is_complete_check and self._is_unbegun(finding)
        kind, label = ("blank", "待填") if is_unbegun else (finding.severity, SEVERITY[finding.severity])
        if item.waived:
            kind, label = "waived", "已豁免"
        quick_fix = "" if item.waived else quick_fix_html(self.filing, finding)
        return PanelItem(kind, str(label), finding.message, self.href(finding.places[0]), item, quick_fix)

    def _is_unbegun(self, finding: RuleFinding) -> bool:
        """Whether a finding is about a section without content."""
        blank = [section for section in self.draft.edition.sections if not is_begun(section, self.draft)]
        return any(belongs(finding.places[0], section, self.draft.edition) for section in blank)

    def panels(self) -> dict[str, object]:
        """Context of the panels that are replaced after each save."""
        return {
            "sections": sections_of(self.draft, self.assessment.unwaived),
            "filing": self.filing,
            "findings": self.items(self.assessment.items),
            "verdict": self.assessment.submission_summary,
            "coverage": coverage_of(self.assessment.context, self.href),
            "error_count": len(self.assessment.blocking),
        }

    def sums(self) -> dict[str, object]:
        """Context of the panel of sums, which scripts keep up to date."""
        return {
            "total": total_of(self.draft),
            "total_name": name_of(self.draft.edition.total),
            "total_line": self.draft.edition.total.key,
            "unit": self.draft.edition.unit,
            "splits": splits_of(self.draft),
        }


def _on_screen(draft: Draft) -> Grid:
    return lay_out(draft.raw, draft.edition, whole_texts=True, whole_targets=True)
