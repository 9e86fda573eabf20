"""Rule B9: a whole table, or a cost indicator, in another unit than 万元."""

from dataclasses import replace
from decimal import Decimal

import pytest

from filings.document.content import FilingDocument, IndicatorRow
from filings.document.edition import Edition
from filings.rules.catalogue import CATALOGUE
from filings.rules.engine import check
from filings.rules.finding import NOT_APPLICABLE, KnownFacts, LastYear, RuleContext, Undetermined
from filings.rules.money.whole_table_unit import the_whole_table_is_in_wan
from filings.tests.rules.documents import EDITION, ROWS, a_table, findings, report

IN_YUAN = {"TOTAL": "5501300", "INC.GENERAL": "5501300", "EXP.BASIC": "3171300", "EXP.PROJECT": "2330000"}
# Of a small office, below every limit for departments: 60 万元 in 元.
SMALL = {"TOTAL": "600000.5", "INC.GENERAL": "600000.5", "EXP.BASIC": "400000.5", "EXP.PROJECT": "200000"}
WITHOUT_STAFF = ROWS[1:]


def cost(key: str, name: str, target: str) -> IndicatorRow:
    return IndicatorRow(key, "OUT.COST", "", "", name, target)


def applied(table: FilingDocument, known: KnownFacts | None = None) -> list[tuple[str, dict[str, str]]]:
    """Return label and texts of each quick fix that B9 offers."""
    return [
        (finding.quick_fix.label, {str(place): text for place, text in finding.quick_fix.changes})
        for finding in findings(table, "B9", known)
        if finding.quick_fix
    ]


def last_year(total: str) -> KnownFacts:
    return KnownFacts(last_year=LastYear(a_table(amounts={"TOTAL": total}), EDITION))


def reasons(table: FilingDocument, known: KnownFacts | None = None) -> tuple[str, str]:
    """Return severity and reasons of the only finding."""
    [(severity, _, message)] = report(table, "B9", known)
    return severity, message.partition("，")[2].partition("。")[0]


def test_the_valid_table_has_no_findings() -> None:
    assert report(a_table(), "B9", KnownFacts(control=Decimal("550.13"))) == []


def test_every_amount_in_yuan_is_one_finding_with_one_click() -> None:
    table = a_table(amounts=IN_YUAN)
    places = "amounts[TOTAL] amounts[INC.GENERAL] amounts[EXP.BASIC] amounts[EXP.PROJECT]"
    assert report(table, "B9") == [
        (
            "error",
            places,
            "资金总额填的是 5,501,300.00 万元（550.13 亿元），超过一个县级部门可能达到的 100 亿元；"
            "基本支出按 28 人计，人均 113,260.71 万元（11.33 亿元）。"
            "疑似将「元」误作「万元」填写，按元换算是 550.13 万元。请核对金额的单位。",
        )
    ]
    texts = dict(zip(places.split(), ("550.13", "550.13", "317.13", "233.00"), strict=True))
    assert applied(table) == [("全部按元换算为万元（资金总额 5501300 → 550.13，共 4 处）", texts)]
    assert findings(table, "B9")[0].numbers == {"written": Decimal(5501300), "meant": Decimal("550.13")}


def test_a_single_reason_is_a_warning_to_be_explained() -> None:
    edition = replace(EDITION, rules={"B9": "error"})
    [finding] = check(a_table(amounts=SMALL), edition)
    assert (finding.severity, finding.asks) == ("warning", True)
    assert finding.message.endswith("请核对金额的单位；确实是万元的，请说明原因。")


def test_several_circumstances_are_a_warning_to_be_explained() -> None:
    """A correct table of a department that pays out benefits must not wait for a waiver."""
    amounts = {"TOTAL": "250000", "INC.GENERAL": "250000", "EXP.BASIC": "230000", "EXP.PROJECT": "20000"}
    table, known = a_table(amounts=amounts), last_year("249")
    [finding] = check(table, replace(EDITION, rules={"B9": "error"}), known)
    assert (finding.severity, finding.asks) == ("warning", True)
    assert reasons(table, known)[1].count("；") == 2


@pytest.mark.parametrize(("total", "is_reported"), [("1000000", False), ("1000000.01", True)])
def test_a_total_above_what_a_department_can_have(total: str, is_reported: bool) -> None:
    table = a_table(amounts={"TOTAL": total, "INC.GENERAL": total, "EXP.BASIC": "0.01"}, rows=WITHOUT_STAFF)
    assert bool(report(table, "B9")) is is_reported


@pytest.mark.parametrize(("basic", "found"), [("5600", []), ("5600.28", ["基本支出按 28 人计，人均 200.01 万元"])])
def test_basic_expenditure_per_head(basic: str, found: list[str]) -> None:
    amounts = {"TOTAL": "9000.5", "INC.GENERAL": "9000.5", "EXP.BASIC": basic, "EXP.PROJECT": ""}
    table = a_table(amounts=amounts)
    assert [reasons(table) for _ in found] == [("warning", reason) for reason in found]
    assert len(report(table, "B9")) == len(found)


@pytest.mark.parametrize("name", ["培训在编教师", "退休人员", "财政供养人员工资发放率"])
def test_rows_that_do_not_count_the_own_staff(name: str) -> None:
    unit = "%" if "率" in name else "人"
    rows = (IndicatorRow("r1", "OUT.QTY", "", "", name, f"28{unit}"), *WITHOUT_STAFF)
    assert report(a_table(amounts=SMALL, rows=rows), "B9") == []


@pytest.mark.parametrize("name", ["在编人员", "编制数", "在职人员数", "机关财政供养人数"])
def test_rows_that_count_the_own_staff(name: str) -> None:
    rows = (IndicatorRow("r1", "OUT.QTY", "", "", name, "28人"), *WITHOUT_STAFF)
    assert reasons(a_table(amounts=SMALL, rows=rows)) == (
        "warning",
        "基本支出按 28 人计，人均 14,285.73 万元（1.43 亿元）",
    )


@pytest.mark.parametrize(
    ("costs", "reason"),
    [
        ((("项目支出", "≤20万元"),), "项目支出恰好是成本指标合计 20.00 万元的一万倍"),
        ((("人员经费", "≤30万元"), ("项目支出", "≤20万元")), "项目支出恰好是成本指标「项目支出」20.00 万元的一万倍"),
        (
            (("人员经费", "≤40.00005万元"), ("项目", "≤20万元")),
            "基本支出恰好是成本指标「人员经费」40.00005 万元的一万倍",
        ),
        # Costs in 元, too large for the total in 万元, too small, and no money.
        ((("项目支出", "≤200000万元"),), ""),
        ((("人员经费", "≤50万元"), ("项目支出", "≤20万元")), ""),
        ((("项目支出", "≤0.5万元"),), ""),
        ((("项目支出", "≤20%"),), ""),
    ],
)
def test_lines_that_are_ten_thousand_times_the_costs(costs: tuple[tuple[str, str], ...], reason: str) -> None:
    rows = [cost(f"c{number}", *texts) for number, texts in enumerate(costs)]
    table = a_table(amounts=SMALL, rows=(*WITHOUT_STAFF, *rows))
    assert [reasons(table) for _ in report(table, "B9")] == ([("warning", reason)] if reason else [])


@pytest.mark.parametrize(("before", "reason"), [("60", "是上年批复的 60.00 万元的 10,000 倍"), ("600.01", "")])
def test_a_thousand_times_last_years_total(before: str, reason: str) -> None:
    table, known = a_table(amounts=SMALL, rows=WITHOUT_STAFF), last_year(before)
    assert [reasons(table, known) for _ in report(table, "B9", known)] == ([("warning", reason)] if reason else [])


@pytest.mark.parametrize(
    ("control", "found"),
    [
        ("60.00", [("error", "恰好是预算控制数 60.00 万元的一万倍")]),
        ("59", [("error", "是预算控制数 59.00 万元的 10,170 倍")]),
        ("600.01", []),
        ("0", []),
    ],
)
def test_times_the_control_figure(control: str, found: list[tuple[str, str]]) -> None:
    table, known = a_table(amounts=SMALL, rows=WITHOUT_STAFF), KnownFacts(control=Decimal(control))
    assert [reasons(table, known) for _ in report(table, "B9", known)] == found


@pytest.mark.parametrize(
    ("amounts", "is_reported"),
    [
        ({"TOTAL": "200000", "INC.GENERAL": "200000", "EXP.BASIC": "150000", "EXP.PROJECT": "50000"}, True),
        ({"TOTAL": "199999", "INC.GENERAL": "199999", "EXP.BASIC": "149999", "EXP.PROJECT": "50000"}, False),
        ({"TOTAL": "250000", "INC.GENERAL": "250000", "EXP.BASIC": "150000.5", "EXP.PROJECT": "99999.5"}, False),
        ({"TOTAL": "250000", "INC.GENERAL": "250000", "EXP.BASIC": "245000", "EXP.PROJECT": "5000"}, False),
    ],
)
def test_large_totals_without_decimals(amounts: dict[str, str], is_reported: bool) -> None:
    table = a_table(amounts=amounts, rows=WITHOUT_STAFF)
    found = [("warning", "达到 20 亿元，各行均为一万以上的整数")] if is_reported else []
    assert [reasons(table) for _ in report(table, "B9")] == found


@pytest.mark.parametrize("limits", [{"B9": "10000"}, {"B9": "10000", "B9.head": "200000", "B9.round": "1000"}])
def test_the_edition_sets_the_limits(limits: dict[str, str]) -> None:
    edition = replace(EDITION, rules={"B9": "error"}, limits=limits)
    assert len(check(a_table(amounts=IN_YUAN), edition)) == ("B9.head" not in limits)


def test_an_education_bureau_of_a_large_county_has_no_findings() -> None:
    amounts = {"TOTAL": "186432.57", "INC.GENERAL": "186432.57", "EXP.BASIC": "140000", "EXP.PROJECT": "46432.57"}
    rows = (IndicatorRow("r1", "OUT.QTY", "", "", "财政供养人员", "9213人"), *WITHOUT_STAFF)
    known = KnownFacts(control=Decimal("186432.57"), last_year=last_year("171200").last_year)
    assert report(a_table(amounts=amounts, rows=rows), "B9", known) == []


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("≤2789900万元", "≤278.99万元"),
        ("≤278.99万元", ""),
        ("≤5501万元", ""),
        ("≤5501400万元", ""),
        ("≤5502万元", ""),
        ("≤2789900元", ""),
        ("2000000-2789900万元", ""),
    ],
)
def test_a_cost_indicator_in_yuan(target: str, text: str) -> None:
    table = a_table(rows=(*ROWS, cost("c1", "人员经费", target)))
    assert applied(table) == ([(f"改为 {text}", {"indicators[c1].target": text})] if text else [])


def test_the_sentence_about_a_cost_indicator_in_yuan() -> None:
    table = a_table(rows=(*ROWS, cost("c1", "人员经费", "≤2789900万元")))
    assert report(table, "B9") == [
        (
            "error",
            "indicators[c1].target",
            "成本指标「人员经费」填的是 2,789,900.00 万元（278.99 亿元），超过资金总额 550.13 万元，"
            "按元换算是 278.99 万元。疑似将「元」误作「万元」填写。请核对指标值的单位。",
        )
    ]


def test_yi_for_wan() -> None:
    in_yi = {"TOTAL": "0.055013", "INC.GENERAL": "0.055013", "EXP.BASIC": "0.031713", "EXP.PROJECT": "0.0233"}
    table, control = a_table(amounts=in_yi), KnownFacts(control=Decimal("550.13"))
    reason = "恰好是预算控制数 550.13 万元的一万分之一；基本支出按 28 人计，人均 0.0011 万元"
    assert reasons(table, control) == ("warning", reason)
    assert reasons(a_table(amounts=in_yi, rows=WITHOUT_STAFF), last_year("498"))[1] == "上年批复的是 498.00 万元"
    [(label, texts)] = applied(table, control)
    assert label == "全部按亿元换算为万元（资金总额 0.055013 → 550.13，共 4 处）"
    assert list(texts.values()) == ["550.13", "550.13", "317.13", "233.00"]


def test_a_small_total_without_evidence_is_accepted() -> None:
    amounts = {"TOTAL": "0.8", "INC.GENERAL": "0.8", "EXP.BASIC": "0.5", "EXP.PROJECT": "0.3"}
    assert report(a_table(amounts=amounts, rows=WITHOUT_STAFF), "B9") == []


def test_an_amount_that_contradicts_the_others_is_left_to_b4() -> None:
    table = a_table(amounts={"TOTAL": "5501300"})
    assert (len(report(table, "B4")), report(table, "B9")) == (1, [])


def test_totals_without_a_bare_number() -> None:
    def answer(total: str, edition: Edition = EDITION) -> object:
        return the_whole_table_is_in_wan(RuleContext(a_table(amounts=IN_YUAN | {"TOTAL": total}), edition))

    assert answer("") is answer("0") is answer("5501300元") is NOT_APPLICABLE
    assert answer("5501300", replace(EDITION, unit="元")) is NOT_APPLICABLE
    assert answer("约五百") == Undetermined("资金总额无法识别金额，暂时无法核对全表的单位。")


def test_the_rules_sentence_names_the_limits_of_the_edition() -> None:
    [rule] = [rule for rule in CATALOGUE if rule.code == "B9"]
    assert rule.limits_in(replace(EDITION, limits={})) == {"B9": "100", "B9.round": "20", "B9.head": "200"}
    sentence = rule.sentence_in(replace(EDITION, limits={"B9": "80", "B9.head": "150"}))
    assert "不超过 80 亿元；达到 20 亿元的，金额不全是整数；基本支出人均不超过 150 万元；" in sentence
