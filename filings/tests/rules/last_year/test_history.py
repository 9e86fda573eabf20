"""Rules Y1 to Y3: indicators compared with last year's approved table."""

from dataclasses import replace

import pytest

from filings.document.content import IndicatorRow
from filings.rules.engine import run
from filings.rules.finding import NOT_APPLICABLE, KnownFacts, LastYear, RuleContext, RuleFinding
from filings.rules.last_year.history import (
    comparators_and_units_are_kept,
    rows_of_last_year_are_kept,
    targets_are_no_weaker_than_last_years,
)
from filings.tests.rules.documents import EDITION, a_table


def row(key: str, name: str, target: str, node: str | None = "BEN.SOC") -> IndicatorRow:
    return IndicatorRow(key, node, "" if node else "其他", "", name, target)


def run_rule(code: str, now: tuple[IndicatorRow, ...], before: tuple[IndicatorRow, ...]) -> tuple[RuleFinding, ...]:
    last_year = LastYear(replace(a_table(rows=before), year=2021), EDITION)
    results = run(a_table(rows=now), replace(EDITION, rules={code: "warning"}), KnownFacts(last_year=last_year))
    assert results.failures == ()
    return results.findings


def report(code: str, now: tuple[IndicatorRow, ...], before: tuple[IndicatorRow, ...]) -> list[tuple[str, str]]:
    return [(" ".join(map(str, finding.places)), finding.message) for finding in run_rule(code, now, before)]


def run_on_row(code: str, name: str, now: str, before: str, node: str = "BEN.SOC") -> tuple[RuleFinding, ...]:
    return run_rule(code, (row("new", name, now, node),), (row("old", name, before, node),))


@pytest.mark.parametrize(
    "rule", [targets_are_no_weaker_than_last_years, comparators_and_units_are_kept, rows_of_last_year_are_kept]
)
def test_history_does_not_apply_without_last_year(rule: object) -> None:
    assert callable(rule)
    assert rule(RuleContext(a_table(), EDITION)) is NOT_APPLICABLE


@pytest.mark.parametrize("code", ["Y1", "Y2", "Y3"])
def test_the_same_rows_have_no_findings(code: str) -> None:
    rows = (row("a", "覆盖率", "≥90%"), row("b", "覆盖率", "≥90%", None), row("c", "人数", "28人", "OUT.QTY"))
    assert report(code, rows, rows) == []


def test_y1_a_weaker_number() -> None:
    [finding] = run_on_row("Y1", "宣传覆盖率", "≥85%", "≥90%")
    assert finding.message == (
        "指标「宣传覆盖率」上年批复的是「≥90%」，今年是「≥85%」，低于上年的要求。请改为不低于上年的要求，或说明理由。"
    )
    assert [str(place) for place in finding.places] == ["indicators[new].target"]
    assert {name: int(number) for name, number in finding.numbers.items()} == {"now": 85, "before": 90}


def test_y1_a_phrase_in_place_of_a_number() -> None:
    [finding] = run_on_row("Y1", "宣传场次", "持续推进", "≥9场")
    assert "低于上年的要求，且没有可以衡量的数字。" in finding.message


@pytest.mark.parametrize(
    ("name", "now", "before", "node"),
    [
        ("培训人次", "≥400人次", "≥500人次", "OUT.QTY"),
        ("培训人次", ">400人次", "＞＝500 人次", "OUT.QTY"),
        ("培训人次", "400人次", "≥500人次", "OUT.QTY"),
        ("培训人次", "≥400人次", "≥0.05万人次", "OUT.QTY"),
        ("增收", "≥900万元", "≥0.1亿元", "BEN.ECON"),
        ("满意度", "≥85百分比", "≥90%", "BEN.SAT"),
        ("投诉率", "≤5%", "≤3%", "BEN.SOC"),
        ("人均成本", "≤500元/人", "≤475元/人", "OUT.COST"),
        ("预算完成率", "95%", "100%", "OUT.TIME"),
        ("在职人员控制率", "105%", "=100%", "OUT.QUAL"),
        ("完工时间", "2022年12月底前", "2021年11月底前", "OUT.TIME"),
        ("完工时间", "11月20日前", "2021年11月15日前", "OUT.TIME"),
        ("完工时间", "2022年底前", "2021年11月底前", "OUT.TIME"),
    ],
)
def test_y1_a_weaker_target_in_its_own_direction(name: str, now: str, before: str, node: str) -> None:
    assert len(run_on_row("Y1", name, now, before, node)) == 1


@pytest.mark.parametrize(
    ("name", "now", "before", "node"),
    [
        ("培训人次", "≥600人次", "≥500人次", "OUT.QTY"),
        ("增收", "≥0.1亿元", "≥1000万元", "BEN.ECON"),
        ("投诉率", "≤2%", "≤3%", "BEN.SOC"),
        ("人员支出", "≤320万元", "≤300万元", "OUT.COST"),
        ("人员支出", "控制在预算内", "≤300万元", "OUT.COST"),
        ("财政供养人员", "27人", "28人", "OUT.QTY"),
        ("预算完成率", "100%", "95%", "OUT.TIME"),
        ("某某比例", "20%", "30%", "BEN.SOC"),
        ("培训人次", "≥10场", "≥500人次", "OUT.QTY"),
        ("培训人次", "≥400", "≥500人次", "OUT.QTY"),
        ("覆盖率", "≤85%", "≥90%", "BEN.SOC"),
        ("投诉率", "≥5%", "≤3%", "BEN.SOC"),
        ("预算完成率", "90", "95", "OUT.TIME"),
        ("完工时间", "2022年10月底前", "2021年11月底前", "OUT.TIME"),
        ("完工时间", "年度内及时完成", "2021年11月底前", "OUT.TIME"),
        ("覆盖率", "待定", "≥90%", "BEN.SOC"),
        ("覆盖率", "", "≥90%", "BEN.SOC"),
        ("覆盖率", "≥90%", "持续推进", "BEN.SOC"),
    ],
)
def test_y1_targets_that_are_not_weaker_or_not_comparable(name: str, now: str, before: str, node: str) -> None:
    assert run_on_row("Y1", name, now, before, node) == ()


def test_y2_the_comparator_is_missing_with_its_quick_fix() -> None:
    [finding] = run_on_row("Y2", "覆盖率", "90%", "≥90%")
    assert finding.message == "指标「覆盖率」上年是「≥90%」，今年是「90%」，缺少计算符号「≥」。请补充，与上年写法一致。"
    assert finding.quick_fix
    assert finding.quick_fix.label == "改为 ≥90%"
    assert [(str(place), text) for place, text in finding.quick_fix.changes] == [("indicators[new].target", "≥90%")]


@pytest.mark.parametrize(
    ("now", "parts", "fixed"),
    [
        ("≥90", "计量单位「%」", "≥90%"),
        ("90", "计算符号「≥」和计量单位「%」", "≥90%"),
        ("95%", "计算符号「≥」", ""),
        ("≥92", "计量单位「%」", ""),
        ("=90", "计量单位「%」", ""),
    ],
)
def test_y2_missing_parts_and_whether_their_quick_fix_is_certain(now: str, parts: str, fixed: str) -> None:
    [finding] = run_on_row("Y2", "覆盖率", now, "≥90%")
    assert f"缺少{parts}。" in finding.message
    assert [text for _, text in finding.quick_fix.changes] == [fixed] if finding.quick_fix else not fixed


def test_y2_leaves_weaker_targets_to_y1() -> None:
    assert run_on_row("Y2", "覆盖率", "85%", "≥90%") == ()
    assert len(run_on_row("Y1", "覆盖率", "85%", "≥90%")) == 1


@pytest.mark.parametrize(
    ("now", "before"),
    [("=90%", "≥90%"), ("100%", "=100%"), ("≥90%", "90%"), ("持续推进", "≥90%"), ("≥90百分比", "≥90%"), ("", "≥90%")],
)
def test_y2_nothing_is_missing(now: str, before: str) -> None:
    assert run_on_row("Y2", "覆盖率", now, before) == ()


def test_y2_last_years_note_is_not_restored() -> None:
    [finding] = run_on_row("Y2", "覆盖率", "90%", "≥90%（新增）")
    assert finding.quick_fix is None


def test_y3_a_dropped_row_is_reported_at_its_class() -> None:
    kept = row("a", "覆盖率", "≥90%")
    assert report("Y3", (kept,), (kept, row("b", "培训人次", "≥500人次", "OUT.QTY"))) == [
        (
            "nodes[OUT.QTY]",
            "上年的指标「培训人次」（≥500人次）今年未填写。工作仍在开展的，请保留该指标。",
        )
    ]


def test_y3_a_renamed_row_is_reported_at_its_name() -> None:
    assert report("Y3", (row("a", "宣传到位率", "≥90%"),), (row("a", "宣传覆盖率", "≥90%"),)) == [
        (
            "indicators[a].name",
            "上年的指标「宣传覆盖率」，今年名称改为「宣传到位率」。属于同一项指标的，请沿用上年的名称，以便前后对比。",
        )
    ]


def test_y3_ignores_a_row_without_a_class_of_this_edition() -> None:
    assert report("Y3", (), (row("a", "覆盖率", "≥90%", None),)) == []


@pytest.mark.parametrize(
    ("now", "before"),
    [
        (row("x", "覆盖率", "1"), row("a", "覆 盖率", "1")),
        (row("a", "2022年培训", "1"), row("a", "２０２１年培训", "1")),
        (row("x", "覆盖率", "1", "OUT.QUAL"), row("a", "覆盖率", "1")),
        (row("a", "覆盖率", "1", "OUT.QUAL"), row("a", "覆盖率", "1")),
        (row("a", "", "1"), row("a", "", "1")),
    ],
)
def test_y3_pairs_rows_that_differ_in_writing_class_or_key(now: IndicatorRow, before: IndicatorRow) -> None:
    assert report("Y3", (now,), (before,)) == []


def test_a_key_that_another_row_has_now_does_not_hide_the_same_name() -> None:
    now = (row("a", "乙", "≥9场"), row("b", "丙", "≥1场"))
    before = (row("a", "甲", "≥5场"), row("b", "乙", "≥8场"))
    assert report("Y1", now, before) == []
    assert [places for places, _ in report("Y3", now, before)] == ["nodes[BEN.SOC]"]


def test_of_two_rows_with_one_name_each_is_compared_by_key() -> None:
    now = (row("b", "甲", "≥9场"), row("a", "甲", "≥5场"))
    assert report("Y1", now, now[::-1]) == []


def test_a_key_in_another_class_under_another_name_is_another_row() -> None:
    now, before = row("a", "乙", "1人", "OUT.QTY"), row("a", "甲", "≥5场")
    assert [places for places, _ in report("Y3", (now,), (before,))] == ["nodes[BEN.SOC]"]


def test_y3_the_eleventh_finding_counts_the_remaining_rows() -> None:
    before = tuple(row(f"b{number}", f"指标{number}", "≥1场") for number in range(13))
    messages = [message for _, message in report("Y3", (), before)]
    assert len(messages) == 11
    assert [message for message in messages if "另有 3 行" in message] == [
        "上年的指标另有 3 行今年未填写或改了名称。请对照上年批复的申报表逐行核对。"
    ]
    assert len(report("Y3", (), before[:10])) == 10
