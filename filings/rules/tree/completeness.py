"""Rules T2, T3, T7 and T8: rows in every class, satisfaction, number of rows, weights."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from filings.document import money, place
from filings.document.content import IndicatorRow
from filings.document.edition import Node
from filings.document.labels import same
from filings.document.text import bare, symbols
from filings.rules.finding import NOT_APPLICABLE, RuleAnswer, RuleContext, Undetermined, Violation, quote
from filings.rules.rows import ParsedIndicator

_WEIGHT = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)(?:%|分)?", re.ASCII)
_IN_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")
_SATISFACTION = re.compile(r"满意(?:度|率)")
_TOLERANCE = Decimal("0.005")
_FEWEST, _WHOLE = Decimal(8), Decimal(100)


def required_second_levels_have_rows(context: RuleContext) -> RuleAnswer:
    """Check T2: required second levels have rows.

    An unclassified row counts for the levels that its labels name. Satisfaction is left to T3.
    """
    required = [
        (first, second)
        for first, second in context.edition.leaves()
        if second.required and not _is_satisfaction(second)
    ]
    if not required:
        return NOT_APPLICABLE
    filled = {row.node for row in context.document.indicators if row.node}
    unclassified = [row for row in context.document.indicators if not row.node]
    return [
        Violation((place.node(second.key),), f"「{bare(second.label)}」下面一行指标也没有。", advice="请至少填写一行。")
        for first, second in required
        if _has_rows(first, filled, unclassified) and second.key not in filled and not _names(unclassified, second)
    ]


def there_is_a_satisfaction_row(context: RuleContext) -> RuleAnswer:
    """Check T3: there is a satisfaction row. One in another class counts; M7 reports the wrong class."""
    nodes = [second for _, second in context.edition.leaves() if _is_satisfaction(second)]
    if not nodes or not context.rows or _is_reported_by_t1(context):
        return NOT_APPLICABLE
    if any(_is_about_satisfaction(row) for row in context.rows):
        return []
    label = bare(nodes[0].label)
    facts, advice = "表里没有满意度指标。", f"请在「{label}」下面至少填写一行，如「服务对象满意度」「≥90%」。"
    return [Violation((place.node(nodes[0].key),), facts, advice=advice)]


def there_are_enough_rows(context: RuleContext) -> RuleAnswer:
    """Check T7: there are enough rows. Incomplete rows count; T5 reports what they lack."""
    count = sum(1 for row in context.document.indicators if row.name or row.target)
    if not count or not context.edition.tree:
        return NOT_APPLICABLE
    least = context.limits.get("T7", _FEWEST)
    if count >= least:
        return []
    facts = f"指标只有 {count} 行，至少要有 {money.plain(least)} 行，还差 {money.plain(least - count)} 行。"
    advice = "请对照部门职责补充指标。"
    return [
        Violation(
            (place.node(context.edition.tree[0].key),), facts, {"rows": Decimal(count), "least": least}, advice=advice
        )
    ]


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
        facts, advice = f"各行都没有填写{name}。", f"请逐行填写，合计等于 {money.plain(whole)}。"
        return [Violation(_weight_places(rows), facts, {"whole": whole}, advice=advice)]
    weights = [_weight(text) for _, text in written]
    invalid = next((text for (_, text), weight in zip(written, weights, strict=True) if weight is None), None)
    if invalid is not None:
        return Undetermined(f"{name}{quote(invalid)}读不出数字，暂时不能核对{name}合计。")
    return _compare_weights([row for row, _ in written], sum(filter(None, weights), Decimal(0)), whole, len(rows), name)


def _compare_weights(rows: list[IndicatorRow], total: Decimal, whole: Decimal, count: int, name: str) -> RuleAnswer:
    gap = total - whole
    if abs(gap) <= _TOLERANCE:
        return []
    if abs(total * 100 - whole) <= _TOLERANCE:
        return Undetermined(f"{name}像是写成了小数，暂时不能核对{name}合计。")
    blank = f"，有 {count - len(rows)} 行没有填写{name}" if count > len(rows) else ""
    side = "多" if gap > 0 else "少"
    facts = f"各行{name}合计 {money.plain(total)}，比 {money.plain(whole)} {side} {money.plain(abs(gap))}{blank}。"
    advice = f"请核对各行的{name}。"
    return [Violation(_weight_places(rows), facts, {"sum": total, "whole": whole, "gap": gap}, advice=advice)]


def _weight(text: str) -> Decimal | None:
    match = _WEIGHT.fullmatch(text)
    return Decimal(match[1]) if match else None


def _weight_places(rows: Sequence[IndicatorRow]) -> tuple[place.Place, ...]:
    return tuple(place.indicator(row.key, "weight") for row in rows)


def _is_satisfaction(node: Node) -> bool:
    return node.canonical.startswith("SAT.")


def _is_about_satisfaction(row: ParsedIndicator) -> bool:
    texts = (row.comparable_name, row.row.first_level, row.row.second_level)
    return row.is_satisfaction or any(_SATISFACTION.search(bare(text)) for text in texts)


def _is_reported_by_t1(context: RuleContext) -> bool:
    """Whether a required first level consists of satisfaction only and has no row."""
    filled = {row.node for row in context.document.indicators if row.node}
    unclassified = [row for row in context.document.indicators if not row.node]
    only = (node for node in context.edition.tree if node.required and _is_only_satisfaction(node))
    return any(not _has_rows(node, filled, unclassified) for node in only)


def _is_only_satisfaction(first: Node) -> bool:
    return bool(first.children) and all(map(_is_satisfaction, first.children))


def _has_rows(first: Node, filled: set[str], unclassified: list[IndicatorRow]) -> bool:
    return any(second.key in filled for second in first.children) or any(
        same(row.first_level, name) for row in unclassified for name in _names_of(first)
    )


def _names(rows: list[IndicatorRow], second: Node) -> bool:
    return any(same(row.second_level, name) for row in rows for name in _names_of(second))


def _names_of(node: Node) -> Iterator[str]:
    yield node.label
    yield from node.aliases
