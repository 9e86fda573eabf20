"""Find the columns of a list of control figures by their labels, and read its rows."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from filings.document import money
from filings.document.money import Amount
from filings.document.text import bare, symbols
from filings.formats.list_workbook import InvalidWorkbook, WorkbookSheet

# In order of preference, for headers with several of them.
CODES = ("单位编码", "部门编码", "单位代码", "部门代码", "编码")
NAMES = ("单位名称", "部门名称", "预算单位", "单位", "部门")
AMOUNTS = ("预算控制数", "控制数", "金额", "资金总额", "预算数")
TOTALS = frozenset({"合计", "总计", "小计", "总合计", "全县合计", "本页合计"})
ROWS_SEARCHED = 30
OWN_UNIT = "万元"

_UNIT = "|".join(sorted(money.UNITS, key=len, reverse=True))
_STATED_UNIT = re.compile(rf"单位[:：]?(?:人民币)?({_UNIT})|[（(](?:单位[:：])?({_UNIT})[）)]")
_BRACKETS = re.compile(r"[（(].*?[）)]")
_YEAR = re.compile(r"^\d{4}年度?")


@dataclass(frozen=True)
class FigureRow:
    """A row of the sheet; `number` is one-based. `amount` is parsed in the table's unit, with its value in 万元."""

    number: int
    code: str
    name: str
    written: str
    amount: Amount

    @property
    def is_total(self) -> bool:
        return any(bare(text).rstrip("：:") in TOTALS for text in (self.code, self.name))


@dataclass(frozen=True)
class FigureTable:
    """The rows of a list. `unit` applies to cells without one; `unit_is_stated` if the file states it.

    `is_cut`: the sheet has more rows than are read.
    """

    sheet: str
    unit: str
    unit_is_stated: bool
    rows: tuple[FigureRow, ...]
    is_cut: bool = False


@dataclass(frozen=True)
class _Header:
    row: int
    code: int | None
    name: int | None
    amount: int


def find_figures(sheets: Iterable[WorkbookSheet]) -> FigureTable:
    """Read the first sheet that has the columns. Raises InvalidWorkbook, with the reason, if no sheet has."""
    for sheet in sheets:
        header = _header(sheet.rows)
        if header:
            return _table(sheet, header)
    raise InvalidWorkbook(
        "没有找到控制数的表头：要有「单位编码」或「单位名称」一列，和「预算控制数」一列（也可以写控制数、金额、资金总额、预算数）。"
    )


def _header(rows: Sequence[Sequence[str]]) -> _Header | None:
    for index, cells in enumerate(rows[:ROWS_SEARCHED]):
        labels = [_label(cell) for cell in cells]
        code, name, amount = (_first(labels, known) for known in (CODES, NAMES, AMOUNTS))
        if amount is not None and (code is not None or name is not None):
            return _Header(index, code, name, amount)
    return None


def _label(cell: str) -> str:
    """Strip white space, brackets and year from a label: '2022年 预算\\n控制数（万元）' gives '预算控制数'."""
    return _YEAR.sub("", _BRACKETS.sub("", bare(symbols(cell)))).rstrip("：:")


def _first(labels: Sequence[str], known: Iterable[str]) -> int | None:
    return next((labels.index(label) for label in known if label in labels), None)


def _table(sheet: WorkbookSheet, header: _Header) -> FigureTable:
    stated = _unit(sheet.rows, header)
    unit = stated or OWN_UNIT
    return FigureTable(sheet.name, unit, bool(stated), tuple(_rows(sheet.rows, header, unit)), sheet.is_cut)


def _unit(rows: Sequence[Sequence[str]], header: _Header) -> str:
    """Unit stated in the amount's label, else in the rows above, nearest first; '' if none."""
    above = (cell for row in reversed(rows[: header.row + 1]) for cell in row)
    for cell in (rows[header.row][header.amount], *above):
        if match := _STATED_UNIT.search(bare(symbols(cell))):
            return match[1] or match[2]
    return ""


def _rows(rows: Sequence[Sequence[str]], header: _Header, unit: str) -> Iterator[FigureRow]:
    for number, cells in enumerate(rows[header.row + 1 :], start=header.row + 2):
        code, name, written = (_cell(cells, column) for column in (header.code, header.name, header.amount))
        if code or name or written:
            yield FigureRow(number, code, name, written, money.parse(written, unit))


def _cell(cells: Sequence[str], column: int | None) -> str:
    return cells[column] if column is not None and column < len(cells) else ""
