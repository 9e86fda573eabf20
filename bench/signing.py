"""Sign the founding table's copy and check its signature: the first in a process, then with the key kept."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from bench.measuring import milliseconds, p95, resident_mb, show, show_load, show_times
from filings.formats.pdf import write as pdf
from filings.signing import demonstration_ca
from filings.signing.check import check_signature
from filings.signing.configuration import read
from filings.signing.report import SignatureState
from filings.tests.founding import EDITION, founding_document

TURNS = 200
JUNK = 20 * 1024 * 1024


def main() -> None:
    show_load()
    now = datetime.now(UTC)
    copy = pdf.write(founding_document(), EDITION, made_at=now)
    with TemporaryDirectory() as folder:
        signing_file = demonstration_ca.make(Path(folder, "keys"), {}, now=now)
        measure(copy, signing_file, now)
    show_load()


def measure(copy: bytes, signing_file: Path, now: datetime) -> None:
    before = resident_mb()

    def sign() -> bytes:
        # A slow import, which the first signature of a process pays.
        from filings.signing import pades

        return pades.sign(copy, unit="", at=now, signing_file=signing_file).content

    show("the first signature of a process", f"{milliseconds(sign):.0f} ms")
    show("memory of the library and the key", f"{resident_mb() - before:.0f} MB")
    used = process_time()
    times = [milliseconds(sign) for _ in range(TURNS)]
    used = process_time() - used
    show_times("signing and checking it, key kept", times, "≤ 60 ms")
    show("  95 % of them within", f"{p95(times):.0f} ms")
    show("  processor time of one", f"{used / TURNS * 1000:.0f} ms")
    signed, trust = sign(), read(signing_file).trust
    assert check_signature(signed, trust).state == SignatureState.VALID
    show_times("checking", [milliseconds(lambda: check_signature(signed, trust)) for _ in range(TURNS)])
    show("the signature's share of the file", f"{len(signed) - len(copy):,} of {len(signed):,} bytes")
    junk = (b"%PDF-1.7\n" + b"/ByteRange [0 1 2 " * (JUNK // 18))[:JUNK]
    show("checking 20 MB of junk", f"{milliseconds(lambda: check_signature(junk, trust)):.0f} ms")


if __name__ == "__main__":
    main()
