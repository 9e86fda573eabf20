"""Rules K1–K4: cost indicators compared with the budget. All amounts are in 万元."""

import re
from collections.abc import Iterator
from decimal import Decimal

from filings.choices import Severity, Side, TargetKind
from filings.document import money, place
from filings.document.edition import AmountLine
from filings.document.text import bare
from filings.rules.finding import NOT_APPLICABLE, RuleAnswer, RuleContext, Undetermined, Violation, quote
from filings.rules.money.budget import TOLERANCE, name_of
from filings.rules.money.funding import FundedLine, assign_costs, unassigned_rows
from filings.rules.money.spending import (
    AT_LEAST,
    BUDGET_COSTS,
    SpendingKind,
    is_budget_cost,
    is_saving,
    is_unit_cost,
    kind_of_line,
    kind_of_name,
    money_costs,
    names_a_project,
    total_cost,
)
from filings.rules.rows import ParsedIndicator
from filings.rules.tree.missing_rows import lacks_rows

_YUAN = re.compile(r"(?<!单)元")
# Rates of benefits may have a legal minimum: 低保标准 ≥600元/月.
_PAID_OUT = re.compile(r"(?:低保|保障|补助|补贴|资助|救助|奖励|奖补|供养|抚恤|优抚|养老|生活|发放).*标准")
_NUMERAL = re.compile(r"\d|百分之|千分之|零|[一二两三四五六七八九十百千万亿半]+(?:元|万|亿|倍|成|折|个百分点)")


def costs_stay_within_the_total(context: RuleContext) -> RuleAnswer:
    """Check K1: the costs do not exceed the total. Advises if they equal only one part of it."""
    total = context.document.amount(context.edition.total.key, context.edition)
    rows = money_costs(context.rows)
    if total.is_blank or not rows:
        return NOT_APPLICABLE
    if total.value is None:
        return Undetermined(f"{name_of(context.edition.total)}无法识别金额，暂时无法与成本指标的合计核对。")
    spent = total_cost(rows, total.value)
    if spent > total.value + TOLERANCE:
        return [_too_much(rows, spent, total.value, context)]
    return [] if total.value - spent <= TOLERANCE else list(_one_part(rows, spent, total.value, context))


def project_money_has_a_cost_indicator(context: RuleContext) -> RuleAnswer:
    """Check K2: project expenditure has a cost indicator. An indicator that may be meant for a project counts."""
    lines = [line for line in _lines(context, Side.EXPENDITURE) if kind_of_line(line) is SpendingKind.PROJECT]
    amounts = [context.document.amount(line.key, context.edition) for line in lines]
    if any(amount.problem for amount in amounts):
        return Undetermined("项目支出无法识别金额，暂时无法核对有没有成本指标与它对应。")
    if not any(amount.value for amount in amounts) or not _cost_nodes(context):
        return NOT_APPLICABLE
    return [_without_cost_indicator(funded, context) for funded in _uncovered(context)]


def costs_have_no_lower_bound(context: RuleContext) -> RuleAnswer:
    """Check K3: amounts and unit costs do not use ≥ or >. Rates are left to M3."""
    rows = [row for row in context.rows if is_budget_cost(row)]
    return [_at_least(row) for row in rows if _is_at_least(row)] if rows else NOT_APPLICABLE


def costs_have_a_number(context: RuleContext) -> RuleAnswer:
    """Check K4: cost targets contain a number."""
    rows = [row for row in context.rows if is_budget_cost(row)]
    if not rows:
        return NOT_APPLICABLE
    return [_without_number(row) for row in rows if row.is_phrase and not _NUMERAL.search(bare(row.row.target))]


def _too_much(rows: tuple[ParsedIndicator, ...], spent: Decimal, total: Decimal, context: RuleContext) -> Violation:
    name = name_of(context.edition.total)
    facts = (
        f"成本指标合计 {money.with_unit(spent)}，比{name} {money.with_unit(total)}多"
        f" {money.with_unit(spent - total)}。成本不能超过预算。"
    )
    advice = f"请核对各项成本指标的指标值或{name}。"
    numbers = {"spent": spent, "total": total, "gap": spent - total}
    return Violation(_places(rows, context), facts, numbers, advice=advice)


def _one_part(
    rows: tuple[ParsedIndicator, ...], spent: Decimal, total: Decimal, context: RuleContext
) -> Iterator[Violation]:
    """Advise if the costs equal one part of the total, unless other costs that cannot be added up may be the rest."""
    if any(is_budget_cost(row) and row not in rows and not is_saving(row) for row in context.rows):
        return
    lines = (*_lines(context, Side.EXPENDITURE), *_lines(context, Side.INCOME))
    part = next((line for line in lines if _equals(line, spent, context)), None)
    if part is None:
        return
    facts = (
        f"成本指标合计 {money.with_unit(spent)}，恰好等于{name_of(part)} {money.with_unit(spent)}，"
        f"其余 {money.with_unit(total - spent)}没有成本指标对应。"
    )
    advice = "" if _uncovered(context) else "这部分支出也有成本目标的，请补充成本指标。"
    numbers = {"spent": spent, "total": total, "rest": total - spent}
    is_filling = lacks_rows(context) or _is_filling_costs(context)
    yield Violation(
        _places(rows, context), facts, numbers, max_severity=Severity.ADVICE, advice=advice, is_premature=is_filling
    )


def _without_cost_indicator(funded: FundedLine, context: RuleContext) -> Violation:
    name = name_of(funded.line)
    facts = f"{name} {money.with_unit(funded.value)}没有成本指标对应。"
    advice = f"请补充{name}的成本指标，或者说明原因。"
    places = (place.amount(funded.line.key), *(place.node(key) for key in _cost_nodes(context)))
    to_fill = f"{name} {money.with_unit(funded.value)}的成本指标未填写" if _is_filling_costs(context) else ""
    return Violation(places, facts, {"money": funded.value}, advice=advice, to_fill=to_fill)


def _is_filling_costs(context: RuleContext) -> bool:
    """Whether cost indicators are missing or incomplete."""
    costs = [row for row in context.rows if row.is_cost]
    return not costs or any(not row.name or not row.row.target for row in costs)


def _uncovered(context: RuleContext) -> list[FundedLine]:
    """Return the lines of project expenditure without a cost indicator."""
    funded = assign_costs(context)
    lacking = [
        item
        for item in funded
        if kind_of_line(item.line) is SpendingKind.PROJECT and not item.rows and not item.total_row
    ]
    total = context.document.amount(context.edition.total.key, context.edition).value
    rows = money_costs(context.rows)
    if not lacking or (total and total - total_cost(rows, total) <= TOLERANCE):
        return []
    if any(kind_of_name(row) is not SpendingKind.BASIC for row in unassigned_rows(context, funded)):
        return []
    return [item for item in lacking if not any(_may_cover(row, item.line, context) for row in context.rows)]


def _may_cover(row: ParsedIndicator, line: AmountLine, context: RuleContext) -> bool:
    """Whether a row without an amount to add up may belong to a line: by manual link, as a project, or as unit cost."""
    linked_line = context.known.links.money.get(row.key)
    if linked_line is not None or not is_budget_cost(row):
        return linked_line == line.key
    return bool(names_a_project(row)) or (is_unit_cost(row) and kind_of_name(row) is not SpendingKind.BASIC)


def _is_at_least(row: ParsedIndicator) -> bool:
    target = row.target
    if target is None or target.kind is not TargetKind.NUMBER or target.comparator not in AT_LEAST:
        return False
    is_money = not row.unit or row.unit in money.UNITS or bool(_YUAN.search(row.unit))
    return is_money and not is_saving(row) and not _PAID_OUT.search(row.comparable_name)


def _at_least(row: ParsedIndicator) -> Violation:
    facts = f"{_called(row)}填的是{quote(row.row.target)}，表示成本不低于该数。成本应为上限。"
    return Violation((row.target_place,), facts, advice="请核对计算符号。")


def _without_number(row: ParsedIndicator) -> Violation:
    facts, advice = (
        f"{_called(row)}填的是{quote(row.row.target)}，没有数字，无法核对。",
        "请写明成本上限，如「≤10万元」。",
    )
    return Violation((row.target_place,), facts, advice=advice)


def _called(row: ParsedIndicator) -> str:
    return f"成本指标{quote(row.name)}" if row.name else "一行未填写名称的成本指标"


def _places(rows: tuple[ParsedIndicator, ...], context: RuleContext) -> tuple[place.Place, ...]:
    return (*(row.target_place for row in rows), place.amount(context.edition.total.key))


def _lines(context: RuleContext, side: Side) -> list[AmountLine]:
    return [line for split in context.edition.splits if split.side is side for line in split.lines]


def _equals(line: AmountLine, amount: Decimal, context: RuleContext) -> bool:
    value = context.document.amount(line.key, context.edition).value
    return value is not None and abs(value - amount) <= TOLERANCE


def _cost_nodes(context: RuleContext) -> list[str]:
    return [second.key for _, second in context.edition.leaves() if second.canonical in BUDGET_COSTS]
