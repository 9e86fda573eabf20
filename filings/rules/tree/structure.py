"""Rules T1, T4, T5 and T6: required first levels, distinct names, complete rows, no placeholders."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from filings.choices import Severity, TargetKind
from filings.document import place, target
from filings.document.content import UNCLASSIFIED, IndicatorRow
from filings.document.edition import Node
from filings.document.labels import same
from filings.document.text import bare, symbols
from filings.rules.finding import NOT_APPLICABLE, RuleAnswer, RuleContext, Violation, quote


def required_first_levels_have_rows(context: RuleContext) -> RuleAnswer:
    """Check T1: required first levels have rows. Unclassified rows count for the level that their label names."""
    required = [node for node in context.edition.tree if node.required]
    if not required:
        return NOT_APPLICABLE
    return [no_row_in(node) for node in required if not any(is_of(row, node) for row in context.document.indicators)]


def has_incomplete_rows(first: Node, rows: Sequence[IndicatorRow]) -> bool:
    """Whether a row of a first level lacks its name or target, which T5 reports."""
    return any(is_of(row, first) and bool(row.name) is not bool(row.target) for row in rows)


def no_row_in(node: Node, to_fill: str | None = None) -> Violation:
    """Build the violation of a class without any row; it is premature if `to_fill` is blank."""
    label = bare(node.label)
    facts, advice = f"「{label}」尚未填写指标。", "请至少填写一行。"
    if to_fill is None:
        to_fill = f"{label}未填写，至少一行"
    return Violation((place.node(node.key),), facts, advice=advice, to_fill=to_fill, is_premature=not to_fill)


def names_are_distinct(context: RuleContext) -> RuleAnswer:
    """Check T4: names are distinct. The same name in different second levels is only a warning."""
    named = sorted((row for row in context.document.indicators if row.name), key=_comparable_name)
    groups = [list(rows) for _, rows in groupby(named, key=_comparable_name)]
    return [violation for rows in groups if len(rows) > 1 for violation in _repeated(rows)]


def rows_have_a_name_and_a_value(context: RuleContext) -> RuleAnswer:
    """Check T5: rows have a name and a target. The violation is at the empty cell."""
    violations = []
    for row in context.document.indicators:
        if row.name and not row.target:
            facts, advice = f"指标{quote(row.name)}没有指标值。", "请填写指标值，或删去这一行。"
            cell, to_fill = place.indicator(row.key, "target"), f"指标{quote(row.name)}的指标值未填写"
            violations.append(Violation((cell,), facts, advice=advice, to_fill=to_fill))
        if row.target and not row.name:
            facts, advice = f"指标值{quote(row.target)}没有指标名称。", "请填写指标名称，或删去这一行。"
            cell, to_fill = place.indicator(row.key, "name"), f"指标值{quote(row.target)}的名称未填写"
            violations.append(Violation((cell,), facts, advice=advice, to_fill=to_fill))
    return violations


def no_placeholder_remains(context: RuleContext) -> RuleAnswer:
    """Check T6: no placeholder remains. In a name it is only a warning."""
    violations = []
    for row in context.document.indicators:
        if _is_placeholder(row.target):
            facts, advice = f"指标值{quote(row.target)}未填写具体内容。", "请填写具体的指标值。"
            violations.append(Violation((place.indicator(row.key, "target"),), facts, advice=advice))
        if _is_placeholder(row.name):
            facts, advice = f"指标名称{quote(row.name)}未填写具体内容。", "请填写具体的名称。"
            violations.append(
                Violation((place.indicator(row.key, "name"),), facts, max_severity=Severity.WARNING, advice=advice)
            )
    return violations


def is_of(row: IndicatorRow, first: Node) -> bool:
    """Whether a row is of a first level; an unclassified one counts for the level that its label names."""
    if row.node:
        return any(row.node == second.key for second in first.children)
    return any(same(row.first_level, name) for name in (first.label, *first.aliases))


def _comparable_name(row: IndicatorRow) -> str:
    return bare(symbols(row.name))


def _class(row: IndicatorRow) -> tuple[str, str, str]:
    return row.node or "", row.first_level, row.second_level


def _repeated(rows: list[IndicatorRow]) -> Iterator[Violation]:
    classes = [list(group) for _, group in groupby(sorted(rows, key=_class), key=_class)]
    for group in classes:
        if len(group) > 1:
            where = f"在「{_class_label(group[0])}」中有 {len(group)} 行"
            yield _twice(group, where, "请合并为一行，或在名称中写明区别。", Severity.ERROR)
    if len(classes) > 1:
        labels = "".join(dict.fromkeys(f"「{_class_label(row)}」" for row in rows))
        yield _twice(rows, f"在{labels}中均有", "不是同一项指标的，请在名称中写明区别。", Severity.WARNING)


def _class_label(row: IndicatorRow) -> str:
    return bare(row.second_level) or UNCLASSIFIED


def _twice(rows: list[IndicatorRow], where: str, advice: str, max_severity: Severity) -> Violation:
    places = tuple(place.indicator(row.key, "name") for row in rows)
    return Violation(places, f"指标{quote(rows[0].name)}{where}。", max_severity=max_severity, advice=advice)


def _is_placeholder(text: str) -> bool:
    understood = target.parse(text)
    return understood is not None and understood.kind is TargetKind.PLACEHOLDER
