"""Rules M3, M4, M8 and M9: targets are plausible."""

import re
from decimal import Decimal

from filings.choices import Comparator, Severity, TargetKind
from filings.document.text import bare, symbols
from filings.rules.finding import NOT_APPLICABLE, QuickFix, RuleAnswer, RuleContext, Undetermined, Violation, quote
from filings.rules.rows import ParsedIndicator
from filings.rules.targets.dates import invalid_date_in, years_of
from filings.rules.targets.direction import direction_of, names_a_cost, noun_of

_UP = (Comparator.AT_LEAST, Comparator.MORE)
_DOWN = (Comparator.AT_MOST, Comparator.LESS)
_HUNDRED = Decimal(100)
_RATE = re.compile(r"(?:率|满意度|覆盖面)$")
# Rates that may exceed 100 %.
_BEYOND = re.compile(
    r"增|超|升|提高|涨|回报|收益|拉动|产出|杠杆|拨备|偿付|流动|产销|负荷|自给|周转|换手|利润|倍率|保值|毛入学|收入|税收"
    r"|投资|产值|招商|销售|比率|效率|贡献|储备"
)
# ≥ that text recognition of a scan turned into a 2.
_MISREAD = re.compile(r"2(?P<meant>\d{2}(?:\.\d+)?|100)", re.ASCII)
_IN_NAME = re.compile(
    r"(?P<number>\d{1,12}(?:,\d{3})*(?:\.\d{1,6})?)(?P<unit>[^\d\s（()）,，、.]{1,6})(?=[)）]?$)", re.ASCII
)
# Contexts in which the number in a name has another meaning: 第3次, 每村5个, 人均10元, 3-5次.
_NOT_ALONE = re.compile(r"(?:第|每[^，、]{0,5}|[人户均]均|平均|满|前|占|[-~至到—–/.,:：])$")
_OTHER_UNIT = re.compile(r"[年月日岁期届号级类季周天轮]|以上|以下|以内|以外|左右")


def comparators_fit_the_names(context: RuleContext) -> RuleAnswer:
    """Check M3: comparators fit the direction of the name. Costs of cost indicators are left to K3."""
    rows = [row for row in context.rows if row.number is not None and row.target and row.target.comparator]
    if not rows:
        return NOT_APPLICABLE
    return [violation for row in rows if (violation := _against_the_name(row))]


def rates_stay_within_a_hundred(context: RuleContext) -> RuleAnswer:
    """Check M4: rates do not exceed 100 %. Growth may; rates for which less is better are left to M3."""
    rows = [row for row in context.rows if row.unit == "%" and row.number is not None and _is_bounded(row)]
    return [violation for row in rows if (violation := _over_a_hundred(row))] if rows else NOT_APPLICABLE


def dates_are_in_the_year(context: RuleContext) -> RuleAnswer:
    """Check M8: dates exist and are in the table's year.

    Sustained effects and periods that include the year may extend beyond it.
    """
    rows = [row for row in context.rows if row.row.target and row.canonical != "BEN.SUST"]
    days = ((row, invalid_date_in(row.row.target, in_time=row.canonical == "OUT.TIME")) for row in rows)
    wrong = [(row, day) for row, day in days if day]
    dated = [row for row in rows if row.target and row.target.kind is TargetKind.DATE and years_of(row.target)]
    if not wrong and not any(row.target and row.target.kind is TargetKind.DATE for row in rows):
        return NOT_APPLICABLE
    year = context.document.year
    if year is None and dated:
        return Undetermined("无法识别表的年度，暂时无法核对指标值中的日期。")
    reported = {row.key for row, _ in wrong}
    outside = [_outside(row, year) for row in dated if year is not None and row.key not in reported]
    return [*(_no_such_day(row, day) for row, day in wrong), *(violation for violation in outside if violation)]


def numbers_in_names_equal_targets(context: RuleContext) -> RuleAnswer:
    """Check M9: a number in a name equals the target. Numbers that may have another meaning are ignored."""
    rows = [row for row in context.rows if row.number is not None and row.unit]
    return [violation for row in rows if (violation := _differs(row))] if rows else NOT_APPLICABLE


def _against_the_name(row: ParsedIndicator) -> Violation | None:
    comparator = row.target.comparator if row.target else None
    direction = direction_of(row.comparable_name)
    if row.is_cost and names_a_cost(row.comparable_name):
        return None
    called, value = quote(row.name), quote(row.row.target)
    if direction > 0 and comparator in _DOWN:
        facts, advice = f"{called}越高越好，指标值{value}使用了「{comparator}」。", "请核对计算符号，一般用「≥」。"
    elif direction < 0 and comparator in _UP:
        facts, advice = f"{called}越低越好，指标值{value}使用了「{comparator}」。", "请核对计算符号，一般用「≤」。"
    else:
        return None
    return Violation((row.target_place,), facts, advice=advice)


def _is_bounded(row: ParsedIndicator) -> bool:
    if _BEYOND.search(row.comparable_name):
        return False
    return row.is_satisfaction or bool(_RATE.search(noun_of(row.comparable_name)))


def _over_a_hundred(row: ParsedIndicator) -> Violation | None:
    target, number = row.target, row.number
    if target is None or number is None or target.comparator in _DOWN or number < _HUNDRED:
        return None
    if target.comparator in _UP and direction_of(row.comparable_name) < 0:
        return None
    if number == _HUNDRED:
        return _at_least_all(row) if target.comparator in _UP else None
    misread = _MISREAD.fullmatch(target.number or "") if target.comparator is None else None
    value = quote(row.row.target)
    if misread:
        meant = f"≥{misread['meant']}%"
        facts = f"{value}疑似将「{meant}」识别有误：{quote(row.name)}不会超过 100%。"
    else:
        facts = f"{quote(row.name)}的指标值{value}超过 100%。比率一般不超过 100%。"
    return Violation((row.target_place,), facts, {"value": number}, advice="请核对指标值。")


def _at_least_all(row: ParsedIndicator) -> Violation:
    target, value = row.target, quote(row.row.target)
    if target and target.comparator is Comparator.MORE:
        facts, advice = f"{quote(row.name)}的指标值{value}要求超过 100%，无法实现。", "请核对计算符号和数字。"
        return Violation((row.target_place,), facts, {"value": _HUNDRED}, advice=advice)
    quick_fix = None if target is None or target.note else QuickFix("改为 =100%", ((row.target_place, "=100%"),))
    facts = f"{quote(row.name)}最高为 100%，指标值{value}宜写为「=100%」。"
    return Violation(
        (row.target_place,),
        facts,
        {"value": _HUNDRED},
        max_severity=Severity.ADVICE,
        quick_fix=quick_fix,
    )


def _outside(row: ParsedIndicator, year: int) -> Violation | None:
    years = years_of(row.target) if row.target else None
    if years is None or years[0] <= year <= years[1]:
        return None
    side = "晚于" if years[0] > year else "早于"
    facts = f"{quote(row.name)}的指标值{quote(row.row.target)}{side}本年度（{year} 年）。"
    advice = f"请写明 {year} 年内要完成的时间。"
    return Violation((row.target_place,), facts, {"year": Decimal(year)}, advice=advice)


def _no_such_day(row: ParsedIndicator, day: str) -> Violation:
    facts, advice = (
        f"{quote(row.name)}的指标值{quote(row.row.target)}里的「{day}」不是有效日期。",
        "请核对月份和日期。",
    )
    return Violation((row.target_place,), facts, advice=advice)


def _differs(row: ParsedIndicator) -> Violation | None:
    match = _IN_NAME.search(row.comparable_name)
    if match is None or row.number is None or bare(symbols(match["unit"])) != row.unit:
        return None
    before = row.comparable_name[: match.start()]
    if _NOT_ALONE.search(before) or _OTHER_UNIT.search(match["unit"]) or before.count(match["unit"]):
        return None
    named = Decimal(match["number"].replace(",", ""))
    if named == row.number:
        return None
    facts = (
        f"指标名称{quote(row.name)}中写的是「{match['number']}{match['unit']}」，指标值为{quote(row.row.target)}，"
        "两处不一致。"
    )
    advice = "请核对，或在名称中删去数值。"
    return Violation((row.name_place, row.target_place), facts, {"named": named, "value": row.number}, advice=advice)
