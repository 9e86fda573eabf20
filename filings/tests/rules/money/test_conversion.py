"""Amounts and costs in another unit, converted one by one by the quick fix of rule B9."""

from dataclasses import replace
from decimal import Decimal

import pytest

from filings.document.bundled_editions import editions
from filings.document.content import IndicatorRow, TaskRow
from filings.document.edition import Edition
from filings.rules.engine import check
from filings.rules.finding import KnownFacts
from filings.tests.rules.documents import EDITION, ROWS, a_table, findings, report
from filings.tests.rules.money.test_whole_table_unit import IN_YUAN, WITHOUT_STAFF, applied, cost


def test_the_line_that_is_already_in_wan_is_left_as_it_is() -> None:
    [(_, texts)] = applied(a_table(amounts=IN_YUAN | {"EXP.PROJECT": "233"}))
    assert texts == {"amounts[TOTAL]": "550.13", "amounts[INC.GENERAL]": "550.13", "amounts[EXP.BASIC]": "317.13"}


def test_amounts_with_a_unit_and_zeros_are_left_as_they_are() -> None:
    [(label, texts)] = applied(a_table(amounts=IN_YUAN | {"EXP.PROJECT": "233万元", "INC.FUND": "0"}))
    assert texts.keys() == {"amounts[TOTAL]", "amounts[INC.GENERAL]", "amounts[EXP.BASIC]"}
    assert "共 3 处" in label


def test_amounts_that_need_more_than_two_decimals_are_not_rounded() -> None:
    amounts = {"TOTAL": "5,501,312", "INC.GENERAL": "5501312", "EXP.BASIC": "3171300", "EXP.PROJECT": "2330012"}
    [(label, texts)] = applied(a_table(amounts=amounts))
    assert label == "全部按元换算为万元（资金总额 5,501,312 → 550.1312，共 4 处）"
    assert list(texts.values()) == ["550.1312", "550.1312", "317.13", "233.0012"]
    fixed = a_table(amounts={place[8:-1]: text for place, text in texts.items()})
    assert fixed.amount("TOTAL", EDITION).value == Decimal("550.1312")
    assert check(fixed, replace(EDITION, rules=dict.fromkeys(("B1", "B2", "B4", "B5", "B9"), "error"))) == ()
    assert [finding.facts for finding in findings(fixed, "B3")] == [
        "资金总额填的是「550.1312」，有 4 位小数，最多 2 位。",
        "一般公共预算填的是「550.1312」，有 4 位小数，最多 2 位。",
        "项目支出填的是「233.0012」，有 4 位小数，最多 2 位。",
    ]


RIGHT_COSTS = (("人员经费", "≤278.99万元"), ("公用经费", "≤38.14万元"), ("项目支出", "≤233万元"))


def test_costs_that_are_right_in_wan_are_left_as_they_are() -> None:
    amounts = {"TOTAL": "85013.26", "INC.GENERAL": "85013.26", "EXP.BASIC": "52013.26", "EXP.PROJECT": "33000"}
    staff = IndicatorRow("r1", "OUT.QTY", "", "", "财政供养人员", "27人")
    costs = tuple(cost(f"c{number}", *texts) for number, texts in enumerate(RIGHT_COSTS))
    table = a_table(amounts=amounts, rows=(staff, *WITHOUT_STAFF, *costs))
    [(label, texts)] = applied(table)
    assert label == "全部按元换算为万元（资金总额 85013.26 → 8.501326，共 4 处）"
    assert texts == {
        "amounts[TOTAL]": "8.501326",
        "amounts[INC.GENERAL]": "8.501326",
        "amounts[EXP.BASIC]": "5.201326",
        "amounts[EXP.PROJECT]": "3.30",
    }
    fixed = replace(table, amounts={place[8:-1]: text for place, text in texts.items()})
    assert report(fixed, "B9") == []
    assert [finding.code for finding in findings(fixed, "K1")] == ["K1"]


def test_each_cost_is_judged_alone() -> None:
    costs = (cost("c1", "人员经费", "≤2789900万元"), cost("c2", "项目", "≤233万元"), cost("c3", "接待费", "≤5000万元"))
    tables = [a_table(amounts=IN_YUAN | more, rows=(*ROWS, *costs)) for more in ({}, {"INC.OTHER": "5000"})]
    changed = [
        [place for place in texts if place.startswith("indicators")] for table in tables for _, texts in applied(table)
    ]
    # 0.5 万元 is too little to tell, unless a line of the budget is as much.
    assert changed == [["indicators[c1].target"], ["indicators[c1].target", "indicators[c3].target"]]


def test_small_costs_are_converted_if_all_costs_make_up_the_total() -> None:
    costs = (
        cost("c1", "人员经费", "≤3166300万元"),
        cost("c2", "接待费", "≤5000万元"),
        cost("c3", "项目", "≤2330000万元"),
    )
    [(label, texts)] = applied(a_table(amounts=IN_YUAN, rows=(*ROWS, *costs)))
    assert "共 7 处" in label
    assert texts["indicators[c2].target"] == "≤0.5万元"


@pytest.mark.parametrize(
    ("lines", "changed"),
    [
        ({"INC.GENERAL": "5001300", "INC.FUND": "20", "INC.OTHER": "30"}, "INC.GENERAL"),
        ({"INC.GENERAL": "5001300", "INC.FUND": "20", "INC.OTHER": "30万元"}, "INC.GENERAL"),
        ({"INC.GENERAL": "5001300", "INC.FUND": "499000", "INC.OTHER": "1000"}, "INC.GENERAL INC.FUND INC.OTHER"),
        # Nothing adds up: only what exceeds the total.
        ({"INC.GENERAL": "5001300", "INC.FUND": "300", "INC.OTHER": "3000"}, "INC.GENERAL INC.OTHER"),
    ],
)
def test_each_line_is_judged_alone(lines: dict[str, str], changed: str) -> None:
    known = KnownFacts(control=Decimal("550.13"))
    amounts = {"TOTAL": "5501300", "EXP.BASIC": "5501300", "EXP.PROJECT": ""}
    [(_, texts)] = applied(a_table(amounts=amounts | lines), known)
    assert [place[8:-1] for place in texts if "INC" in place] == changed.split()


def test_tasks_that_are_right_in_wan_are_left_as_they_are() -> None:
    tasks = (TaskRow("t1", {"name": "保障运转", "amount": "317.13"}), TaskRow("t2", {"name": "项目", "amount": "233"}))
    [(label, _)] = applied(replace(a_table(amounts=IN_YUAN), tasks=tasks))
    assert "共 4 处" in label


def test_costs_and_tasks_in_yuan_are_converted_with_the_table() -> None:
    rows = (*ROWS, cost("c1", "人员经费", "≤2,789,900.00万元（含社保）"), cost("c2", "项目", "≤233万元"))
    tasks = (
        TaskRow("t1", {"name": "保障运转", "amount": "3171300"}),
        TaskRow("t2", {"name": "项目", "amount": "2330000"}),
    )
    table = replace(a_table(amounts=IN_YUAN, rows=rows), tasks=tasks)
    [(label, texts)] = applied(table)
    assert "共 7 处" in label
    assert {place: text for place, text in texts.items() if not place.startswith("amounts")} == {
        "tasks[t1].amount": "317.13",
        "tasks[t2].amount": "233.00",
        "indicators[c1].target": "≤278.99万元（含社保）",
    }


@pytest.mark.parametrize("edition", editions().values(), ids=list(editions()))
def test_the_converted_table_has_no_findings_of_units(edition: Edition) -> None:
    rules = dict.fromkeys(("B3", "B4", "B5", "B9"), "error")
    checked = replace(edition, rules=rules)
    amounts = {line.key: text for line in edition.lines if (text := IN_YUAN.get(line.key))}
    table = replace(a_table(rows=ROWS), edition=edition.code, amounts=amounts)
    [finding] = check(table, checked)
    assert finding.quick_fix
    fixed = replace(table, amounts={place.key: text for place, text in finding.quick_fix.changes})
    assert check(fixed, checked) == ()
