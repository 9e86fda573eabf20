"""Rules M1, M2, M5 and M6: targets are measurable."""

import re
from collections.abc import Iterator
from decimal import Decimal

from filings.choices import Severity, TargetKind
from filings.document import money, place
from filings.document.edition import Node
from filings.document.text import bare
from filings.rules.finding import NOT_APPLICABLE, QuickFix, RuleAnswer, RuleContext, Violation, quote
from filings.rules.rows import ParsedIndicator
from filings.rules.targets.dates import invalid_date_in
from filings.rules.targets.vague_targets import is_vague

_LIMIT = Decimal(30)
_HUNDRED = Decimal(100)
_FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?", re.ASCII)
_COUNTED = (
    "人次|人|名|位|户|家|个|次|件|项|场|期|批|份|篇|册|卷|页|本|条|所|座|栋|间|台|套|辆|部|只|头|株|棵|亩|公顷|公里|千米"
    "|米|平方米|平方公里|立方米|吨|公斤|千克|升|天|日|工作日|小时|分钟|月|个月|年|元|万元|亿元|千元|%|分|村|镇|乡"
)
_UNIT_OF_NAME = re.compile(rf"[（(](?:单位[:：])?(?P<unit>[万亿千百]?(?:{_COUNTED})(?:/(?:{_COUNTED}))?)[)）]$")
_IN_PERCENT = re.compile(r"(?:率|满意度|覆盖面)$")
# Rates in per mille or without a unit.
_OTHER_RATE = re.compile(r"(?:出生|死亡|发病|患病|病死|增长|效|频|汇|倍|容积|功|速|斜|比)率$")
_WITHOUT_UNIT = re.compile(r"指数|系数|排名|名次|位次|比值|比例|比率|比$|容积率|效率|倍率|[pP][hH]|酸碱|等级|评级|级别")


def quantities_are_numbers(context: RuleContext) -> RuleAnswer:
    """Check M1: quantity targets are numbers. Phrases with a figure or with 全部, 零 … are accepted."""
    rows = [row for row in context.rows if row.canonical == "OUT.QTY"]
    return [_no_quantity(row) for row in rows if is_vague(row)] if rows else NOT_APPLICABLE


def phrases_are_few(context: RuleContext) -> RuleAnswer:
    """Check M2: few targets are phrases. For timeliness indicators a time without a date counts as measurable."""
    valued = [row for row in context.rows if row.target and row.target.kind is not TargetKind.PLACEHOLDER]
    return [*_too_many(valued, context), *_phrases_only(valued, context)] if valued else NOT_APPLICABLE


def numbers_have_a_comparator(context: RuleContext) -> RuleAnswer:
    """Check M5: numbers have a comparator. A month that does not exist parses as a number and is left to M8."""
    rows = [row for row in context.rows if row.number is not None]
    if not rows:
        return NOT_APPLICABLE
    return [_without_comparator(row) for row in rows if _lacks_a_comparator(row)]


def numbers_have_a_unit(context: RuleContext) -> RuleAnswer:
    """Check M6: numbers have a unit.

    Zero, indexes and ranks need none. If the name contains the unit, the violation is only advice.
    """
    rows = [row for row in context.rows if row.number is not None]
    if not rows:
        return NOT_APPLICABLE
    return [_without_unit(row) for row in rows if _lacks_a_unit(row)]


def _no_quantity(row: ParsedIndicator) -> Violation:
    facts = f"数量指标{quote(row.name)}填的是{quote(row.row.target)}，没有数量，无法衡量。"
    advice = "请改为计算符号、数字和单位，如「≥12次」；不是数量的，请移到合适的二级指标下。"
    return Violation((row.target_place,), facts, advice=advice)


def _too_many(valued: list[ParsedIndicator], context: RuleContext) -> Iterator[Violation]:
    phrases = [row for row in valued if is_vague(row)]
    most = context.limits.get("M2", _LIMIT)
    count, whole = Decimal(len(phrases)), Decimal(len(valued))
    if count * _HUNDRED <= most * whole:
        return
    share = (count * _HUNDRED / whole).quantize(Decimal("0.1"))
    facts = f"{whole} 行指标值中有 {count} 行为文字描述，占 {money.plain(share)}%，超过 {money.plain(most)}%。"
    advice = "能够量化的，请改为计算符号、数字和单位。"
    numbers = {"phrases": count, "rows": whole, "share": share, "most": most}
    yield Violation(tuple(row.target_place for row in phrases), facts, numbers, advice=advice)


def _phrases_only(valued: list[ParsedIndicator], context: RuleContext) -> Iterator[Violation]:
    firsts = {second.key: first for first, second in context.edition.leaves()}
    groups: dict[str, tuple[Node, list[bool]]] = {}
    for row in valued:
        first = firsts.get(row.row.node or "")
        if first:
            groups.setdefault(first.key, (first, []))[1].append(is_vague(row))
    for first, vague in groups.values():
        if len(vague) > 1 and all(vague):
            facts = f"「{bare(first.label)}」下面 {len(vague)} 行指标值均为文字描述，没有可以衡量的。"
            advice = "请至少将其中一行改为计算符号、数字和单位。"
            yield Violation((place.node(first.key),), facts, {"rows": Decimal(len(vague))}, advice=advice)


def _lacks_a_comparator(row: ParsedIndicator) -> bool:
    if row.target is None or row.target.comparator is not None:
        return False
    return not invalid_date_in(row.row.target, in_time=row.canonical == "OUT.TIME")


def _without_comparator(row: ParsedIndicator) -> Violation:
    value = row.row.target
    facts, advice = f"指标值{quote(value)}没有计算符号，无法判断是否达到目标。", "请在数字前加上「≥」「=」或「≤」。"
    return Violation((row.target_place,), facts, advice=advice)


def _lacks_a_unit(row: ParsedIndicator) -> bool:
    if row.unit or not row.number or (row.target and row.target.note):
        return False
    return not _WITHOUT_UNIT.search(row.comparable_name) or bool(_UNIT_OF_NAME.search(row.comparable_name))


def _without_unit(row: ParsedIndicator) -> Violation:
    named = _UNIT_OF_NAME.search(row.comparable_name)
    unit = named["unit"] if named else _percent(row)
    quick_fix = None
    if unit:
        text = _FIGURE.sub(lambda figure: figure[0] + unit, row.row.target, count=1)
        quick_fix = QuickFix(f"补上单位：{text}", ((row.target_place, text),))
    facts, advice = f"指标值{quote(row.row.target)}没有计量单位。", "请在数字后加上单位，如「人」「次」「%」。"
    max_severity = Severity.ADVICE if named else Severity.ERROR
    return Violation((row.target_place,), facts, max_severity=max_severity, quick_fix=quick_fix, advice=advice)


def _percent(row: ParsedIndicator) -> str:
    """Return % for a rate above 1 and up to 100; up to 1 it may be a fraction such as 0.95."""
    is_rate = _IN_PERCENT.search(row.comparable_name) and not _OTHER_RATE.search(row.comparable_name)
    return "%" if is_rate and row.number and 1 < row.number <= _HUNDRED else ""
