"""Rules B4 and B5: amounts in the wrong unit, parts greater than the total."""

from dataclasses import replace
from decimal import Decimal

import pytest

from filings.document.content import FilingDocument
from filings.document.place import Place
from filings.rules.engine import check
from filings.rules.finding import NOT_APPLICABLE, RuleContext, Undetermined
from filings.rules.money.unit_mistakes import no_line_exceeds_the_total, units_are_not_mixed_up
from filings.tests.rules.documents import EDITION, a_table, findings, report


def quick_fixes(table: FilingDocument) -> list[tuple[str, dict[str, str]]]:
    """Return label and texts of each quick fix that B4 offers."""
    return [
        (finding.quick_fix.label, {str(place): text for place, text in finding.quick_fix.changes})
        for finding in findings(table, "B4")
        if finding.quick_fix
    ]


@pytest.mark.parametrize("code", ["B4", "B5"])
def test_the_valid_budget_has_no_findings(code: str) -> None:
    assert report(a_table(), code) == []


def test_b4_a_line_in_yuan_that_makes_its_split_add_up() -> None:
    table = a_table(amounts={"EXP.BASIC": "3171300"})
    assert report(table, "B4") == [
        (
            "error",
            "amounts[EXP.BASIC]",
            "基本支出填的是 3,171,300.00 万元（317.13 亿元），"
            "除以一万是 317.13 万元，按支出性质分的合计就与资金总额 550.13 万元相符。"
            "疑似将「元」误作「万元」填写。请核对基本支出的单位。",
        )
    ]
    assert findings(table, "B4")[0].numbers == {"written": Decimal(3171300), "meant": Decimal("317.13")}
    assert quick_fixes(table) == [("改为 317.13 万元", {"amounts[EXP.BASIC]": "317.13"})]
    assert report(a_table(amounts={"EXP.BASIC": "317.13"}), "B4") == []


def test_b4_a_single_line_is_not_called_a_sum() -> None:
    [(_, _, message)] = report(a_table(amounts={"INC.GENERAL": "5501300"}), "B4")
    assert message == (
        "一般公共预算填的是 5,501,300.00 万元（550.13 亿元），除以一万是 550.13 万元，就与资金总额 550.13 万元相符。"
        "疑似将「元」误作「万元」填写。请核对一般公共预算的单位。"
    )


def test_b4_the_total_in_yuan_is_reported_once_for_both_splits() -> None:
    table = a_table(amounts={"TOTAL": "5501300"})
    assert report(table, "B4") == [
        (
            "error",
            "amounts[TOTAL]",
            "资金总额填的是 5,501,300.00 万元（550.13 亿元），"
            "除以一万是 550.13 万元，就与按收入性质分的合计 550.13 万元相符。"
            "疑似将「元」误作「万元」填写。请核对资金总额的单位。",
        )
    ]
    assert quick_fixes(table) == [("改为 550.13 万元", {"amounts[TOTAL]": "550.13"})]


def test_b4_a_line_of_a_thousand_totals_though_nothing_adds_up() -> None:
    table = a_table(amounts={"EXP.BASIC": "3171300", "EXP.PROJECT": "200"})
    assert report(table, "B4") == [
        (
            "error",
            "amounts[EXP.BASIC]",
            "基本支出填的是 3,171,300.00 万元（317.13 亿元），"
            "除以一万是 317.13 万元，现在是资金总额 550.13 万元的 1000 倍以上。"
            "疑似将「元」误作「万元」填写。请核对基本支出的单位。",
        )
    ]


def test_b4_each_line_of_a_split_in_yuan() -> None:
    table = a_table(amounts={"EXP.BASIC": "3171300", "EXP.PROJECT": "2330000"})
    assert [places for _, places, _ in report(table, "B4")] == ["amounts[EXP.BASIC]", "amounts[EXP.PROJECT]"]
    assert [label for label, _ in quick_fixes(table)] == ["改为 317.13 万元", "改为 233.00 万元"]


def test_b4_a_total_of_a_thousand_sums_though_nothing_adds_up() -> None:
    [(_, places, message)] = report(a_table(amounts={"TOTAL": "5501400"}), "B4")
    assert (places, message) == (
        "amounts[TOTAL]",
        "资金总额填的是 5,501,400.00 万元（550.14 亿元），"
        "除以一万是 550.14 万元，现在是按收入性质分的合计 550.13 万元的 1000 倍以上。"
        "疑似将「元」误作「万元」填写。请核对资金总额的单位。",
    )


def test_b4_accepts_a_total_that_one_split_equals() -> None:
    assert report(a_table(amounts={"INC.GENERAL": "0.5"}), "B4") == []


@pytest.mark.parametrize(("limit", "is_reported"), [("1000", False), ("900", True)])
def test_b4_the_edition_sets_the_limit(limit: str, is_reported: bool) -> None:
    edition = replace(EDITION, rules={"B4": "warning"}, limits={"B4": limit})
    table = a_table(amounts={"EXP.BASIC": "500000", "EXP.PROJECT": "233"})
    assert bool(check(table, edition)) is is_reported


def test_b4_a_line_of_exactly_the_limit_is_reported() -> None:
    at_the_limit = a_table(amounts={"EXP.BASIC": "550130", "EXP.PROJECT": "1"})
    assert len(findings(at_the_limit, "B4")) == 1
    assert findings(a_table(amounts={"EXP.BASIC": "550129.99", "EXP.PROJECT": "1"}), "B4") == ()


@pytest.mark.parametrize(("basic", "count"), [("550130", 1), ("550129.99", 0)])
def test_b4_the_default_limit_is_1000_times_the_total(basic: str, count: int) -> None:
    table = a_table(amounts={"EXP.BASIC": basic, "EXP.PROJECT": "1"})
    answer = units_are_not_mixed_up(RuleContext(table, EDITION))
    assert isinstance(answer, list)
    assert len(answer) == count


def test_b4_figures_that_need_more_decimals_than_allowed_get_the_unit_yuan() -> None:
    table = a_table(amounts={"TOTAL": "550.1312", "INC.GENERAL": "5501312"})
    assert quick_fixes(table) == [("改为 550.1312 万元", {"amounts[INC.GENERAL]": "550.1312"})]


def test_b4_has_no_quick_fix_where_either_of_two_lines_would_do() -> None:
    table = a_table(amounts={"TOTAL": "1000100", "INC.GENERAL": "1000000", "INC.FUND": "1000000"})
    assert [finding.quick_fix for finding in findings(table, "B4")] == [None, None]


def test_b4_has_no_quick_fix_that_would_still_exceed_the_total() -> None:
    table = a_table(amounts={"EXP.BASIC": "9000000", "EXP.PROJECT": "1"})
    assert [finding.quick_fix for finding in findings(table, "B4")] == [None]


@pytest.mark.parametrize("written", ["3171300元", "317.13亿元"])
def test_b4_accepts_amounts_written_with_a_unit(written: str) -> None:
    assert report(a_table(amounts={"EXP.BASIC": written}), "B4") == []
    assert report(a_table(amounts={"TOTAL": written.replace("317", "550")}), "B4") == []


def test_b4_accepts_a_line_that_is_superfluous() -> None:
    assert report(a_table(amounts={"INC.FUND": "30"}), "B4") == []


def test_b4_full_width_figures_are_the_same() -> None:
    assert report(a_table(amounts={"EXP.BASIC": "３１７１３００"}), "B4") == report(
        a_table(amounts={"EXP.BASIC": "3171300"}), "B4"
    )


def test_b4_needs_a_total_and_an_edition_in_wan() -> None:
    in_yuan = {"EXP.BASIC": "3171300"}
    assert units_are_not_mixed_up(RuleContext(a_table(amounts={**in_yuan, "TOTAL": ""}), EDITION)) is NOT_APPLICABLE
    assert units_are_not_mixed_up(RuleContext(a_table(amounts={**in_yuan, "TOTAL": "0"}), EDITION)) is NOT_APPLICABLE
    assert units_are_not_mixed_up(RuleContext(a_table(amounts=in_yuan), replace(EDITION, unit="元"))) is NOT_APPLICABLE


def test_b5_a_part_exceeds_the_total() -> None:
    table = a_table(amounts={"EXP.BASIC": "713.13"})
    assert report(table, "B5") == [
        (
            "error",
            "amounts[EXP.BASIC] amounts[TOTAL]",
            "基本支出 713.13 万元，比资金总额 550.13 万元还多 163.00 万元。"
            "其中各行是资金总额的一部分。请核对基本支出或资金总额。",
        )
    ]
    assert findings(table, "B5")[0].numbers["excess"] == Decimal(163)


def test_b5_holds_within_half_a_hundredth() -> None:
    assert report(a_table(amounts={"EXP.BASIC": "550.135"}), "B5") == []
    assert len(report(a_table(amounts={"EXP.BASIC": "550.14"}), "B5")) == 1


def test_b5_leaves_wrong_units_to_b4() -> None:
    table = a_table(amounts={"EXP.BASIC": "3171300"})
    assert (len(report(table, "B4")), report(table, "B5")) == (1, [])


def test_b5_leaves_a_single_line_to_b1() -> None:
    assert report(a_table(amounts={"INC.GENERAL": "600", "INC.OTHER": "0"}), "B5") == []
    assert [
        place.key
        for finding in findings(a_table(amounts={"INC.GENERAL": "600", "INC.OTHER": "1"}), "B5")
        for place in finding.places
    ] == ["INC.GENERAL", "TOTAL"]


def test_b5_without_a_total() -> None:
    def answer(total: str) -> object:
        return no_line_exceeds_the_total(RuleContext(a_table(amounts={"TOTAL": total, "EXP.BASIC": "713"}), EDITION))

    assert answer("") is NOT_APPLICABLE
    assert answer("约五百") == Undetermined("资金总额无法识别金额，暂时无法核对其中各行是否超过它。")


def test_b5_on_an_edition_in_yuan_reports_wan() -> None:
    context = RuleContext(a_table(amounts={"EXP.BASIC": "713.13"}), replace(EDITION, unit="元"))
    answer = no_line_exceeds_the_total(context)
    assert isinstance(answer, list)
    assert [violation.places[0] for violation in answer] == [Place("amounts", "EXP.BASIC")]
    assert answer[0].numbers["line"] == Decimal("0.071313")


CASES = [
    # total, basic and project expenditure as written, the lines that were typed in 元
    ("550.13", "317.13", "233", ""),
    ("550.13", "3171300", "233", "EXP.BASIC"),
    ("550.13", "317.134", "2330000", "EXP.PROJECT"),
    ("5501300", "317.13", "233", "TOTAL"),
    ("5501300", "550.13", "", "TOTAL"),
    ("5501300", "3171300", "2330000", ""),
    ("550.13", "3171300", "2330000", "EXP.BASIC EXP.PROJECT"),
    ("550.13", "10", "550130", "EXP.PROJECT"),
    ("550.13", "10", "550129", ""),
    ("550.13", "三百", "550130", "EXP.PROJECT"),
    ("550.13", "三百", "2330000", "EXP.PROJECT"),
    ("550.13", "三百", "5000", ""),
    ("5501300", "三百", "550.13", ""),
    ("550.13", "317.13", "200", ""),
    # A superfluous line is not a wrong unit, nor is a sum that differs because of blank lines.
    ("100", "100", "30", ""),
    ("100", "100", "0.01", ""),
    ("30", "", "", ""),
    ("", "3171300", "233", ""),
    ("0", "3171300", "233", ""),
    ("约五百", "3171300", "", ""),
]


@pytest.mark.parametrize(("total", "basic", "project", "in_yuan"), CASES)
def test_b4_finds_the_amounts_typed_in_yuan(total: str, basic: str, project: str, in_yuan: str) -> None:
    income = "" if in_yuan == "TOTAL" else total
    table = a_table(amounts={"TOTAL": total, "INC.GENERAL": income, "EXP.BASIC": basic, "EXP.PROJECT": project})
    assert [places for _, places, _ in report(table, "B4")] == [f"amounts[{line}]" for line in in_yuan.split()]
