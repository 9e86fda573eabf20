"""An officer at work on the fill-in page, as the server sees it: saves over one connection that stays open.

No Django here: many of these type in one process that costs little.
"""

import json
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection, HTTPException

from bench.site import HOST

PAUSE = 2.0
# As the page's script has it.
PATIENCE = 20
CSRF = "c" * 32


@dataclass
class Officer:
    """Who writes in which cell. `text` is what was confirmed last there, `confirmed` the numbers of those saves."""

    number: int
    person: int
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
        """Saves one after another, each at its time or once the one before is answered, until the time is over."""
        line = HTTPConnection(HOST, port, timeout=PATIENCE)
        for number in range(1, saves + 1):
            time.sleep(max(0.0, begin + (number - 1) * PAUSE - time.monotonic()))
            if time.monotonic() > begin + saves * PAUSE:
                break
            self.save(line, number)
        line.close()
        return self

    def save(self, line: HTTPConnection, number: int) -> None:
        self.sent += 1
        after = str(1000 + number)
        begun = time.perf_counter()
        try:
            line.request("POST", f"/filings/{self.filing}/fill/changes/", self.body(number, after), self.headers())
            response = line.getresponse()
            content = response.read()
        except (OSError, HTTPException):
            line.close()
            return
        took = (time.perf_counter() - begun) * 1000
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
        work = {
            "client_id": f"{self.window}-{number}",
            "person": self.person,
            "since": self.since,
            "point": "opened" if number == 1 else None,
            "changes": [{"place": self.place, "before": self.text, "after": after}],
        }
        return json.dumps(work).encode()


def type_all(officers: Sequence[Officer], port: int, saves: int) -> tuple[list[Officer], float]:
    """Everybody, spread evenly over the pause: with what was confirmed, and the seconds that all the typing worked."""
    worked, begin = time.process_time(), time.monotonic() + 1
    begins = [begin + PAUSE * at / len(officers) for at in range(len(officers))]
    with ThreadPoolExecutor(len(officers)) as pool:
        typed = list(pool.map(partial(_type, port=port, saves=saves), officers, begins))
    return typed, time.process_time() - worked


def _type(officer: Officer, begin: float, *, port: int, saves: int) -> Officer:
    return officer.type(port, begin, saves)
