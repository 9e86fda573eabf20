"""Take the steps of a filing at earlier times: the same outcomes, checks of the table and rows as in the workflow.

Permissions are not asked and no messages are sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from filings.choices import Action, RemarkState
from filings.demonstration import draft_rows
from filings.document.content import FilingDocument
from filings.drafts.assessment import assess_draft
from filings.drafts.content import load
from filings.lifecycle import events, issuing, transitions, workflow
from filings.lifecycle.request import ActionRequest
from filings.models import Cycle, Department, Filing, Membership
from filings.reviewing.new_remark import NewRemark
from filings.reviewing.scoring.entries import plain
from filings.reviewing.scoring.proposals import points_of, propose


@dataclass(frozen=True)
class Scoring:
    """The share of the proposed points that a reviewer gives, and the note on what is missing."""

    percent: int
    note: str


def start(cycle: Cycle, department: Department, document: FilingDocument, *, by: Membership, at: datetime) -> Filing:
    """Start a filing with this table as its draft."""
    filing = Filing(cycle=cycle, department=department, due_on=cycle.deadline_for(department), held_since=at)
    filing.save(force_insert=True)
    events.record(filing, Action.START, by=by.user, acting=by, time=at, detail={"lock": "0"})
    draft_rows.write(filing, document, cycle.edition.definition())
    return filing


def explain(filing: Filing, sentences: Mapping[int, str]) -> None:
    """Explain the warnings that ask for it."""
    draft = load(filing)
    asked = [item.finding.identity for item in assess_draft(filing, draft).items if item.finding.asks]
    explanations = {identity: sentences[index % len(sentences)] for index, identity in enumerate(asked)}
    draft_rows.write_explanations(filing, draft, explanations)


def take(
    action: Action,
    filing: Filing,
    *,
    by: Membership,
    at: datetime,
    reason: str = "",
    remarks: tuple[NewRemark, ...] = (),
    settled: Mapping[int, RemarkState] | None = None,
    grade: str = "",
    scoring: Scoring | None = None,
    exception_reason: str = "",
    statements: tuple[str, ...] = (),
    printed: issuing.Printed | None = None,
) -> None:
    """Perform the action at this time; `printed` is the copy of the last approval.

    With a `scoring` the score sheet determines the grade.
    Raises StepRefused if the table or the remarks do not allow it.
    """
    request = ActionRequest(
        action,
        filing,
        by.user,
        by,
        issuing.print_pdf,
        reason,
        remarks,
        settled or {},
        grade,
        exception_reason=exception_reason,
        statements=statements,
    )
    if scoring:
        request = replace(request, grade="", scores=_scores(request, scoring))
    outcome = transitions.outcome(request, printed)
    workflow.carry_out(request, outcome, filing.lock, at)


def claim(filing: Filing, *, by: Membership, at: datetime) -> None:
    """Claim a filing in review."""
    Filing.objects.filter(pk=filing.pk).update(reviewer=by.user, claimed_at=at)
    detail = {"lock": str(filing.lock), "stage": filing.stage}
    events.record(filing, Action.CLAIM, by=by.user, acting=by, time=at, detail=detail)


def _scores(request: ActionRequest, scoring: Scoring) -> dict[str, dict[str, str]]:
    """Enter a share of the proposed points, with the note where it is less."""
    proposals = propose(request.filing.cycle.review_policy().score_sheet, request.revision_assessment.items)
    entered = {}
    for key, proposed in points_of(proposals).items():
        points = (proposed * scoring.percent / 100).quantize(Decimal("0.1"))
        entered[key] = {"points": plain(points), "note": scoring.note if points != proposed else ""}
    return entered
