"""What each action demands, prints and writes. Who may take it, and when: permissions.py and workflow.py."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from typing import Any

from filings import drafts
from filings.checks import assessment
from filings.checks.assessment import Assessing
from filings.choices import Action, PointKind, Stage, Status
from filings.document import canonical_json
from filings.drafts import Draft
from filings.drafts.assessment import of_draft
from filings.errors import NotReady, StepRefused
from filings.formats.file import CannotPrint
from filings.lifecycle import issuing
from filings.models import Filing, IssuedCopy, Membership, Remark, Review, Revision, User


@dataclass(frozen=True)
class Request:
    """What a person asks for. `remarks` are (place, text); `from_first_stage`: return it to go through all stages."""

    action: Action
    filing: Filing
    by: User
    acting: Membership
    printer: issuing.Printer
    reason: str = ""
    remarks: tuple[tuple[str, str], ...] = ()
    grade: str = ""
    scores: Mapping[str, str] = field(default_factory=dict)
    from_first_stage: bool = False

    @cached_property
    def revision(self) -> Revision:
        """What was submitted last, and is signed, decided on and printed now."""
        return self.filing.revisions.latest("number")


@dataclass(frozen=True)
class Outcome:
    """New values of the filing's columns, and what writes the rows beside it and answers the event's detail.

    `write` runs inside the transaction, after the filing was won.
    """

    changes: Mapping[str, Any]
    write: Callable[[datetime], Mapping[str, str]]


def outcome(request: Request) -> Outcome:
    """What the request leads to. Checks and prints; changes nothing. Raises StepRefused."""
    return _OUTCOMES[request.action](request)


def stages_of(filing: Filing) -> list[Stage]:
    """The cycle's stages that this filing goes through: without a supervising department that stage is skipped."""
    stages = [Stage(stage) for stage in filing.cycle.stages]
    return [stage for stage in stages if stage != Stage.SUPERVISOR or filing.department.supervisor_id]


def _submit(request: Request) -> Outcome:
    draft = drafts.load(request.filing)
    found = of_draft(request.filing, draft)
    if found.stopping:
        raise NotReady(found.stopping)
    return Outcome({"status": Status.SIGNING}, partial(_freeze, request, draft, found))


def _sign(request: Request) -> Outcome:
    filing = request.filing
    _still_holds(request, "请退回填报人修改，或请财政局豁免。")
    order = list(Stage)
    resume = order.index(Stage(filing.resume_stage)) if filing.resume_stage else 0
    stages = [stage for stage in stages_of(filing) if order.index(stage) >= resume]
    return Outcome({"status": Status.IN_REVIEW, "stage": _ready(filing, stages[0])}, partial(_note, request))


def _reopen(request: Request) -> Outcome:
    """Back to the filler: as returned if that was the way it came, otherwise as a draft."""
    filing = request.filing
    if request.action == Action.SEND_BACK:
        _demand_reason(request)
    elif request.revision.reviews.exists():
        raise StepRefused("已经有人审核，不能撤回；需要修改的，请联系审核人退回。")
    status = Status.RETURNED if filing.resume_stage else Status.DRAFT
    return Outcome({"status": status, "stage": ""}, partial(_note, request))


def _return(request: Request) -> Outcome:
    if not request.remarks:
        _demand_reason(request)
    resume = stages_of(request.filing)[0] if request.from_first_stage else request.filing.stage
    return Outcome({"status": Status.RETURNED, "stage": "", "resume_stage": resume}, partial(_decide, request))


def _pass(request: Request) -> Outcome:
    filing = request.filing
    _still_holds(request, "请退回填报单位修改，或写明理由豁免。")
    order = list(Stage)
    following = [stage for stage in stages_of(filing) if order.index(stage) > order.index(Stage(filing.stage))]
    if following:
        return Outcome({"stage": _ready(filing, following[0]), "resume_stage": ""}, partial(_decide, request))
    try:
        printed = issuing.print_copy(request.revision, request.printer)
    except CannotPrint as error:
        raise StepRefused(f"定稿没有印成，所以没有批复。{error}") from error
    changes = {"status": Status.APPROVED, "stage": "", "resume_stage": "", "adjusts": None}
    return Outcome(changes, partial(_approve, request, printed))


def _adjust(request: Request) -> Outcome:
    _demand_reason(request)
    return Outcome({"status": Status.DRAFT, "adjusts": request.filing.live_copy()}, partial(_note, request))


_OUTCOMES: Mapping[Action, Callable[[Request], Outcome]] = {
    Action.SUBMIT: _submit,
    Action.SEND_BACK: _reopen,
    Action.SIGN: _sign,
    Action.WITHDRAW: _reopen,
    Action.RETURN: _return,
    Action.APPROVE_STAGE: _pass,
    Action.ADJUST: _adjust,
}


def _still_holds(request: Request, todo: str) -> None:
    """What was submitted is checked again with what is known by now: a control figure may have come since."""
    stopping = assessment.again(request.revision).stopping
    if stopping:
        words = {"count": len(stopping), "first": stopping[0].message, "todo": todo}
        raise StepRefused("按现在的数据核对，表中有 {count} 项阻断：{first}{todo}".format(**words))


def _demand_reason(request: Request) -> None:
    if not request.reason:
        raise StepRefused("请写明原因，让对方知道要改什么。")


def _ready(filing: Filing, stage: Stage) -> Stage:
    """The stage, unless nobody would be there to review."""
    if stage == Stage.SECTION and not filing.department.section_id:
        raise StepRefused(f"「{filing.department}」还没有归口业务股室，送不到审核人；请管理员先设置。")
    return stage


def _note(request: Request, at: datetime) -> dict[str, str]:
    return {"reason": request.reason} if request.reason else {}


def _freeze(request: Request, draft: Draft, found: Assessing, at: datetime) -> dict[str, str]:
    filing, document = request.filing, draft.document
    last = filing.last_revision()
    revision = filing.revisions.create(
        number=last.number + 1 if last else 1,
        content=canonical_json.dumps(document),
        sha256=canonical_json.digest(document),
        submitted_by=request.by,
        submitted_by_name=request.by.name,
        submitted_at=at,
    )
    assessment.store(revision, found, at=at)
    drafts.keep(filing, PointKind.SUBMISSION, draft, by=request.by)
    late = {"late": "1"} if filing.is_late(at) else {}
    return {"revision": str(revision.number), "sha256": revision.sha256, **late}


def _decide(request: Request, at: datetime) -> dict[str, str]:
    revision = request.revision
    review = Review.objects.create(
        revision=revision,
        stage=request.filing.stage,
        decision=request.action,
        by=request.by,
        by_name=request.by.name,
        by_role=request.acting.role,
        by_office=request.acting.place_name,
        grade=request.grade,
        scores=dict(request.scores),
        reason=request.reason,
        at=at,
    )
    Remark.objects.bulk_create(Remark(review=review, place=place, text=text) for place, text in request.remarks)
    return {
        "revision": str(revision.number),
        "sha256": revision.sha256,
        "stage": request.filing.stage,
        **_note(request, at),
    }


def _approve(request: Request, printed: issuing.Printed, at: datetime) -> dict[str, str]:
    detail = _decide(request, at)
    filing = request.filing
    before = filing.live_copy()
    filing.issued_copies.filter(live=True).update(live=False)
    IssuedCopy.objects.create(
        filing=filing,
        revision=request.revision,
        sha256=printed.sha256,
        code=printed.code,
        seal_sha256=printed.seal_sha256,
        supersedes=before,
        issued_at=at,
    )
    return {**detail, "copy": printed.sha256, "code": printed.code}
