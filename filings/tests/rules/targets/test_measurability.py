"""Rules M1, M2, M5 and M6: targets are measurable."""

import pytest

from filings.document.content import IndicatorRow
from filings.rules.example import VALID_EXAMPLE
from filings.rules.finding import RuleFinding
from filings.tests.founding import founding_document
from filings.tests.rules.documents import EDITION, a_table, findings, report


def row(node: str | None, name: str, target: str, key: str = "a") -> IndicatorRow:
    return IndicatorRow(key, node, "", "", name, target)


def run_rule(code: str, node: str | None, name: str, target: str) -> tuple[RuleFinding, ...]:
    return findings(a_table(rows=(row(node, name, target),)), code)


@pytest.mark.parametrize("code", ["M1", "M2", "M5", "M6"])
def test_the_valid_example_has_no_findings(code: str) -> None:
    assert report(VALID_EXAMPLE.document(EDITION), code) == []


def test_the_founding_table() -> None:
    table = founding_document()
    assert [len(report(table, code)) for code in ("M1", "M2", "M5", "M6")] == [1, 0, 2, 0]


def test_m1_a_phrase_as_quantity() -> None:
    (finding,) = run_rule("M1", "OUT.QTY", "部门单位履职、运转", "予以保障")
    assert finding.message == (
        "数量指标「部门单位履职、运转」填的是「予以保障」，没有数量，无法衡量。"
        "请改为计算符号、数字和单位，如「≥12次」；不是数量的，请移到合适的二级指标下。"
    )
    assert list(map(str, finding.places)) == ["indicators[a].target"]


@pytest.mark.parametrize("target", ["≥3次", "每月1次", "三个", "全覆盖", "零事故", "", "待定", "3-5次"])
def test_m1_accepted_targets(target: str) -> None:
    assert run_rule("M1", "OUT.QTY", "活动", target) == ()


def test_m1_applies_to_quantities_only() -> None:
    assert run_rule("M1", "BEN.SOC", "活动", "持续推进") == ()
    assert run_rule("M1", None, "活动", "持续推进") == ()


def test_m2_too_many_phrases() -> None:
    rows = (
        row("OUT.QTY", "甲", "≥1个", "a"),
        row("BEN.SOC", "乙", "良好", "b"),
        row("BEN.SUST", "丙", "长期", "c"),
    )
    assert report(a_table(rows=rows), "M2") == [
        (
            "error",
            "nodes[BEN]",
            "「效益指标」下面 2 行指标值均为文字描述，没有可以衡量的。请至少将其中一行改为计算符号、数字和单位。",
        ),
        (
            "error",
            "indicators[b].target indicators[c].target",
            "3 行指标值中有 2 行为文字描述，占 66.7%，超过 30%。能够量化的，请改为计算符号、数字和单位。",
        ),
    ]


def test_m2_accepts_phrases_up_to_the_limit_and_times() -> None:
    numbers = tuple(row("OUT.QTY", f"甲{n}", "≥1个", f"n{n}") for n in range(7))
    phrases = tuple(row("OUT.QUAL", f"乙{n}", "良好", f"p{n}") for n in range(3))
    times = (row("OUT.TIME", "完成时间", "年度内及时完成"),)
    assert report(a_table(rows=(*numbers, *phrases)), "M2") == []
    assert report(a_table(rows=times), "M2") == []


def test_m5_a_number_without_comparator() -> None:
    (finding,) = run_rule("M5", "OUT.QTY", "财政供养人员", "28人")
    assert finding.message == ("指标值「28人」没有计算符号，无法判断是否达到目标。请在数字前加上「≥」「=」或「≤」。")
    assert finding.quick_fix is None


@pytest.mark.parametrize("target", ["≥28人", "28人以上", "3-5次", "2022年12月", "良好", "", "±3%"])
def test_m5_accepted_targets(target: str) -> None:
    assert run_rule("M5", "OUT.QTY", "财政供养人员", target) == ()


def test_m6_a_number_without_unit() -> None:
    (finding,) = run_rule("M6", "OUT.QTY", "培训", "10")
    assert finding.message == "指标值「10」没有计量单位。请在数字后加上单位，如「人」「次」「%」。"
    assert finding.quick_fix is None


@pytest.mark.parametrize(
    ("name", "target", "fixed"),
    [
        ("群众满意度", "≥90", "≥90%"),
        ("合格率", "90以上", "90%以上"),
        ("宣传覆盖面", "=98.5", "=98.5%"),
        ("培训人数（人）", "≥1200", "≥1200人"),
    ],
)
def test_m6_a_certain_unit_is_offered(name: str, target: str, fixed: str) -> None:
    (finding,) = run_rule("M6", "OUT.QUAL", name, target)
    assert finding.quick_fix is not None
    assert finding.quick_fix.label == f"补上单位：{fixed}"
    assert [(str(place), text) for place, text in finding.quick_fix.changes] == [("indicators[a].target", fixed)]


def test_m6_a_unit_in_the_name_is_only_advice() -> None:
    (finding,) = run_rule("M6", "OUT.QTY", "培训人数（人）", "≥1200")
    assert finding.severity.value == "advice"


@pytest.mark.parametrize(("name", "target"), [("合格率", "≥0.95"), ("人口死亡率", "≤7"), ("完成率", "120")])
def test_m6_has_no_quick_fix_where_the_unit_is_not_certain(name: str, target: str) -> None:
    (finding,) = run_rule("M6", "OUT.QUAL", name, target)
    assert finding.quick_fix is None


@pytest.mark.parametrize(
    ("name", "target"), [("重大事故", "0"), ("空气质量指数", "≤80"), ("建筑容积率", "≤2.5"), ("甲", "10人")]
)
def test_m6_accepted_targets(name: str, target: str) -> None:
    assert run_rule("M6", "OUT.QTY", name, target) == ()


def test_m5_a_month_that_does_not_exist_is_left_to_m8() -> None:
    assert run_rule("M5", "OUT.TIME", "完工时间", "13月底前") == ()
