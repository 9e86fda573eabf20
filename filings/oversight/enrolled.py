"""Query the departments enrolled in a cycle, each with the state and the clock of its filing."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    DateField,
    DateTimeField,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from filings.choices import Action, Status
from filings.models import Cycle, Enrolment, EnrolmentEvent, Event, Extension, Revision, User
from filings.oversight.overseers import overseen_departments
from filings.oversight.states import NOT_STARTED, state_label


@dataclass(frozen=True)
class EnrolledDepartment:
    """A department on the list of a cycle. `filing` and what follows from it are None or '' before it has started.

    `since` is when its holder received it, before the start the opening of the cycle. `due` is the date by which the
    holder must act. Both are None once approved, and in a closed cycle. `deadline` is the department's own, extended or
    not. `submitted_at` is the time of the first submission, which later steps do not change; None before it.
    """

    enrolment: int
    department: int
    code: str
    name: str
    section: int | None
    section_name: str
    supervisor_name: str
    contact: str
    telephone: str
    filing: int | None
    state: str
    stage: str
    is_adjusted: bool
    resume_stage: str
    reviewer_name: str
    since: datetime | None
    due: date | None
    deadline: date
    submitted_at: datetime | None
    reminded_at: datetime | None
    is_overdue: bool

    @property
    def state_label(self) -> str:
        label = state_label(self.state, self.stage)
        return f"{label}（调整）" if self.is_adjusted else label


Enrolled = QuerySet[Enrolment, Enrolment]

# Where each attribute of EnrolledDepartment comes from; the others are annotations of the same name.
_COLUMNS = {
    "enrolment": F("pk"),
    "code": F("department__code"),
    "name": F("department__name"),
    "section": F("department__section"),
    "section_name": Coalesce(F("department__section__name"), Value("")),
    "supervisor_name": Coalesce(F("department__supervisor__name"), Value("")),
    "contact": F("department__contact"),
    "telephone": F("department__telephone"),
}
_ANNOTATIONS = (
    *("department", "filing", "state", "stage", "is_adjusted", "resume_stage", "reviewer_name"),
    *("since", "due", "deadline", "submitted_at", "reminded_at", "is_overdue"),
)


def enrolled_of(cycle: Cycle, user: User, *, today: date) -> Enrolled:
    """Select the enrolled departments of a cycle that the user oversees, annotated for `departments`."""
    enrolments = Enrolment.objects.filter(cycle=cycle, department__in=overseen_departments(user))
    return (
        enrolments.annotate(own=FilteredRelation("department__filings", condition=Q(department__filings__cycle=cycle)))
        .annotate(**_of_filing(cycle))
        .annotate(**_clock(cycle))
        .annotate(**_timing(today))
    )


def departments(enrolled: Enrolled) -> list[EnrolledDepartment]:
    """Load the rows of a query by `enrolled_of`."""
    return [EnrolledDepartment(**row) for row in enrolled.values(*_ANNOTATIONS, **_COLUMNS)]


def opening_of(cycle: Cycle) -> datetime:
    """Return when departments could begin: the first day of the cycle, or when it was started later."""
    opens = timezone.make_aware(datetime.combine(cycle.opens_on, time.min))
    return max(opens, cycle.started_at) if cycle.started_at else opens


def _of_filing(cycle: Cycle) -> dict[str, Any]:
    until = Extension.objects.filter(cycle=cycle, department=OuterRef("department")).order_by().values("until")
    return {
        "filing": F("own__pk"),
        "state": Coalesce(F("own__status"), Value(NOT_STARTED)),
        "stage": Coalesce(F("own__stage"), Value("")),
        "is_adjusted": Case(When(own__adjusts__isnull=False, then=True), default=False, output_field=BooleanField()),
        "resume_stage": Coalesce(F("own__resume_stage"), Value("")),
        "reviewer_name": Coalesce(F("own__reviewer__name"), Value("")),
        "deadline": Coalesce(Subquery(until), Value(cycle.deadline), output_field=DateField()),
    }


def _clock(cycle: Cycle) -> dict[str, Any]:
    first = Revision.objects.filter(filing=OuterRef("own__pk"), number=1).order_by().values("submitted_at")
    by_filing = Event.objects.filter(filing=OuterRef("own__pk"), action=Action.REMIND).order_by("-number")
    before = EnrolmentEvent.objects.filter(enrolment=OuterRef("pk"), action=Action.REMIND).order_by("-pk")
    return {
        **(_no_clock() if cycle.closed_at else _running_clock(cycle)),
        "submitted_at": Subquery(first),
        "reminded_at": Coalesce(Subquery(by_filing.values("at")[:1]), Subquery(before.values("at")[:1])),
    }


def _running_clock(cycle: Cycle) -> dict[str, Any]:
    return {
        "since": Case(
            When(state=Status.APPROVED, then=None),
            default=Coalesce(F("own__held_since"), Value(opening_of(cycle))),
            output_field=DateTimeField(),
        ),
        "due": Case(When(state=NOT_STARTED, then=F("deadline")), default=F("own__due_on"), output_field=DateField()),
    }


def _no_clock() -> dict[str, Any]:
    """Annotate the rows of a closed cycle, in which nothing waits."""
    return {
        "since": Value(None, output_field=DateTimeField()),
        "due": Value(None, output_field=DateField()),
    }


def _timing(today: date) -> dict[str, Any]:
    """Annotate lateness; a department without a submission is late only by its clock."""
    return {
        "is_past_deadline": Case(When(deadline__lt=today, then=True), default=False, output_field=BooleanField()),
        "is_overdue": Case(When(due__lt=today, then=True), default=False, output_field=BooleanField()),
        "submitted_on": TruncDate("submitted_at"),
    }
