"""The list of all rules, each with its code, its sentence, and why a reviewer asks for it. The rules live beside it."""

from collections.abc import Callable
from dataclasses import dataclass

from filings.choices import Criterion
from filings.rules import budget, narrative, tree
from filings.rules.finding import Answer, Case


@dataclass(frozen=True)
class Rule:
    """`sentence` is what must hold, `basis` where that comes from; an edition says how severe it is."""

    code: str
    sentence: str
    criterion: Criterion
    basis: str
    answer: Callable[[Case], Answer]


CATALOGUE = (
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
        "H1",
        "部门职能职责概述和整体绩效目标都已经填写。",
        Criterion.COMPLETENESS,
        "表样：部门职能职责概述、整体绩效目标两栏",
        narrative.duties_and_goal_are_filled,
    ),
    Rule(
        "T1",
        "每个必填的一级指标下面至少有一行指标。",
        Criterion.COMPLETENESS,
        "表样：一级指标",
        tree.required_first_levels_have_rows,
    ),
    Rule(
        "T4",
        "指标名称不重复。",
        Criterion.COMPLETENESS,
        "审核口径：一项指标只填一行，名称能互相区别",
        tree.names_are_told_apart,
    ),
    Rule(
        "T5",
        "每行指标既有名称，又有指标值。",
        Criterion.COMPLETENESS,
        "表样：三级指标、指标值及单位两列",
        tree.names_and_values_come_in_pairs,
    ),
    Rule(
        "T6",
        "指标名称和指标值里没有留下待填的空位。",
        Criterion.COMPLETENESS,
        "审核口径：指标值应当填实",
        tree.no_placeholder_is_left,
    ),
)
