"""Rule B9: the whole table, or a cost indicator, is in another unit than 万元. All amounts are in 万元."""

from collections.abc import Iterator
from decimal import Decimal

from filings.choices import Severity
from filings.document import money, place
from filings.rules.finding import NOT_APPLICABLE, QuickFix, RuleAnswer, RuleContext, Undetermined, Violation, quote
from filings.rules.money.budget import name_of
from filings.rules.money.conversion import (
    amounts_of,
    converted_amounts,
    converted_costs,
    cost_in_wan,
    is_cost_in_yuan,
    is_without_unit,
)
from filings.rules.money.spending import money_costs
from filings.rules.money.unit_evidence import TIMES, Evidence, evidence_of_yi, evidence_of_yuan
from filings.rules.money.unit_mistakes import FORM_UNIT, units_are_not_mixed_up

# A cost that is only a few times the total is a typing error of another kind.
_LEAST_EXCESS = 10


def the_whole_table_is_in_wan(context: RuleContext) -> RuleAnswer:
    """Check B9: the amounts are not all in 元 or 亿元, and no cost indicator is in 元.

    An amount that contradicts the others is left to B4. Amounts written with a unit are right by definition.
    """
    total = context.document.amount(context.edition.total.key, context.edition)
    if context.edition.unit != FORM_UNIT or total.is_blank:
        return NOT_APPLICABLE
    if total.value is None:
        return Undetermined(f"{name_of(context.edition.total)}无法识别金额，暂时无法核对全表的单位。")
    if not total.value or not is_without_unit(total.text):
        return NOT_APPLICABLE
    if units_are_not_mixed_up(context):
        return []
    return _in_another_unit(context, total.value) or list(_costs_in_yuan(context, total.value))


def the_total_is_in_another_unit(context: RuleContext) -> bool:
    """Whether B4 or B9, if the edition uses them, report the total itself."""
    total = place.amount(context.edition.total.key)
    rules = {"B4": units_are_not_mixed_up, "B9": the_whole_table_is_in_wan}
    enabled = (answer(context) for code, answer in rules.items() if context.edition.rules.get(code, "off") != "off")
    return any(total in violation.places for answer in enabled if isinstance(answer, list) for violation in answer)


def _in_another_unit(context: RuleContext, total: Decimal) -> list[Violation]:
    yuan = evidence_of_yuan(context, total)
    if yuan.reasons:
        return [_mistake(context, total, yuan, "元", total / TIMES)]
    yi = evidence_of_yi(context, total)
    return [_mistake(context, total, yi, "亿元", total * TIMES)] if yi.reasons else []


def _mistake(context: RuleContext, total: Decimal, evidence: Evidence, unit: str, meant: Decimal) -> Violation:
    line = context.edition.total
    amounts = converted_amounts(context, total, meant)
    costs = converted_costs(context, total, meant) if unit == "元" else ()
    changes = (*amounts, *costs)
    facts = (
        f"{name_of(line)}填的是 {money.with_unit(total)}，{'；'.join(evidence.reasons)}。"
        f"疑似将「{unit}」误作「{FORM_UNIT}」填写，按{unit}换算是 {money.with_unit(meant)}。"
    )
    text = context.document.amounts[line.key]
    label = f"全部按{unit}换算为{FORM_UNIT}（{name_of(line)} {text} → {changes[0][1]}，共 {len(changes)} 处）"
    return Violation(
        tuple(changed for changed, _ in changes),
        facts,
        {"written": total, "meant": meant},
        Severity.ERROR if evidence.is_certain else Severity.WARNING,
        QuickFix(label, changes),
        "请核对金额的单位。" if evidence.is_certain else f"请核对金额的单位；确实是{FORM_UNIT}的，请说明原因。",
    )


def _costs_in_yuan(context: RuleContext, total: Decimal) -> Iterator[Violation]:
    amounts = amounts_of(context)
    for row in money_costs(context.rows):
        text = cost_in_wan(row)
        if not text or row.amount is None or row.amount < _LEAST_EXCESS * total:
            continue
        if not is_cost_in_yuan(row.amount, total, amounts):
            continue
        facts = (
            f"成本指标{quote(row.name)}填的是 {money.with_unit(row.amount)}，超过{name_of(context.edition.total)}"
            f" {money.with_unit(total)}，按元换算是 {money.with_unit(row.amount / TIMES)}。"
            f"疑似将「元」误作「{FORM_UNIT}」填写。"
        )
        yield Violation(
            (row.target_place,),
            facts,
            {"written": row.amount, "meant": row.amount / TIMES},
            quick_fix=QuickFix(f"改为 {text}", ((row.target_place, text),)),
            advice="请核对指标值的单位。",
        )
