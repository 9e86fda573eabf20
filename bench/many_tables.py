"""Print 300 different tables with two processes."""

import time
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime

from bench.measuring import peak_mb, show
from filings.formats.pdf import write as pdf
from filings.tests.founding import EDITION, founding_document, with_indicators

TABLES, PROCESSES = 300, 2


def print_one(number: int) -> int:
    """Print a table with 6 to 35 indicators, or the founding one, and return the size of the file."""
    document = with_indicators(6 + number % 30) if number % 5 else founding_document()
    return len(pdf.write(document, EDITION, made_at=datetime(2022, 3, 1, 0, number // 60, number % 60)))


def peak_memory(_: int) -> float:
    return peak_mb()


def main() -> None:
    with ProcessPoolExecutor(PROCESSES) as pool:
        list(pool.map(print_one, range(8)))
        start = time.perf_counter()
        sizes = list(pool.map(print_one, range(TABLES), chunksize=5))
        took = time.perf_counter() - start
        peak = max(pool.map(peak_memory, range(PROCESSES)))
    show(f"{TABLES} tables, {PROCESSES} processes", f"{TABLES / took:.1f} a second", "≥ 8 a second")
    show("  size of a file, on average", f"{sum(sizes) / len(sizes) / 1024:.0f} kB")
    show("  peak memory of a process", f"{peak:.0f} MB")


if __name__ == "__main__":
    main()
