"""Create the offices, departments and users of the large county, and its two cycles. Existing rows are kept."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from filings.choices import OfficeKind, Role
from filings.clocks.working_days import add_working_days, overrides
from filings.cycles import enrolments
from filings.demonstration.county_data import PREFIX, DepartmentPlan, LargeCounty
from filings.models import Cycle, Department, Membership, Office, User

DAYS_SINCE_START = 45
_FILLER, _HEAD = "f", "h"


@dataclass(frozen=True)
class Staff:
    """Memberships by place: fillers and heads by department code, reviewers by section, the performance section's."""

    fillers: dict[str, Membership]
    heads: dict[str, Membership]
    reviewers: dict[str, list[Membership]]
    performance: list[Membership]


def create(county: LargeCounty) -> None:
    """Create what is missing."""
    for section in county.data["sections"]:
        Office.objects.get_or_create(name=section["name"], defaults={"kind": OfficeKind.SECTION})
    offices = {office.name: office for office in Office.objects.all()}
    Department.objects.bulk_create(
        (
            Department(
                code=plan.code,
                name=plan.name,
                section=offices[plan.section],
                withheld=plan.name in county.data["withheld"],
                telephone=f"演示电话 {plan.code[-4:]}",
            )
            for plan in county.departments
        ),
        ignore_conflicts=True,
    )
    for name, sector in county.data["supervisors"].items():
        below = [plan.code for plan in county.departments if plan.sector == sector and plan.name != name]
        Department.objects.filter(code__in=below).update(supervisor=Department.objects.get(name=name))
    _create_users(county, offices)


def _create_users(county: LargeCounty, offices: dict[str, Office]) -> None:
    departments = {department.code: department for department in Department.objects.all()}
    places: dict[str, tuple[Role, Department | Office]] = {}
    for plan in county.departments:
        places[f"{_FILLER}{plan.code}"] = (Role.FILLER, departments[plan.code])
        places[f"{_HEAD}{plan.code}"] = (Role.HEAD, departments[plan.code])
    performance = Office.objects.filter(kind=OfficeKind.PERFORMANCE)
    sections = [(section["code"], offices[section["name"]]) for section in county.data["sections"]]
    for code, office in [*sections, *(("90", office) for office in performance)]:
        for number in range(1, county.data["reviewers_of_a_section"] + 1):
            places[f"s{code}{number}"] = (Role.REVIEWER, office)
    for office in Office.objects.filter(kind=OfficeKind.BUREAU):
        places["m1"] = (Role.MANAGER, office)
    names = county.names(len(places))
    User.objects.bulk_create(
        (
            User(username=username, name=name, is_demo=True, password="!demonstration", telephone=f"演示电话 {number}")  # noqa: S106 — unusable
            for number, (username, name) in enumerate(zip(places, names, strict=True), start=8100)
        ),
        ignore_conflicts=True,
    )
    users = {user.username: user for user in User.objects.filter(username__in=places)}
    Membership.objects.bulk_create(
        (
            Membership(
                user=users[username],
                role=role,
                department=place if isinstance(place, Department) else None,
                office=place if isinstance(place, Office) else None,
            )
            for username, (role, place) in places.items()
        ),
        ignore_conflicts=True,
    )


def create_cycles(county: LargeCounty, this_year: Cycle) -> Cycle:
    """Enrol all departments in this year's cycle, which opened some weeks ago, and return last year's."""
    now = timezone.now()
    opens_on = timezone.localdate() - timedelta(days=DAYS_SINCE_START)
    Cycle.objects.filter(pk=this_year.pk, opens_on__gt=opens_on).update(
        opens_on=opens_on, started_at=now - timedelta(days=DAYS_SINCE_START + 1)
    )
    this_year.refresh_from_db()
    last_year = last_years_cycle(this_year, county.data["last_year"])
    keys = list(Department.objects.filter(name__contains=PREFIX).values_list("pk", flat=True))
    for cycle in (last_year, this_year):
        enrolments.add(cycle, keys)
    return last_year


def last_years_cycle(this_year: Cycle, year: int) -> Cycle:
    """Return last year's cycle on the same edition, which opened a year before this year's of the large county."""
    opens_on = timezone.localdate() - timedelta(days=DAYS_SINCE_START + 364)
    cycle, _created = Cycle.objects.get_or_create(
        year=year,
        edition=this_year.edition,
        defaults={
            "opens_on": opens_on,
            "deadline": add_working_days(opens_on, 25, overrides()),
            "stages": this_year.stages,
            "started_at": timezone.now() - timedelta(days=DAYS_SINCE_START + 366),
        },
    )
    return cycle


def staff() -> Staff:
    """Load who acts in the histories: the users of the demonstration, with their memberships."""
    memberships = Membership.objects.filter(user__is_demo=True).select_related("user", "department", "office")
    found = Staff({}, {}, {}, [])
    for membership in memberships.order_by("pk"):
        if membership.department and membership.role == Role.FILLER:
            found.fillers.setdefault(membership.department.code, membership)
        elif membership.department and membership.role == Role.HEAD:
            found.heads.setdefault(membership.department.code, membership)
        elif membership.office and membership.role == Role.REVIEWER:
            found.reviewers.setdefault(membership.office.name, []).append(membership)
            if membership.office.kind == OfficeKind.PERFORMANCE:
                found.performance.append(membership)
    return found


def plans_of_small_departments(county: LargeCounty) -> list[DepartmentPlan]:
    """Return the named departments, which get a table of last year only."""
    codes = [plan.code for plan in county.departments]
    others = Department.objects.filter(name__contains=PREFIX, section__isnull=False).exclude(code__in=codes)
    return [
        DepartmentPlan(
            item.code, item.name, item.section.name, "culture" if item.code.startswith("2") else "administration"
        )
        for item in others.select_related("section").order_by("code")
        if item.section
    ]


def office_hours(day: date, minutes: int) -> datetime:
    """Return a time of a day: minutes after nine o'clock."""
    start = datetime.combine(day, datetime.min.time()).replace(hour=9)
    return timezone.make_aware(start) + timedelta(minutes=minutes)
