"""指标明细表: one row for each indicator, with comparator, number and unit apart."""

from decimal import Decimal
from pathlib import Path

from filings.document.content import IndicatorRow
from filings.document.edition import Edition
from filings.exports.progress import Progress
from filings.exports.scope import HEADS, ExportScope
from filings.exports.workbook import TableWriter, Value
from filings.formats.rows_csv import level_cells, target_cells

COLUMNS = (
    *(("一级指标", 14), ("二级指标", 16), ("三级指标", 30), ("指标值", 18)),
    *(("计算符号", 8), ("数值", 12), ("计量单位", 10), ("种类", 8)),
)
_WIDTH = 16


def write(path: Path, scope: ExportScope, pattern: str, progress: Progress) -> None:
    """Write the indicators of each department's newest visible version."""
    edition = scope.cycle.edition.definition()
    further = [("".join(column.label.split()), _WIDTH) for column in edition.further_columns]
    table = TableWriter(scope.cycle.label)
    table.begin("指标明细", [*HEADS, *COLUMNS, *further])
    progress.begin(scope.departments().count())
    for row in scope.reported():
        for indicator in row.revision.document().indicators if row.revision else ():
            table.write([*row.heads, *_cells(indicator, edition)])
        progress.step()
    table.save(path)


def _cells(row: IndicatorRow, edition: Edition) -> list[Value]:
    typed, comparator, number, unit, kind = target_cells(row)
    more = [row.more.get(column.key, "") for column in edition.further_columns]
    return [*level_cells(row), typed, comparator, _number(number), unit, kind, *more]


def _number(text: str) -> Value:
    """Return a plain number as an integer or a float's exact text; ranges and dates stay text."""
    digits = text.replace(".", "", 1)
    if not (digits.isascii() and digits.isdigit()):
        return text
    return Decimal(text)
