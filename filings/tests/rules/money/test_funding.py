"""Assignment of cost indicators to expenditure lines by amounts, names or manual links; and the sum of costs."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from time import perf_counter

import pytest

from filings.document import money
from filings.document.content import FilingDocument, IndicatorRow
from filings.document.links import Links
from filings.rules.finding import KnownFacts, RuleContext
from filings.rules.money.budget import name_of
from filings.rules.money.funding import FundedLine, assign_costs, unassigned_rows
from filings.rules.money.recognition import amount_of
from filings.rules.money.spending import money_costs, total_cost
from filings.rules.rows import ParsedIndicator
from filings.tests.founding import founding_document
from filings.tests.rules.documents import EDITION, a_table


def a_context(
    *costs: tuple[str, str],
    amounts: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
    backwards: bool = False,
) -> RuleContext:
    """Build the context of a table with cost rows c1, c2 …; `links` are manual links from rows to lines."""
    rows = [IndicatorRow(f"c{number}", "OUT.COST", "", "", *cost) for number, cost in enumerate(costs, start=1)]
    table = a_table(amounts=amounts, rows=tuple(reversed(rows) if backwards else rows))
    return _known(table, links or {})


def _known(table: FilingDocument, links: Mapping[str, str]) -> RuleContext:
    return RuleContext(table, EDITION, KnownFacts(links=Links(money=links)))


def assigned(context: RuleContext) -> dict[str, list[str]]:
    return {item.line.key: [row.key for row in item.rows] for item in assign_costs(context)}


def descriptions(context: RuleContext) -> list[str]:
    return [describe(item) for item in assign_costs(context)]


def describe(funded: FundedLine) -> str:
    """Format a line with its rows: 基本支出 317.13 ← 保障财政供养人员 278.99 ＋ 保证单位正常运转 38.14 ✓"""
    head = f"{name_of(funded.line)} {money.figure(funded.value)} ← "
    if not funded.rows:
        return f"{head}随资金总额：{named(funded.total_row)}" if funded.total_row else f"{head}无"
    text = head + " ＋ ".join(map(named, funded.rows))
    if funded.holds:
        return f"{text} ✓"
    return f"{text}，合计 {money.figure(funded.sum)}，差 {money.figure(abs(funded.value - funded.sum))}"


def named(row: ParsedIndicator) -> str:
    return f"{row.name or '（未写名称）'} {money.figure(amount_of([row]))}"


def test_the_founding_table() -> None:
    context = _known(founding_document(), {})
    assert descriptions(context) == [
        "基本支出 317.13 ← 保障财政供养人员 278.99 ＋ 保证单位正常运转 38.14 ✓",
        "项目支出 233.00 ← 无",
    ]
    assert [(item.value, item.sum, item.holds, item.by_hand) for item in assign_costs(context)] == [
        (Decimal("317.13"), Decimal("317.13"), True, frozenset()),
        (Decimal(233), Decimal(0), False, frozenset()),
    ]


def test_only_lines_with_an_amount_are_listed() -> None:
    assert assigned(a_context(amounts={"EXP.BASIC": "", "EXP.PROJECT": "550.13"})) == {"EXP.PROJECT": []}
    assert assigned(a_context(amounts={"EXP.BASIC": "0", "EXP.PROJECT": "约五百"})) == {}


def test_one_row_of_the_same_amount() -> None:
    assert assigned(a_context(("甲", "≤233万元"), ("乙", "≤3171300元"))) == {"EXP.BASIC": ["c2"], "EXP.PROJECT": ["c1"]}


def test_amounts_decide_before_names() -> None:
    context = a_context(("项目管理", "≤317.13万元"), ("人员培训", "≤233万元"))
    assert assigned(context) == {"EXP.BASIC": ["c1"], "EXP.PROJECT": ["c2"]}


def test_names_decide_where_amounts_fit_both_lines() -> None:
    equal = {"TOTAL": "466", "EXP.BASIC": "233", "EXP.PROJECT": "233"}
    assert assigned(a_context(("甲专项", "≤233万元"), ("人员", "≤233万元"), amounts=equal)) == {
        "EXP.BASIC": ["c2"],
        "EXP.PROJECT": ["c1"],
    }
    context = a_context(("设备购置", "≤233万元"), amounts=equal)
    assert assigned(a_context(("甲", "≤200万元"), ("乙", "≤33万元"), amounts=equal)) == assigned(context)
    assert assigned(context) == {"EXP.BASIC": [], "EXP.PROJECT": []}
    assert [row.key for row in unassigned_rows(context, assign_costs(context))] == ["c1"]


def test_a_few_rows_that_add_up_and_the_rest_for_the_other_line() -> None:
    context = a_context(("甲", "≤100万元"), ("乙", "≤217.13万元"), ("丙", "≤120万元"), ("丁", "≤113万元"))
    assert assigned(context) == {"EXP.BASIC": ["c1", "c2"], "EXP.PROJECT": ["c3", "c4"]}


def test_ambiguous_sums_are_not_assigned() -> None:
    context = a_context(("甲", "≤100万元"), ("乙", "≤217.13万元"), ("丙", "≤100万元"))
    assert assigned(context) == {"EXP.BASIC": [], "EXP.PROJECT": []}


def test_of_two_sums_the_one_with_agreeing_names_is_assigned() -> None:
    context = a_context(("甲", "≤100万元"), ("人员", "≤217.13万元"), ("公用", "≤100万元"))
    assert assigned(context)["EXP.BASIC"] == ["c2", "c3"]


def test_some_of_the_rows_whose_names_agree() -> None:
    context = a_context(("人员", "≤217.13万元"), ("公用", "≤100万元"), ("工资", "≤7万元"), ("甲", "≤100万元"))
    assert assigned(context)["EXP.BASIC"] == ["c1", "c2"]


def test_rows_whose_names_contradict_are_not_combined() -> None:
    context = a_context(("人员", "≤100万元"), ("甲项目", "≤217.13万元"), ("丙", "≤50万元"))
    assert assigned(context) == {"EXP.BASIC": ["c1"], "EXP.PROJECT": ["c2"]}


def test_many_rows_of_one_kind_and_all_the_others() -> None:
    basic, others = [(f"人员{n}", "≤10万元") for n in range(11)], [(f"第{n}项", "≤20万元") for n in range(11)]
    context = a_context(*basic, *others, amounts={"EXP.BASIC": "110", "EXP.PROJECT": "220"})
    assert [len(item.rows) for item in assign_costs(context) if item.holds] == [11, 11]


def test_a_name_does_not_choose_between_two_lines_for_projects() -> None:
    income, expenditure = EDITION.splits
    basic, project = expenditure.lines
    projects = replace(expenditure, lines=(replace(basic, label="中央项目支出："), project))
    context = replace(a_context(("甲项目", "≤5万元")), edition=replace(EDITION, splits=(income, projects)))
    assert assigned(context) == {"EXP.BASIC": [], "EXP.PROJECT": []}


def test_a_row_that_is_no_cost_is_not_assigned() -> None:
    rows = (IndicatorRow("r1", "OUT.QTY", "", "", "发放补助", "233万元"),)
    assert assigned(_known(a_table(rows=rows), {"r1": "EXP.PROJECT"}))["EXP.PROJECT"] == []


def test_the_choice_between_equal_rows_does_not_depend_on_their_order() -> None:
    costs = [("人员乙", "≤317.13万元"), ("人员甲", "≤317.13万元")]
    forwards, backwards_context = a_context(*costs), a_context(*costs, backwards=True)
    assert assigned(forwards) == assigned(backwards_context)


def test_names_decide_where_nothing_adds_up() -> None:
    context = a_context(("人员经费", "≤300万元"), ("道路工程", "≤200万元"))
    assert descriptions(context) == [
        "基本支出 317.13 ← 人员经费 300.00，合计 300.00，差 17.13",
        "项目支出 233.00 ← 道路工程 200.00，合计 200.00，差 33.00",
    ]


def test_a_name_of_both_kinds_or_of_none_is_not_assigned() -> None:
    context = a_context(("人员类项目", "≤1万元"), ("设备购置", "≤2万元"))
    assert assigned(context) == {"EXP.BASIC": [], "EXP.PROJECT": []}


def test_a_complete_line_takes_no_more_rows() -> None:
    context = a_context(("甲项目", "≤233万元"), ("乙项目管理费", "≤5.5万元"))
    assert assigned(context)["EXP.PROJECT"] == ["c1"]


def test_manual_links_are_kept_and_the_rest_is_assigned() -> None:
    context = a_context(("人员", "≤33万元"), ("甲", "≤200万元"), links={"c1": "EXP.PROJECT"})
    assert assigned(context) == {"EXP.BASIC": [], "EXP.PROJECT": ["c1", "c2"]}
    assert assign_costs(context)[1].by_hand == {"c1"}
    assert describe(assign_costs(context)[1]) == "项目支出 233.00 ← 人员 33.00 ＋ 甲 200.00 ✓"


def test_a_row_linked_to_nothing_is_not_assigned() -> None:
    context = a_context(("甲项目", "≤233万元"), links={"c1": ""})
    assert assigned(context) == {"EXP.BASIC": [], "EXP.PROJECT": []}
    assert unassigned_rows(context, assign_costs(context)) == ()


def test_a_link_to_an_unknown_line_is_ignored() -> None:
    assert assigned(a_context(("甲项目", "≤233万元"), links={"c1": "EXP.GONE"}))["EXP.PROJECT"] == ["c1"]


@pytest.mark.parametrize("links", [{}, {"c1": "TOTAL"}])
def test_a_row_for_the_total_covers_every_line(links: dict[str, str]) -> None:
    context = a_context(("部门整体支出", "≤550.13万元"), links=links)
    assert descriptions(context) == [
        "基本支出 317.13 ← 随资金总额：部门整体支出 550.13",
        "项目支出 233.00 ← 随资金总额：部门整体支出 550.13",
    ]


def test_a_row_for_the_total_is_assigned_to_an_equal_line() -> None:
    context = a_context(("甲", "≤550.13万元"), amounts={"EXP.BASIC": "550.13", "EXP.PROJECT": ""})
    assert descriptions(context) == ["基本支出 550.13 ← 甲 550.13 ✓"]


def test_a_row_without_a_name_is_assigned() -> None:
    assert descriptions(a_context(("", "≤233万元")))[1] == "项目支出 233.00 ← （未写名称） 233.00 ✓"


def test_the_order_of_rows_does_not_matter() -> None:
    costs = [(f"第{n}项", f"≤{n * n + n}.5万元") for n in range(1, 9)]
    amounts = {"EXP.BASIC": "39.5", "EXP.PROJECT": "147"}
    forwards, backwards_context = a_context(*costs, amounts=amounts), a_context(*costs, amounts=amounts, backwards=True)
    assert {line: set(rows) for line, rows in assigned(forwards).items()} == {
        line: set(rows) for line, rows in assigned(backwards_context).items()
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
def test_costs_that_are_not_added_up(name: str, target: str) -> None:
    assert money_costs(a_context((name, target)).rows) == ()


@pytest.mark.parametrize(
    ("name", "target"),
    [("节约用水宣传", "≤33万元"), ("单位运转", "≤330000元"), ("标准化建设", "33万"), ("每年维护费", "＜＝33 万元")],
)
def test_costs_that_are_added_up(name: str, target: str) -> None:
    context = a_context((name, target))
    assert total_cost(money_costs(context.rows), None) == 33


def test_costs_borne_by_others_are_not_added_up() -> None:
    rows = (IndicatorRow("r1", "BEN.ECON", "", "", "增收", "≥33万元"), IndicatorRow("r2", None, "", "", "甲", "3万元"))
    assert money_costs(RuleContext(a_table(rows=rows), EDITION).rows) == ()


@pytest.mark.parametrize("whole", [("成本合计", "≤500万元"), ("部门支出", "≤550.13万元")])
def test_the_parts_of_a_whole_are_not_counted_twice(whole: tuple[str, str]) -> None:
    context = a_context(whole, ("人员", "≤300万元"), ("项目", "≤200万元"))
    assert total_cost(money_costs(context.rows), Decimal("550.13")) == Decimal(whole[1][1:-2])


def test_a_whole_that_is_less_than_the_others_is_one_of_them() -> None:
    context = a_context(("会议费合计", "≤5万元"), ("人员", "≤300万元"))
    assert total_cost(money_costs(context.rows), Decimal("550.13")) == 305


@pytest.mark.parametrize("count", [10, 300])
def test_assignment_takes_less_than_100_ms(count: int) -> None:
    context = a_context(*[(f"第{n}项", f"≤{n}.{n:03}万元") for n in range(1, count + 1)])
    assert [row.key for row in context.rows if row.amount] == [row.key for row in context.rows]
    began = perf_counter()
    assign_costs(context)
    assert perf_counter() - began < 0.1
