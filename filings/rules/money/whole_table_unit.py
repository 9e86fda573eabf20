"""Rule B9: the whole table, or a cost indicator, is in another unit than 万元. All amounts are in 万元."""

import re
from collections.abc import Iterator
from decimal import Decimal

from filings.choices import Severity
from filings.document import money, place, target
from filings.document.place import Place
from filings.rules.finding import NOT_APPLICABLE, QuickFix, RuleAnswer, RuleContext, Undetermined, Violation, quote
from filings.rules.money.budget import TOLERANCE, SplitSum, name_of, split_sums
from filings.rules.money.spending import money_costs
from filings.rules.money.unit_evidence import TIMES, Evidence, evidence_of_yi, evidence_of_yuan
from filings.rules.money.unit_mistakes import FORM_UNIT, units_are_not_mixed_up
from filings.rules.rows import ParsedIndicator

# A cost that is only a few times the total is a typing error of another kind.
_LEAST_EXCESS = 10
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?", re.ASCII)


def the_whole_table_is_in_wan(context: RuleContext) -> RuleAnswer:
    """Check B9: the amounts are not all in 元 or 亿元, and no cost indicator is in 元.

    An amount that contradicts the others is left to B4. Amounts written with a unit are right by definition.
    """
    total = context.document.amount(context.edition.total.key, context.edition)
    if context.edition.unit != FORM_UNIT or total.is_blank:
        return NOT_APPLICABLE
    if total.value is None:
        return Undetermined(f"{name_of(context.edition.total)}无法识别金额，暂时不能核对整张表的单位。")
    if not total.value or not _is_without_unit(total.text):
        return NOT_APPLICABLE
    if units_are_not_mixed_up(context):
        return []
    return _in_another_unit(context, total.value) or list(_costs_in_yuan(context, total.value))


def _in_another_unit(context: RuleContext, total: Decimal) -> list[Violation]:
    yuan = evidence_of_yuan(context, total)
    if yuan.reasons:
        return [_mistake(context, total, yuan, "元", total / TIMES)]
    yi = evidence_of_yi(context, total)
    return [_mistake(context, total, yi, "亿元", total * TIMES)] if yi.reasons else []


def _mistake(context: RuleContext, total: Decimal, evidence: Evidence, unit: str, meant: Decimal) -> Violation:
    line = context.edition.total
    changes = (*_converted_amounts(context, meant / total, unit), *_converted_costs(context, meant))
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


def _converted_amounts(context: RuleContext, factor: Decimal, unit: str) -> Iterator[tuple[Place, str]]:
    """Yield the new texts of the amounts without a unit: of the total, its lines and the tasks."""
    exempt = {
        line for added in split_sums(context.document.amounts, context.edition) for line in _in_wan(added, factor)
    }
    for line in context.edition.lines:
        if line.key not in exempt:
            yield from _converted(
                place.amount(line.key), context.document.amounts.get(line.key, ""), factor, unit, context
            )
    for task in context.document.tasks:
        yield from _converted(place.task(task.key, "amount"), task.cells.get("amount", ""), factor, unit, context)


def _in_wan(added: SplitSum, factor: Decimal) -> Iterator[str]:
    """Yield the key of the one line of a split that must not be converted for the split to add up."""
    if added.gap is None or added.holds:
        return
    for line, value in added.parts:
        if abs((added.sum - value) * factor + value - added.total * factor) <= TOLERANCE:
            yield line.key
            return


def _converted(
    where: Place, text: str, factor: Decimal, unit: str, context: RuleContext
) -> Iterator[tuple[Place, str]]:
    """Yield the amount in 万元; if that needs more decimals than the edition allows, the figure with its unit."""
    value = money.parse(text, context.edition.unit).value
    if not value or not _is_without_unit(text):
        return
    converted = money.plain(value * factor)
    fits = len(converted.partition(".")[2]) <= context.edition.decimals
    yield where, converted if fits else f"{text}{unit}"


def _converted_costs(context: RuleContext, total: Decimal) -> Iterator[tuple[Place, str]]:
    """Yield the new targets of the cost indicators that exceed the converted total, but do not once converted."""
    for row in money_costs(context.rows):
        text = _in_wan_text(row)
        if text and row.amount and row.amount / TIMES <= total + TOLERANCE < row.amount:
            yield row.target_place, text


def _costs_in_yuan(context: RuleContext, total: Decimal) -> Iterator[Violation]:
    for row in money_costs(context.rows):
        text = _in_wan_text(row)
        if (
            not text
            or row.amount is None
            or row.amount < _LEAST_EXCESS * total
            or row.amount / TIMES > total + TOLERANCE
        ):
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


def _in_wan_text(row: ParsedIndicator) -> str:
    """Return a target in 万元 with its number divided by 10,000, '' for another unit or if it cannot be rewritten."""
    if row.unit not in ("万元", "万") or row.amount is None:
        return ""
    text = _NUMBER.sub(lambda match: money.plain(Decimal(match[0].replace(",", "")) / TIMES), row.row.target, count=1)
    parsed = target.parse(text)
    number = parsed.number if parsed else None
    return text if number is not None and Decimal(number) == row.amount / TIMES else ""


def _is_without_unit(text: str) -> bool:
    return text[-1:].isdigit()
