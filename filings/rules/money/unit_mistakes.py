"""Slips in the budget block: an amount in another unit, a part that is more than the whole. All amounts are in 万元."""

from collections.abc import Iterator
from decimal import Decimal

from filings.document import money, place
from filings.document.edition import AmountLine
from filings.rules.finding import NOT_APPLICABLE, Answer, QuickFix, RuleContext, Undetermined, Violation
from filings.rules.money.budget import (
    TOLERANCE,
    SplitSum,
    name_of,
    sums,
)

_FORM_UNIT = "万元"
_TIMES = Decimal(10000)
_LIMIT = Decimal(1000)


def units_are_not_mixed_up(case: RuleContext) -> Answer:
    """B4. Only for forms in 万元, and only for amounts that were written without a unit of their own."""
    total = case.document.amount(case.edition.total.key, case.edition).value
    return _slips(case, total) if total and case.edition.unit == _FORM_UNIT else NOT_APPLICABLE


def no_line_exceeds_the_total(case: RuleContext) -> Answer:
    """B5. A line that stands alone in its split is left to its sum, a slip of unit to B4."""
    total_line = case.edition.total
    total = case.document.amount(total_line.key, case.edition)
    if total.is_blank:
        return NOT_APPLICABLE
    if total.value is None:
        return Undetermined("资金总额读不出金额，暂时不能核对其中各行是否超过它。")
    is_told = total.value and case.edition.unit == _FORM_UNIT
    told = {fault.places[0] for fault in _slips(case, total.value)} if is_told else set()
    return [
        _too_much(line, value, total.value, total_line)
        for added in sums(case.document.amounts, case.edition)
        if sum(1 for _, value in added.parts if value) > 1
        for line, value in added.parts
        if value > total.value + TOLERANCE and place.amount(line.key) not in told
    ]


def _slips(case: RuleContext, total: Decimal) -> list[Violation]:
    added = [item for item in sums(case.document.amounts, case.edition) if item.sum]
    reason = _why_the_total_slipped([item for item in added if item.gap is not None], total, case)
    if reason:
        return [_slip(case.edition.total, total, reason, case, certain=True)]
    return [fault for item in added for fault in _slipped_lines(item, case)]


def _why_the_total_slipped(added: list[SplitSum], total: Decimal, case: RuleContext) -> str:
    """Empty when nothing speaks for a slip of the total."""
    if not added or not _is_without_unit(case.edition.total, case):
        return ""
    met = next((item for item in added if abs(item.sum - total / _TIMES) <= TOLERANCE), None)
    if met:
        return f"就与{name_of(met.split)}的合计 {money.figure(met.sum)} 万元相符"
    limit = case.limits.get("B4", _LIMIT)
    if all(total >= limit * item.sum for item in added):
        return f"现在是{name_of(added[0].split)}的合计 {money.figure(added[0].sum)} 万元的 {money.plain(limit)} 倍以上"
    return ""


def _slipped_lines(added: SplitSum, case: RuleContext) -> Iterator[Violation]:
    parts = [(line, value) for line, value in added.parts if _is_without_unit(line, case)]
    explained = [(line, value) for line, value in parts if _explains_the_gap(value, added)]
    if explained:
        reason = f"就与资金总额 {money.figure(added.total)} 万元相符"
        if len(added.parts) > 1:
            reason = f"{name_of(added.split)}的合计{reason}"
        yield from (_slip(*part, reason, case, certain=len(explained) == 1) for part in explained)
        return
    limit = case.limits.get("B4", _LIMIT)
    reason = f"现在是资金总额 {money.figure(added.total)} 万元的 {money.plain(limit)} 倍以上"
    for line, value in parts:
        if value >= limit * added.total:
            yield _slip(line, value, reason, case, certain=value / _TIMES <= added.total + TOLERANCE)


def _explains_the_gap(value: Decimal, added: SplitSum) -> bool:
    """A line that could as well be left out is one too many, and no slip of unit."""
    if added.gap is None or added.holds:
        return False
    without = added.gap - value
    return abs(without) > TOLERANCE >= abs(without + value / _TIMES)


def _is_without_unit(line: AmountLine, case: RuleContext) -> bool:
    return case.document.amount(line.key, case.edition).text[-1:].isdigit()


def _slip(line: AmountLine, value: Decimal, reason: str, case: RuleContext, *, certain: bool) -> Violation:
    meant = value / _TIMES
    name, at = name_of(line), place.amount(line.key)
    message = (
        f"{name}填的是 {money.figure(value)} 万元，除以一万是 {money.figure(meant)} 万元，{reason}。"
        f"是不是把元当成了万元？请核对{name}的单位。"
    )
    mend = _in_the_right_unit(line, meant, case) if certain else None
    return Violation((at,), message, {"written": value, "meant": meant}, mend=mend)


def _in_the_right_unit(line: AmountLine, meant: Decimal, case: RuleContext) -> QuickFix:
    """Where 万元 would take more decimals than the form allows, the figure stays and gets its unit."""
    text = money.plain(meant)
    if len(text.partition(".")[2]) <= case.edition.decimals:
        return QuickFix(f"改为 {text} {_FORM_UNIT}", ((place.amount(line.key), text),))
    text = case.document.amount(line.key, case.edition).text
    return QuickFix(f"改为 {text} 元", ((place.amount(line.key), f"{text}元"),))


def _too_much(line: AmountLine, value: Decimal, total: Decimal, total_line: AmountLine) -> Violation:
    message = (
        f"{name_of(line)} {money.figure(value)} 万元，比资金总额 {money.figure(total)} 万元还多"
        f" {money.figure(value - total)} 万元。其中各行是资金总额的一部分，请核对{name_of(line)}或资金总额。"
    )
    numbers = {"line": value, "total": total, "excess": value - total}
    return Violation((place.amount(line.key), place.amount(total_line.key)), message, numbers)
