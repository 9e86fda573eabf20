"""The page of the review queue with 150 and with 100,000 filings in the database, on PostgreSQL.

Requests include session, middleware and templates. The 100,000 filings are those of 20 years of 5,000 departments: all
are decided on but those of the newest cycle, of which a section reviews 200 and the performance section 2,500.
"""

from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from functools import partial
from itertools import islice, product
from typing import TYPE_CHECKING, Any

from bench.measuring import format_ms, milliseconds, p95, show, show_load
from bench.site import HOST, postgresql, set_up

if TYPE_CHECKING:
    from django.test import Client

    from filings.models import Cycle, Department, User

# Cycles, and departments of each.
SIZES = ((1, 150), (20, 5000))
VISITS, FIRST = 40, 3
BATCH = 5000
SECTIONS = 25
PAGES = (
    ("待我审", "tab=mine"),
    ("全部", "tab=all"),
    ("sorted by findings", "tab=all&sort=-findings"),
    ("sorted by money", "tab=all&sort=-money"),
    ("search", "tab=all&q=9"),
    ("filtered by rule", "tab=all&rule=M6"),
)


def create(cycles: int, departments: int) -> "dict[str, User]":
    """Create filings of each department in each cycle; return a user of each role."""
    from django.utils import timezone

    from filings.models import Cycle, Department, Office
    from filings.tests.county import found_county

    county = found_county()
    sections = Office.objects.bulk_create(Office(name=f"第{n}股", kind="section") for n in range(SECTIONS - 1))
    sections.append(county.section)
    filers = Department.objects.bulk_create(
        Department(code=f"5{n:05}", name=f"第{n}局", initials=f"d{n}j", section=sections[n % SECTIONS])
        for n in range(departments)
    )
    earlier = Cycle.objects.bulk_create(
        Cycle(
            year=county.cycle.year - n,
            edition=county.cycle.edition,
            opens_on=date(county.cycle.year - n, 1, 1),
            deadline=date(county.cycle.year - n, 2, 1),
            stages=county.cycle.stages,
            started_at=timezone.now() - timedelta(days=365 * n),
        )
        for n in range(1, cycles)
    )
    pairs = product((county.cycle, *earlier), filers)
    while batch := tuple(islice(pairs, BATCH)):
        _file(county.cycle, batch, county.head)
    return {name: getattr(county, name) for name in ("section_reviewer", "performance_reviewer", "manager")}


def _file(newest: "Cycle", pairs: "tuple[tuple[Cycle, Department], ...]", by: "User") -> None:
    """Create filings with a revision, its counts, a finding, the signing, the total and a review."""
    from django.utils import timezone

    from filings.models import Assessment, BudgetAmount, Event, Filing, Finding, Review, Revision

    now = timezone.now()

    def stage(cycle: "Cycle", number: int) -> dict[str, Any]:
        if cycle != newest:
            return {"status": "approved", "stage": ""}
        due = timezone.localdate() + timedelta(days=number % 9 - 2)
        return {"status": "in_review", "stage": ("section", "performance")[number // SECTIONS % 2], "due_on": due}

    filings = Filing.objects.bulk_create(
        Filing(
            cycle=cycle,
            department=department,
            round=1 + number % 3,
            held_since=now - timedelta(hours=number % 240),
            **stage(cycle, number),
        )
        for number, (cycle, department) in enumerate(pairs)
    )
    content = '{"amounts":{"TOTAL":"100"}}' + " " * 8000
    revisions = Revision.objects.bulk_create(
        Revision(filing=filing, number=1, content=content, submitted_by=by, submitted_at=now) for filing in filings
    )
    later = now + timedelta(seconds=1)
    Event.objects.bulk_create(
        Event(filing=filing, number=1, action="sign", by=by, at=later, detail="{}") for filing in filings
    )
    BudgetAmount.objects.bulk_create(
        BudgetAmount(filing=filing, line="TOTAL", raw="100", fen=filing.pk % 977 * 10_000) for filing in filings
    )
    counts = {"errors": 0, "advice": 1, "asked": 2, "explained": 1, "at": now}
    Assessment.objects.bulk_create(
        Assessment(revision=revision, warnings=revision.pk % 7, **counts) for revision in revisions
    )
    Finding.objects.bulk_create(
        Finding(revision=revision, number=1, code=("M6", "T4")[revision.pk % 2], severity="warning", places=[])
        for revision in revisions
    )
    Review.objects.bulk_create(
        Review(revision=revision, stage="supervisor", decision="pass", by=by, at=now)
        for revision in revisions
        if revision.filing.cycle_id != newest.pk
    )


def measure(user: "User", name: str) -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME=HOST)
    client.force_login(user)
    for label, query in PAGES:
        times = [milliseconds(partial(_visit, client, query)) for _ in range(FIRST + VISITS)][FIRST:]
        with CaptureQueriesContext(connection) as captured:
            _visit(client, query)
        goal = f"≤ 200 ms, {len(captured)} queries (≤ 20)"
        show(f"  {name}: {label}, p95 of {VISITS}", format_ms(p95(times)), goal)


def _visit(client: "Client", query: str) -> None:
    answer = client.get(f"/review/?{query}")
    assert answer.status_code == 200, answer.status_code


def run(cycles: int, departments: int) -> None:
    with postgresql() as database:
        if database is None:
            show("PostgreSQL does not answer", "skipped")
            return
        with set_up(database):
            from django.db import connection

            users = create(cycles, departments)
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            show(f"{cycles * departments:,} filings in {cycles} cycles", "")
            for name, user in users.items():
                measure(user, name)


if __name__ == "__main__":
    show_load()
    for size in SIZES:
        # Each size has its own process, because settings name one database.
        with ProcessPoolExecutor(max_workers=1) as process:
            process.submit(run, *size).result()
    show_load()
