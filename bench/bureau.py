"""The bureau's pages with 150 and with 100,000 filings in the database, on PostgreSQL.

Requests include session, middleware and templates. The 100,000 filings are those of 334 cycles of 300 departments, and
those of 20 cycles of 5,000: filings of the newest cycle are in every status, all others approved.
"""

import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
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


def pages(county: "County", reviewed: int) -> Iterator[tuple[str, str]]:
    """Yield the pages to measure, with their addresses."""
    cycle = county.cycle.pk
    for label, query in QUEUE:
        yield f"{label} {query}", f"/review/?cycle={cycle}&{query}"
    for label, query in BOARD:
        yield f"{label} {query}", f"/cycles/{cycle}/board/?{query}"
    yield "review", f"/filings/{reviewed}/review/"
    yield "messages", "/messages/"
    yield "unread messages", "/messages/?unread=1"
    yield "todo", "/"
    yield "overview", f"/filings/?cycle={cycle}"
    yield "findings", f"/cycles/{cycle}/findings/"


def measure(county: "County", name: str) -> None:
    """Show the figures of all pages for one user."""
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
        _show_page(client, label, address)


def _show_page(client: "Client", label: str, address: str) -> None:
    """Show p95, the queries, and the processor time of a request, which depends less on other work."""
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
    processor = f"processor {own / VISITS * 1000:.0f} + {database / VISITS * 1000:.0f} ms"
    show(f"  {label}", format_ms(p95(times)), f"{queries:>2} queries, {processor}")


def _visit(client: "Client", address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)


def run(cycles: int, departments: int) -> None:
    with postgresql() as database:
        if database is None:
            show("PostgreSQL does not answer", "skipped")
            return
        with set_up(database):
            from bench.bureau_data import create

            county = create(cycles, departments)
            show(f"{cycles * departments:,} filings in {cycles} cycles", "p95 ≤ 200 ms", "≤ 20 queries")
            for name in ("section_reviewer", "performance_reviewer", "manager"):
                measure(county, name)
            show_load()


if __name__ == "__main__":
    show_load()
    for size in SIZES:
        # Each size has its own process, because settings name one database.
        with ProcessPoolExecutor(max_workers=1) as process:
            process.submit(run, *size).result()
