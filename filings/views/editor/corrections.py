"""退回意见 on the fill-in page: the remarks of the last return with their answers and their earlier rounds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django import forms

from filings.choices import Status
from filings.document.place import Place, row_of
from filings.drafts import Draft
from filings.formats.pdf import check_glyphs
from filings.forms.remark_answers import AnswerForm, answers_to
from filings.models import Filing, Remark, Review
from filings.reviewing.remarks import asked, by_row, changed_rows, last_return, threads, unanswered_in_draft
from filings.reviewing.row_names import row_name


@dataclass(frozen=True)
class Correction:
    """A remark of the last return: its row's name, the address of its cell, and the form for the answer.

    `reason` is the label of its code. `earlier` are the remarks of earlier rounds on the same row.
    """

    remark: Remark
    name: str
    href: str
    reason: str
    form: AnswerForm
    is_changed: bool
    earlier: Sequence[Remark]

    @property
    def unprintable(self) -> str:
        """The sentence about characters of the stored answer that the letter cannot print; '' without any."""
        return check_glyphs.refusal(self.remark.answer)


@dataclass(frozen=True)
class Corrections:
    """The remarks of the last return; empty unless the filing is returned."""

    filing: Filing
    draft: Draft

    @cached_property
    def remarks(self) -> list[Remark]:
        return asked(self.filing) if self.filing.status == Status.RETURNED else []

    @cached_property
    def review(self) -> Review | None:
        """The decision that returned the filing."""
        return last_return(self.filing) if self.filing.status == Status.RETURNED else None

    @cached_property
    def answers(self) -> "forms.BaseFormSet[AnswerForm]":
        return answers_to(self.remarks)

    @property
    def unanswered(self) -> list[Remark]:
        """The remarks that prevent a submission."""
        return unanswered_in_draft(self.filing, self.draft.document)

    def items(self, href: Callable[[Place], str]) -> list[Correction]:
        """Return the remarks in the order in which they were written; `href` gives the address of a cell."""
        if not self.remarks:
            return []
        policy = self.filing.cycle.review_policy()
        rounds = threads(self.filing, internal=False)
        items = []
        changed = changed_rows(self.filing, self.remarks, self.draft.document)
        for (remark, is_changed), form in zip(changed, self.answers.forms, strict=True):
            place = Place.parse(remark.place)
            code = policy.reason(remark.code)
            name = row_name(place, self.draft.document, self.draft.edition).name
            earlier = [other for other in rounds[row_of(place)] if other.round < remark.round]
            items.append(Correction(remark, name, href(place), code.label if code else "", form, is_changed, earlier))
        return items

    def outdated(self) -> list[Remark]:
        """Return the remarks of earlier rounds on rows without a remark in the last return."""
        rows = by_row(self.remarks)
        rounds = threads(self.filing, internal=False) if self.review else {}
        return [remark for row, remarks in rounds.items() if row not in rows for remark in remarks]
