"""Pass or return selected filings: a plan that changes nothing, then one decision for each filing.

Each filing has its own transaction and event. What cannot be decided is left out with the reason; so is what has
changed since it was listed. Last approvals are queued; the worker issues their copies.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from filings import labels, permissions
from filings.actions.table import label_of
from filings.choices import Action, ApprovalState, Status
from filings.document.place import WHOLE_TABLE
from filings.errors import StepRefused
from filings.lifecycle import approvals, claims, transitions, workflow
from filings.lifecycle.open_points import LOW_GRADES
from filings.local_time import moment
from filings.models import Event, Filing, IssuedCopy, PendingApproval, Remark, Review, ReviewDraft, Revision, User
from filings.reviewing.draft_content import DraftContent
from filings.reviewing.new_remark import NewRemark
from filings.reviewing.queue_rows import QueueRow, page_query, rows_of
from filings.reviewing.selection import Selected
from filings.reviewing.settlement import SETTLED


@dataclass(frozen=True)
class LeftOut:
    """A filing on which the user cannot decide now, with the reason as a sentence; a withdrawn one is not visible."""

    filing: Filing
    reason: str
    is_visible: bool = True


@dataclass(frozen=True)
class BulkPlan:
    """Plan of a decision on selected filings. `unknown` counts those that the user has never reviewed.

    `others` are all that are not ready, to be posted with the confirmation, so that its result names them again.
    """

    ready: list[QueueRow]
    left_out: list[LeftOut]
    unknown: int
    others: list[Selected]

    @property
    def total(self) -> Decimal:
        """Sum of the totals of the ready filings in 万元."""
        return sum((row.total or Decimal() for row in self.ready), Decimal())

    @property
    def selection(self) -> list[Selected]:
        """The ready filings, to be posted with the confirmation."""
        return [Selected(row.filing.pk, row.filing.lock) for row in self.ready]


@dataclass(frozen=True)
class BulkResult:
    """The filings decided on, and those left out with the reason."""

    done: list[Filing]
    left_out: list[LeftOut]
    unknown: int


@dataclass(frozen=True)
class _Hindrances:
    """Obstacles to a decision or to passing unseen, by the key of the filing.

    `approved` names who approved and when; `drafted` are those on which the user has typed something undecided;
    `revoked` are those whose last revision was approved before and revoked.
    """

    approved: Mapping[int, str]
    drafted: frozenset[int]
    open_remarks: Mapping[int, int]
    low_grades: Mapping[int, str]
    revoked: frozenset[int]


def plan_pass(user: User, selection: Iterable[Selected]) -> BulkPlan:
    """Separate the filings that can be passed unseen.

    They have no error, open remark, unexplained warning or low grade, and no draft of the user.
    """
    return _plan(user, selection, passing=True)


def plan_return(user: User, selection: Iterable[Selected]) -> BulkPlan:
    """Separate the filings that the user can return."""
    return _plan(user, selection, passing=False)


def pass_selected(user: User, selection: Iterable[Selected], others: Iterable[Selected] = ()) -> BulkResult:
    """Pass the filings that `plan_pass` finds ready. `others` were left out of the confirmation and stay so."""
    return _decide(user, plan_pass(user, selection), plan_pass(user, others), lambda filing: _pass(filing, user))


def return_selected(
    user: User, selection: Iterable[Selected], remark: NewRemark, others: Iterable[Selected] = ()
) -> BulkResult:
    """Return the filings with the same remark on the whole table, which reopens all of it.

    `others` were left out of the confirmation and stay so.
    """
    plan, rest = plan_return(user, selection), plan_return(user, others)
    return _decide(user, plan, rest, lambda filing: _return(filing, user, remark))


def remark_on_all(text: str, code: str) -> NewRemark:
    """Build the remark of a return of several filings."""
    return NewRemark(str(WHOLE_TABLE), text, code)


def _pass(filing: Filing, user: User) -> None:
    """Pass a stage, or queue the last approval, whose copy the worker prints."""
    if transitions.is_last_stage(filing):
        approvals.queue(filing, by=user, expected_lock=filing.lock, content=DraftContent())
    else:
        workflow.perform(Action.APPROVE_STAGE, filing, by=user, expected_lock=filing.lock)


def _return(filing: Filing, user: User, remark: NewRemark) -> None:
    workflow.perform(Action.RETURN, filing, by=user, expected_lock=filing.lock, remarks=[remark], whole_form=True)


def _decide(user: User, plan: BulkPlan, others: BulkPlan, decide: Callable[[Filing], None]) -> BulkResult:
    done, left_out = [], [*plan.left_out, *others.left_out]
    left_out += [LeftOut(row.filing, "确认时没有列入，请另行办理。") for row in others.ready]
    for row in plan.ready:
        try:
            with claims.own(row.filing, by=user, over=None):
                decide(row.filing)
        except StepRefused as refusal:
            left_out.append(LeftOut(row.filing, refusal.reason))
        else:
            done.append(row.filing)
    return BulkResult(done, left_out, plan.unknown + others.unknown)


def _plan(user: User, selection: Iterable[Selected], *, passing: bool) -> BulkPlan:
    selected = {item.filing_id: item for item in selection}
    known = permissions.reviewed_by(user).filter(pk__in=selected).order_by("department__code")
    rows = rows_of(page_query(known, user).prefetch_related("cycle__edition"), user)
    hindrances = _hindrances([row.filing for row in rows], user)
    ready, left_out = [], []
    for row in rows:
        reason = _changed(row.filing, selected[row.filing.pk]) or _not_own(row, user)
        reason = reason or hindrances.approved.get(row.filing.pk, "")
        if passing:
            reason = reason or _not_clean(row, hindrances)
        if reason:
            left_out.append(LeftOut(row.filing, reason))
        else:
            ready.append(row)
    keys = {row.filing.pk for row in ready}
    others = [item for item in selected.values() if item.filing_id not in keys]
    gone = withdrawn(user, selected.keys() - {row.filing.pk for row in rows})
    return BulkPlan(ready, left_out + gone, len(selected) - len(rows) - len(gone), others)


def withdrawn(user: User, filing_ids: Collection[int]) -> list[LeftOut]:
    """Return those of the filings that were withdrawn from the user's review, with who withdrew them and when."""
    events = permissions.withdrawals_from(user, filing_ids) if filing_ids else []
    return [LeftOut(event.filing, _happened(event), is_visible=False) for event in events]


def _changed(filing: Filing, selected: Selected) -> str:
    if filing.lock == selected.lock and filing.status == Status.IN_REVIEW:
        return ""
    event = filing.events.order_by("-number").first()
    return _happened(event) if event else "列出以后有改动，请刷新后再选。"


def _happened(event: Event) -> str:
    return f"列出以后有改动：{event.by_name} {moment(event.at)} {label_of(event.action)}。"


def _not_own(row: QueueRow, user: User) -> str:
    if not row.is_decidable:
        return permissions.may_decide(user, row.filing).reason or "现在不由您审核。"
    reviewer = claims.claimer(row.filing, user)
    return claims.claimed(row.filing, reviewer).reason if reviewer else ""


def _not_clean(row: QueueRow, hindrances: _Hindrances) -> str:
    if row.filing.pk in hindrances.drafted:
        return "您有未办完的意见，请打开办理。"
    if row.counts is None:
        return "没有核对结果，请逐份审核。"
    if row.counts.errors:
        return f"有 {row.counts.errors} 项须改正。"
    if row.filing.pk in hindrances.revoked:
        return "这一版的批复被撤回过，请打开看撤回的理由，逐份办理。"
    if count := hindrances.open_remarks.get(row.filing.pk):
        return f"有 {count} 条意见尚未认可。"
    if row.unexplained:
        return f"有 {row.unexplained} 项提醒须说明而没有说明。"
    if grade := hindrances.low_grades.get(row.filing.pk):
        return f"本轮已评为「{labels.GRADE[grade]}」。"
    return ""


def _hindrances(filings: list[Filing], user: User) -> _Hindrances:
    waiting = PendingApproval.objects.filter(filing__in=filings, state=ApprovalState.WAITING).select_related("by")
    approved = {
        approval.filing_id: f"{approval.by} {timezone.localtime(approval.queued_at):%H:%M} 已批复，正在等候盖章。"
        for approval in waiting
    }
    asked = Remark.objects.filter(filing__in=filings, internal=False, review__revision__cancelled=None)
    remarks = asked.exclude(state__in=SETTLED)
    counted = remarks.order_by().values("filing").annotate(count=Count("pk")).values_list("filing", "count")
    low = Review.objects.filter(
        revision__filing__in=filings, grade__in=LOW_GRADES, round=F("revision__filing__round")
    ).order_by("pk")
    revoked = IssuedCopy.objects.filter(filing__in=filings, revoked_at__isnull=False).exclude(
        revision__number__lt=Subquery(_last_revisions())
    )
    return _Hindrances(
        approved,
        _drafted(filings, user),
        dict(counted),
        dict(low.values_list("revision__filing", "grade")),
        frozenset(revoked.values_list("filing", flat=True)),
    )


def _last_revisions() -> QuerySet[Revision, int]:
    """Select the number of the last revision of an issued copy's filing."""
    of_filing = Revision.objects.filter(filing=OuterRef("filing"), cancelled=None)
    return of_filing.order_by("-number").values_list("number", flat=True)[:1]


def _drafted(filings: list[Filing], user: User) -> frozenset[int]:
    drafts = ReviewDraft.objects.filter(revision__filing__in=filings, by=user).select_related("revision")
    return frozenset(draft.revision.filing_id for draft in drafts if not DraftContent.from_json(draft.content).is_blank)
