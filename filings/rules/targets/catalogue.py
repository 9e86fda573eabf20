"""Catalogue of rules M1–M9: targets and their classification."""

from filings.choices import Criterion
from filings.rules.rule import Rule
from filings.rules.targets import classes, measurability, values

TARGETS = (
    Rule(
        "M1",
        "数量指标的指标值是数字。",
        Criterion.FEASIBILITY,
        "审核口径：数量指标应当量化",
        measurability.quantities_are_numbers,
    ),
    Rule(
        "M2",
        "定性的指标值不超过全部的 {limit}%，也不占满一个一级指标。",
        Criterion.FEASIBILITY,
        "审核口径：指标值以定量为主",
        measurability.phrases_are_few,
        limit="30",
    ),
    Rule(
        "M3",
        "计算符号与指标名称的方向一致：满意度、覆盖率、完成率越高越好，控制率、成本、投诉率越低越好。",
        Criterion.APPROPRIATENESS,
        "审核口径：指标值的方向",
        values.comparators_fit_the_names,
    ),
    Rule(
        "M4",
        "比率用「≥」或「=」时不超过 100%；「≥100%」写作「=100%」。",
        Criterion.APPROPRIATENESS,
        "审核口径：指标值应当符合实际",
        values.rates_stay_within_a_hundred,
    ),
    Rule(
        "M5",
        "数值前面有计算符号。",
        Criterion.FEASIBILITY,
        "审核口径：说明怎样算达到目标",
        measurability.numbers_have_a_comparator,
    ),
    Rule(
        "M6",
        "数值后面有计量单位。",
        Criterion.FEASIBILITY,
        "表样：指标值及单位",
        measurability.numbers_have_a_unit,
    ),
    Rule(
        "M7",
        "指标放在合适的二级指标下：满意度、时效、经济效益各归其类。",
        Criterion.RELEVANCE,
        "审核口径：指标分类与内容相符",
        classes.rows_are_in_their_class,
    ),
    Rule(
        "M8",
        "指标值中的日期在本年度以内。",
        Criterion.FEASIBILITY,
        "审核口径：年度绩效目标在年度内完成",
        values.dates_are_in_the_year,
    ),
    Rule(
        "M9",
        "指标名称中的数值与指标值一致。",
        Criterion.APPROPRIATENESS,
        "审核口径：同一行前后一致",
        values.numbers_in_names_equal_targets,
    ),
)
