"""Rule T8: the weights of the rows add up."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from filings.document import money, place
from filings.document.content import IndicatorRow
from filings.document.text import bare, symbols
from filings.rules.finding import NOT_APPLICABLE, RuleAnswer, RuleContext, Undetermined, Violation, quote
from filings.rules.tree.missing_rows import lacks_rows

_WEIGHT = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)(?:%|分)?", re.ASCII)
_IN_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")
_TOLERANCE = Decimal("0.005")
_WHOLE = Decimal(100)


@dataclass(frozen=True)
class _WeightSum:
    """The sum of the weights and what it should be. `blank` is the number of rows without a weight.

    `lacks_rows` means that rows are still to be filled in.
    """

    name: str
    total: Decimal
    whole: Decimal
    blank: int
    lacks_rows: bool


def weights_add_up(context: RuleContext) -> RuleAnswer:
    """Check T8: the weights, in points or per cent, add up to the limit."""
    rows = context.document.indicators
    label = next((column.label for column in context.edition.columns if column.key == "weight"), None)
    if not rows or label is None:
        return NOT_APPLICABLE
    name = _IN_BRACKETS.sub("", bare(label))
    whole = context.limits.get("T8", _WHOLE)
    written = [(row, text) for row in rows if (text := bare(symbols(row.more.get("weight", ""))))]
    if not written:
        facts, advice = f"各行均未填写{name}。", f"请逐行填写，合计等于 {money.plain(whole)}。"
        return [_violation(rows, facts, {"whole": whole}, advice, f"各行{name}未填写", lacks_rows=lacks_rows(context))]
    weights = [_weight(text) for _, text in written]
    invalid = next((text for (_, text), weight in zip(written, weights, strict=True) if weight is None), None)
    if invalid is not None:
        return Undetermined(f"{name}{quote(invalid)}无法识别为数字，暂时无法核对{name}合计。")
    blank = len(rows) - len(written)
    added = _WeightSum(name, sum(filter(None, weights), Decimal(0)), whole, blank, lacks_rows(context))
    return _compare_weights([row for row, _ in written], added)


def _compare_weights(rows: list[IndicatorRow], added: _WeightSum) -> RuleAnswer:
    name, whole, gap = added.name, added.whole, added.total - added.whole
    if abs(gap) <= _TOLERANCE:
        return []
    if abs(added.total * 100 - whole) <= _TOLERANCE:
        return Undetermined(f"{name}疑似写成小数，暂时无法核对{name}合计。")
    blank = f"，有 {added.blank} 行未填写{name}" if added.blank else ""
    side = "多" if gap > 0 else "少"
    total = f"各行{name}合计 {money.plain(added.total)}"
    facts = f"{total}，比 {money.plain(whole)} {side} {money.plain(abs(gap))}{blank}。"
    numbers = {"sum": added.total, "whole": whole, "gap": gap}
    to_fill = f"{total}，还差 {money.plain(-gap)}" if gap < 0 and added.blank else ""
    advice = f"请核对各行的{name}。"
    return [_violation(rows, facts, numbers, advice, to_fill, lacks_rows=gap < 0 and added.lacks_rows)]


def _violation(
    rows: Sequence[IndicatorRow],
    facts: str,
    numbers: Mapping[str, Decimal],
    advice: str,
    to_fill: str,
    *,
    lacks_rows: bool,
) -> Violation:
    to_fill = "" if lacks_rows else to_fill
    return Violation(_weight_places(rows), facts, numbers, advice=advice, to_fill=to_fill, is_premature=lacks_rows)


def _weight(text: str) -> Decimal | None:
    match = _WEIGHT.fullmatch(text)
    return Decimal(match[1]) if match else None


def _weight_places(rows: Sequence[IndicatorRow]) -> tuple[place.Place, ...]:
    return tuple(place.indicator(row.key, "weight") for row in rows)
