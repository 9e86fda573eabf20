"""Which cost indicators are amounts of money out of the budget, and what kind of expenditure a name speaks of.

Social and environmental costs are borne by others; a saving and a cost per head or per mu are no amounts to add up.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from filings.choices import Comparator
from filings.document.edition import AmountLine
from filings.document.text import bare, symbols
from filings.rules.money.budget import TOLERANCE
from filings.rules.rows import ParsedIndicator

# The second levels of costs that the budget bears, by their canonical keys.
SPENT = frozenset({"OUT.COST", "COST.ECON"})
AT_LEAST = frozenset({Comparator.AT_LEAST, Comparator.MORE})
_AT_MOST = frozenset({Comparator.AT_MOST, Comparator.LESS})
_SAVING = re.compile(r"节约|节省|节支|降低|下降|压减|压缩|压降|缩减|削减|减少|减低|结余|降幅|减幅")
_EACH = re.compile(r"[人户次亩日月]均|均次|平均|每(?!年)|单价|单位(?:成本|造价|费用)|单[个次台套件]|标准(?=$|[（(])")
# What another row has in its amount already.
_PART = re.compile(r"[（(]?其中")
_WHOLE = re.compile(r"总成本|总支出|总投入|总额|总经费|总预算|合计|整体支出|全部支出")
_PROJECT = re.compile(r"项目|专项|工程")
_BASIC = re.compile(r"人员|公用|运转|基本支出|工资")


class SpendingKind(StrEnum):
    """The two kinds of expenditure that names tell apart."""

    BASIC = "basic"
    PROJECT = "project"


def is_spent(row: ParsedIndicator) -> bool:
    """Whether a row is a cost that the budget bears."""
    return row.canonical in SPENT


def is_saving(row: ParsedIndicator) -> bool:
    """Whether a cost row says what is saved, so that more is better: 成本降低率 ≥5%."""
    at_most = row.target is not None and row.target.comparator in _AT_MOST
    return not at_most and bool(_SAVING.search(row.compared + bare(symbols(row.row.target))))


def is_each(row: ParsedIndicator) -> bool:
    """Whether a cost is one per head, per mu, per time, by its name or its unit."""
    return bool(_EACH.search(row.compared)) or "/" in row.unit


def in_money(rows: Sequence[ParsedIndicator]) -> tuple[ParsedIndicator, ...]:
    """The cost rows whose amounts in 万元 can be added up, in the order of the table."""
    return tuple(row for row in rows if is_spent(row) and row.amount and not _is_apart(row))


def _is_apart(row: ParsedIndicator) -> bool:
    return is_saving(row) or is_each(row) or bool(_PART.match(row.compared))


def sum_of(rows: Sequence[ParsedIndicator], total: Decimal | None) -> Decimal:
    """The sum of such rows in 万元. Rows that only go into the parts of another one are not counted twice: that one is
    equal to the `total` of the budget, or is called the whole and covers the others."""
    amounts = [(row, row.amount) for row in rows if row.amount is not None]
    added = sum((amount for _, amount in amounts), Decimal(0))
    wholes = [
        amount
        for row, amount in amounts
        if added - amount <= amount + TOLERANCE and (_is(amount, total) or _WHOLE.search(row.compared))
    ]
    return max(wholes, default=added)


def names_a_project(row: ParsedIndicator) -> bool:
    """Whether a row's name speaks of project money, whatever else it says: 人员类项目."""
    return bool(_PROJECT.search(row.compared))


def kind_of_name(row: ParsedIndicator) -> SpendingKind | None:
    """What a row's name speaks of; None when it says neither or both."""
    is_project, is_basic = names_a_project(row), bool(_BASIC.search(row.compared))
    if is_project == is_basic:
        return None
    return SpendingKind.PROJECT if is_project else SpendingKind.BASIC


def kind_of_line(line: AmountLine) -> SpendingKind | None:
    """What a budget line is for, by its printed label."""
    label = bare(line.label)
    if "项目" in label:
        return SpendingKind.PROJECT
    return SpendingKind.BASIC if "基本" in label else None


def _is(amount: Decimal, total: Decimal | None) -> bool:
    return total is not None and abs(amount - total) <= TOLERANCE
