"""Rules B4 and B5: amounts in the wrong unit, parts greater than the total. All amounts are in 万元."""

from collections.abc import Iterator
from decimal import Decimal

from filings.document import money, place
from filings.document.edition import AmountLine
from filings.rules.finding import NOT_APPLICABLE, QuickFix, RuleAnswer, RuleContext, Undetermined, Violation
from filings.rules.money.budget import (
    TOLERANCE,
    SplitSum,
    name_of,
    split_sums,
)
from filings.rules.money.conversion import in_wan

FORM_UNIT = "万元"
_TIMES = Decimal(10000)
_LIMIT = Decimal(1000)


def units_are_not_mixed_up(context: RuleContext) -> RuleAnswer:
    """Check B4: no amount in 元 was entered as 万元. Only for editions in 万元 and amounts written without a unit."""
    total = context.document.amount(context.edition.total.key, context.edition).value
    return _mistakes(context, total) if total and context.edition.unit == FORM_UNIT else NOT_APPLICABLE


def no_line_exceeds_the_total(context: RuleContext) -> RuleAnswer:
    """Check B5: no line exceeds the total.

    The only filled line of a split is left to B1 and B2, an amount in the wrong unit to B4.
    """
    total_line = context.edition.total
    total = context.document.amount(total_line.key, context.edition)
    if total.is_blank:
        return NOT_APPLICABLE
    if total.value is None:
        return Undetermined("资金总额无法识别金额，暂时无法核对其中各行是否超过它。")
    b4_applies = total.value and context.edition.unit == FORM_UNIT
    reported = {violation.places[0] for violation in _mistakes(context, total.value)} if b4_applies else set()
    return [
        _too_much(line, value, total.value, total_line)
        for added in split_sums(context.document.amounts, context.edition)
        if sum(1 for _, value in added.parts if value) > 1
        for line, value in added.parts
        if value > total.value + TOLERANCE and place.amount(line.key) not in reported
    ]


def _mistakes(context: RuleContext, total: Decimal) -> list[Violation]:
    added = [item for item in split_sums(context.document.amounts, context.edition) if item.sum]
    reason = _evidence_against_total([item for item in added if item.gap is not None], total, context)
    if reason:
        return [_mistake(context.edition.total, total, reason, context, certain=True)]
    return [violation for item in added for violation in _mistaken_lines(item, context)]


def _evidence_against_total(added: list[SplitSum], total: Decimal, context: RuleContext) -> str:
    """Return the reason to believe that the total is in 元, '' without evidence."""
    if not added or not _is_without_unit(context.edition.total, context):
        return ""
    match = next((item for item in added if abs(item.sum - total / _TIMES) <= TOLERANCE), None)
    if match:
        return f"就与{name_of(match.split)}的合计 {money.with_unit(match.sum)}相符"
    limit = context.limits.get("B4", _LIMIT)
    if all(total >= limit * item.sum for item in added):
        return f"现在是{name_of(added[0].split)}的合计 {money.with_unit(added[0].sum)}的 {money.plain(limit)} 倍以上"
    return ""


def _mistaken_lines(added: SplitSum, context: RuleContext) -> Iterator[Violation]:
    parts = [(line, value) for line, value in added.parts if _is_without_unit(line, context)]
    explained = [(line, value) for line, value in parts if _explains_the_gap(value, added)]
    if explained:
        reason = f"就与资金总额 {money.with_unit(added.total)}相符"
        if len(added.parts) > 1:
            reason = f"{name_of(added.split)}的合计{reason}"
        yield from (_mistake(*part, reason, context, certain=len(explained) == 1) for part in explained)
        return
    limit = context.limits.get("B4", _LIMIT)
    reason = f"现在是资金总额 {money.with_unit(added.total)}的 {money.plain(limit)} 倍以上"
    for line, value in parts:
        if value >= limit * added.total:
            yield _mistake(line, value, reason, context, certain=value / _TIMES <= added.total + TOLERANCE)


def _explains_the_gap(value: Decimal, added: SplitSum) -> bool:
    """Whether the split adds up if a line is divided by 10,000, but not if the line is left out altogether."""
    if added.gap is None or added.holds:
        return False
    without = added.gap - value
    return abs(without) > TOLERANCE >= abs(without + value / _TIMES)


def _is_without_unit(line: AmountLine, context: RuleContext) -> bool:
    return context.document.amount(line.key, context.edition).text[-1:].isdigit()


def _mistake(line: AmountLine, value: Decimal, reason: str, context: RuleContext, *, certain: bool) -> Violation:
    meant = value / _TIMES
    name, line_place = name_of(line), place.amount(line.key)
    facts = (
        f"{name}填的是 {money.with_unit(value)}，除以一万是 {money.with_unit(meant)}，{reason}。"
        "疑似将「元」误作「万元」填写。"
    )
    advice = f"请核对{name}的单位。"
    text = in_wan(meant)
    quick_fix = QuickFix(f"改为 {text} {FORM_UNIT}", ((line_place, text),)) if certain else None
    return Violation((line_place,), facts, {"written": value, "meant": meant}, quick_fix=quick_fix, advice=advice)


def _too_much(line: AmountLine, value: Decimal, total: Decimal, total_line: AmountLine) -> Violation:
    facts = (
        f"{name_of(line)} {money.with_unit(value)}，比资金总额 {money.with_unit(total)}还多"
        f" {money.with_unit(value - total)}。其中各行是资金总额的一部分。"
    )
    advice = f"请核对{name_of(line)}或资金总额。"
    numbers = {"line": value, "total": total, "excess": value - total}
    return Violation((place.amount(line.key), place.amount(total_line.key)), facts, numbers, advice=advice)
