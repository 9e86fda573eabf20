"""Catalogue of rules Y1–Y3: changes since last year's approved table."""

from filings.choices import Criterion
from filings.rules.last_year import history
from filings.rules.rule import Rule

LAST_YEAR = (
    Rule(
        "Y1",
        "指标值不低于上年批复的要求。",
        Criterion.APPROPRIATENESS,
        "审核口径：与上年批复的绩效目标对照",
        history.targets_are_no_weaker_than_last_years,
    ),
    Rule(
        "Y2",
        "上年的计算符号和计量单位没有缺少。",
        Criterion.APPROPRIATENESS,
        "审核口径：与上年批复的绩效目标对照",
        history.comparators_and_units_are_kept,
    ),
    Rule(
        "Y3",
        "上年的指标没有无故删去或改名。",
        Criterion.COMPLETENESS,
        "审核口径：与上年批复的绩效目标对照",
        history.rows_of_last_year_are_kept,
    ),
)
