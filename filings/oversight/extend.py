"""延期: give departments that have not submitted yet a later deadline, all selected ones or none."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from filings.choices import Action, MessageKind, Status
from filings.clocks import due
from filings.errors import StepRefused, checked_text
from filings.lifecycle.messages import departments as messages
from filings.models import Cycle, Extension, User
from filings.oversight import records
from filings.oversight.enrolled import EnrolledDepartment, enrolled_of
from filings.oversight.overseers import may_extend
from filings.oversight.selection import names, parse_ids, select
from filings.oversight.states import NOT_STARTED

LONGEST_REASON = 500


def can_be_extended(row: EnrolledDepartment) -> bool:
    """Whether the department has not sent its table to review yet."""
    if row.is_adjusted:
        return False
    return row.state in (NOT_STARTED, Status.DRAFT) or (row.state == Status.SIGNING and not row.resume_stage)


def extend(cycle: Cycle, ids: Sequence[str], until: date | None, reason: str, *, by: User, now: datetime) -> int:
    """Set the deadline of the selected departments and return their number.

    An unreadable date is passed as None. Raises StepRefused, and then nothing has changed.
    """
    wanted, today = parse_ids(ids), timezone.localdate(now)
    chosen, why = _checked(cycle, until, reason, today=today)
    with transaction.atomic():
        locked = records.lock(cycle, wanted)
        rows = select(enrolled_of(cycle, by, today=today), wanted, by=by)
        sent = [row.name for row in rows if not can_be_extended(row)]
        if sent:
            raise StepRefused(f"{names(sent)}已经送审或批复，不能延期。未办理延期，请取消勾选后重新办理。")
        entries = records.entries_for(rows, may_extend, lambda _row: f"延至 {chosen}。{why}", by=by)
        _store(cycle, rows, chosen, why, by=by, now=now)
        due.reset_department_clocks(cycle)
        records.record(Action.EXTEND, entries, locked, by=by, now=now, detail={"until": chosen.isoformat()})
        messages.enqueue(MessageKind.EXTENDED, [_notice(cycle, row, chosen, now) for row in rows])
    return len(rows)


def _checked(cycle: Cycle, until: date | None, reason: str, *, today: date) -> tuple[date, str]:
    if until is None:
        raise StepRefused(f"请填写延至哪一天，如 {cycle.deadline:%Y-%m-%d} 之后的日期。")
    if until <= cycle.deadline:
        raise StepRefused(f"延期须晚于本批次的截止日期 {cycle.deadline}，您填的是 {until}。")
    if until < today:
        raise StepRefused(f"您填的 {until} 已经过去，请填今天（{today}）或以后的日期。")
    blank = "请写明延期的理由，理由记入办理经过。"
    return until, checked_text(reason, "延期的理由", longest=LONGEST_REASON, blank=blank)


def _store(
    cycle: Cycle, rows: Sequence[EnrolledDepartment], until: date, reason: str, *, by: User, now: datetime
) -> None:
    Extension.objects.bulk_create(
        [
            Extension(cycle=cycle, department_id=row.department, until=until, reason=reason, by_name=by.name, at=now)
            for row in rows
        ],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["cycle", "department"],
        update_fields=["until", "reason", "by_name", "at"],
    )


def _notice(cycle: Cycle, row: EnrolledDepartment, until: date, now: datetime) -> messages.DepartmentNotice:
    text = f"{row.name}：{cycle.year}年部门整体支出绩效目标表的提交期限已延至 {until}。"
    return messages.DepartmentNotice(row.department, row.filing, text, f"extend:{row.enrolment}:{now.timestamp():.6f}")
