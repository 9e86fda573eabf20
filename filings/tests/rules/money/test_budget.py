"""Rules B1, B2 and B3, and the sums that the fill-in page shares with them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from filings.choices import Side
from filings.document.content import FilingDocument, compose
from filings.document.edition import Edition
from filings.rules.engine import check
from filings.rules.finding import NOT_APPLICABLE, RuleContext, Undetermined
from filings.rules.money.budget import (
    describe_gap,
    expenditure_lines_add_up_to_total,
    income_lines_add_up_to_total,
    split_sums,
)
from filings.tests.rules.documents import AMOUNTS, EDITION, a_table, findings, report


@pytest.mark.parametrize("code", ["B1", "B2", "B3"])
def test_the_valid_budget_has_no_findings(code: str) -> None:
    assert report(a_table(), code) == []


def test_b1_income_falls_short() -> None:
    table = a_table(amounts={"INC.GENERAL": "500", "INC.FUND": "4.1"})
    assert report(table, "B1") == [
        (
            "error",
            "amounts[TOTAL] amounts[INC.GENERAL] amounts[INC.FUND]",
            "一般公共预算 500.00 ＋ 政府性基金拨款 4.10 ＝ 504.10，比资金总额 550.13 少 46.03 万元。"
            "请核对按收入性质分的各行或资金总额。",
        )
    ]
    assert findings(table, "B1")[0].numbers == {
        "sum": Decimal("504.1"),
        "total": Decimal("550.13"),
        "gap": Decimal("-46.03"),
    }


def test_b1_a_single_line_has_no_sum_in_the_message() -> None:
    assert report(a_table(amounts={"INC.GENERAL": "551"}), "B1") == [
        (
            "error",
            "amounts[TOTAL] amounts[INC.GENERAL]",
            "一般公共预算 551.00，比资金总额 550.13 多 0.87 万元。请核对按收入性质分的各行或资金总额。",
        )
    ]


def test_b1_no_income_line_is_filled() -> None:
    assert report(a_table(amounts={"INC.GENERAL": ""}), "B1") == [
        (
            "error",
            "amounts[TOTAL]",
            "按收入性质分的各行均未填写，资金总额是 550.13 万元。请填写按收入性质分的各行。",
        )
    ]


def test_b1_total_is_blank_over_filled_lines() -> None:
    message = (
        "资金总额尚未填写，按收入性质分的各行合计 550.13 万元，按支出性质分的各行合计 550.13 万元。请填写资金总额。"
    )
    assert report(a_table(amounts={"TOTAL": ""}), "B1") == [("error", "amounts[TOTAL]", message)]
    assert report(a_table(amounts={"TOTAL": ""}), "B2") == []


def test_b1_total_is_blank_over_a_line_that_cannot_be_read() -> None:
    message = "资金总额尚未填写，按收入性质分的各行合计 550.13 万元。请填写资金总额。"
    assert report(a_table(amounts={"TOTAL": "", "EXP.BASIC": "约"}), "B1") == [("error", "amounts[TOTAL]", message)]


def test_only_b1_reports_a_blank_budget() -> None:
    blank = a_table(amounts=dict.fromkeys(AMOUNTS, ""))
    assert report(blank, "B1") == [("error", "amounts[TOTAL]", "资金总额尚未填写。请填写资金总额。")]
    assert report(blank, "B2") == report(blank, "B3") == []


def test_b2_expenditure_falls_short() -> None:
    assert report(a_table(amounts={"EXP.PROJECT": "230.00"}), "B2") == [
        (
            "error",
            "amounts[TOTAL] amounts[EXP.BASIC] amounts[EXP.PROJECT]",
            "基本支出 317.13 ＋ 项目支出 230.00 ＝ 547.13，比资金总额 550.13 少 3.00 万元。"
            "请核对按支出性质分的各行或资金总额。",
        )
    ]


def test_b2_expenditure_is_too_much() -> None:
    [(_, _, message)] = report(a_table(amounts={"EXP.PROJECT": "233.01"}), "B2")
    assert "＝ 550.14，比资金总额 550.13 多 0.01 万元。" in message


def test_b2_no_expenditure_line_is_filled() -> None:
    [(_, places, message)] = report(a_table(amounts={"EXP.BASIC": "", "EXP.PROJECT": ""}), "B2")
    assert (places, message[:16]) == ("amounts[TOTAL]", "按支出性质分的各行均未填写，资金")


@pytest.mark.parametrize(("line", "holds"), [("233.005", True), ("232.995", True), ("233.0051", False)])
def test_sums_hold_within_half_a_hundredth(line: str, holds: bool) -> None:
    assert (report(a_table(amounts={"EXP.PROJECT": line}), "B2") == []) is holds


def test_lines_in_other_units_are_added_up_exactly() -> None:
    table = a_table(amounts={"TOTAL": "550.1300万元", "EXP.BASIC": "3171300元", "EXP.PROJECT": "2330千元"})
    assert report(table, "B2") == []


@pytest.mark.parametrize("line", ["EXP.PROJECT", "TOTAL"])
def test_a_sum_with_an_unreadable_part_is_undetermined(line: str) -> None:
    context = RuleContext(a_table(amounts={line: "约五百"}), EDITION)
    name = {"EXP.PROJECT": "项目支出", "TOTAL": "资金总额"}[line]
    assert expenditure_lines_add_up_to_total(context) == Undetermined(
        f"{name}无法识别金额，暂时无法核对按支出性质分的合计。"
    )
    assert len(findings(context.document, "B3")) == 1


def test_the_other_split_is_still_checked() -> None:
    context = RuleContext(a_table(amounts={"EXP.PROJECT": "约五百"}), EDITION)
    assert income_lines_add_up_to_total(context) == []


def only(side: Side) -> Edition:
    return replace(EDITION, splits=tuple(split for split in EDITION.splits if split.side is side))


def test_a_split_that_the_edition_lacks_is_not_applicable() -> None:
    assert income_lines_add_up_to_total(RuleContext(a_table(), only(Side.EXPENDITURE))) is NOT_APPLICABLE
    assert expenditure_lines_add_up_to_total(RuleContext(a_table(), only(Side.INCOME))) is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("约五百", "无法识别金额。请只填数字，以万元为单位，如 550.13；没有金额的留空。"),
        ("-3", "金额不能小于零。请填零或正数；没有金额的留空。"),
        ("12.345", "有 3 位小数，最多 2 位。请按万元保留 2 位小数。"),
        ("12.345元", "有 3 位小数，最多 2 位。请按元保留 2 位小数。"),
        ("9999999999", "超过了能登记的上限（十万亿元）。请核对数字和单位；不写单位时按万元计。"),
    ],
)
def test_b3_invalid_amounts(written: str, problem: str) -> None:
    assert report(a_table(amounts={"INC.OTHER": written}), "B3") == [
        ("error", "amounts[INC.OTHER]", f"其他资金填的是「{written}」，{problem}")
    ]


@pytest.mark.parametrize("written", ["", "0", "12.34", "12.30元", "7,242,318元"])
def test_b3_valid_amounts(written: str) -> None:
    assert report(a_table(amounts={"INC.OTHER": written}), "B3") == []


def test_b3_less_than_a_fen_where_the_edition_allows_more_decimals() -> None:
    edition = replace(EDITION, decimals=6, rules={"B3": "error"})
    table = compose(edition, year=2022, fields={}, amounts={"TOTAL": "0.001元"})
    assert [finding.message for finding in check(table, edition)] == [
        "资金总额填的是「0.001元」，小于一分的部分无法登记。请填到分为止。"
    ]


def test_b3_reports_each_line() -> None:
    table = a_table(amounts={"EXP.BASIC": "x", "TOTAL": "-1", "INC.FUND": "1.234"})
    assert [places for _, places, _ in report(table, "B3")] == [
        "amounts[TOTAL]",
        "amounts[INC.FUND]",
        "amounts[EXP.BASIC]",
    ]


def test_b3_truncates_a_long_text() -> None:
    [(_, _, message)] = report(a_table(amounts={"TOTAL": "约" * 500}), "B3")
    assert message.startswith(f"资金总额填的是「{'约' * 40}…」，")


def test_split_sums_of_amounts_as_typed() -> None:
    income, expenditure = split_sums(
        {"TOTAL": "５50.13 万元", "INC.GENERAL": "550.13", "EXP.BASIC": "x", "EXP.PROJECT": "5"}, EDITION
    )
    assert (income.sum, income.gap, income.unreadable, income.holds) == (Decimal("550.13"), Decimal(0), (), True)
    assert (expenditure.sum, expenditure.gap, expenditure.holds) == (Decimal(5), None, False)
    assert [line.key for line in expenditure.unreadable] == ["EXP.BASIC"]
    assert describe_gap(income) == describe_gap(expenditure) == ("", "")


def test_split_sums_of_no_amounts() -> None:
    zero = Decimal(0)
    assert [(item.total, item.sum, item.gap, item.parts) for item in split_sums({}, EDITION)] == [
        (zero, zero, zero, ())
    ] * 2


def test_the_page_shows_the_message_of_the_rule() -> None:
    table = a_table(amounts={"EXP.PROJECT": "230"})
    assert "".join(describe_gap(split_sums(table.amounts, EDITION)[1])) == findings(table, "B2")[0].message


def quick_fix_of(table: FilingDocument, code: str, edition: Edition = EDITION) -> tuple[str, str, str] | None:
    """Return label, place and text of the only finding's quick fix."""
    [finding] = check(table, replace(edition, rules={code: "error"}))
    if finding.quick_fix is None:
        return None
    [(place, text)] = finding.quick_fix.changes
    return finding.quick_fix.label, str(place), text


def test_the_missing_amount_is_offered_for_the_only_blank_line() -> None:
    table = a_table(amounts={"EXP.PROJECT": ""})
    assert quick_fix_of(table, "B2") == ("项目支出填 233 万元", "amounts[EXP.PROJECT]", "233")
    income = a_table(amounts={"INC.GENERAL": "500", "INC.FUND": "0", "INC.OTHER": "50"})
    assert quick_fix_of(income, "B1") == ("纳入专户管理的非税收入拨款填 0.13 万元", "amounts[INC.NONTAX]", "0.13")


@pytest.mark.parametrize(
    ("code", "amounts"),
    [
        ("B1", {"INC.GENERAL": "500"}),
        ("B2", {"EXP.PROJECT": "230"}),
        ("B2", {"EXP.PROJECT": "", "EXP.BASIC": "551"}),
        ("B2", {"EXP.PROJECT": "", "TOTAL": "550.135"}),
        ("B2", {"EXP.PROJECT": "", "TOTAL": "3171300"}),
        ("B2", {"EXP.PROJECT": "", "EXP.BASIC": ""}),
    ],
    ids=["three blank", "none blank", "too much", "decimals", "a wrong unit", "all blank"],
)
def test_no_quick_fix_is_offered_if_it_is_not_certain(code: str, amounts: dict[str, str]) -> None:
    assert quick_fix_of(a_table(amounts=amounts), code) is None


@pytest.mark.parametrize(("total", "text"), [("1000.99", "999.99"), ("1001", ""), ("1001.01", "")])
def test_a_missing_amount_of_1000_times_the_other_lines_is_a_wrong_unit(total: str, text: str) -> None:
    table = a_table(amounts={"TOTAL": total, "EXP.BASIC": "1", "EXP.PROJECT": ""})
    expected = (f"项目支出填 {text} 万元", "amounts[EXP.PROJECT]", text) if text else None
    assert quick_fix_of(table, "B2") == expected


def test_the_missing_amount_is_written_in_the_editions_unit() -> None:
    in_yuan = replace(EDITION, unit="元")
    table = a_table(amounts={"TOTAL": "5501300", "EXP.BASIC": "3171300", "EXP.PROJECT": ""})
    assert quick_fix_of(table, "B2", in_yuan) == ("项目支出填 2330000 元", "amounts[EXP.PROJECT]", "2330000")
