"""An officer on the fill-in page as the server sees one: saves over one connection that stays open.

Django is not imported, so that one light process can run many officers.
"""

import json
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection, HTTPException

from bench.site import HOST

# Seconds between two saves.
PAUSE = 2.0
# Time-out in seconds, as in the page's script.
TIMEOUT = 20
CSRF = "c" * 32


@dataclass
class Officer:
    """An officer who writes in one cell: `text` was confirmed last, `confirmed` are the numbers of confirmed saves."""

    number: int
    user: int
    filing: int
    session: str
    place: str
    text: str
    since: int = 0
    sent: int = 0
    refused: int = 0
    confirmed: list[int] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    @property
    def window(self) -> str:
        return f"{self.number:016x}"

    def type(self, port: int, begin: float, saves: int) -> "Officer":
        """Save texts one by one, each at its time or once the previous save is answered, until the time is over."""
        connection = HTTPConnection(HOST, port, timeout=TIMEOUT)
        for number in range(1, saves + 1):
            time.sleep(max(0.0, begin + (number - 1) * PAUSE - time.monotonic()))
            if time.monotonic() > begin + saves * PAUSE:
                break
            self.save(connection, number)
        connection.close()
        return self

    def save(self, connection: HTTPConnection, number: int) -> None:
        self.sent += 1
        after = str(1000 + number)
        start = time.perf_counter()
        try:
            path = f"/filings/{self.filing}/fill/changes/"
            connection.request("POST", path, self.body(number, after), self.headers())
            response = connection.getresponse()
            content = response.read()
        except (OSError, HTTPException):
            connection.close()
            return
        took = (time.perf_counter() - start) * 1000
        answer = json.loads(content) if response.status == 200 else {}
        if answer.get("applied") != [self.place]:
            self.refused += 1
            return
        self.times.append(took)
        self.confirmed.append(number)
        self.text, self.since = after, answer["edit"]

    def headers(self) -> dict[str, str]:
        cookies = f"sessionid={self.session}; csrftoken={CSRF}"
        return {"Content-Type": "application/json", "X-CSRFToken": CSRF, "Cookie": cookies}

    def body(self, number: int, after: str) -> bytes:
        edit = {
            "client_id": f"{self.window}-{number}",
            "person": self.user,
            "since": self.since,
            "point": "opened" if number == 1 else None,
            "changes": [{"place": self.place, "before": self.text, "after": after}],
        }
        return json.dumps(edit).encode()


def type_all(officers: Sequence[Officer], port: int, saves: int) -> tuple[list[Officer], float]:
    """Run all officers, spread evenly over the pause; return them and the processor seconds of this process."""
    worked, begin = time.process_time(), time.monotonic() + 1
    begins = [begin + PAUSE * index / len(officers) for index in range(len(officers))]
    with ThreadPoolExecutor(len(officers)) as pool:
        typed = list(pool.map(partial(_type, port=port, saves=saves), officers, begins))
    return typed, time.process_time() - worked


def _type(officer: Officer, begin: float, *, port: int, saves: int) -> Officer:
    return officer.type(port, begin, saves)
