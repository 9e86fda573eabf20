"""Exports of a cycle of 150 departments with sealed copies, with 100,000 filings in the database.

Run on SQLite and, if it answers, on PostgreSQL, each in its own process.
"""

from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from bench.measuring import format_ms, milliseconds, peak_mb, resident_mb, show, show_load
from bench.site import postgresql, set_up

if TYPE_CHECKING:
    from filings.models import Cycle, Department, User

DEPARTMENTS, OTHER_FILINGS = 150, 100_000
# A sealed copy with its embedded font.
COPY_SIZE = 300_000


def main() -> None:
    show_load()
    _measure_apart("SQLite", "")
    with postgresql() as url:
        if url is None:
            print("PostgreSQL does not answer.")
        else:
            _measure_apart("PostgreSQL", url)
    show_load()


def _measure_apart(name: str, url: str) -> None:
    with ProcessPoolExecutor(1) as process:
        process.submit(measure, name, url).result()


def measure(name: str, url: str) -> None:
    with set_up(url):
        cycle, manager = _data()
        _measure_exports(name, cycle, manager)


def _measure_exports(name: str, cycle: "Cycle", manager: "User") -> None:
    from django.utils import timezone

    from filings.choices import ExportKind
    from filings.exports import jobs

    goals = {ExportKind.COPIES: "≤ 5 s"}
    for kind in ExportKind:
        export = jobs.queue_export(cycle, kind, "", by=manager, now=timezone.now())
        before = resident_mb()
        took = milliseconds(partial(jobs.make_export.call, export.pk, "{编码}"))
        show(f"{name}: export {kind}", format_ms(took), goals.get(kind, ""))
        show("  memory, more than before; peak", f"{resident_mb() - before:.0f} MB; {peak_mb():.0f} MB", "flat")


def _data() -> tuple["Cycle", "User"]:
    """Create the cycle with its issued copies, and filings of earlier cycles."""
    from django.db import connection, transaction

    from filings.choices import OfficeKind, Role
    from filings.models import Department, Membership, Office, User

    section = Office.objects.create(name="行政政法股", kind=OfficeKind.SECTION)
    bureau = Office.objects.create(name="财政局", kind=OfficeKind.BUREAU)
    manager = User.objects.create(username="manager", name="经理")
    Membership.objects.create(user=manager, role=Role.MANAGER, office=bureau)
    departments = Department.objects.bulk_create(
        Department(code=f"{number:05}", name=f"单位{number}", section=section) for number in range(DEPARTMENTS)
    )
    with transaction.atomic():
        for year in range(OTHER_FILINGS // DEPARTMENTS):
            _file(_cycle(1000 + year, departments), departments)
        cycle = _cycle(2026, departments)
        _issue(cycle, departments, manager)
    # PostgreSQL would do it by itself after a while.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return cycle, manager


def _cycle(year: int, departments: "list[Department]") -> "Cycle":
    from django.utils import timezone

    from filings.models import Cycle, Enrolment
    from filings.tests.county import founding_edition

    today = timezone.localdate()
    dates = {"opens_on": today - timedelta(days=10), "deadline": today + timedelta(days=10)}
    cycle = Cycle.objects.create(
        year=year, edition=founding_edition(), stages=["section"], started_at=timezone.now(), **dates
    )
    Enrolment.objects.bulk_create(Enrolment(cycle=cycle, department=department) for department in departments)
    return cycle


def _file(cycle: "Cycle", departments: "list[Department]") -> None:
    from filings.choices import Status
    from filings.models import Filing

    filings = (Filing(cycle=cycle, department=department, status=Status.APPROVED) for department in departments)
    Filing.objects.bulk_create(filings)


def _issue(cycle: "Cycle", departments: "list[Department]", by: "User") -> None:
    from django.utils import timezone

    from filings.document import canonical_json
    from filings.lifecycle import issuing
    from filings.models import IssuedCopy, Revision
    from filings.tests.founding import founding_document

    content, now = canonical_json.dumps(founding_document()), timezone.now()
    _file(cycle, departments)
    for filing in cycle.filings.all():
        revision = Revision.objects.create(
            filing=filing, number=1, content=content, sha256="0" * 64, submitted_by=by, submitted_at=now
        )
        stored = issuing.keep(f"%PDF {filing.pk:08}".encode() * (COPY_SIZE // 13))
        IssuedCopy.objects.create(
            filing=filing, revision=revision, sha256=stored, code=f"{filing.pk:012}", issued_at=now
        )


if __name__ == "__main__":
    main()
