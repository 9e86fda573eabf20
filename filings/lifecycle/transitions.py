"""The outcome of each action: new values of the filing, and the rows to write.

Statuses, roles, demands and sentences are declared in actions/table.py.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from filings.choices import Action, Stage, Status
from filings.errors import StepRefused
from filings.formats.file import CannotPrint
from filings.lifecycle import claims, damaged_files, demands, issuing
from filings.lifecycle.records import (
    add_issued_copy,
    add_nothing,
    add_review,
    add_revision,
    add_signature,
    begin_adjustment,
    cancel_adjustment,
    revoke_copy,
)
from filings.lifecycle.request import ActionRequest
from filings.models import Filing
from filings.reviewing.reopening import reopened
from filings.signing.signer import NotSigned

_APPROVED: Mapping[str, Any] = {
    "status": Status.APPROVED,
    "stage": "",
    "resume_stage": "",
    "resume_reviewer": None,
    "adjusts": None,
    "reopened": None,
}


@dataclass(frozen=True)
class Outcome:
    """New values of the filing's columns, and a function that writes the other rows and returns the event's detail.

    `write` is called with the current time inside the transaction, after the filing's UPDATE has succeeded.
    """

    changes: Mapping[str, Any]
    write: Callable[[datetime], Mapping[str, str]]


def outcome(request: ActionRequest, printed: issuing.Printed | None = None) -> Outcome:
    """Check the demands of the action and build its outcome. Changes nothing. Raises StepRefused.

    The last approval prints the copy, unless it is `printed` already.
    """
    demands.check(request)
    outcome = issue(request, printed) if printed else OUTCOMES[request.action](request)
    claim = claims.after(request.action, request.filing, outcome.changes)
    return replace(outcome, changes={**outcome.changes, **claim})


def following_stages(filing: Filing) -> list[Stage]:
    """Return the stages after the present one; empty at the last stage, whose approval issues the copy."""
    order = list(Stage)
    stages = filing.cycle.stages_for(filing.department)
    return [stage for stage in stages if order.index(stage) > order.index(Stage(filing.stage))]


def stages_after_signing(filing: Filing) -> list[Stage]:
    """Return the stages that review the filing once it is signed: after a return, from the one that returned it."""
    order = list(Stage)
    resume = order.index(Stage(filing.resume_stage)) if filing.resume_stage else 0
    return [stage for stage in filing.cycle.stages_for(filing.department) if order.index(stage) >= resume]


def is_last_stage(filing: Filing) -> bool:
    """Whether the next approval is the last one."""
    return filing.status == Status.IN_REVIEW and not following_stages(filing)


def _submit(request: ActionRequest) -> Outcome:
    return Outcome({"status": Status.SIGNING}, partial(add_revision, request))


def _sign(request: ActionRequest) -> Outcome:
    filing = request.filing
    changes = {"status": Status.IN_REVIEW, "stage": _with_reviewers(filing, stages_after_signing(filing)[0])}
    return Outcome(changes, partial(add_signature, request))


def _reopen(request: ActionRequest) -> Outcome:
    """Give the filing back to the filler: as returned if it had been returned before, otherwise as a draft."""
    status = Status.RETURNED if request.filing.resume_stage else Status.DRAFT
    return Outcome({"status": status, "stage": ""}, partial(add_nothing, request))


def _return(request: ActionRequest) -> Outcome:
    filing = request.filing
    changes = {
        "status": Status.RETURNED,
        "stage": "",
        "resume_stage": filing.cycle.stages_for(filing.department)[0] if request.from_first_stage else filing.stage,
        "resume_reviewer": request.by,
        "round": filing.round + 1,
        "reopened": reopened(filing, request.revision, request.asked_places, whole_form=request.whole_form),
    }
    return Outcome(changes, partial(add_review, request))


def _approve_stage(request: ActionRequest) -> Outcome:
    """Go on to the next stage, or print and issue the copy after the last one."""
    filing = request.filing
    if following := following_stages(filing):
        changes = {"stage": _with_reviewers(filing, following[0]), "resume_stage": ""}
        return Outcome(changes, partial(add_review, request))
    try:
        printed = issuing.print_copy(request.revision, request.printer)
    except CannotPrint as error:
        raise StepRefused(f"定稿未能生成，未批复。{error}") from error
    except NotSigned as error:
        damaged_files.report_unsigned(request.revision, error)
        raise StepRefused("签名未成功，未批复。请联系系统管理员。") from error
    return issue(request, printed)


def issue(request: ActionRequest, printed: issuing.Printed) -> Outcome:
    """Build the outcome of the last approval with its printed copy."""
    return Outcome(_APPROVED, partial(add_issued_copy, request, printed))


def _adjust(request: ActionRequest) -> Outcome:
    return Outcome({"status": Status.DRAFT, "reopened": None}, partial(begin_adjustment, request))


def _cancel_adjustment(request: ActionRequest) -> Outcome:
    """Go back to the copy in force, in a round of its own: the remarks of the adjustment stay with theirs."""
    changes = {**_APPROVED, "round": request.filing.round + 1}
    return Outcome(changes, partial(cancel_adjustment, request))


def _revoke(request: ActionRequest) -> Outcome:
    """Go back to the last stage, in a round of its own, in which its reviewers can decide on the revision again.

    An adjustment goes on where it is, with its clock and claim.
    """
    filing = request.filing
    if filing.adjusts_id:
        clock = {"held_since": filing.held_since, "due_on": filing.due_on}
        return Outcome({"adjusts": None, **clock}, partial(revoke_copy, request))
    last = filing.cycle.stages_for(filing.department)[-1]
    changes = {"status": Status.IN_REVIEW, "stage": last, "round": filing.round + 1}
    return Outcome(changes, partial(revoke_copy, request))


OUTCOMES: Mapping[Action, Callable[[ActionRequest], Outcome]] = {
    Action.SUBMIT: _submit,
    Action.SEND_BACK: _reopen,
    Action.SIGN: _sign,
    Action.WITHDRAW: _reopen,
    Action.RETURN: _return,
    Action.APPROVE_STAGE: _approve_stage,
    Action.ADJUST: _adjust,
    Action.CANCEL_ADJUSTMENT: _cancel_adjustment,
    Action.REVOKE: _revoke,
}


def _with_reviewers(filing: Filing, stage: Stage) -> Stage:
    """Return the stage. Raises StepRefused if the department has no section to review it there."""
    if stage == Stage.SECTION and not filing.department.section_id:
        raise StepRefused(f"「{filing.department}」尚未归口业务股室，无法送审；请管理员先设置。")
    return stage
