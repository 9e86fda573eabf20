"""Excel: write one table, and write and read back the rows of 1,000 tables in one sheet.

The sheet is written and read by the libraries alone; the program does not yet export a whole year.
"""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from bench.measuring import milliseconds, peak_mb, show, show_times
from filings.formats.xlsx import write as xlsx
from filings.table.layout.document import lay_out
from filings.tests.founding import EDITION, founding_document, with_indicators

TABLES, ROWS = 1_000, 15


def write_rows(path: Path) -> None:
    """Write one row per indicator: year, department, first and second level, name, target."""
    document = with_indicators(ROWS)
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for number in range(TABLES):
        for row in document.indicators:
            sheet.append([document.year, f"部门{number}", row.first_level, row.second_level, row.name, row.target])
    book.save(path)


def read_rows(path: Path) -> int:
    return len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())


def main() -> None:
    grid = lay_out(founding_document(), EDITION)
    xlsx.write(grid, made_at=datetime(2022, 3, 1))
    show_times("one table", [milliseconds(lambda: xlsx.write(grid, made_at=datetime(2022, 3, 1))) for _ in range(30)])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows.xlsx"
        took = milliseconds(lambda: write_rows(path))
        show(f"{TABLES * ROWS} rows written", f"{took / 1000:.1f} s, {peak_mb():.0f} MB", "≤ 6 s, ≤ 80 MB")
        show("  read back", f"{milliseconds(lambda: read_rows(path)) / 1000:.1f} s", "≤ 1 s")


if __name__ == "__main__":
    main()
