"""Exports of a cycle of 150 departments, with sealed copies, findings, decisions and remarks, among 100,000 filings.

Run on SQLite and, if it answers, on PostgreSQL, each in its own process.
"""

from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from bench.measuring import format_ms, milliseconds, peak_mb, resident_mb, show, show_load
from bench.site import postgresql, set_up

if TYPE_CHECKING:
    from filings.models import Cycle, User

CYCLES, DEPARTMENTS = 667, 150
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
        # After Django's settings.
        from bench.bureau_data import approved, create

        county = create(CYCLES, DEPARTMENTS, approved)
        _store_copies(county.cycle)
        _measure_exports(name, county.cycle, county.manager)


def _store_copies(cycle: "Cycle") -> None:
    """Give each issued copy of a cycle a file of its own."""
    from filings.lifecycle import issuing
    from filings.models import IssuedCopy

    for copy in IssuedCopy.objects.filter(filing__cycle=cycle):
        stored = issuing.keep(f"%PDF {copy.pk:08}".encode() * (COPY_SIZE // 13))
        IssuedCopy.objects.filter(pk=copy.pk).update(sha256=stored)


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


if __name__ == "__main__":
    main()
