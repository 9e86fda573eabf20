"""Catalogue of rules H1–H6: the duties and the goal."""

from filings.choices import Criterion
from filings.rules.rule import Rule
from filings.rules.texts import narrative, words

TEXTS = (
    Rule(
        "H1",
        "部门职能职责概述和整体绩效目标都已经填写。",
        Criterion.COMPLETENESS,
        "表样：部门职能职责概述、整体绩效目标两栏",
        narrative.duties_and_goal_are_filled,
    ),
    Rule(
        "H2",
        "文字内容为本部门、本年度的情况。",
        Criterion.RELEVANCE,
        "审核口径：不照抄其他部门或往年的文字",
        words.texts_are_about_this_department_and_year,
    ),
    Rule(
        "H3",
        "职责的序号连续，不重复，不跳号。",
        Criterion.COMPLETENESS,
        "表样：部门职能职责概述逐条编号",
        words.duties_are_numbered_consecutively,
    ),
    Rule(
        "H4",
        "整体绩效目标中的数字有指标与之对应。",
        Criterion.RELEVANCE,
        "审核口径：指标是绩效目标的细化",
        words.goal_numbers_have_an_indicator,
    ),
    Rule(
        "H5",
        "公开的内容中没有电话号码和身份证号码。",
        Criterion.APPROPRIATENESS,
        "公开要求：不公开个人信息",
        words.no_personal_numbers,
    ),
    Rule(
        "H6",
        "整体绩效目标不与上年完全相同。",
        Criterion.RELEVANCE,
        "审核口径：绩效目标按年度制定",
        words.goal_is_not_last_years,
    ),
)
