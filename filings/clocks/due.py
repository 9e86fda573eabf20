"""The date by which the holder of a filing must act, and how many working days are left until then."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from filings.choices import Status
from filings.clocks.working_days import Overrides, add_working_days, overrides, working_days_between
from filings.models import Cycle, Department, Extension, Filing

BUREAU, DEPARTMENT, ANSWER, PUBLICATION = "审核", "单位", "答复", "公开"

# The bureau exceeds a time limit of its own (超期); a department misses the date that it was given (逾期).
OVERDUE = {BUREAU: "超期", DEPARTMENT: "逾期", ANSWER: "逾期", PUBLICATION: "逾期"}


@dataclass(frozen=True)
class Clock:
    """The clock of a filing's present holder.

    `working_days` are left until `due_on`; negative if they have passed since. `is_today` is the last day itself.
    """

    holder: str
    due_on: date
    working_days: int
    is_today: bool
    has_passed: bool

    @property
    def words(self) -> str:
        """Format the time left with its holder, as in 审核还剩 2 个工作日."""
        if self.is_today:
            return f"{self.holder}今天到期"
        if self.has_passed:
            days = -self.working_days
            return f"{self.holder}已{OVERDUE[self.holder]} {days} 个工作日" if days else f"{self.holder}已到期"
        return f"{self.holder}还剩 {self.working_days} 个工作日"


def clock_of(filing: Filing, calendar: Overrides, today: date | None = None) -> Clock | None:
    """Return the clock of the filing's holder; None if it waits for no one: approved, or in a closed cycle."""
    if filing.due_on is None or filing.cycle.closed_at:
        return None
    return clock(holder_in(filing.status), filing.due_on, calendar, today)


def holder_in(status: str) -> str:
    """Return who must act on a filing of this status, or start the one that does not exist yet."""
    return BUREAU if status == Status.IN_REVIEW else DEPARTMENT


def clock(holder: str, due_on: date, calendar: Overrides, today: date | None = None) -> Clock:
    """Build the clock of a holder whose time ends with `due_on`."""
    now = today or timezone.localdate()
    return Clock(holder, due_on, working_days_between(now, due_on, calendar), due_on == now, due_on < now)


def due_after_action(filing: Filing, status: Status, on: date | None = None) -> date | None:
    """Return the date by which the next holder must act when an action of this day leads `filing` to this status.

    Each review stage and each correction starts again; while the department keeps the filing, its date is kept too.
    """
    policy = filing.cycle.review_policy()
    if status == Status.APPROVED:
        return None
    if status == Status.IN_REVIEW:
        return _working_days_after(on, policy.review_days)
    if status == Status.SIGNING or filing.status == Status.SIGNING:
        return filing.due_on
    if status == Status.RETURNED or filing.status == Status.APPROVED or filing.issued_copies.exists():
        return _working_days_after(on, policy.correction_days)
    return filing.cycle.deadline_for(filing.department)


def reset_department_clocks(cycle: Cycle, department: Department | None = None) -> int:
    """Apply the cycle's deadline and extensions to filings that have never been returned or approved.

    Call it after a change of either; with a department, only its filing is updated. Return the number of filings.
    """
    extended = Extension.objects.filter(cycle=OuterRef("cycle"), department=OuterRef("department")).values("until")
    filings = cycle.filings.filter(status__in=(Status.DRAFT, Status.SIGNING), resume_stage="", adjusts__isnull=True)
    if department:
        filings = filings.filter(department=department)
    return filings.update(due_on=Coalesce(Subquery(extended), cycle.deadline))


def _working_days_after(day: date | None, days: int) -> date:
    return add_working_days(day or timezone.localdate(), days, overrides())
