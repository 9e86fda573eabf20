"""Compare two versions of large tables: 300 rows, all edited, and 100,000 characters of duties."""

from collections.abc import Callable
from dataclasses import replace
from statistics import median

from bench.measuring import format_ms, milliseconds, show, show_load
from filings.document.compare import compare
from filings.document.content import FilingDocument, IndicatorRow
from filings.tests.founding import EDITION, with_indicators, with_long_duties

ROWS, TIMES = 300, 20


def main() -> None:
    show_load()
    before = with_indicators(ROWS)
    show_comparison(f"{ROWS} rows, all edited", before, edited(before, key=lambda row: row.key), "< 500 ms")
    show_comparison(f"{ROWS} rows, all edited, no common keys", before, edited(before, lambda row: f"n{row.key}"))
    long = with_long_duties(100_000)
    duties = tuple(replace(duty, text=duty.text.replace("建设的规定", "的规定", 1)) for duty in long.duties)
    show_comparison("100,000 characters of duties", long, replace(long, duties=duties))
    show_load()


def show_comparison(label: str, before: FilingDocument, after: FilingDocument, goal: str = "") -> None:
    """Show the time of a comparison with the runs of all its texts."""

    def work() -> None:
        comparison = compare(before, after, EDITION, EDITION)
        assert all(cell.runs for row in comparison.changes for cell in row.cells)

    work()
    show(f"{label}, median of {TIMES}", format_ms(median(milliseconds(work) for _ in range(TIMES))), goal)


def edited(document: FilingDocument, key: Callable[[IndicatorRow], str]) -> FilingDocument:
    rows = (
        replace(row, key=key(row), name=row.name.replace("完成", "按期完成", 1), target=f"{row.target}以上")
        for row in document.indicators
    )
    return replace(document, indicators=tuple(rows))


if __name__ == "__main__":
    main()
