"""Catalogue of rules B1–B9 (budget block) and K1–K4 (cost indicators)."""

from filings.choices import Criterion
from filings.rules.money import (
    budget,
    cost,
    totals,
    unit_mistakes,
    whole_table_unit,
)
from filings.rules.rule import Rule

MONEY = (
    Rule(
        "B1",
        "资金总额已经填写，并等于按收入性质分的各行之和。",
        Criterion.APPROPRIATENESS,
        "表样：资金总额按收入性质分列",
        budget.income_lines_add_up_to_total,
    ),
    Rule(
        "B2",
        "资金总额等于按支出性质分的各行之和。",
        Criterion.APPROPRIATENESS,
        "表样：资金总额按支出性质分列",
        budget.expenditure_lines_add_up_to_total,
    ),
    Rule(
        "B3",
        "每个金额都读得出来，不小于零，小数位数不超过表样的规定。",
        Criterion.APPROPRIATENESS,
        "表样：金额的单位和小数位数",
        budget.amounts_can_be_read,
    ),
    Rule(
        "B4",
        "没有把元当成万元填写：任何一行都不到资金总额的 {limit} 倍，缩小一万倍也不会让合计正好相符。",
        Criterion.APPROPRIATENESS,
        "表样：金额以万元为单位",
        unit_mistakes.units_are_not_mixed_up,
        limit="1000",
    ),
    Rule(
        "B5",
        "其中各行都不超过资金总额。",
        Criterion.APPROPRIATENESS,
        "表样：其中各行是资金总额的一部分",
        unit_mistakes.no_line_exceeds_the_total,
    ),
    Rule(
        "B6",
        "资金总额与上年批复数相差不超过 {limit}%。",
        Criterion.APPROPRIATENESS,
        "审核口径：与上年批复的绩效目标对照",
        totals.total_is_near_last_years,
        limit="30",
    ),
    Rule(
        "B7",
        "资金总额等于财政部门下达的预算控制数。",
        Criterion.APPROPRIATENESS,
        "预算控制数：由财政部门导入",
        totals.total_equals_the_control_figure,
    ),
    Rule(
        "B8",
        "各项任务的预算金额之和等于资金总额。",
        Criterion.APPROPRIATENESS,
        "表样：年度任务的预算金额",
        totals.tasks_add_up_to_the_total,
    ),
    Rule(
        "B9",
        "整张表没有将「元」误作「万元」填写：资金总额不超过 {limit} 亿元；达到 {round} 亿元的，金额不全是整数；"
        "基本支出人均不超过 {head} 万元；资金总额不到上年批复数、预算控制数的一千倍；各行都不是成本指标的一万倍。",
        Criterion.APPROPRIATENESS,
        "表样：金额以万元为单位",
        whole_table_unit.the_whole_table_is_in_wan,
        limit="100",
        further_limits={"round": "20", "head": "200"},
    ),
    Rule(
        "K1",
        "成本指标的金额合计不超过资金总额。",
        Criterion.APPROPRIATENESS,
        "审核口径：成本指标与预算资金相匹配",
        cost.costs_stay_within_the_total,
    ),
    Rule(
        "K2",
        "有项目支出的，有成本指标与它对应。",
        Criterion.APPROPRIATENESS,
        "审核口径：成本指标与预算资金相匹配",
        cost.project_money_has_a_cost_indicator,
    ),
    Rule(
        "K3",
        "成本指标不用「≥」或「>」。",
        Criterion.APPROPRIATENESS,
        "审核口径：成本是上限",
        cost.costs_have_no_lower_bound,
    ),
    Rule(
        "K4",
        "成本指标的指标值有数字。",
        Criterion.FEASIBILITY,
        "审核口径：成本指标应当量化",
        cost.costs_have_a_number,
    ),
)
