"""A hundred officers at once, each with their own table and a save every two seconds, against the real server.

The server runs two processes on PostgreSQL; one more process does all the typing (officer.py). At the end the database
is read, because no confirmed save may be missing. The number of seconds is an argument: bench.officers 20
"""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from statistics import median

from bench.measuring import busy_seconds, format_ms, p95, p99, processor_seconds, show, show_load
from bench.officer import PAUSE, Officer, type_all
from bench.site import HOST, POSTGRESQL, filled, postgresql, serving, set_up

OFFICERS, SECONDS, MOST_SECONDS = 100, 60, 600


def create_officers() -> Iterator[Officer]:
    """Create departments with the founding table, each with a logged-in officer who writes one kind of cell."""
    from django.test import Client

    from filings import drafts
    from filings.choices import Role
    from filings.models import Department
    from filings.tests.county import open_cycle, person
    from filings.tests.founding import founding_document

    cycle, document = open_cycle(), founding_document()
    for number in range(OFFICERS):
        department = Department.objects.create(code=f"{number:03}", name=f"第{number}局")
        officer = person(f"officer{number}", Role.FILLER, department)
        filing = filled(cycle, department, document, by=officer)
        client = Client(SERVER_NAME=HOST)
        client.force_login(officer)
        texts = {str(place): text for place, text in drafts.load(filing).stored.texts().items()}
        # An amount, a duty or a target.
        ending = ("amounts[EXP.BASIC]", ".text", ".target")[number % 3]
        place = next(place for place in texts if place.endswith(ending))
        yield Officer(number, officer.pk, filing.pk, client.cookies["sessionid"].value, place, texts[place])


def lost_saves(officer: Officer) -> int:
    """Count the confirmed saves that the database lacks; one more if the cell has an older text."""
    from filings import drafts
    from filings.document.place import Place
    from filings.models import Filing

    filing = Filing.objects.get(pk=officer.filing)
    edits = filing.edits.filter(client_id__startswith=f"{officer.window}-").values_list("client_id", flat=True)
    stored_numbers = {int(client_id.split("-")[1]) for client_id in edits}
    stored = drafts.load(filing).stored.text(Place.parse(officer.place)) or "0"
    is_behind = bool(officer.confirmed) and int(stored) < int(officer.text)
    return len({*officer.confirmed} - stored_numbers) + is_behind


def show_saves(typed: Sequence[Officer], planned: int) -> None:
    times = [took for officer in typed for took in officer.times]
    show("saves sent", str(sum(officer.sent for officer in typed)), str(planned))
    show("  confirmed; refused", f"{len(times)}; {sum(officer.refused for officer in typed)}")
    show("  median", format_ms(median(times)))
    show("  95 % of them within", format_ms(p95(times)), "≤ 300 ms")
    show("  99 % of them within", format_ms(p99(times)))
    show("  lost", str(sum(map(lost_saves, typed))), "0")


def measure(seconds: int) -> None:
    saves, officers = round(seconds / PAUSE), list(create_officers())
    with serving() as (port, server), ProcessPoolExecutor(1) as pool:
        start, worked, busy = time.monotonic(), processor_seconds(server), busy_seconds()
        typed, own = pool.submit(type_all, officers, port, saves).result()
        worked, busy, took = processor_seconds(server) - worked, busy_seconds() - busy, time.monotonic() - start
    show_saves(typed, OFFICERS * saves)
    shares = " / ".join(f"{part / took / (os.cpu_count() or 1):.0%}" for part in (worked, own, busy))
    show("  of the processors: server / typing / whole machine", shares)
    show("  the server's own work for one save", format_ms(worked * 1000 / sum(officer.sent for officer in typed)))


def main() -> None:
    seconds = min(int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS, MOST_SECONDS)
    with postgresql() as address:
        if address is None:
            raise SystemExit(f"{POSTGRESQL} does not answer")
        show_load()
        with set_up(address):
            measure(seconds)
        show_load()


if __name__ == "__main__":
    main()
