"""Cost indicators against the money. All amounts are in 万元."""

import re
from collections.abc import Iterator
from decimal import Decimal

from filings.choices import Severity, Side, TargetKind
from filings.document import money, place
from filings.document.edition import AmountLine
from filings.document.text import bare
from filings.rules.finding import NOT_APPLICABLE, Answer, RuleContext, Undetermined, Violation, quote
from filings.rules.money.budget import TOLERANCE, name_of
from filings.rules.money.funding import FundedLine, assign_costs, unassigned_rows
from filings.rules.money.spending import (
    AT_LEAST,
    SPENT,
    SpendingKind,
    in_money,
    is_each,
    is_saving,
    is_spent,
    kind_of_line,
    kind_of_name,
    names_a_project,
    sum_of,
)
from filings.rules.rows import ParsedIndicator

_YUAN = re.compile(r"(?<!单)元")
# What is paid out to people may have a floor set by law: 低保标准 ≥600元/月.
_PAID_OUT = re.compile(r"(?:低保|保障|补助|补贴|资助|救助|奖励|奖补|供养|抚恤|优抚|养老|生活|发放).*标准")
_NUMERAL = re.compile(r"\d|百分之|千分之|零|[一二两三四五六七八九十百千万亿半]+(?:元|万|亿|倍|成|折|个百分点)")


def costs_stay_within_the_total(case: RuleContext) -> Answer:
    """K1. That they are equal to one part of the total is only advice."""
    total = case.document.amount(case.edition.total.key, case.edition)
    rows = in_money(case.rows)
    if total.is_blank or not rows:
        return NOT_APPLICABLE
    if total.value is None:
        return Undetermined(f"{name_of(case.edition.total)}读不出金额，暂时不能与成本指标的合计核对。")
    spent = sum_of(rows, total.value)
    if spent > total.value + TOLERANCE:
        return [_too_much(rows, spent, total.value, case)]
    return [] if total.value - spent <= TOLERANCE else list(_one_part(rows, spent, total.value, case))


def project_money_is_spoken_for(case: RuleContext) -> Answer:
    """K2. Where a cost indicator might be meant for a project, it is taken to be."""
    lines = [line for line in _lines(case, Side.EXPENDITURE) if kind_of_line(line) is SpendingKind.PROJECT]
    amounts = [case.document.amount(line.key, case.edition) for line in lines]
    if any(amount.problem for amount in amounts):
        return Undetermined("项目支出读不出金额，暂时不能核对有没有成本指标与它对应。")
    if not any(amount.value for amount in amounts) or not _cost_nodes(case):
        return NOT_APPLICABLE
    return [_not_spoken_for(funded, case) for funded in _unspoken(case)]


def costs_are_not_at_least(case: RuleContext) -> Answer:
    """K3. Amounts of money and unit costs; rates are left to M3."""
    rows = [row for row in case.rows if is_spent(row)]
    return [_at_least(row) for row in rows if _is_at_least(row)] if rows else NOT_APPLICABLE


def costs_have_a_number(case: RuleContext) -> Answer:
    """K4."""
    rows = [row for row in case.rows if is_spent(row)]
    if not rows:
        return NOT_APPLICABLE
    return [_without_number(row) for row in rows if row.is_phrase and not _NUMERAL.search(bare(row.row.target))]


def _too_much(rows: tuple[ParsedIndicator, ...], spent: Decimal, total: Decimal, case: RuleContext) -> Violation:
    name = name_of(case.edition.total)
    message = (
        f"成本指标合计 {money.figure(spent)} 万元，比{name} {money.figure(total)} 万元多"
        f" {money.figure(spent - total)} 万元。成本不能超过预算，请核对各项成本指标的指标值或{name}。"
    )
    numbers = {"spent": spent, "total": total, "gap": spent - total}
    return Violation(_where(rows, case), message, numbers)


def _one_part(
    rows: tuple[ParsedIndicator, ...], spent: Decimal, total: Decimal, case: RuleContext
) -> Iterator[Violation]:
    """Silent where there are costs that cannot be added up: what is left of the total may be theirs."""
    if any(is_spent(row) and row not in rows and not is_saving(row) for row in case.rows):
        return
    lines = (*_lines(case, Side.EXPENDITURE), *_lines(case, Side.INCOME))
    part = next((line for line in lines if _is_worth(line, spent, case)), None)
    if part is None:
        return
    message = (
        f"成本指标合计 {money.figure(spent)} 万元，恰好等于{name_of(part)} {money.figure(spent)} 万元，"
        f"其余 {money.figure(total - spent)} 万元没有成本指标对应。"
    )
    todo = "" if _unspoken(case) else "这部分支出也有成本目标的，请补充成本指标。"
    numbers = {"spent": spent, "total": total, "rest": total - spent}
    yield Violation(_where(rows, case), message + todo, numbers, at_most=Severity.ADVICE)


def _not_spoken_for(funded: FundedLine, case: RuleContext) -> Violation:
    name, figure = name_of(funded.line), money.figure(funded.value)
    message = f"{name} {figure} 万元没有成本指标对应。请补充{name}的成本指标，或者说明原因。"
    places = (place.amount(funded.line.key), *(place.node(key) for key in _cost_nodes(case)))
    return Violation(places, message, {"money": funded.value})


def _unspoken(case: RuleContext) -> list[FundedLine]:
    """Lines of project money that no cost indicator speaks for."""
    funded = assign_costs(case)
    lacking = [
        item for item in funded if kind_of_line(item.line) is SpendingKind.PROJECT and not item.rows and not item.whole
    ]
    total = case.document.amount(case.edition.total.key, case.edition).value
    rows = in_money(case.rows)
    if not lacking or (total and total - sum_of(rows, total) <= TOLERANCE):
        return []
    if any(kind_of_name(row) is not SpendingKind.BASIC for row in unassigned_rows(case, funded)):
        return []
    return [item for item in lacking if not any(_may_speak_for(row, item.line, case) for row in case.rows)]


def _may_speak_for(row: ParsedIndicator, line: AmountLine, case: RuleContext) -> bool:
    """Without an amount that can be added up: set by hand, called a project, or a cost of each one."""
    to = case.known.links.money.get(row.key)
    if to is not None or not is_spent(row):
        return to == line.key
    return bool(names_a_project(row)) or (is_each(row) and kind_of_name(row) is not SpendingKind.BASIC)


def _is_at_least(row: ParsedIndicator) -> bool:
    target = row.target
    if target is None or target.kind is not TargetKind.NUMBER or target.comparator not in AT_LEAST:
        return False
    is_money = not row.unit or row.unit in money.UNITS or bool(_YUAN.search(row.unit))
    return is_money and not is_saving(row) and not _PAID_OUT.search(row.compared)


def _at_least(row: ParsedIndicator) -> Violation:
    message = f"{_called(row)}填的是{quote(row.row.target)}，意思是至少要花这么多。成本应当是上限，请核对计算符号。"
    return Violation((row.target_place,), message)


def _without_number(row: ParsedIndicator) -> Violation:
    message = f"{_called(row)}填的是{quote(row.row.target)}，没有数字，无法核对。请写明成本不超过多少，如「≤10万元」。"
    return Violation((row.target_place,), message)


def _called(row: ParsedIndicator) -> str:
    return f"成本指标{quote(row.name)}" if row.name else "一行没有名称的成本指标"


def _where(rows: tuple[ParsedIndicator, ...], case: RuleContext) -> tuple[place.Place, ...]:
    return (*(row.target_place for row in rows), place.amount(case.edition.total.key))


def _lines(case: RuleContext, side: Side) -> list[AmountLine]:
    return [line for split in case.edition.splits if split.side is side for line in split.lines]


def _is_worth(line: AmountLine, amount: Decimal, case: RuleContext) -> bool:
    value = case.document.amount(line.key, case.edition).value
    return value is not None and abs(value - amount) <= TOLERANCE


def _cost_nodes(case: RuleContext) -> list[str]:
    return [second.key for _, second in case.edition.leaves() if second.canonical in SPENT]
