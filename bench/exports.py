"""300 different tables as Excel workbooks, as Word documents and as CSV, each kind in one process of its own."""

import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime

from bench.measuring import peak_mb, resident_mb, show, show_load
from filings.document.content import FilingDocument
from filings.formats import rows_csv
from filings.formats.docx import write as docx
from filings.formats.xlsx import write as xlsx
from filings.table.layout.document import lay_out
from filings.tests.founding import EDITION, founding_document, with_indicators

FORMS, FIRST = 300, 10
MADE_AT = datetime(2022, 3, 1)
AIMS = {"xlsx": "< 15 s", "docx": "< 20 s", "csv": ""}


def different_documents() -> list[FilingDocument]:
    """Tables with 6 to 35 indicators, one in five the founding one: as bench.many_forms prints them."""
    return [with_indicators(6 + number % 30) if number % 5 else founding_document() for number in range(FORMS)]


def writer(kind: str) -> Callable[[FilingDocument], bytes]:
    """From the document to the file, as a download makes it."""
    writers: dict[str, Callable[[FilingDocument], bytes]] = {
        "xlsx": lambda document: xlsx.write(lay_out(document, EDITION), made_at=MADE_AT),
        "docx": lambda document: docx.write(lay_out(document, EDITION), made_at=MADE_AT),
        "csv": lambda document: rows_csv.write(document, EDITION).encode(),
    }
    return writers[kind]


def export(kind: str) -> tuple[float, float, float, int]:
    """Seconds, peak memory and its growth in MB, bytes in all; the process has written some tables before."""
    write, documents = writer(kind), different_documents()
    for document in documents[:FIRST]:
        write(document)
    before, start = resident_mb(), time.perf_counter()
    size = sum(len(write(document)) for document in documents)
    return time.perf_counter() - start, peak_mb(), resident_mb() - before, size


def main() -> None:
    show_load()
    for kind, aim in AIMS.items():
        with ProcessPoolExecutor(1) as pool:
            took, peak, growth, size = pool.submit(export, kind).result()
        show(f"{FORMS} tables to .{kind}, one process", f"{took:.1f} s", aim)
        show("  peak memory; growth meanwhile", f"{peak:.0f} MB; {growth:.1f} MB")
        show("  size of a file, on average", f"{size / FORMS / 1024:.0f} kB")
    show_load()


if __name__ == "__main__":
    main()
