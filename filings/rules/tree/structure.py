"""Rules T1, T4, T5 and T6: required first levels, distinct names, complete rows, no placeholders."""

from collections.abc import Iterator
from itertools import groupby

from filings.choices import Severity, TargetKind
from filings.document import place, target
from filings.document.content import UNCLASSIFIED, FilingDocument, IndicatorRow
from filings.document.edition import Node
from filings.document.labels import same
from filings.document.text import bare, symbols
from filings.rules.finding import NOT_APPLICABLE, RuleAnswer, RuleContext, Violation, quote


def required_first_levels_have_rows(context: RuleContext) -> RuleAnswer:
    """Check T1: required first levels have rows. Unclassified rows count for the level that their label names."""
    required = [node for node in context.edition.tree if node.required]
    if not required:
        return NOT_APPLICABLE
    return [
        Violation((place.node(node.key),), f"「{bare(node.label)}」下面一行指标也没有。", advice="请至少填写一行。")
        for node in required
        if not any(_belongs_to(row, node) for row in context.document.indicators)
    ]


def names_are_distinct(context: RuleContext) -> RuleAnswer:
    """Check T4: names are distinct. The same name in different second levels is only a warning."""
    named = sorted((row for row in context.document.indicators if row.name), key=_comparable_name)
    groups = [list(rows) for _, rows in groupby(named, key=_comparable_name)]
    return [violation for rows in groups if len(rows) > 1 for violation in _repeated(rows, context.document)]


def rows_have_a_name_and_a_value(context: RuleContext) -> RuleAnswer:
    """Check T5: rows have a name and a target. The violation is at the empty cell."""
    violations = []
    for row in context.document.indicators:
        if row.name and not row.target:
            facts, advice = f"指标{quote(row.name)}没有指标值。", "请填写指标值，或删去这一行。"
            violations.append(Violation((place.indicator(row.key, "target"),), facts, advice=advice))
        if row.target and not row.name:
            facts, advice = f"指标值{quote(row.target)}没有指标名称。", "请填写指标名称，或删去这一行。"
            violations.append(Violation((place.indicator(row.key, "name"),), facts, advice=advice))
    return violations


def no_placeholder_remains(context: RuleContext) -> RuleAnswer:
    """Check T6: no placeholder remains. In a name it is only a warning."""
    violations = []
    for row in context.document.indicators:
        if _is_placeholder(row.target):
            facts, advice = f"指标值{quote(row.target)}像是尚未填实。", "请写上具体的指标值。"
            violations.append(Violation((place.indicator(row.key, "target"),), facts, advice=advice))
        if _is_placeholder(row.name):
            facts, advice = f"指标名称{quote(row.name)}像是尚未填实。", "请写上具体的名称。"
            violations.append(
                Violation((place.indicator(row.key, "name"),), facts, max_severity=Severity.WARNING, advice=advice)
            )
    return violations


def _belongs_to(row: IndicatorRow, first: Node) -> bool:
    if row.node:
        return any(row.node == second.key for second in first.children)
    return any(same(row.first_level, name) for name in (first.label, *first.aliases))


def _comparable_name(row: IndicatorRow) -> str:
    return bare(symbols(row.name))


def _class(row: IndicatorRow) -> tuple[str, str, str]:
    return row.node or "", row.first_level, row.second_level


def _repeated(rows: list[IndicatorRow], document: FilingDocument) -> Iterator[Violation]:
    numbers = {row.key: number for number, row in enumerate(document.indicators, start=1)}
    classes = [list(group) for _, group in groupby(sorted(rows, key=_class), key=_class)]
    for group in classes:
        if len(group) > 1:
            where = f"在「{group[0].second_level or UNCLASSIFIED}」里有 {len(group)} 行"
            yield _twice(group, where, numbers, "请合并成一行，或在名称里写明区别。", Severity.ERROR)
    if len(classes) > 1:
        where = f"在 {len(classes)} 个二级指标里都有"
        yield _twice(rows, where, numbers, "如果不是同一项指标，请在名称里写明区别。", Severity.WARNING)


def _twice(
    rows: list[IndicatorRow], where: str, numbers: dict[str, int], advice: str, max_severity: Severity
) -> Violation:
    positions = "、".join(str(numbers[row.key]) for row in rows)
    facts = f"指标{quote(rows[0].name)}{where}（指标第 {positions} 行）。"
    return Violation(
        tuple(place.indicator(row.key, "name") for row in rows), facts, max_severity=max_severity, advice=advice
    )


def _is_placeholder(text: str) -> bool:
    understood = target.parse(text)
    return understood is not None and understood.kind is TargetKind.PLACEHOLDER
