"""The public pages with 10,000 published tables of 20 years, or as many as the argument, on SQLite and PostgreSQL.

Requests include middleware and templates. Streamed files are read to their end. At the end comes the table of
docs/benchmarks.md.
"""

import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from statistics import median
from typing import TYPE_CHECKING

from bench.measuring import format_ms, milliseconds, p95, peak_mb, resident_mb, show, show_load
from bench.site import HOST, postgresql, set_up

if TYPE_CHECKING:
    from django.test import Client

    from filings.models import Cycle, Department, Revision, User

YEARS, VISITS, FEW_VISITS, BATCH = 20, 20, 3, 1000
DEFAULT = 10_000
# Contained in one table, in all tables, and in none.
RARE, COMMON, ABSENT = "专项任务777号", "组织工作", "航天发射"
# Files of a whole cycle, which take longer.
LONG = ("sitemap-",)
Row = tuple[str, int, float, float]


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    show_load()
    found = {"SQLite": _measure_apart("", count)}
    with postgresql() as url:
        if url is None:
            print("PostgreSQL does not answer.")
        else:
            found["PostgreSQL"] = _measure_apart(url, count)
    show_load()
    print("\n| page | " + " | ".join(f"{name}, p50 / p95" for name in found) + " | queries |")
    print("|---|" + "---|" * (len(found) + 1))
    for rows in zip(*found.values(), strict=True):
        figures = " | ".join(f"{format_ms(middle)} / {format_ms(late)}" for _, _, middle, late in rows)
        print(f"| {rows[0][0]} | {figures} | {rows[0][1]} |")


def _measure_apart(url: str, count: int) -> list[Row]:
    with ProcessPoolExecutor(1) as process:
        return process.submit(measure, url, count).result()


def measure(url: str, count: int) -> list[Row]:
    """Measure all pages in a new database."""
    with set_up(url):
        # After Django's settings.
        from django.test import Client
        from django.urls import reverse

        client = Client(SERVER_NAME=HOST)
        client.get(reverse("public_index"))
        cycle = _publish(count // YEARS)
        show(f"{count:,} publications, {'PostgreSQL' if url else 'SQLite'}", "p50 / p95", "≤ 8 queries")
        before = resident_mb()
        rows = [_measure_page(client, label, path) for label, path in pages(cycle)]
        rows += [_measure_unchanged(client, cycle), _measure_changed(client, cycle)]
        show("memory before; at its peak", f"{before:.0f}; {peak_mb():.0f} MB")
        return rows


def _publish(departments: int) -> "Cycle":
    """Publish the founding table of each department in each year and return the newest cycle.

    Tables of earlier years share a version, because their pages are not measured.
    """
    from django.db import connection, transaction

    from filings.models import Cycle, Department, Revision
    from filings.tests.county import found_county

    county = found_county()
    newest = county.cycle
    Department.objects.bulk_create(
        Department(code=f"5{number:05}", name=f"第{number}局") for number in range(departments)
    )
    units = list(Department.objects.filter(code__startswith="5"))
    shared: Revision | None = None
    for year in range(newest.year - YEARS + 1, newest.year):
        cycle = Cycle(**{field.attname: getattr(newest, field.attname) for field in Cycle._meta.fields[1:]})
        cycle.year = year
        cycle.save()
        with transaction.atomic():
            shared = _publish_year(cycle, units, county.manager, shared)
    with transaction.atomic():
        _publish_year(newest, units, county.manager, None, own_versions=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return newest


def _publish_year(
    cycle: "Cycle", units: "list[Department]", by: "User", shared: "Revision | None", *, own_versions: bool = False
) -> "Revision":
    """Publish the tables of a year, each with a task of its own among the words; return the last version."""
    from django.utils import timezone

    from filings import verification_code
    from filings.choices import Status
    from filings.document import canonical_json
    from filings.lifecycle import issuing
    from filings.models import Filing, IssuedCopy, Publication, Revision
    from filings.publication.publish import search_words
    from filings.tests.founding import founding_document

    now, sha256, document = timezone.now(), issuing.keep(b"%PDF" * 75_000), founding_document()
    content, words = canonical_json.dumps(document), search_words(document)
    title = f"{cycle.year}年部门整体支出绩效目标表"
    filings = Filing.objects.bulk_create(
        (Filing(cycle=cycle, department=unit, status=Status.APPROVED) for unit in units), BATCH
    )

    def version_of(filing: Filing) -> Revision:
        receipt = f"{cycle.year}-{filing.department_id}"
        entered = {"submitted_by": by, "submitted_at": now}
        return Revision(filing=filing, number=1, receipt=receipt, content=content, **entered)

    known = filings if own_versions else filings[: shared is None]
    created = Revision.objects.bulk_create(map(version_of, known), BATCH)
    versions = [shared] if shared else created
    copies = IssuedCopy.objects.bulk_create(
        (
            IssuedCopy(
                filing=filing,
                revision=versions[number if own_versions else 0],
                sha256=sha256,
                code=verification_code.new(),
                issued_at=now,
            )
            for number, filing in enumerate(filings)
        ),
        BATCH,
    )
    Publication.objects.bulk_create(
        (
            Publication(
                filing=copy.filing,
                copy=copy,
                cycle=cycle,
                year=cycle.year,
                title=title,
                department_code=copy.filing.department.code,
                department_name=copy.filing.department.name,
                initials=copy.filing.department.initials,
                words=f"{words}\n{copy.filing.department.name}\n专项任务{copy.filing_id}号",
                by=by,
                at=now,
            )
            for copy in copies
        ),
        BATCH,
    )
    return versions[-1]


def pages(cycle: "Cycle") -> Iterator[tuple[str, str]]:
    """Yield labels and addresses, of the newest year unless it is another one."""
    year, newest = cycle.year, cycle.publications.order_by("-pk")[0]
    table = f"/public/{year}/{newest.filing_id}/"
    yield "years", "/public/"
    for name, word in (("one", RARE), ("all", COMMON), ("none", ABSENT)):
        yield f"search of all years, finds {name}", f"/public/?q={word}"
        yield f"search of a year, finds {name}", f"/public/{year}/?q={word}"
    yield "search of a year, initials", f"/public/{year}/?unit=d7j"
    yield "search of all years, five words", f"/public/?q={COMMON}+组织+工作+县+局"
    yield "list of a year", f"/public/{year}/"
    yield "list of a year, last page", f"/public/{year}/?page=999999"
    yield "list of a department", f"/public/units/{newest.department_code}/"
    yield "table", table
    for kind in ("pdf", "xlsx", "json"):
        yield f"table.{kind}", f"{table}table.{kind}"
    yield "feed", "/public/feed.atom"
    yield "sitemap of sitemaps", "/public/sitemap.xml"
    yield "sitemap, first part", "/public/sitemap-1.xml"
    yield "page of the data", f"/public/{year}/data/"
    yield "datapackage.json", f"/public/cycles/{cycle.pk}/datapackage.json"
    yield "tables.csv", f"/public/cycles/{cycle.pk}/tables.csv"
    yield "indicators.csv", f"/public/cycles/{cycle.pk}/indicators.csv"
    yield "datapackage.zip", f"/public/cycles/{cycle.pk}/datapackage.zip"


def _measure_page(client: "Client", label: str, path: str) -> Row:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    _visit(client, path)
    with CaptureQueriesContext(connection) as captured:
        size = _visit(client, path)
        queries = len(captured)
    visits = FEW_VISITS if any(word in path for word in LONG) else VISITS
    own = time.process_time()
    times = [milliseconds(lambda: _visit(client, path)) for _ in range(visits)]
    own = (time.process_time() - own) / visits * 1000
    return _row(label, queries, times, f"{size / 1000:,.0f} kB, processor {own:.0f} ms")


def _measure_unchanged(client: "Client", cycle: "Cycle") -> Row:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    path = f"/public/cycles/{cycle.pk}/datapackage.zip"
    headers = {"If-None-Match": client.get(path)["ETag"]}

    def ask() -> None:
        assert client.get(path, headers=headers).status_code == 304

    with CaptureQueriesContext(connection) as captured:
        ask()
        queries = len(captured)
    return _row("datapackage.zip, unchanged (304)", queries, [milliseconds(ask) for _ in range(VISITS)], "")


def _measure_changed(client: "Client", cycle: "Cycle") -> Row:
    """Measure the first request after a change, which writes the archive."""
    from django.core.files.storage import default_storage
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def ask() -> None:
        for name in default_storage.listdir("public")[1]:
            default_storage.delete(f"public/{name}")
        _visit(client, f"/public/cycles/{cycle.pk}/datapackage.zip")

    with CaptureQueriesContext(connection) as captured:
        ask()
        queries = len(captured)
    times = [milliseconds(ask) for _ in range(FEW_VISITS)]
    return _row("datapackage.zip, after a change", queries, times, "")


def _row(label: str, queries: int, times: list[float], note: str) -> Row:
    show(f"  {label}", f"{format_ms(median(times))} / {format_ms(p95(times))}", f"{queries} queries, {note}")
    return label, queries, median(times), p95(times)


def _visit(client: "Client", path: str) -> int:
    """Return the size of an answer, read to its end."""
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return sum(map(len, answer)) if answer.streaming else len(answer.content)


if __name__ == "__main__":
    main()
