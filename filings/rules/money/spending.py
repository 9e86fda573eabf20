"""Selection of cost indicators paid from the budget, and the kind of expenditure that a name refers to.

Social and environmental costs are borne by others; savings and costs per head or per mu are not added up.
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

# Canonical keys of the second levels whose costs are paid from the budget.
BUDGET_COSTS = frozenset({"OUT.COST", "COST.ECON"})
AT_LEAST = frozenset({Comparator.AT_LEAST, Comparator.MORE})
_AT_MOST = frozenset({Comparator.AT_MOST, Comparator.LESS})
_SAVING = re.compile(r"节约|节省|节支|降低|下降|压减|压缩|压降|缩减|削减|减少|减低|结余|降幅|减幅")
_EACH = re.compile(r"[人户次亩日月]均|均次|平均|每(?!年)|单价|单位(?:成本|造价|费用)|单[个次台套件]|标准(?=$|[（(])")
# Amounts that are included in those of another row.
_PART = re.compile(r"[（(]?其中")
_WHOLE = re.compile(r"总成本|总支出|总投入|总额|总经费|总预算|合计|整体支出|全部支出")
_PROJECT = re.compile(r"项目|专项|工程")
_BASIC = re.compile(r"人员|公用|运转|基本支出|工资")


class SpendingKind(StrEnum):
    """Kinds of expenditure that can be recognised by names."""

    BASIC = "basic"
    PROJECT = "project"


def is_budget_cost(row: ParsedIndicator) -> bool:
    """Whether a row is a cost paid from the budget."""
    return row.canonical in BUDGET_COSTS


def is_saving(row: ParsedIndicator) -> bool:
    """Whether a cost row is a saving, so that more is better: 成本降低率 ≥5%."""
    is_upper_limit = row.target is not None and row.target.comparator in _AT_MOST
    return not is_upper_limit and bool(_SAVING.search(row.comparable_name + bare(symbols(row.row.target))))


def is_unit_cost(row: ParsedIndicator) -> bool:
    """Whether a cost is per head, per mu, per time …, by its name or unit."""
    return bool(_EACH.search(row.comparable_name)) or "/" in row.unit


def money_costs(rows: Sequence[ParsedIndicator]) -> tuple[ParsedIndicator, ...]:
    """Return the cost rows whose amounts can be added up, in the order of the table."""
    return tuple(row for row in rows if is_budget_cost(row) and row.amount and not _is_excluded(row))


def _is_excluded(row: ParsedIndicator) -> bool:
    return is_saving(row) or is_unit_cost(row) or bool(_PART.match(row.comparable_name))


def total_cost(rows: Sequence[ParsedIndicator], total: Decimal | None) -> Decimal:
    """Add up the amounts of cost rows, in 万元.

    If a row is itself the whole (its amount equals `total`, the total of the budget, or its name contains 合计 or the
    like, and it covers the others), the others are its parts and are not counted twice.
    """
    amounts = [(row, row.amount) for row in rows if row.amount is not None]
    added = sum((amount for _, amount in amounts), Decimal(0))
    wholes = [
        amount
        for row, amount in amounts
        if added - amount <= amount + TOLERANCE and (_equals(amount, total) or _WHOLE.search(row.comparable_name))
    ]
    return max(wholes, default=added)


def names_a_project(row: ParsedIndicator) -> bool:
    """Whether a row's name mentions a project, whatever else it mentions: 人员类项目."""
    return bool(_PROJECT.search(row.comparable_name))


def kind_of_name(row: ParsedIndicator) -> SpendingKind | None:
    """Recognise the kind of expenditure by a row's name; None if it mentions neither or both."""
    is_project, is_basic = names_a_project(row), bool(_BASIC.search(row.comparable_name))
    if is_project == is_basic:
        return None
    return SpendingKind.PROJECT if is_project else SpendingKind.BASIC


def kind_of_line(line: AmountLine) -> SpendingKind | None:
    """Recognise the kind of expenditure of a budget line by its label."""
    label = bare(line.label)
    if "项目" in label:
        return SpendingKind.PROJECT
    return SpendingKind.BASIC if "基本" in label else None


def _equals(amount: Decimal, total: Decimal | None) -> bool:
    return total is not None and abs(amount - total) <= TOLERANCE
