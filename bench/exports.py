"""Export 300 different tables as Excel, Word and CSV files, each format in its own process."""

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

TABLES, FIRST = 300, 10
MADE_AT = datetime(2022, 3, 1)
GOALS = {"xlsx": "< 15 s", "docx": "< 20 s", "csv": ""}


def different_documents() -> list[FilingDocument]:
    """Return tables with 6 to 35 indicators, every fifth the founding one, as in bench.many_tables."""
    return [with_indicators(6 + number % 30) if number % 5 else founding_document() for number in range(TABLES)]


def writer(extension: str) -> Callable[[FilingDocument], bytes]:
    """Return the function that writes a document as a download does."""
    writers: dict[str, Callable[[FilingDocument], bytes]] = {
        "xlsx": lambda document: xlsx.write(lay_out(document, EDITION), made_at=MADE_AT),
        "docx": lambda document: docx.write(lay_out(document, EDITION), made_at=MADE_AT),
        "csv": lambda document: rows_csv.write(document, EDITION).encode(),
    }
    return writers[extension]


def export(extension: str) -> tuple[float, float, float, int]:
    """Export all tables after a warm-up; return seconds, peak memory and growth in MB, and the total size in bytes."""
    write, documents = writer(extension), different_documents()
    for document in documents[:FIRST]:
        write(document)
    before, start = resident_mb(), time.perf_counter()
    size = sum(len(write(document)) for document in documents)
    return time.perf_counter() - start, peak_mb(), resident_mb() - before, size


def main() -> None:
    show_load()
    for extension, goal in GOALS.items():
        with ProcessPoolExecutor(1) as pool:
            took, peak, growth, size = pool.submit(export, extension).result()
        show(f"{TABLES} tables to .{extension}, one process", f"{took:.1f} s", goal)
        show("  peak memory; growth meanwhile", f"{peak:.0f} MB; {growth:.1f} MB")
        show("  size of a file, on average", f"{size / TABLES / 1024:.0f} kB")
    show_load()


if __name__ == "__main__":
    main()
