"""Writes the indicators of a table as CSV, a row each, for those who count them: opens in Excel as it is.

A target is written as it stands and, beside it, as it is understood. No text becomes a formula.
"""

import csv
import re
from io import StringIO

from filings.choices import TargetKind
from filings.document import target
from filings.document.content import UNCLASSIFIED, FilingDocument, IndicatorRow
from filings.document.edition import Edition
from filings.document.target import Target

HEADS = (
    "年度",
    "部门编码",
    "部门名称",
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值",
    "计算符号",
    "数值",
    "计量单位",
    "种类",
    "通用键",
)
KINDS = {
    TargetKind.NUMBER: "数值",
    TargetKind.RANGE: "区间",
    TargetKind.DATE: "时间",
    TargetKind.PHRASE: "定性",
    TargetKind.PLACEHOLDER: "待填",
}
# Without it Excel takes the file for the encoding of its own country.
_BYTE_ORDER_MARK = "\ufeff"
# Excel in Chinese takes full-width signs too.
_BEGINS_A_FORMULA = tuple("=+-@＝＋－＠\t\r")
# A sign alone, or a negative number: nothing is computed, and an apostrophe would make a word of it.
_COMPUTES_NOTHING = re.compile(r"[=+@-]|-\d+(?:\.\d+)?%?", re.ASCII)


def write(document: FilingDocument, edition: Edition, *, department_code: str = "") -> str:
    """The indicators as CSV with a byte order mark, lines ending in CRLF, column heads first.

    Behind the columns of HEADS come the form's further ones (weight, note …) under its own heads. A range is written
    as 90～95 or ±3, a date as 2022-12, a month without a year as 11.
    """
    further = edition.further_columns
    labels = ("".join(column.label.split()) for column in further)
    begins = (str(document.year or ""), department_code, document.department)
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*HEADS, *labels])
    for row in document.indicators:
        more = (row.more.get(column.key, "") for column in further)
        writer.writerow(map(_guarded, (*begins, *_levels(row), *_target(row), _canonical(row, edition), *more)))
    return _BYTE_ORDER_MARK + out.getvalue()


def _levels(row: IndicatorRow) -> tuple[str, str, str]:
    return row.first_level or UNCLASSIFIED, row.second_level, row.name


def _target(row: IndicatorRow) -> tuple[str, str, str, str, str]:
    """As written; comparator, number, unit and kind as understood."""
    read = target.parse(row.target)
    if read is None:
        return row.target, "", "", "", ""
    return row.target, read.comparator or "", _number(read), read.unit or "", KINDS[read.kind]


def _number(read: Target) -> str:
    if read.kind is TargetKind.RANGE and read.low == f"-{read.high}":
        return f"±{read.high}"
    ends = (end.removeprefix("--") for end in (read.low, read.high) if end)
    return read.number or "～".join(ends)


def _canonical(row: IndicatorRow, edition: Edition) -> str:
    levels = edition.levels(row.node) if row.node else None
    return levels[1].canonical if levels else ""


def _guarded(text: str) -> str:
    """The text behind an apostrophe where a spreadsheet would compute it."""
    is_formula = text.startswith(_BEGINS_A_FORMULA) and not _COMPUTES_NOTHING.fullmatch(text)
    return f"'{text}" if is_formula else text
