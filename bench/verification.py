"""The verification pages: a code, a wrong code, and files that are genuine, altered, appended to and foreign."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.measuring import milliseconds, show_load, show_times
from bench.site import HOST, set_up
from filings.signing import demonstration_ca

PAGES, FILES = 100, 15
JUNK = 20 * 1024 * 1024


def main() -> None:
    show_load()
    with TemporaryDirectory() as folder, set_up(""):
        from django.test import override_settings

        signing_file = demonstration_ca.make(Path(folder, "keys"), {}, now=datetime.now(UTC))
        with override_settings(SIGNING_FILE=str(signing_file)):
            measure()
    show_load()


def measure() -> None:
    from django.core.cache import caches
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from filings import verification_code
    from filings.choices import Stage
    from filings.lifecycle import issuing
    from filings.tests.county import found_county
    from filings.tests.verification.copies import approve
    from filings.verification.throttle import CACHE

    copy = approve(found_county((Stage.PERFORMANCE,)))
    content = issuing.read(copy)
    client = Client(SERVER_NAME=HOST)

    def times(visit: Callable[[], Any], status: int, count: int) -> list[float]:
        """Measure visits, none of which the throttle refuses."""
        found = []
        for _ in range(count):
            caches[CACHE].clear()
            found.append(milliseconds(lambda: check(visit(), status)))
        return found

    def upload(data: bytes) -> Callable[[], Any]:
        return lambda: client.post("/v/file/", {"file": SimpleUploadedFile("a.pdf", data)})

    show_times("the page of a code", times(lambda: client.get(f"/v/{copy.code}/"), 200, PAGES))
    show_times("  of an unknown one", times(lambda: client.get(f"/v/{verification_code.new()}/"), 404, PAGES))
    show_times("the hash of a file", times(lambda: client.get(f"/v/hash/{copy.sha256}/"), 200, PAGES))
    flipped = content[:900] + bytes([content[900] ^ 1]) + content[901:]
    for name, data in (
        ("a file: genuine", content),
        ("  one byte altered", flipped),
        ("  bytes appended", content + b"junk"),
        ("  20 MB of junk", b"%PDF-1.7\n" + bytes(JUNK - 100)),
    ):
        show_times(name, times(upload(data), 200, FILES))


def check(answer: Any, status: int) -> None:
    assert answer.status_code == status, answer.status_code


if __name__ == "__main__":
    main()
