"""A hundred officers at once, each with a table of their own and a save every two seconds, against the real server with
two processes on PostgreSQL. One further process does all the typing (officer.py).

Nothing that was confirmed may be missing: at the end the database is read. The seconds may be given: bench.officers 20
"""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from statistics import median

from bench.measuring import busy_seconds, in_words, p95, p99, processor_seconds, show, show_load
from bench.officer import PAUSE, Officer, type_all
from bench.site import HOST, POSTGRESQL, filled, postgresql, serving, set_up

OFFICERS, SECONDS, MOST_SECONDS = 100, 60, 600


def hired() -> Iterator[Officer]:
    """Departments with the founding table, an officer of each logged in, who writes an amount, a duty or a target."""
    from django.test import Client

    from filings import drafts
    from filings.choices import Role
    from filings.models import Department
    from filings.tests.county import create_user, open_cycle
    from filings.tests.founding import founding_document

    cycle, document = open_cycle(), founding_document()
    for number in range(OFFICERS):
        department = Department.objects.create(code=f"{number:03}", name=f"第{number}局")
        officer = create_user(f"officer{number}", Role.FILLER, department)
        filing = filled(cycle, department, document, by=officer)
        client = Client(SERVER_NAME=HOST)
        client.force_login(officer)
        texts = {str(at): text for at, text in drafts.load(filing).stored.texts().items()}
        wanted = ("amounts[EXP.BASIC]", ".text", ".target")[number % 3]
        place = next(at for at in texts if at.endswith(wanted))
        yield Officer(number, officer.pk, filing.pk, client.cookies["sessionid"].value, place, texts[place])


def lost(officer: Officer) -> int:
    """How many confirmed saves the database does not have; one more when the cell holds an older text."""
    from filings import drafts
    from filings.document.place import Place
    from filings.models import Filing

    filing = Filing.objects.get(pk=officer.filing)
    edits = filing.edits.filter(client_id__startswith=f"{officer.window}-").values_list("client_id", flat=True)
    kept = {int(client_id.split("-")[1]) for client_id in edits}
    stored = drafts.load(filing).stored.text(Place.parse(officer.place)) or "0"
    is_behind = bool(officer.confirmed) and int(stored) < int(officer.text)
    return len({*officer.confirmed} - kept) + is_behind


def show_saves(typed: Sequence[Officer], planned: int) -> None:
    times = [took for officer in typed for took in officer.times]
    show("saves sent", str(sum(officer.sent for officer in typed)), str(planned))
    show("  confirmed; refused", f"{len(times)}; {sum(officer.refused for officer in typed)}")
    show("  median", in_words(median(times)))
    show("  95 % of them within", in_words(p95(times)), "≤ 300 ms")
    show("  99 % of them within", in_words(p99(times)))
    show("  lost", str(sum(map(lost, typed))), "0")


def measure(seconds: int) -> None:
    saves, officers = round(seconds / PAUSE), list(hired())
    with serving() as (port, server), ProcessPoolExecutor(1) as pool:
        begun, worked, busy = time.monotonic(), processor_seconds(server), busy_seconds()
        typed, own = pool.submit(type_all, officers, port, saves).result()
        worked, busy, took = processor_seconds(server) - worked, busy_seconds() - busy, time.monotonic() - begun
    show_saves(typed, OFFICERS * saves)
    shares = " / ".join(f"{part / took / (os.cpu_count() or 1):.0%}" for part in (worked, own, busy))
    show("  of the processors: server / typing / whole machine", shares)
    show("  the server's own work for one save", in_words(worked * 1000 / sum(officer.sent for officer in typed)))


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
