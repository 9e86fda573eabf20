"""The table of the fill-in page as it stands after a save, and everything that is said about its cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.forms import BoundField
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from filings.checking import check, errors
from filings.document.place import Place
from filings.drafts import Conflict, Draft, Saved
from filings.forms.draft import DraftForms
from filings.labels import SEVERITY
from filings.models import Filing, Remark
from filings.rules.finding import Finding, quote
from filings.table.layout import lay_out
from filings.views.annotated import Note, anchor, finding_notes, remark_notes
from filings.views.cells import Cells, notes_by_cell, shown_at
from filings.views.labelled import cell_labels
from filings.views.standing import sections_of, splits_of, total_of


@dataclass(frozen=True)
class Item:
    """One line of a list beside the table, with the address of the cell that it is about."""

    kind: str
    label: str
    text: str
    href: str


@dataclass(frozen=True)
class Sheet:
    """The page's table as it stands after `saved`: what was typed and not stored is still in its cells."""

    filing: Filing
    draft: Draft
    saved: Saved = field(default_factory=Saved)
    remarks: Sequence[Remark] = ()

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        return check(self.draft.document, self.draft.edition)

    @cached_property
    def forms(self) -> DraftForms:
        return DraftForms.of(self.draft)

    @cached_property
    def notes(self) -> dict[Place, list[Note]]:
        """What is said at each cell: what was not stored, what was found, what reviewers remarked."""
        said = [*unsaved_notes(self.saved), *finding_notes(self.findings), *remark_notes(self.remarks)]
        return notes_by_cell(said, self.fields)

    @cached_property
    def fields(self) -> dict[Place, BoundField]:
        return self.forms.cells()

    @property
    def typed(self) -> dict[Place, str]:
        """What a person typed and was not stored."""
        return {_place(change.place): change.after for change in self.saved.kept_out}

    def table(self) -> SafeString:
        grid = lay_out(self.draft.raw, self.draft.edition, whole_texts=True)
        cells = Cells(self.filing, self.draft.edition, self.fields, cell_labels(self.draft), self.notes, self.typed)
        return cells.write(grid)

    def unsaved(self) -> list[Item]:
        """Why something that was typed is not stored, as lines that lead to its cell."""
        return [Item(note.kind, note.label, note.text, self.href(note.place)) for note in unsaved_notes(self.saved)]

    def items(self, findings: Iterable[Finding]) -> list[Item]:
        return [
            Item(finding.severity, str(SEVERITY[finding.severity]), finding.message, self.href(finding.places[0]))
            for finding in findings
        ]

    def href(self, place: Place) -> str:
        at = shown_at(place, self.fields)
        return f"#{anchor(at)}" if at in self.fields else f"#{anchor(at)}-notes"

    def beside(self) -> dict[str, object]:
        """What the lists at both sides of the table show."""
        return {
            "sections": sections_of(self.draft, self.findings),
            "total": total_of(self.draft),
            "total_line": self.draft.edition.total.key,
            "unit": self.draft.edition.unit,
            "splits": splits_of(self.draft),
            "findings": self.items(self.findings),
            "error_count": len(errors(self.findings)),
        }


def unsaved_notes(saved: Saved) -> list[Note]:
    """Why something that was typed is not stored, at its cell."""
    conflicts = [(conflict.change.place, _("没有保存"), conflict_in_words(conflict)) for conflict in saved.conflicts]
    refusals = [(refusal.change.place, _("没有保存"), refusal.reason) for refusal in saved.refusals]
    return [Note(_place(place), "unsaved", label, text) for place, label, text in (*conflicts, *refusals)]


def conflict_in_words(conflict: Conflict) -> str:
    """Who changed the cell, when, and to what; what was typed stays on the page."""
    who = conflict.by or _("其他人")
    when = date_format(timezone.localtime(conflict.at), "H:i") if conflict.at else _("刚才")
    names = {"who": who, "when": when, "typed": quote(conflict.change.after)}
    if conflict.stored is None:
        return _("%(who)s %(when)s 删去了这一行，您填的%(typed)s没有保存。") % names
    stored = quote(conflict.stored) if conflict.stored else _("空白")
    words = _("%(who)s %(when)s 已改为%(stored)s，您填的%(typed)s没有保存。要用您填的，请再保存一次；否则请改回。")
    return words % {**names, "stored": stored}


def _place(text: str) -> Place:
    """A place as it was posted; what is no place of a table is said at none."""
    try:
        return Place.parse(text)
    except ValueError:
        return Place("fields")
