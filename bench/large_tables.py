"""Print large tables (300 indicators; 100,000 characters of duties), each in its own process to measure memory."""

from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from io import BytesIO

from pypdf import PdfReader

from bench.measuring import milliseconds, peak_mb, show
from filings.document.content import FilingDocument
from filings.formats.pdf import write as pdf
from filings.tests.founding import EDITION, founding_document, with_indicators, with_long_duties


def print_large(document: FilingDocument) -> tuple[float, float, int]:
    """Print a document after a usual one; return milliseconds, peak memory in MB and the number of pages."""
    made_at = datetime(2022, 3, 1)
    pdf.write(founding_document(), EDITION, made_at=made_at)
    out = BytesIO()
    took = milliseconds(lambda: out.write(pdf.write(document, EDITION, made_at=made_at)))
    peak = peak_mb()
    return took, peak, len(PdfReader(out).pages)


def main() -> None:
    cases = (
        ("300 indicators", with_indicators(300), "≤ 6 s, ≤ 200 MB"),
        ("100,000 characters of duties", with_long_duties(100_000), "≤ 15 s"),
    )
    for label, document, goal in cases:
        with ProcessPoolExecutor(1) as pool:
            took, peak, pages = pool.submit(print_large, document).result()
        show(f"{label}, {pages} pages", f"{took / 1000:.1f} s, {peak:.0f} MB", goal)


if __name__ == "__main__":
    main()
