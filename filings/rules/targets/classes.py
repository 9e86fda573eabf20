"""Rule M7: indicators are in the class that fits their content."""

import re

from filings.choices import TargetKind
from filings.document.text import bare, symbols
from filings.rules.finding import NOT_APPLICABLE, RuleAnswer, RuleContext, Violation, quote
from filings.rules.rows import ParsedIndicator
from filings.rules.targets.vague_targets import mentions_time

# A survey of satisfaction is an activity and not a satisfaction indicator.
_SATISFACTION = re.compile(r"满意(?:度|率)(?!调查|测评|评价|测算|问卷|回访|监测|评估|考核)")
_TIMELY_NAME = re.compile(r"[时期率]|进度|速度|年|月|日|天|周|季|早|快|频次|次数|周期")
_TIMELY_TARGET = re.compile(r"时|期|进度|年|月|日|天|周|季|立即|同步|[%‰秒刻]|分钟")
_ECONOMIC = re.compile(
    r"收入|产值|经济|效益|成本|节约|节省|税|投资|增收|资金|财政|效率|GDP|就业|利用率|产业|企业|市场|消费|招商|利润"
    r"|收益|价格|费用|营收|增产|产量|销售|贸易|出口|金额|支出|经费|融资|贷款|信贷|营商|旅游|创收|增值|保值|减负|致富"
    r"|脱贫|农民|资产|资源|降本|增效|盘活|损失|浪费|生产|外贸|商贸|补贴|负担|创业|贫困|富裕|[一-鿿]元",
    re.IGNORECASE,
)
# 非公有制经济组织 names the organisations that a row is about, not an economic benefit.
_NO_ECONOMY = re.compile(r"经济组织")
_FIGURE = re.compile(r"\d|百分|[一二两三四五六七八九十百千万亿]+(?:元|万|亿|倍|成)")


def rows_are_in_their_class(context: RuleContext) -> RuleAnswer:
    """Check M7. Rows without class, name or target are ignored."""
    rows = [row for row in context.rows if row.canonical and row.name and _has_value(row)]
    if not rows:
        return NOT_APPLICABLE
    has_satisfaction = any(second.canonical.startswith("SAT.") for _, second in context.edition.leaves())
    violations = (_misplaced(row, has_satisfaction=has_satisfaction) for row in rows)
    return [violation for violation in violations if violation]


def _misplaced(row: ParsedIndicator, *, has_satisfaction: bool) -> Violation | None:
    if _SATISFACTION.search(row.comparable_name) and not row.is_satisfaction:
        facts = "属于满意度，应放在满意度指标下。"
        return _violation(row, facts, "请移到满意度指标。") if has_satisfaction else None
    if row.canonical == "OUT.TIME" and not _is_timely(row):
        facts = "放在时效指标下，但没有体现时间。"
        return _violation(row, facts, "请写明完成时间或及时率，或者移到合适的二级指标。")
    if row.canonical == "BEN.ECON" and not _is_economic(row):
        facts = "放在经济效益类指标下，但没有金额、数字，也没有体现经济效益。"
        return _violation(row, facts, "请写明带来的经济效益，或者移到合适的二级指标。")
    return None


def _violation(row: ParsedIndicator, problem: str, advice: str) -> Violation:
    return Violation((row.name_place,), f"指标{quote(row.name)}（{row.row.target[:40]}）{problem}", advice=advice)


def _has_value(row: ParsedIndicator) -> bool:
    return row.target is not None and row.target.kind is not TargetKind.PLACEHOLDER


def _is_timely(row: ParsedIndicator) -> bool:
    if row.target is None or row.target.kind is TargetKind.DATE:
        return True
    text = bare(symbols(row.row.target))
    is_time = mentions_time(row.comparable_name) or mentions_time(text)
    return is_time or bool(_TIMELY_NAME.search(row.comparable_name) or _TIMELY_TARGET.search(text))


def _is_economic(row: ParsedIndicator) -> bool:
    text = bare(symbols(row.row.target))
    return bool(_FIGURE.search(text) or _ECONOMIC.search(_NO_ECONOMY.sub("", f"{row.comparable_name} {text}")))
