"""The table of the fill-in page after a save, with its notes, and the lists in the panels at its sides."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.forms import BoundField
from django.utils import timezone
from django.utils.safestring import SafeString

from filings.checks.assessment import AssessedFinding, FilingAssessment
from filings.document.place import Place, indicator
from filings.drafts import Draft, SaveResult
from filings.drafts.assessment import assess_draft
from filings.drafts.carried_over import carried_over_cells
from filings.drafts.last_year import last_values
from filings.drafts.reopened import OpenPlaces, open_places
from filings.drafts.stored_draft import COLUMNS, from_texts
from filings.forms.draft import DraftForms
from filings.models import Filing, Remark
from filings.rules import engine
from filings.rules.money.budget import name_of
from filings.table.grid import Grid
from filings.table.layout.document import lay_out
from filings.views.editor.table.cells import EditorCells
from filings.views.editor.table.displayed_cells import displayed_href, displayed_place
from filings.views.editor.table.notes import finding_notes, last_year_notes, width_notes
from filings.views.editor.table.panel import FindingsPanel, PanelItem, PanelLink
from filings.views.editor.table.unsaved import parse_place, unsaved_notes
from filings.views.table.annotated import remark_notes
from filings.views.table.funding import coverage_of, funding_html, with_funding_row
from filings.views.table.labels import cell_labels, row_label
from filings.views.table.notes import Note
from filings.views.table.progress import sections_of, splits_of, total_of

# The key of the rows in the row templates, which scripts replace.
NEW = "ROWKEY"


@dataclass(frozen=True)
class EditorSheet:
    """The page's table after `saved`. Texts that were posted and not stored stay in their cells.

    What is still to be filled in is listed as such, and has no notes; with `is_complete_check`, as at submission, it is
    reported like other findings. `unanswered` are the remarks of the last return that prevent a submission.
    """

    filing: Filing
    draft: Draft
    saved: SaveResult = field(default_factory=SaveResult)
    remarks: Sequence[Remark] = ()
    is_complete_check: bool = False
    unanswered: Sequence[Remark] = ()

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
        listed = [item.finding for item in self._listed if item.waived is None]
        findings = [finding for finding in listed if self.is_complete_check or not finding.to_fill]
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
        return [str(place) for place in self.labels if self.reopened.has(place)]

    @property
    def _cells(self) -> EditorCells:
        stored = self.draft.stored
        return EditorCells(
            self.filing,
            self.draft.edition,
            self.fields,
            self.labels,
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

    @cached_property
    def labels(self) -> Mapping[Place, str]:
        """Accessible names of the cells."""
        return cell_labels(self.draft)

    def unsaved(self) -> list[PanelItem]:
        """List why posted texts were not stored."""
        return [
            PanelItem(note.kind, "", note.text, links=(self._link(note.place),)) for note in unsaved_notes(self.saved)
        ]

    def _link(self, place: Place) -> PanelLink:
        return PanelLink(row_label(place, self.labels, self.draft.edition), self.href(place))

    def href(self, place: Place) -> str:
        return displayed_href(place, self.draft)

    def panels(self, sentences: Iterable[str] = ()) -> dict[str, object]:
        """Context of the panels that are replaced after each save.

        `sentences` prevent a submission besides the findings.
        """
        assessment, edition = self.assessment, self.draft.edition
        panel = FindingsPanel(self.filing, edition, self.labels, self.href, self.is_complete_check)
        listed = self._listed
        unwaived = [item.finding for item in listed if item.waived is None]
        unanswered = self.unanswered if self.is_complete_check else ()
        is_refused = bool(assessment.blocking or unanswered or assessment.unexplained)
        return {
            "sections": sections_of(self.draft, unwaived, is_complete_check=self.is_complete_check),
            "filing": self.filing,
            "groups": panel.groups(listed, unanswered, sentences),
            "verdict": self._verdict(),
            "is_complete_check": self.is_complete_check,
            "is_refused": is_refused and self.is_complete_check,
            "rule_count": engine.count_enabled(edition),
            "checked_at": timezone.localtime(),
            "coverage": coverage_of(assessment.context, self.href),
            "error_count": len(assessment.blocking) + len(unanswered),
        }

    @property
    def _listed(self) -> Sequence[AssessedFinding]:
        return self.assessment.items if self.is_complete_check else self.assessment.while_filling

    def _verdict(self) -> str:
        unanswered = len(self.unanswered)
        if self.is_complete_check:
            return self.assessment.submission_summary(unanswered)
        return self.assessment.progress_summary(unanswered)

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
