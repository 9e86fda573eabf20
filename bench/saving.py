"""Save changes of a large filing (60 texts, 200 indicators) through the whole request, on SQLite and PostgreSQL.

The request includes session, middleware and the answer that updates the page. Each database is measured in its own
process; PostgreSQL is skipped if it does not answer. Statements that only control transactions are counted separately.
"""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import count
from time import thread_time
from typing import TYPE_CHECKING, Any

from bench.measuring import format_ms, milliseconds, p95, show, show_load, show_times
from bench.site import HOST, filled, large_document, postgresql, set_up

if TYPE_CHECKING:
    from filings.models import Filing, User

SAVES, FIRST = 100, 5
ROWS, FEW_ROWS, PASTED_ROWS = 200, 12, 20
WINDOW = "be9c4" * 3
CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


class Window:
    """The fill-in page of a filing as its script sees it: the texts of the cells, and how they are saved."""

    def __init__(self, filing: "Filing", user: "User") -> None:
        from django.test import Client

        from filings import drafts

        self._address, self._user = f"/filings/{filing.pk}/fill/", user.pk
        self._client = Client(enforce_csrf_checks=True, SERVER_NAME=HOST)
        self._client.force_login(user)
        self._client.get(self._address)
        stored = drafts.load(filing).stored
        self.duties, self.rows = ([row.key for row in stored.standing(name)] for name in ("duties", "indicators"))
        self._texts = {str(place): text for place, text in stored.texts().items()}
        self._count, self._since = count(1), 0

    def save(self, texts: dict[str, str], point: str | None) -> None:
        edit = {
            "client_id": f"{WINDOW}-{next(self._count)}",
            "person": self._user,
            "since": self._since,
            "point": point,
            "changes": [
                {"place": place, "before": self._texts.get(place, ""), "after": text} for place, text in texts.items()
            ],
        }
        token = {"X-CSRFToken": self._client.cookies["csrftoken"].value}
        answer: Any = self._client.post(f"{self._address}changes/", edit, "application/json", headers=token)
        assert answer.status_code == 200, answer.content.decode()
        assert sorted(answer.json()["applied"]) == sorted(texts)
        self._texts |= texts
        self._since = answer.json()["edit"]


class SaveCase:
    """A kind of save: the places that get a new text each time, and the times that the saves took."""

    def __init__(self, window: Window, places: list[str], point: str | None = None) -> None:
        self._window, self._places, self._point = window, places, point
        self._numbers = count(1000)
        self.times: list[float] = []
        self.work: list[float] = []

    def save(self) -> None:
        text = str(next(self._numbers))
        self._window.save(dict.fromkeys(self._places, text), self._point)

    def measure(self) -> None:
        start = thread_time()
        self.times.append(milliseconds(self.save))
        self.work.append((thread_time() - start) * 1000)

    def statements(self) -> tuple[int, int]:
        """Count the SQL statements of a save: queries and writes, and those that control transactions."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            self.save()
        control = sum(query["sql"].upper().startswith(CONTROL) for query in queries)
        return len(queries) - control, control


def cases() -> Iterator[tuple[str, SaveCase]]:
    """Yield the cases, each one save. The officer fills in for two departments, the second with few indicators."""
    from filings.choices import Role
    from filings.tests.county import found_county, join

    county = found_county()
    join(county.filler, Role.FILLER, county.supervising)
    large = filled(county.cycle, county.department, large_document(ROWS), by=county.filler)
    small = filled(county.cycle, county.supervising, large_document(FEW_ROWS), by=county.filler)
    window, other = Window(large, county.filler), Window(small, county.filler)
    kinds = ["amounts[EXP.BASIC]", f"duties[{window.duties[9]}].text", f"indicators[{window.rows[9]}].target"]
    pasted = window.rows[20 : 20 + PASTED_ROWS]
    block = [f"indicators[{row}].{column}" for row in pasted for column in ("name", "target")]
    yield f"one cell of {ROWS} rows", SaveCase(window, [f"indicators[{window.rows[99]}].target"])
    yield f"one cell of {FEW_ROWS} rows", SaveCase(other, [f"indicators[{other.rows[5]}].target"])
    yield f"{len(block)} cells pasted, with a restore point", SaveCase(window, block, "paste")
    yield "an amount, a duty and a target in one save", SaveCase(window, kinds)


def measure(database: str) -> None:
    with set_up(database):
        by_label = dict(cases())
        for number in range(FIRST + SAVES):
            for case in by_label.values():
                case.save() if number < FIRST else case.measure()
        for label, case in by_label.items():
            queries, control = case.statements()
            show_times(label, case.times, "≤ 100 ms")
            show("  95 % of them within", format_ms(p95(case.times)))
            show_times("  of it this process was at work", case.work)
            show("  SQL statements; and to control transactions", f"{queries}; {control}", "≤ 12")


def main() -> None:
    show_load()
    with postgresql() as address:
        for name, database in (("SQLite", ""), ("PostgreSQL", address)):
            show(name, "" if database is not None else "does not answer")
            if database is not None:
                with ProcessPoolExecutor(1) as pool:
                    pool.submit(measure, database).result()
    show_load()


if __name__ == "__main__":
    main()
