"""The request to perform an action, as it passes through checks, outcomes and records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypedDict

from filings import drafts
from filings.checks.assessment import FilingAssessment, assess_revision
from filings.choices import Action, Grade, RemarkState
from filings.drafts import Draft
from filings.drafts.assessment import assess_draft
from filings.lifecycle import issuing
from filings.lifecycle.adjustment import Adjustment, of_draft
from filings.models import Filing, Membership, Revision, User
from filings.reviewing.new_remark import NewRemark, of_return
from filings.reviewing.scoring.entries import complete, grade_for
from filings.reviewing.scoring.proposals import points_of, propose
from filings.reviewing.settlement import to_settle


class ActionInput(TypedDict, total=False):
    """Input of an action, with the names of ActionRequest; texts are normalised there."""

    printer: issuing.Printer | None
    reason: str
    note: str
    statements: Iterable[str]
    remarks: Iterable[NewRemark]
    settled: Mapping[int, RemarkState] | None
    grade: Grade | None
    scores: Mapping[str, Mapping[str, str]] | None
    exception_reason: str
    from_first_stage: bool
    whole_form: bool


@dataclass(frozen=True)
class ActionRequest:
    """An action with all that its performer has entered.

    `acting` is the membership under which the user acts. `settled` gives the new state of earlier remarks by their id.
    `note` is from the filler to the head; `statements` are those that the head has ticked.
    `exception_reason` is required where the cycle's policy lets an approval leave something open with a reason.
    `from_first_stage` lets a returned filing go through all stages again; `whole_form` reopens the whole table.
    """

    action: Action
    filing: Filing
    by: User
    acting: Membership
    printer: issuing.Printer
    reason: str = ""
    remarks: tuple[NewRemark, ...] = ()
    settled: Mapping[int, RemarkState] = field(default_factory=dict)
    grade: str = ""
    scores: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    exception_reason: str = ""
    from_first_stage: bool = False
    whole_form: bool = False
    note: str = ""
    statements: tuple[str, ...] = ()

    @cached_property
    def recorded_remarks(self) -> tuple[NewRemark, ...]:
        """The remarks that the decision stores: a return for a reason alone has one on the whole table.

        A remark keeps its finding only if the revision still has it.
        """
        is_return = self.action == Action.RETURN
        remarks = of_return(self.remarks, self.reason, self.settled) if is_return else self.remarks
        if not any(remark.finding for remark in remarks):
            return remarks
        known = {item.finding.identity for item in self.revision_assessment.items}
        return tuple(replace(remark, finding=remark.finding if remark.finding in known else "") for remark in remarks)

    @property
    def asked_places(self) -> list[str]:
        """The places of the remarks that a return asks the department about: new and disputed ones."""
        disputed = [
            remark.place
            for remark in to_settle(self.filing, self.settled)
            if self.settled[remark.pk] == RemarkState.DISPUTED
        ]
        return [*(remark.place for remark in self.recorded_remarks if not remark.internal), *disputed]

    @cached_property
    def revision(self) -> Revision:
        """The last submitted revision, which is signed, reviewed and printed."""
        return self.filing.present_revision()

    @cached_property
    def completed_scores(self) -> dict[str, dict[str, str]]:
        """The scores of all items with the proposals of today; empty if nothing was scored. Raises StepRefused."""
        if not self.scores:
            return {}
        sheet = self.filing.cycle.review_policy().score_sheet
        proposed = points_of(propose(sheet, self.revision_assessment.items))
        return complete(sheet, proposed, self.scores)

    @cached_property
    def final_grade(self) -> str:
        """The grade of the scores, or the chosen one without scores. Raises StepRefused if they contradict."""
        return grade_for(self.filing.cycle.review_policy().score_sheet, self.completed_scores, self.grade)

    @cached_property
    def revision_assessment(self) -> FilingAssessment:
        """The findings in the revision with the data of today."""
        return assess_revision(self.revision)

    @cached_property
    def draft(self) -> Draft:
        return drafts.load(self.filing)

    @cached_property
    def adjustment(self) -> Adjustment | None:
        """The rows in which the draft differs from the issued copy that it adjusts; None if it adjusts none."""
        return of_draft(self.filing, self.draft.document, self.draft.edition)

    @cached_property
    def draft_assessment(self) -> FilingAssessment:
        """The findings in the draft, stored with the revision when it is submitted."""
        return assess_draft(self.filing, self.draft)
