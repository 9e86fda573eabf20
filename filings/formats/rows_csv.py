"""Write the indicators of a table as CSV, one row each, for statistics.

A target is written as typed and also parsed into comparator, number, unit and kind. The file opens in Excel by double
click. The csv module only quotes fields; text that a spreadsheet would compute is escaped here.
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
# Excel assumes the system's legacy encoding when a CSV file has no byte order mark.
BYTE_ORDER_MARK = "\ufeff"
# Chinese versions of Excel accept full-width signs too.
_FORMULA_SIGNS = tuple("=+-@＝＋－＠\t\r")
# A single sign or a negative number computes nothing; an apostrophe would turn the number into text.
_NOT_A_FORMULA = re.compile(r"[=+@-]|-\d+(?:\.\d+)?%?", re.ASCII)


def write(document: FilingDocument, edition: Edition, *, department_code: str = "") -> str:
    """Write the indicators as CSV with a byte order mark, CRLF line ends and a row of column heads.

    The edition's further columns (weight, note …) follow those of HEADS under their own heads. A range is written as
    90～95 or ±3, a date as 2022-12, a month without a year as 11.
    """
    further = edition.further_columns
    labels = ("".join(column.label.split()) for column in further)
    department = (str(document.year or ""), department_code, document.department)
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*HEADS, *labels])
    for row in document.indicators:
        more = (row.more.get(column.key, "") for column in further)
        cells = (*department, *level_cells(row), *target_cells(row), _canonical(row, edition), *more)
        writer.writerow(map(escape_formula, cells))
    return BYTE_ORDER_MARK + out.getvalue()


def level_cells(row: IndicatorRow) -> tuple[str, str, str]:
    """Return the labels of both levels and the name."""
    return row.first_level or UNCLASSIFIED, row.second_level, row.name


def target_cells(row: IndicatorRow) -> tuple[str, str, str, str, str]:
    """Return the target as typed, then its parsed comparator, number, unit and kind."""
    parsed = target.parse(row.target)
    if parsed is None:
        return row.target, "", "", "", ""
    return row.target, parsed.comparator or "", _number(parsed), parsed.unit or "", KINDS[parsed.kind]


def _number(parsed: Target) -> str:
    if parsed.kind is TargetKind.RANGE and parsed.low == f"-{parsed.high}":
        return f"±{parsed.high}"
    ends = (end.removeprefix("--") for end in (parsed.low, parsed.high) if end)
    return parsed.number or "～".join(ends)


def _canonical(row: IndicatorRow, edition: Edition) -> str:
    levels = edition.levels(row.node) if row.node else None
    return levels[1].canonical if levels else ""


def escape_formula(text: str) -> str:
    """Prefix an apostrophe to text that a spreadsheet would compute."""
    is_formula = text.startswith(_FORMULA_SIGNS) and not _NOT_A_FORMULA.fullmatch(text)
    return f"'{text}" if is_formula else text
