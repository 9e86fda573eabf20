"""Rules of the indicator tree: nothing is missing, nothing stands twice, nothing was left to be filled in."""

from collections.abc import Iterator
from itertools import groupby

from filings.choices import Severity, TargetKind
from filings.document import place, target
from filings.document.content import UNCLASSIFIED, FilingDocument, IndicatorRow
from filings.document.edition import Node
from filings.document.labels import same
from filings.document.text import bare, symbols
from filings.rules.finding import NOT_APPLICABLE, Answer, RuleContext, Violation, quote


def required_first_levels_have_rows(case: RuleContext) -> Answer:
    """T1. A row that has no class yet counts for the first level that its label names."""
    required = [node for node in case.edition.tree if node.required]
    if not required:
        return NOT_APPLICABLE
    return [
        Violation((place.node(node.key),), f"「{bare(node.label)}」下面一行指标也没有。请至少填写一行。")
        for node in required
        if not any(_stands_under(row, node) for row in case.document.indicators)
    ]


def names_are_told_apart(case: RuleContext) -> Answer:
    """T4. Once more in another second level is only a warning."""
    named = sorted((row for row in case.document.indicators if row.name), key=_compared)
    alike = [list(rows) for _, rows in groupby(named, key=_compared)]
    return [fault for rows in alike if len(rows) > 1 for fault in _repeated(rows, case.document)]


def names_and_values_come_in_pairs(case: RuleContext) -> Answer:
    """T5. The fault is at the empty cell."""
    faults = []
    for row in case.document.indicators:
        if row.name and not row.target:
            message = f"指标{quote(row.name)}没有指标值。请填写指标值，或删去这一行。"
            faults.append(Violation((place.indicator(row.key, "target"),), message))
        if row.target and not row.name:
            message = f"指标值{quote(row.target)}没有指标名称。请填写指标名称，或删去这一行。"
            faults.append(Violation((place.indicator(row.key, "name"),), message))
    return faults


def no_placeholder_is_left(case: RuleContext) -> Answer:
    """T6. In a name it is only a warning."""
    faults = []
    for row in case.document.indicators:
        if _is_placeholder(row.target):
            message = f"指标值{quote(row.target)}像是还没有填实。请写上具体的指标值。"
            faults.append(Violation((place.indicator(row.key, "target"),), message))
        if _is_placeholder(row.name):
            message = f"指标名称{quote(row.name)}像是还没有填实。请写上具体的名称。"
            faults.append(Violation((place.indicator(row.key, "name"),), message, at_most=Severity.WARNING))
    return faults


def _stands_under(row: IndicatorRow, first: Node) -> bool:
    if row.node:
        return any(row.node == second.key for second in first.children)
    return any(same(row.first_level, name) for name in (first.label, *first.aliases))


def _compared(row: IndicatorRow) -> str:
    return bare(symbols(row.name))


def _class(row: IndicatorRow) -> tuple[str, str, str]:
    return row.node or "", row.first_level, row.second_level


def _repeated(rows: list[IndicatorRow], document: FilingDocument) -> Iterator[Violation]:
    numbers = {row.key: at for at, row in enumerate(document.indicators, start=1)}
    classes = [list(group) for _, group in groupby(sorted(rows, key=_class), key=_class)]
    for group in classes:
        if len(group) > 1:
            where = f"在「{group[0].second_level or UNCLASSIFIED}」里有 {len(group)} 行"
            yield _twice(group, where, numbers, "请合并成一行，或在名称里写明区别。", Severity.ERROR)
    if len(classes) > 1:
        where = f"在 {len(classes)} 个二级指标里都有"
        yield _twice(rows, where, numbers, "如果不是同一项指标，请在名称里写明区别。", Severity.WARNING)


def _twice(rows: list[IndicatorRow], where: str, numbers: dict[str, int], todo: str, at_most: Severity) -> Violation:
    at = "、".join(str(numbers[row.key]) for row in rows)
    message = f"指标{quote(rows[0].name)}{where}（指标第 {at} 行）。{todo}"
    return Violation(tuple(place.indicator(row.key, "name") for row in rows), message, at_most=at_most)


def _is_placeholder(text: str) -> bool:
    understood = target.parse(text)
    return understood is not None and understood.kind is TargetKind.PLACEHOLDER
