"""Checks of the conditions that the table of actions demands."""

from collections.abc import Callable, Mapping

from filings.actions.spec import Demand
from filings.actions.table import ACTIONS
from filings.choices import Handling, Status
from filings.document.place import Place
from filings.document.text import shorten
from filings.drafts.note import note_refusal
from filings.drafts.reopened import changed_closed_rows
from filings.drafts.returned_table import ReturnedTable
from filings.errors import NeedsReason, NotAnswered, NotExplained, NotReady, NotReasoned, NotTicked, StepRefused
from filings.formats.pdf import check_glyphs
from filings.lifecycle.adjustment import reason_refusal
from filings.lifecycle.open_points import open_points
from filings.lifecycle.remark_checks import require_printable_reason
from filings.lifecycle.request import ActionRequest
from filings.models import Filing
from filings.reviewing.new_remark import asks
from filings.reviewing.remarks import asked, unanswered
from filings.reviewing.row_names import row_name
from filings.rules.texts.personal_numbers import personal_numbers

_QUOTED = 20


def check(request: ActionRequest) -> None:
    """Check every demand of the requested action. Raises StepRefused with the sentence of the first that is not met."""
    for demand, sentence in ACTIONS[request.action].demands.items():
        CHECKS[demand](request, sentence)


def is_reviewed(filing: Filing) -> bool:
    """Whether a reviewer has decided on the last revision."""
    revision = filing.last_revision()
    return revision is not None and revision.reviews.exists()


def _error_free_draft(request: ActionRequest, _sentence: str) -> None:
    errors = request.draft_assessment.blocking
    if errors:
        raise NotReady(errors)


def _error_free_revision(request: ActionRequest, remedy: str) -> None:
    """Check the revision again with the data of today: a control figure may have changed since it was submitted."""
    errors = request.revision_assessment.blocking
    if errors:
        raise StepRefused(f"按现在的数据核对，表中有 {len(errors)} 项须改正：{errors[0].facts}{remedy}")


def _closed_rows_unchanged(request: ActionRequest, remedy: str) -> None:
    """Check that a returned table differs from the returned revision only where the return has reopened it.

    Saving refuses other changes already; this holds whatever the way by which they came.
    """
    filing, document = request.filing, request.draft.document
    if filing.status != Status.RETURNED or not (closed := changed_closed_rows(filing, document)):
        return
    returned, edition = ReturnedTable(filing), filing.cycle.edition.definition()
    tables = [(row, returned.document if row in returned.texts else None) for row in closed]
    names = dict.fromkeys(f"「{row_name(row, table or document, edition).name}」" for row, table in tables)
    raise StepRefused(f"没有被退回的行有改动：{'、'.join(names)}。{remedy}")


def _remarks_answered(request: ActionRequest, _sentence: str) -> None:
    """Check that a returned table has changed or answered every remark of the return."""
    filing, document = request.filing, request.draft.document
    if filing.status != Status.RETURNED:
        return
    for remark in asked(filing):
        if refusal := check_glyphs.refusal(remark.answer):
            raise StepRefused(f"对意见「{shorten(remark.text, _QUOTED)}」的说明{refusal}")
    if remarks := unanswered(filing, document):
        edition = filing.cycle.edition.definition()
        raise NotAnswered(remarks, [row_name(Place.parse(remark.place), document, edition).name for remark in remarks])


def _warnings_explained(request: ActionRequest, _sentence: str) -> None:
    if findings := request.draft_assessment.unexplained:
        raise NotExplained(findings)


def _adjusted(request: ActionRequest, sentence: str) -> None:
    if request.adjustment and not request.adjustment.is_changed:
        raise StepRefused(sentence)


def _adjustment_reasoned(request: ActionRequest, _sentence: str) -> None:
    """Check that each row that an adjustment changes has a reason of the cycle's list, and words where needed."""
    if request.adjustment is None:
        return
    policy = request.filing.cycle.review_policy().publication
    refused = {row: refusal for row in request.adjustment.rows if (refusal := reason_refusal(row, policy))}
    if refused:
        refusals = {row.place: refusal for row, refusal in refused.items()}
        raise NotReasoned(refusals, [row.name for row in refused])


def _note_printable(request: ActionRequest, _sentence: str) -> None:
    if refusal := note_refusal(request.note):
        raise StepRefused(refusal)


def _statements_ticked(request: ActionRequest, _sentence: str) -> None:
    statements = request.filing.cycle.review_policy().statements
    if missing := tuple(text for text in statements if text not in request.statements):
        raise NotTicked(missing)


def _nothing_left_open(request: ActionRequest, remedy: str) -> None:
    """Apply the policy of the cycle to what the approval would leave open. Raises StepRefused or NeedsReason."""
    points = open_points(
        request.filing,
        request.revision_assessment,
        remarks=request.remarks,
        settled=request.settled,
        grade=request.final_grade,
    )
    refused = "".join(point.sentence for point in points if point.handling == Handling.REFUSE)
    if refused:
        raise StepRefused(f"按本批次的审核办法不能通过：{refused}{remedy}")
    asked = tuple(point.sentence for point in points if point.handling == Handling.REASON)
    if asked and not request.exception_reason:
        raise NeedsReason(asked)


def _not_reviewed(request: ActionRequest, sentence: str) -> None:
    if is_reviewed(request.filing):
        raise StepRefused(sentence)


def _reason(request: ActionRequest, sentence: str) -> None:
    if not request.reason:
        raise StepRefused(sentence)


def _publishable_reason(request: ActionRequest, remedy: str) -> None:
    if numbers := personal_numbers(request.reason):
        found = "、".join(f"{number.kind} {number.hidden}" for number in numbers)
        raise StepRefused(f"理由中疑似含有{found}。{remedy}")


def _reason_or_remarks(request: ActionRequest, sentence: str) -> None:
    """Check that a return asks for something, in characters that its letter can print."""
    require_printable_reason(request.reason)
    if not asks(request.remarks, request.settled):
        _reason(request, sentence)


def _consistent_scores(request: ActionRequest, _sentence: str) -> None:
    """Complete the scores and derive the grade, which raises StepRefused if an item is missing or wrong."""
    _ = request.final_grade


CHECKS: Mapping[Demand, Callable[[ActionRequest, str], None]] = {
    Demand.ERROR_FREE_DRAFT: _error_free_draft,
    Demand.ERROR_FREE_REVISION: _error_free_revision,
    Demand.CLOSED_ROWS_UNCHANGED: _closed_rows_unchanged,
    Demand.REMARKS_ANSWERED: _remarks_answered,
    Demand.ADJUSTED: _adjusted,
    Demand.WARNINGS_EXPLAINED: _warnings_explained,
    Demand.ADJUSTMENT_REASONED: _adjustment_reasoned,
    Demand.NOTE_PRINTABLE: _note_printable,
    Demand.STATEMENTS_TICKED: _statements_ticked,
    Demand.NOTHING_LEFT_OPEN: _nothing_left_open,
    Demand.NOT_REVIEWED: _not_reviewed,
    Demand.REASON: _reason,
    Demand.PUBLISHABLE_REASON: _publishable_reason,
    Demand.REASON_OR_REMARKS: _reason_or_remarks,
    Demand.CONSISTENT_SCORES: _consistent_scores,
}
