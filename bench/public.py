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

    from filings.models import Cycle

YEARS, VISITS, FEW_VISITS = 20, 20, 3
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

        from bench.public_rows import publish

        client = Client(SERVER_NAME=HOST)
        client.get(reverse("public_index"))
        cycle = publish(YEARS, count // YEARS)
        show(f"{count:,} publications, {'PostgreSQL' if url else 'SQLite'}", "p50 / p95", "≤ 8 queries")
        before = resident_mb()
        rows = [_measure_page(client, label, path) for label, path in pages(cycle)]
        rows += [_measure_unchanged(client, cycle), _measure_changed(client, cycle)]
        show("memory before; at its peak", f"{before:.0f}; {peak_mb():.0f} MB")
        return rows


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
