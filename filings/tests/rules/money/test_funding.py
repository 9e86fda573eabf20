"""Which cost indicators speak for which line: recognised by amounts and names, or set by hand; and the sum of costs."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from time import perf_counter

import pytest

from filings.document.content import FilingDocument, IndicatorRow
from filings.document.links import Links
from filings.rules.finding import KnownFacts, RuleContext
from filings.rules.money.funding import assign_costs, in_words, unassigned_rows
from filings.rules.money.spending import in_money, sum_of
from filings.tests.founding import founding_document
from filings.tests.rules.documents import EDITION, a_table


def a_case(
    *costs: tuple[str, str],
    amounts: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
    backwards: bool = False,
) -> RuleContext:
    """A table with such cost rows c1, c2 …; `links` are what rows were set by hand to speak for."""
    rows = [IndicatorRow(f"c{at}", "OUT.COST", "", "", *cost) for at, cost in enumerate(costs, start=1)]
    table = a_table(amounts=amounts, rows=tuple(reversed(rows) if backwards else rows))
    return _known(table, links or {})


def _known(table: FilingDocument, links: Mapping[str, str]) -> RuleContext:
    return RuleContext(table, EDITION, KnownFacts(links=Links(money=links)))


def assigned(case: RuleContext) -> dict[str, list[str]]:
    return {item.line.key: [row.key for row in item.rows] for item in assign_costs(case)}


def words(case: RuleContext) -> list[str]:
    return [in_words(item) for item in assign_costs(case)]


def test_the_founding_table() -> None:
    case = _known(founding_document(), {})
    assert words(case) == [
        "基本支出 317.13 ← 保障财政供养人员 278.99 ＋ 保证单位正常运转 38.14 ✓",
        "项目支出 233.00 ← 无",
    ]
    assert [(item.value, item.sum, item.holds, item.by_hand) for item in assign_costs(case)] == [
        (Decimal("317.13"), Decimal("317.13"), True, frozenset()),
        (Decimal(233), Decimal(0), False, frozenset()),
    ]


def test_only_lines_with_money_are_spoken_for() -> None:
    assert assigned(a_case(amounts={"EXP.BASIC": "", "EXP.PROJECT": "550.13"})) == {"EXP.PROJECT": []}
    assert assigned(a_case(amounts={"EXP.BASIC": "0", "EXP.PROJECT": "约五百"})) == {}


def test_one_row_of_the_same_amount() -> None:
    assert assigned(a_case(("甲", "≤233万元"), ("乙", "≤3171300元"))) == {"EXP.BASIC": ["c2"], "EXP.PROJECT": ["c1"]}


def test_amounts_decide_before_names() -> None:
    case = a_case(("项目管理", "≤317.13万元"), ("人员培训", "≤233万元"))
    assert assigned(case) == {"EXP.BASIC": ["c1"], "EXP.PROJECT": ["c2"]}


def test_names_decide_where_amounts_fit_both_lines() -> None:
    equal = {"TOTAL": "466", "EXP.BASIC": "233", "EXP.PROJECT": "233"}
    assert assigned(a_case(("甲专项", "≤233万元"), ("人员", "≤233万元"), amounts=equal)) == {
        "EXP.BASIC": ["c2"],
        "EXP.PROJECT": ["c1"],
    }
    case = a_case(("设备购置", "≤233万元"), amounts=equal)
    assert assigned(a_case(("甲", "≤200万元"), ("乙", "≤33万元"), amounts=equal)) == assigned(case)
    assert assigned(case) == {"EXP.BASIC": [], "EXP.PROJECT": []}
    assert [row.key for row in unassigned_rows(case, assign_costs(case))] == ["c1"]


def test_a_few_rows_that_add_up_and_the_rest_for_the_other_line() -> None:
    case = a_case(("甲", "≤100万元"), ("乙", "≤217.13万元"), ("丙", "≤120万元"), ("丁", "≤113万元"))
    assert assigned(case) == {"EXP.BASIC": ["c1", "c2"], "EXP.PROJECT": ["c3", "c4"]}


def test_two_ways_to_add_up_decide_nothing() -> None:
    case = a_case(("甲", "≤100万元"), ("乙", "≤217.13万元"), ("丙", "≤100万元"))
    assert assigned(case) == {"EXP.BASIC": [], "EXP.PROJECT": []}


def test_rows_whose_names_agree_come_first_where_both_ways_add_up() -> None:
    case = a_case(("甲", "≤100万元"), ("人员", "≤217.13万元"), ("公用", "≤100万元"))
    assert assigned(case)["EXP.BASIC"] == ["c2", "c3"]


def test_some_of_the_rows_whose_names_agree() -> None:
    case = a_case(("人员", "≤217.13万元"), ("公用", "≤100万元"), ("工资", "≤7万元"), ("甲", "≤100万元"))
    assert assigned(case)["EXP.BASIC"] == ["c1", "c2"]


def test_rows_whose_names_contradict_are_not_put_together() -> None:
    case = a_case(("人员", "≤100万元"), ("甲项目", "≤217.13万元"), ("丙", "≤50万元"))
    assert assigned(case) == {"EXP.BASIC": ["c1"], "EXP.PROJECT": ["c2"]}


def test_many_rows_of_one_kind_and_all_the_others() -> None:
    basic, others = [(f"人员{at}", "≤10万元") for at in range(11)], [(f"第{at}项", "≤20万元") for at in range(11)]
    case = a_case(*basic, *others, amounts={"EXP.BASIC": "110", "EXP.PROJECT": "220"})
    assert [len(item.rows) for item in assign_costs(case) if item.holds] == [11, 11]


def test_a_name_does_not_choose_between_two_lines_for_projects() -> None:
    income, expenditure = EDITION.splits
    basic, project = expenditure.lines
    projects = replace(expenditure, lines=(replace(basic, label="中央项目支出："), project))
    case = replace(a_case(("甲项目", "≤5万元")), edition=replace(EDITION, splits=(income, projects)))
    assert assigned(case) == {"EXP.BASIC": [], "EXP.PROJECT": []}


def test_a_row_that_is_no_cost_speaks_for_no_money() -> None:
    rows = (IndicatorRow("r1", "OUT.QTY", "", "", "发放补助", "233万元"),)
    assert assigned(_known(a_table(rows=rows), {"r1": "EXP.PROJECT"}))["EXP.PROJECT"] == []


def test_of_two_equal_rows_the_choice_does_not_depend_on_their_order() -> None:
    costs = [("人员乙", "≤317.13万元"), ("人员甲", "≤317.13万元")]
    there, back = a_case(*costs), a_case(*costs, backwards=True)
    assert assigned(there) == assigned(back)


def test_names_decide_where_nothing_adds_up() -> None:
    case = a_case(("人员经费", "≤300万元"), ("道路工程", "≤200万元"))
    assert words(case) == [
        "基本支出 317.13 ← 人员经费 300.00，合计 300.00，差 17.13",
        "项目支出 233.00 ← 道路工程 200.00，合计 200.00，差 33.00",
    ]


def test_a_name_of_both_kinds_or_of_none_decides_nothing() -> None:
    case = a_case(("人员类项目", "≤1万元"), ("设备购置", "≤2万元"))
    assert assigned(case) == {"EXP.BASIC": [], "EXP.PROJECT": []}


def test_a_line_that_is_met_takes_no_more_rows() -> None:
    case = a_case(("甲项目", "≤233万元"), ("乙项目管理费", "≤5.5万元"))
    assert assigned(case)["EXP.PROJECT"] == ["c1"]


def test_what_was_set_by_hand_stays_and_the_rest_is_recognised() -> None:
    case = a_case(("人员", "≤33万元"), ("甲", "≤200万元"), links={"c1": "EXP.PROJECT"})
    assert assigned(case) == {"EXP.BASIC": [], "EXP.PROJECT": ["c1", "c2"]}
    assert assign_costs(case)[1].by_hand == {"c1"}
    assert in_words(assign_costs(case)[1]) == "项目支出 233.00 ← 人员 33.00 ＋ 甲 200.00 ✓"


def test_a_row_set_to_nothing_speaks_for_nothing() -> None:
    case = a_case(("甲项目", "≤233万元"), links={"c1": ""})
    assert assigned(case) == {"EXP.BASIC": [], "EXP.PROJECT": []}
    assert unassigned_rows(case, assign_costs(case)) == ()


def test_a_line_that_the_form_does_not_have_leaves_the_row_free() -> None:
    assert assigned(a_case(("甲项目", "≤233万元"), links={"c1": "EXP.GONE"}))["EXP.PROJECT"] == ["c1"]


@pytest.mark.parametrize("links", [{}, {"c1": "TOTAL"}])
def test_a_row_that_speaks_for_the_total_speaks_for_every_line(links: dict[str, str]) -> None:
    case = a_case(("部门整体支出", "≤550.13万元"), links=links)
    assert words(case) == [
        "基本支出 317.13 ← 随资金总额：部门整体支出 550.13",
        "项目支出 233.00 ← 随资金总额：部门整体支出 550.13",
    ]


def test_a_total_that_is_all_one_line_is_that_lines() -> None:
    case = a_case(("甲", "≤550.13万元"), amounts={"EXP.BASIC": "550.13", "EXP.PROJECT": ""})
    assert words(case) == ["基本支出 550.13 ← 甲 550.13 ✓"]


def test_a_row_without_a_name_is_named_so() -> None:
    assert words(a_case(("", "≤233万元")))[1] == "项目支出 233.00 ← （未写名称） 233.00 ✓"


def test_the_order_of_rows_does_not_matter() -> None:
    costs = [(f"第{at}项", f"≤{at * at + at}.5万元") for at in range(1, 9)]
    amounts = {"EXP.BASIC": "39.5", "EXP.PROJECT": "147"}
    there, back = a_case(*costs, amounts=amounts), a_case(*costs, amounts=amounts, backwards=True)
    assert {line: set(rows) for line, rows in assigned(there).items()} == {
        line: set(rows) for line, rows in assigned(back).items()
    }


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("节约成本", "≥33万元"),
        ("培训成本", "较上年降低33万元"),
        ("人均培训成本", "≤33万元"),
        ("补助标准", "≤33万元"),
        ("其中：设备购置", "≤33万元"),
        ("种粮补贴", "≤475元/亩"),
        ("成本控制率", "≤100%"),
        ("成本", "10-33万元"),
        ("成本", "控制在预算内"),
        ("成本", ""),
    ],
)
def test_what_is_no_amount_to_add_up(name: str, target: str) -> None:
    assert in_money(a_case((name, target)).rows) == ()


@pytest.mark.parametrize(
    ("name", "target"),
    [("节约用水宣传", "≤33万元"), ("单位运转", "≤330000元"), ("标准化建设", "33万"), ("每年维护费", "＜＝33 万元")],
)
def test_what_is_an_amount_to_add_up(name: str, target: str) -> None:
    case = a_case((name, target))
    assert sum_of(in_money(case.rows), None) == 33


def test_costs_that_others_bear_are_not_added_up() -> None:
    rows = (IndicatorRow("r1", "BEN.ECON", "", "", "增收", "≥33万元"), IndicatorRow("r2", None, "", "", "甲", "3万元"))
    assert in_money(RuleContext(a_table(rows=rows), EDITION).rows) == ()


@pytest.mark.parametrize("whole", [("成本合计", "≤500万元"), ("部门支出", "≤550.13万元")])
def test_the_parts_of_a_whole_are_not_counted_twice(whole: tuple[str, str]) -> None:
    case = a_case(whole, ("人员", "≤300万元"), ("项目", "≤200万元"))
    assert sum_of(in_money(case.rows), Decimal("550.13")) == Decimal(whole[1][1:-2])


def test_a_whole_that_is_less_than_the_others_is_one_of_them() -> None:
    case = a_case(("会议费合计", "≤5万元"), ("人员", "≤300万元"))
    assert sum_of(in_money(case.rows), Decimal("550.13")) == 305


@pytest.mark.parametrize("count", [10, 300])
def test_it_is_never_slow(count: int) -> None:
    case = a_case(*[(f"第{at}项", f"≤{at}.{at:03}万元") for at in range(1, count + 1)])
    assert [row.key for row in case.rows if row.amount] == [row.key for row in case.rows]
    began = perf_counter()
    assign_costs(case)
    assert perf_counter() - began < 0.1
