"""Rules K1 to K4: cost indicators compared with the budget."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from filings.document.content import FilingDocument, IndicatorRow
from filings.document.edition import Edition
from filings.document.links import Links
from filings.rules.example import VALID_EXAMPLE
from filings.rules.finding import NOT_APPLICABLE, KnownFacts, RuleContext, Undetermined
from filings.rules.money.cost import (
    costs_have_a_number,
    costs_have_no_lower_bound,
    costs_stay_within_the_total,
    project_money_has_a_cost_indicator,
)
from filings.tests.founding import founding_document
from filings.tests.rules.documents import EDITION, a_table, findings, report

BASIC = ("保障财政供养人员", "≤317.13万元")
PROJECT = ("数字档案馆项目", "≤233万元")


def costs(*rows: tuple[str, str], amounts: Mapping[str, str] | None = None, node: str = "OUT.COST") -> FilingDocument:
    """Compose a table with cost rows c1, c2 …"""
    indicators = [IndicatorRow(f"c{number}", node, "", "", *row) for number, row in enumerate(rows, start=1)]
    return a_table(amounts=amounts, rows=tuple(indicators))


def with_canonical(canonical: str) -> Edition:
    """The founding edition with another canonical key for its cost class."""
    output, benefit = EDITION.tree
    children = tuple(replace(node, canonical=canonical) if node.key == "OUT.COST" else node for node in output.children)
    return replace(EDITION, tree=(replace(output, children=children), benefit))


@pytest.mark.parametrize("code", ["K1", "K2", "K3", "K4"])
def test_the_valid_example_has_no_findings(code: str) -> None:
    assert report(VALID_EXAMPLE.document(EDITION), code) == []


def test_k1_costs_exceed_the_total() -> None:
    table = costs(("人员", "≤337.13万元"), PROJECT)
    assert report(table, "K1") == [
        (
            "error",
            "indicators[c1].target indicators[c2].target amounts[TOTAL]",
            "成本指标合计 570.13 万元，比资金总额 550.13 万元多 20.00 万元。"
            "成本不能超过预算。请核对各项成本指标的指标值或资金总额。",
        )
    ]
    assert findings(table, "K1")[0].numbers == {
        "spent": Decimal("570.13"),
        "total": Decimal("550.13"),
        "gap": Decimal(20),
    }


@pytest.mark.parametrize(("target", "holds"), [("≤550.135万元", True), ("≤5501351元", False), ("≤5501300元", True)])
def test_k1_holds_within_half_a_hundredth_in_any_unit(target: str, holds: bool) -> None:
    assert (report(costs(("部门支出", target)), "K1") == []) is holds


def test_k1_equal_to_one_part_gives_no_instruction_where_k2_reports() -> None:
    assert report(founding_document(), "K1") == [
        (
            "advice",
            " ".join(
                f"indicators[{row.key}].target" for row in founding_document().indicators if row.node == "OUT.COST"
            )
            + " amounts[TOTAL]",
            "成本指标合计 317.13 万元，恰好等于基本支出 317.13 万元，其余 233.00 万元没有成本指标对应。",
        )
    ]


def test_k1_equal_to_another_part_gives_an_instruction() -> None:
    [(severity, _, message)] = report(costs(PROJECT), "K1")
    assert (severity, message) == (
        "advice",
        "成本指标合计 233.00 万元，恰好等于项目支出 233.00 万元，其余 317.13 万元没有成本指标对应。"
        "这部分支出也有成本目标的，请补充成本指标。",
    )


def test_k1_equal_to_a_line_of_income() -> None:
    amounts = {"INC.GENERAL": "450.13", "INC.FUND": "100"}
    [(_, _, message)] = report(costs(("征地补偿", "≤100万元"), amounts=amounts), "K1")
    assert message.startswith("成本指标合计 100.00 万元，恰好等于政府性基金拨款 100.00 万元，其余 450.13 万元没有")


@pytest.mark.parametrize("rows", [[BASIC, PROJECT], [("甲", "≤300万元")], [BASIC, ("维修", "≤475元/亩")]])
def test_k1_accepts_the_whole_no_part_and_other_costs(rows: list[tuple[str, str]]) -> None:
    assert report(costs(*rows), "K1") == []


def test_k1_unit_costs_and_savings_are_not_added_up() -> None:
    rows = (BASIC, PROJECT, ("人均培训成本", "≤475元"), ("节约成本", "≥5万元"), ("补贴", "≤475元/亩"))
    assert report(costs(*rows), "K1") == []


def test_k1_needs_costs_and_a_total() -> None:
    assert costs_stay_within_the_total(RuleContext(a_table(), EDITION)) is NOT_APPLICABLE
    assert costs_stay_within_the_total(RuleContext(costs(BASIC, amounts={"TOTAL": ""}), EDITION)) is NOT_APPLICABLE
    answer = costs_stay_within_the_total(RuleContext(costs(BASIC, amounts={"TOTAL": "约"}), EDITION))
    assert answer == Undetermined("资金总额无法识别金额，暂时无法与成本指标的合计核对。")


def test_k2_project_money_without_cost_indicator() -> None:
    table = costs(BASIC)
    assert report(table, "K2") == [
        (
            "error",
            "amounts[EXP.PROJECT] nodes[OUT.COST]",
            "项目支出 233.00 万元没有成本指标对应。请补充项目支出的成本指标，或者说明原因。",
        )
    ]
    assert findings(table, "K2")[0].numbers == {"money": Decimal(233)}


def test_k2_on_the_founding_table_and_without_any_cost() -> None:
    assert len(report(founding_document(), "K2")) == len(report(a_table(), "K2")) == 1


@pytest.mark.parametrize(
    "row",
    [
        ("数字档案馆项目", "≤200万元"),
        ("设备购置", "≤233万元"),
        ("设备购置", "≤200万元"),
        ("项目成本控制率", "≤100%"),
        ("种粮补贴", "≤475元/亩"),
        ("专项经费", "控制在预算内"),
        ("部门整体支出", "≤550.13万元"),
    ],
)
def test_k2_accepts_a_row_that_may_be_meant_for_the_project(row: tuple[str, str]) -> None:
    assert report(costs(BASIC, row), "K2") == []


@pytest.mark.parametrize("row", [("公用经费", "≤5万元"), ("人均公用经费", "≤0.5万元/人"), ("预算控制率", "≤100%")])
def test_k2_rejects_a_row_that_is_meant_for_other_money(row: tuple[str, str]) -> None:
    assert len(report(costs(BASIC, row), "K2")) == 1


def test_k2_costs_equal_to_the_total_cover_all_lines() -> None:
    assert report(costs(("人员经费", "≤300万元"), ("公用经费", "≤250.13万元")), "K2") == []


@pytest.mark.parametrize(
    ("row", "line", "count"),
    [
        (("数字档案馆项目", "≤200万元"), "", 1),
        (("数字档案馆项目", "≤200万元"), "EXP.BASIC", 1),
        (("人员经费", "≤100%"), "EXP.PROJECT", 0),
        (("单位运转", "≤5万元"), "TOTAL", 0),
    ],
)
def test_k2_manual_links_decide(row: tuple[str, str], line: str, count: int) -> None:
    context = RuleContext(costs(row), EDITION, KnownFacts(links=Links(money={"c1": line})))
    answer = project_money_has_a_cost_indicator(context)
    assert isinstance(answer, list)
    assert len(answer) == count


def test_k2_ignores_a_row_of_another_class() -> None:
    assert len(report(costs(("新建项目数量", "≥3个"), node="OUT.QTY"), "K2")) == 1


@pytest.mark.parametrize("money", ["", "0"])
def test_k2_needs_project_money(money: str) -> None:
    assert (
        project_money_has_a_cost_indicator(RuleContext(costs(BASIC, amounts={"EXP.PROJECT": money}), EDITION))
        is NOT_APPLICABLE
    )


def test_k2_unreadable_project_money() -> None:
    answer = project_money_has_a_cost_indicator(RuleContext(costs(BASIC, amounts={"EXP.PROJECT": "约二百"}), EDITION))
    assert answer == Undetermined("项目支出无法识别金额，暂时无法核对有没有成本指标与它对应。")


def test_k2_needs_a_cost_class() -> None:
    assert project_money_has_a_cost_indicator(RuleContext(a_table(), with_canonical("OUT.QTY"))) is NOT_APPLICABLE
    assert (
        len(violations_of(project_money_has_a_cost_indicator(RuleContext(costs(BASIC), with_canonical("COST.ECON")))))
        == 1
    )


def violations_of(answer: object) -> list[object]:
    assert isinstance(answer, list)
    return answer


def test_k3_a_cost_with_a_lower_bound() -> None:
    assert report(costs(("保障财政供养人员", "≥278.99万元")), "K3") == [
        (
            "error",
            "indicators[c1].target",
            "成本指标「保障财政供养人员」填的是「≥278.99万元」，表示成本不低于该数。成本应为上限。请核对计算符号。",
        )
    ]


@pytest.mark.parametrize("target", [">10万元", "不低于10万元", "10万元以上", "≥10", "≥475元/亩", "＞＝10 万元"])
def test_k3_other_ways_to_write_a_lower_bound(target: str) -> None:
    [finding] = findings(costs(("办公费", target)), "K3")
    assert finding.quick_fix is None


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("办公费", "≤10万元"),
        ("办公费", "不超过10万元"),
        ("办公费", "10万元"),
        ("办公费", "=10万元"),
        ("成本降低率", "≥5%"),
        ("成本节约额", "≥5万元"),
        ("办公费", "较上年减少≥5万元"),
        ("预算执行率", "≥95%"),
        ("农村低保标准", "≥600元/月"),
        ("培训人数", "≥100人"),
        ("改造老旧楼栋", "≥3单元"),
    ],
)
def test_k3_accepted_targets(name: str, target: str) -> None:
    assert report(costs((name, target)), "K3") == []


def test_k3_and_k4_apply_to_costs_paid_from_the_budget() -> None:
    rows = costs(("空气质量达标成本", "≥10万元"), ("对生态环境的影响", "不造成破坏"))
    for rule in (costs_have_no_lower_bound, costs_have_a_number):
        assert rule(RuleContext(rows, with_canonical("COST.ECO"))) is NOT_APPLICABLE
        assert rule(RuleContext(a_table(), EDITION)) is NOT_APPLICABLE
        assert len(violations_of(rule(RuleContext(rows, with_canonical("COST.ECON"))))) == 1


def test_k4_a_cost_without_a_number() -> None:
    assert report(costs(("数字档案馆项目", "控制在预算内")), "K4") == [
        (
            "error",
            "indicators[c1].target",
            "成本指标「数字档案馆项目」填的是「控制在预算内」，没有数字，无法核对。请写明成本上限，如「≤10万元」。",
        )
    ]


def test_k4_a_row_without_a_name() -> None:
    [(_, _, message)] = report(costs(("", "控制在预算内")), "K4")
    assert message.startswith("一行未填写名称的成本指标填的是「控制在预算内」，")


@pytest.mark.parametrize(
    "target",
    [
        "",
        "待定",
        "XX",
        "≤10万元",
        "10-20万元",
        "±3%以内",
        "控制在预算的百分之五以内",
        "预算零增长",
        "每亩475元，每户50元",
    ],
)
def test_k4_accepted_targets(target: str) -> None:
    assert report(costs(("办公费", target)), "K4") == []
