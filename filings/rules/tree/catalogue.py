"""Catalogue of rules T1–T8: the indicator tree."""

from filings.choices import Criterion
from filings.rules.rule import Rule
from filings.rules.tree import completeness, structure, weights

TREE = (
    Rule(
        "T1",
        "每个必填的一级指标下至少有一行指标。",
        Criterion.COMPLETENESS,
        "表样：一级指标",
        structure.required_first_levels_have_rows,
    ),
    Rule(
        "T2",
        "每个必填的二级指标下至少有一行指标。",
        Criterion.COMPLETENESS,
        "表样：二级指标",
        completeness.required_second_levels_have_rows,
    ),
    Rule(
        "T3",
        "至少有一行满意度指标。",
        Criterion.COMPLETENESS,
        "审核口径：绩效目标应当包括服务对象满意度",
        completeness.there_is_a_satisfaction_row,
    ),
    Rule(
        "T4",
        "指标名称不重复。",
        Criterion.COMPLETENESS,
        "审核口径：一项指标只填一行，名称能互相区别",
        structure.names_are_distinct,
    ),
    Rule(
        "T5",
        "每行指标既有名称，又有指标值。",
        Criterion.COMPLETENESS,
        "表样：三级指标、指标值及单位两列",
        structure.rows_have_a_name_and_a_value,
    ),
    Rule(
        "T6",
        "指标名称和指标值中没有留下待填的空位。",
        Criterion.COMPLETENESS,
        "审核口径：指标值应当填实",
        structure.no_placeholder_remains,
    ),
    Rule(
        "T7",
        "指标不少于 {limit} 行。",
        Criterion.COMPLETENESS,
        "审核口径：指标数量与部门职责相称",
        completeness.there_are_enough_rows,
        limit="8",
    ),
    Rule(
        "T8",
        "各行权重之和等于 {limit}。",
        Criterion.COMPLETENESS,
        "表样：权重一列",
        weights.weights_add_up,
        limit="100",
    ),
)
