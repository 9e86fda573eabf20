"""Rules T2, T3 and T7: rows in every class, satisfaction, number of rows."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from filings.document import money, place
from filings.document.content import IndicatorRow
from filings.document.edition import Node
from filings.document.labels import same
from filings.document.text import bare
from filings.rules.finding import NOT_APPLICABLE, RuleAnswer, RuleContext, Violation
from filings.rules.rows import ParsedIndicator
from filings.rules.tree.structure import (
    has_incomplete_rows,
    is_of,
    no_row_in,
    required_first_levels_have_rows,
)

_SATISFACTION = re.compile(r"满意(?:度|率)")
_FEWEST = Decimal(8)


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
    lacking = [
        (first, second)
        for first, second in required
        if _has_rows(first, filled, unclassified) and second.key not in filled and not _names(unclassified, second)
    ]
    return [
        violation
        for _, group in groupby(lacking, key=lambda pair: pair[0].key)
        for violation in _without_rows(list(group), context)
    ]


def _without_rows(lacking: list[tuple[Node, Node]], context: RuleContext) -> list[Violation]:
    """Build the violations of one first level; while the table is filled in, they are one item."""
    labels = [bare(second.label) for _, second in lacking]
    each = "各" if len(labels) > 1 else ""
    to_fill = f"{'、'.join(labels)}未填写，{each}至少一行"
    if has_incomplete_rows(lacking[0][0], context.document.indicators):
        to_fill = ""
    return [no_row_in(second, "" if number else to_fill) for number, (_, second) in enumerate(lacking)]


def there_is_a_satisfaction_row(context: RuleContext) -> RuleAnswer:
    """Check T3: there is a satisfaction row. One in another class counts; M7 reports the wrong class."""
    nodes = [second for _, second in context.edition.leaves() if _is_satisfaction(second)]
    if not nodes or not context.rows or _is_reported_by_t1(context):
        return NOT_APPLICABLE
    if any(_is_about_satisfaction(row) for row in context.rows):
        return []
    label = bare(nodes[0].label)
    facts, advice = "尚未填写满意度指标。", f"请在「{label}」下至少填写一行，如「服务对象满意度」「≥90%」。"
    is_premature = _is_premature(nodes[0], context)
    to_fill = "" if is_premature else "满意度指标未填写，至少一行"
    node = place.node(nodes[0].key)
    return [Violation((node,), facts, advice=advice, to_fill=to_fill, is_premature=is_premature)]


def there_are_enough_rows(context: RuleContext) -> RuleAnswer:
    """Check T7: there are enough rows. Incomplete rows count; T5 reports what they lack."""
    count = sum(1 for row in context.document.indicators if row.name or row.target)
    if not count or not context.edition.tree:
        return NOT_APPLICABLE
    least = context.limits.get("T7", _FEWEST)
    if count >= least:
        return []
    facts = f"指标共 {count} 行，不应少于 {money.plain(least)} 行，还差 {money.plain(least - count)} 行。"
    advice = "请对照部门职责补充指标。"
    numbers = {"rows": Decimal(count), "least": least}
    is_premature = _lacks_classes(context)
    to_fill = "" if is_premature else f"指标已填 {count} 行，至少 {money.plain(least)} 行"
    node = place.node(context.edition.tree[0].key)
    return [Violation((node,), facts, numbers, advice=advice, to_fill=to_fill, is_premature=is_premature)]


def _lacks_classes(context: RuleContext) -> bool:
    """Whether a row is incomplete, or a required class or satisfaction has none."""
    if any(has_incomplete_rows(first, context.document.indicators) for first in context.edition.tree):
        return True
    rules = (required_first_levels_have_rows, required_second_levels_have_rows, there_is_a_satisfaction_row)
    answers = [rule(context) for rule in rules]
    return any(isinstance(answer, list) and answer for answer in answers)


def _is_premature(satisfaction: Node, context: RuleContext) -> bool:
    """Whether the first level of a satisfaction node still lacks other rows or parts of them."""
    first = next(first for first, second in context.edition.leaves() if second is satisfaction)
    if not any(is_of(row, first) for row in context.document.indicators):
        return first.required
    missing = required_second_levels_have_rows(context)
    nodes = {place.node(second.key) for second in first.children}
    return has_incomplete_rows(first, context.document.indicators) or (
        isinstance(missing, list) and any(violation.places[0] in nodes for violation in missing)
    )


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
