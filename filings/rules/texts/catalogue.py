"""Rules of the words, and of what changed against last year's approved table."""

from filings.choices import Criterion
from filings.rules.last_year import history
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
        "文字说的是本部门和本年度。",
        Criterion.RELEVANCE,
        "审核口径：不照抄其他部门或往年的文字",
        words.texts_are_about_this_department_and_year,
    ),
    Rule(
        "H3",
        "职责的序号连续，不重复，不跳号。",
        Criterion.COMPLETENESS,
        "表样：部门职能职责概述逐条编号",
        words.duties_are_numbered_through,
    ),
    Rule(
        "H4",
        "整体绩效目标里的数字在指标中有对应。",
        Criterion.RELEVANCE,
        "审核口径：指标是绩效目标的细化",
        words.numbers_of_the_goal_are_carried,
    ),
    Rule(
        "H5",
        "公开的内容里没有电话号码和身份证号码。",
        Criterion.APPROPRIATENESS,
        "公开要求：不公开个人信息",
        words.no_personal_numbers,
    ),
    Rule(
        "H6",
        "整体绩效目标不与上年一字不差。",
        Criterion.RELEVANCE,
        "审核口径：绩效目标按年度制定",
        words.goal_is_not_last_years,
    ),
    Rule(
        "Y1",
        "指标值不低于上年批复的要求。",
        Criterion.APPROPRIATENESS,
        "审核口径：与上年批复的绩效目标对照",
        history.targets_are_no_weaker_than_last_years,
    ),
    Rule(
        "Y2",
        "上年有的计算符号和计量单位没有丢掉。",
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
