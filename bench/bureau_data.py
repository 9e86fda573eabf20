"""A bureau after many years: one cycle created in bulk and copied by SQL, and a newest one with filings in every state.

Import it after Django's settings.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import islice

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max
from django.utils import timezone

from bench.bureau_rows import Participants, Past, rows_of
from filings.choices import OfficeKind, Role, Stage, Status
from filings.document import canonical_json
from filings.models import (
    Assessment,
    BudgetAmount,
    Cycle,
    Department,
    Edit,
    Enrolment,
    Event,
    Filing,
    Finding,
    IssuedCopy,
    Membership,
    Message,
    Office,
    Remark,
    Review,
    Revision,
    User,
)
from filings.tests.county import County, found_county
from filings.tests.founding import founding_document

SECTIONS, REVIEWERS, BATCH = 10, 3, 500
# What belongs to a cycle, parents first.
COPIED: tuple[type[models.Model], ...] = (
    *(Cycle, Enrolment, Filing, BudgetAmount, Edit, Revision, Assessment, Finding),
    *(Event, Review, Remark, IssuedCopy, Message),
)
# What differs in copy number n from the original.
DIFFERING: dict[tuple[type[models.Model], str], str] = {(Cycle, "year"): "year - n"} | {
    field: f"{field[1]} || '-' || n" for field in ((Revision, "receipt"), (IssuedCopy, "code"), (Message, "key"))
}
# Status and stage; None for a department that has not begun.
State = tuple[str, str] | None
STATES: tuple[State, ...] = (
    None,
    (Status.DRAFT, ""),
    (Status.SIGNING, ""),
    *[(Status.IN_REVIEW, Stage.SECTION)] * 2,
    *[(Status.IN_REVIEW, Stage.PERFORMANCE)] * 2,
    (Status.RETURNED, ""),
    *[(Status.APPROVED, "")] * 2,
)


def approved(_number: int) -> State:
    return Status.APPROVED, ""


def in_every_state(number: int) -> State:
    return STATES[number // SECTIONS % len(STATES)]


def create(cycles: int, departments: int, state: Callable[[int], State] = in_every_state) -> County:
    """Create filings of departments in each cycle; return the county with the newest cycle and its users.

    `state` gives the state of each filing of the newest cycle by its number.
    """
    county = found_county((Stage.SECTION, Stage.PERFORMANCE))
    people = _people(county, departments)
    newest = Cycle(**{item.attname: getattr(county.cycle, item.attname) for item in Cycle._meta.fields[1:]})
    if cycles > 1:
        Cycle.objects.update(year=newest.year - 1)
        _file(county.cycle, people, approved)
        strides = {model: model._default_manager.aggregate(last=Max("pk"))["last"] for model in COPIED}
        for model in COPIED:
            _copy(model, cycles - 2, strides)
        newest.save()
    else:
        newest = county.cycle
    _file(newest, people, state)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return replace(county, cycle=newest)


def _people(county: County, departments: int) -> list[Participants]:
    """Create the departments with a filler and a head each, and reviewers of each section."""
    sections = Office.objects.bulk_create(
        Office(name=f"第{number}股", kind=OfficeKind.SECTION) for number in range(1, SECTIONS)
    )
    by_section = [
        [county.section_reviewer, *_users("s0", Role.REVIEWER, [county.section] * (REVIEWERS - 1))],
        *(_users(f"s{section.pk}", Role.REVIEWER, [section] * REVIEWERS) for section in sections),
    ]
    performance = [county.performance_reviewer, *_users("p", Role.REVIEWER, [county.performance] * (REVIEWERS - 1))]
    filers = Department.objects.bulk_create(
        Department(code=f"5{number:05}", name=f"第{number}局", section=[county.section, *sections][number % SECTIONS])
        for number in range(departments)
    )
    fillers, heads = _users("f", Role.FILLER, filers), _users("h", Role.HEAD, filers)
    return [
        Participants(
            department,
            fillers[number],
            heads[number],
            by_section[number % SECTIONS][number // SECTIONS % REVIEWERS],
            performance[number % REVIEWERS],
        )
        for number, department in enumerate(filers)
    ]


def _users(prefix: str, role: Role, places: Iterable[Department | Office]) -> list[User]:
    """Create a user with this role in each place."""
    places = list(places)
    names = [f"{prefix}{number}" for number in range(len(places))]
    users = User.objects.bulk_create(User(username=name, name=name, password="!") for name in names)  # noqa: S106 — no password
    Membership.objects.bulk_create(
        Membership(user=user, role=role, **{"department" if isinstance(place, Department) else "office": place})
        for user, place in zip(users, places, strict=True)
    )
    return users


def _file(cycle: Cycle, people: list[Participants], state: Callable[[int], State]) -> None:
    """Create the rows of a cycle."""
    content, now, today = canonical_json.dumps(founding_document()), timezone.now(), timezone.localdate()
    numbered = enumerate(people)
    while batch := list(islice(numbered, BATCH)):
        rows: dict[type[models.Model], list[models.Model]] = {model: [] for model in COPIED}
        for number, each in batch:
            since, due_on = now - timedelta(hours=1 + number % 240), today + timedelta(days=number % 9 - 2)
            reached = state(number)
            past = Past(number, *reached, since, due_on, content) if reached else None
            for row in rows_of(cycle, each, past):
                rows[type(row)].append(row)
        for model, created in rows.items():
            model._default_manager.bulk_create(created)


def _copy(model: type[models.Model], times: int, strides: Mapping[type[models.Model], int]) -> None:
    """Copy all rows of a table; keys, also those of parents, move on by their table's stride in each copy."""
    columns, values = [], []
    for item in model._meta.concrete_fields:
        parent = model if item.primary_key else item.related_model
        stride = next((stride for other, stride in strides.items() if other is parent), 0)
        value = f"{item.column} + {stride} * n" if stride else DIFFERING.get((model, item.name))
        columns.append(str(item.column))
        values.append(value or str(item.column))
    table = model._meta.db_table
    if times < 1:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)})"  # noqa: S608 — names of our own models
            f" WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < {times})"
            f" SELECT {', '.join(values)} FROM {table}, series ORDER BY n, id"
        )
        # Sequences go on after the copies.
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)
