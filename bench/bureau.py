"""The bureau's pages with 150 and with 100,000 filings in the database, on PostgreSQL.

Requests include session, middleware and templates. The 100,000 filings are those of 334 cycles of 300 departments, and
those of 20 cycles of 5,000: filings of the newest cycle are in every status, all others approved. At the end comes the
table of docs/benchmarks.md, with the worst figures of all users and addresses of a page.
"""

import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from bench.measuring import backend_seconds, format_ms, milliseconds, p95, show, show_load
from bench.site import HOST, postgresql, set_up

if TYPE_CHECKING:
    from django.test import Client

    from filings.tests.county import County

# Cycles, and departments of each.
SIZES = ((1, 150), (334, 300), (20, 5000))
VISITS, FIRST = 20, 2
ORDERS = ("department", "-section", "-money", "-findings", "-round", "reviewer")
QUEUE = (
    *[("queue", f"tab={tab}") for tab in ("mine", "resubmitted", "returned", "overdue", "all")],
    *[("queue, sorted", f"tab=all&sort={order}") for order in ORDERS],
    ("queue, searched", "tab=all&q=9"),
    ("queue, one rule", "tab=all&rule=M6"),
    ("queue, one grade", "tab=all&grade=good"),
)
BOARD = (
    ("board", ""),
    ("board, sorted", "sort=-reminded"),
    ("board, sorted", "sort=-since"),
    ("board, filtered", "q=9&timing=on_time&sort=state"),
)


@dataclass(frozen=True)
class PageFigures:
    """p95 in ms, number of queries, and processor time of program and database for a request in ms."""

    p95: float
    queries: int
    program: float
    database: float

    def worst(self, other: "PageFigures | None") -> "PageFigures":
        if other is None:
            return self
        pairs = zip(astuple(self), astuple(other), strict=True)
        return PageFigures(*(max(pair) for pair in pairs))


Figures = dict[str, PageFigures]


def pages(county: "County", reviewed: int) -> Iterator[tuple[str, str]]:
    """Yield the pages to measure, with their addresses."""
    cycle = county.cycle.pk
    for label, query in QUEUE:
        yield label, f"/review/?cycle={cycle}&{query}"
    for label, query in BOARD:
        yield label, f"/cycles/{cycle}/board/?{query}"
    yield "review", f"/filings/{reviewed}/review/"
    yield "messages", "/messages/"
    yield "unread messages", "/messages/?unread=1"
    yield "todo", "/"
    yield "overview", f"/filings/?cycle={cycle}"
    yield "findings", f"/cycles/{cycle}/findings/"
    yield "copied content", f"/cycles/{cycle}/similar/"


def measure(county: "County", name: str, worst: Figures) -> None:
    """Show the figures of all pages for one user, and add them to the worst ones."""
    from django.test import Client

    from filings.choices import Stage, Status

    client = Client(SERVER_NAME=HOST)
    client.force_login(getattr(county, name))
    # Managers read the page while a filing is returned; they do not decide on it.
    status = Status.RETURNED if name == "manager" else Status.IN_REVIEW
    stage = {"section_reviewer": Stage.SECTION, "performance_reviewer": Stage.PERFORMANCE}.get(name, "")
    reviewed = county.cycle.filings.filter(status=status, stage=stage, department__section=county.section, round=2)
    show(name, "")
    for label, address in pages(county, reviewed[0].pk):
        figures = _measure_page(client, address)
        worst[label] = figures.worst(worst.get(label))
        processor = f"processor {figures.program:.0f} + {figures.database:.0f} ms"
        show(
            f"  {label} {address.partition('?')[2]}",
            format_ms(figures.p95),
            f"{figures.queries:>2} queries, {processor}",
        )


def _measure_page(client: "Client", address: str) -> PageFigures:
    """Measure elapsed time, queries, and processor time, which depends less on other work."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    # The first visits also store the choices in the session.
    for _ in range(FIRST):
        _visit(client, address)
    with CaptureQueriesContext(connection) as captured:
        _visit(client, address)
        queries = len(captured)
    own, database = time.process_time(), backend_seconds(connection)
    times = [milliseconds(lambda: _visit(client, address)) for _ in range(VISITS)]
    own, database = time.process_time() - own, backend_seconds(connection) - database
    return PageFigures(p95(times), queries, own / VISITS * 1000, database / VISITS * 1000)


def _visit(client: "Client", address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)


def run(cycles: int, departments: int) -> Figures:
    worst: Figures = {}
    with postgresql() as database:
        if database is None:
            show("PostgreSQL does not answer", "skipped")
            return worst
        with set_up(database):
            from bench.bureau_data import create

            county = create(cycles, departments)
            _compare(county)
            show(f"{cycles * departments:,} filings in {cycles} cycles", "p95 ≤ 200 ms", "≤ 20 queries")
            for name in ("section_reviewer", "performance_reviewer", "manager"):
                measure(county, name, worst)
            show_load()
    return worst


def _compare(county: "County") -> None:
    """Store a comparison for copied content, as the worker does."""
    from django.utils import timezone

    from filings.models import CopyComparison
    from filings.oversight import copies

    copies.queue_comparison(county.cycle, by=county.manager, now=timezone.now())
    took = milliseconds(lambda: copies.compare_copies.call(CopyComparison.objects.get().pk))
    show("compare the cycle for copied content", f"{took / 1000:.1f} s")


def show_table(sizes: Mapping[str, Figures]) -> None:
    """Print the table of docs/benchmarks.md."""
    print("| page | " + " | ".join(sizes) + " | queries |")
    print("|---|" + "---|" * (len(sizes) + 1))
    for label in next(iter(sizes.values())):
        rows = [figures[label] for figures in sizes.values()]
        cells = [f"{row.p95:.0f} ({row.program:.0f} + {row.database:.0f}) ms" for row in rows]
        print(f"| {label} | {' | '.join(cells)} | {max(row.queries for row in rows)} |")


def main() -> None:
    show_load()
    sizes = {}
    for cycles, departments in SIZES:
        # Each size has its own process, because settings name one database.
        with ProcessPoolExecutor(max_workers=1) as process:
            label = f"{departments:,} departments" + (f", {cycles} cycles" if cycles > 1 else "")
            sizes[label] = process.submit(run, cycles, departments).result()
    show_table(sizes)


if __name__ == "__main__":
    main()
