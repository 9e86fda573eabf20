"""The events of a filing as lines of text, and the verification of their chain."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from filings import labels, permissions
from filings.actions.table import label_of
from filings.choices import Action
from filings.lifecycle import events
from filings.models import EnrolmentEvent, Event, Filing, User
from filings.models.reviewing.review import DECISIONS

# Actions whose reason is for users who see internal remarks; of a question (征求意见) others see nothing.
INTERNAL_REASONS = frozenset({Action.CONSULT, Action.CLAIM, Action.HAND_OVER, Action.RELEASE})


@dataclass(frozen=True)
class HistoryLine:
    """One event: `role` with its department or office, `action` as text. The reason of a review is shown with it.

    `note` is that to the head, `statements` are those that the head has ticked. `receipt` is the number under which
    the event has a receipt, 0 without one.
    """

    time: datetime
    name: str
    role: str
    action: str
    reason: str
    note: str = ""
    statements: tuple[str, ...] = ()
    receipt: int = 0


@dataclass(frozen=True)
class History:
    """The lines, newest first. `broken` is the number of the first event that was altered or is missing.

    `chained` is the number of events that the chain covers, including those that the user does not see.
    """

    lines: list[HistoryLine]
    broken: int | None
    chained: int


def history_of(filing: Filing, user: User) -> History:
    """Return the events that the user may see, and before them the reminders and extensions before the filing's start.

    The chain is verified over all events.
    """
    recorded = list(filing.events.order_by("-number"))
    lines = lines_of(recorded, filing, user)
    before = EnrolmentEvent.objects.filter(enrolment__cycle=filing.cycle_id, enrolment__department=filing.department_id)
    for earlier in before.order_by("-pk"):
        lines.append(
            HistoryLine(earlier.at, earlier.by_name, earlier.by_office, label_of(earlier.action), earlier.reason)
        )
    lines.extend(_attachment_lines(filing, user))
    # Stable: events of one moment keep their order.
    lines.sort(key=lambda line: line.time, reverse=True)
    return History(lines, events.first_broken(filing), len(recorded))


def lines_of(recorded: Iterable[Event], filing: Filing, user: User) -> list[HistoryLine]:
    """Return those of the filing's events that the user may see as lines, in their order."""
    sees_internal = bool(permissions.may_see_internal(user, filing))
    sees_note = permissions.belongs_to(user, filing.department)
    return [
        _line(event, sees_internal=sees_internal, sees_note=sees_note)
        for event in recorded
        if sees_internal or event.action != Action.CONSULT
    ]


def _attachment_lines(filing: Filing, user: User) -> Iterator[HistoryLine]:
    """Yield uploads and removals of attachments to users who see drafts. They are no events of the chain."""
    if not permissions.may_see_draft(user, filing):
        return
    place = filing.department.name
    for each in filing.attachments.order_by("-id"):
        kind = labels.ATTACHMENT[each.kind]
        if each.removed_at:
            yield HistoryLine(each.removed_at, each.removed_by_name, place, f"移除附件（{kind}）", each.name)
        yield HistoryLine(each.at, each.by_name, place, f"上传附件（{kind}）", each.name)


def _line(event: Event, *, sees_internal: bool, sees_note: bool) -> HistoryLine:
    detail = events.detail(event)
    role = f"{event.by_office} {labels.ROLE[event.by_role]}"
    is_hidden = event.action in DECISIONS or (event.action in INTERNAL_REASONS and not sees_internal)
    reason = "" if is_hidden else detail.get("reason") or detail.get("answer", "")
    return HistoryLine(
        event.at,
        event.by_name,
        role,
        _describe(event.action, detail),
        reason,
        note=detail.get("note", "") if sees_note else "",
        statements=tuple(detail.get("statements", "").splitlines()),
        receipt=event.number if "receipt" in detail and (sees_note or event.action == Action.SIGN) else 0,
    )


def _consulted(detail: dict[str, str]) -> str:
    """Return who was asked, or that the question was answered or withdrawn."""
    if "answer" in detail:
        return "答复征求的意见"
    return "撤回征求意见" if "withdrawn" in detail else f"向「{detail['to']}」征求意见"


def _describe(action: str, detail: dict[str, str]) -> str:
    """Return the action's label with stage, finding, revisions, reviewers, adjusted rows and lateness."""
    if action == Action.CONSULT:
        return _consulted(detail)
    if "opened" in detail:
        return "开放全表"
    text = label_of(action)
    if stage := detail.get("stage"):
        text = f"{labels.STAGE[stage]}{text}"
    if finding := detail.get("finding"):
        text = f"{text}：{finding}"
    if number := detail.get("revision"):
        text = f"{text}（第 {number} 版）"
    if numbers := detail.get("cancelled"):
        text = f"{text}，第 {'、'.join(numbers.splitlines())} 版不再办理"
    if number := detail.get("restored"):
        text = f"{text}，恢复第 {number} 版"
    if before := detail.get("reviewer_before"):
        text = f"{text}，原由 {before} 审核"
    if reviewer := detail.get("reviewer"):
        text = f"{text}，由 {reviewer} 审核"
    if rows := detail.get("adjusted"):
        text = f"{text}，调整 {len(rows.splitlines())} 行"
    return text + ("，逾期提交" if detail.get("late") else "")
