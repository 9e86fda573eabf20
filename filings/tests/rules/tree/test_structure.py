"""Rules T1, T4, T5 and T6: required first levels, distinct names, complete rows, no placeholders."""

from dataclasses import replace

import pytest

from filings.document.content import IndicatorRow
from filings.rules.finding import NOT_APPLICABLE, RuleContext
from filings.rules.tree.structure import required_first_levels_have_rows
from filings.tests.rules.documents import EDITION, ROWS, a_table, report


def row(
    key: str, node: str | None, name: str, target: str = "1个", *, labels: tuple[str, str] = ("", "")
) -> IndicatorRow:
    return IndicatorRow(key, node, *labels, name=name, target=target)


@pytest.mark.parametrize("code", ["T1", "T4", "T5", "T6"])
def test_the_valid_tree_has_no_findings(code: str) -> None:
    assert report(a_table(), code) == []


def test_t1_a_required_first_level_without_rows() -> None:
    assert report(a_table(rows=ROWS[:2]), "T1") == [
        ("error", "nodes[BEN]", "「效益指标」尚未填写指标。请至少填写一行。")
    ]


def test_t1_no_rows_at_all() -> None:
    assert [places for _, places, _ in report(a_table(rows=()), "T1")] == ["nodes[OUT]", "nodes[BEN]"]


def test_t1_a_row_without_class_counts_for_the_first_level_it_names() -> None:
    unclassified = row("r9", None, "增收", labels=("效益", "其他效益"))
    assert report(a_table(rows=(*ROWS[:2], unclassified)), "T1") == []
    other = row("r9", None, "增收", labels=("其他指标", "经济效率指标"))
    assert len(report(a_table(rows=(*ROWS[:2], other)), "T1")) == 1


def test_t1_checks_required_levels_only() -> None:
    first, second = EDITION.tree
    optional = replace(EDITION, tree=(first, replace(second, required=False)))
    assert required_first_levels_have_rows(RuleContext(a_table(rows=ROWS[:2]), optional)) == []
    none = replace(EDITION, tree=(replace(first, required=False), replace(second, required=False)))
    assert required_first_levels_have_rows(RuleContext(a_table(rows=()), none)) is NOT_APPLICABLE


def test_t4_twice_in_one_second_level() -> None:
    rows = (row("a", "OUT.QTY", "培训人次"), row("b", "OUT.QTY", "别的"), row("c", "OUT.QTY", "培训 人次"))
    assert report(a_table(rows=rows), "T4") == [
        (
            "error",
            "indicators[a].name indicators[c].name",
            "指标「培训人次」在「数量指标」中有 2 行。请合并为一行，或在名称中写明区别。",
        )
    ]


def test_t4_in_two_second_levels_is_a_warning() -> None:
    rows = (row("a", "OUT.QTY", "培训人次"), row("b", "BEN.SOC", "培训人次"))
    assert report(a_table(rows=rows), "T4") == [
        (
            "warning",
            "indicators[a].name indicators[b].name",
            "指标「培训人次」在「数量指标」「社会效益指标」中均有。不是同一项指标的，请在名称中写明区别。",
        )
    ]


def test_t4_in_one_and_in_two_second_levels() -> None:
    rows = (row("a", "OUT.QTY", "ＡＢ"), row("b", "OUT.QUAL", "AB"), row("c", "OUT.QUAL", "AB"))
    assert [(severity, places) for severity, places, _ in report(a_table(rows=rows), "T4")] == [
        ("warning", "indicators[a].name indicators[b].name indicators[c].name"),
        ("error", "indicators[b].name indicators[c].name"),
    ]


def test_t4_distinguishes_unclassified_rows_by_their_labels() -> None:
    rows = (
        row("a", None, "甲", labels=("其他", "一")),
        row("b", None, "甲", labels=("其他", "一")),
        row("c", None, "乙", labels=("", "")),
        row("d", None, "乙", labels=("", "")),
    )
    assert [message for _, _, message in report(a_table(rows=rows), "T4")] == [
        "指标「甲」在「一」中有 2 行。请合并为一行，或在名称中写明区别。",
        "指标「乙」在「待归类」中有 2 行。请合并为一行，或在名称中写明区别。",
    ]


def test_t4_accepts_blank_names_and_names_that_differ_in_brackets() -> None:
    rows = (
        row("a", "OUT.QTY", "培训（一期）"),
        row("b", "OUT.QTY", "培训（二期）"),
        row("c", "OUT.QTY", ""),
        row("d", "OUT.QTY", ""),
    )
    assert report(a_table(rows=rows), "T4") == []


def test_t5_a_name_without_a_value() -> None:
    assert report(a_table(rows=(*ROWS, row("a", "BEN.SOC", "受益人数", ""))), "T5") == [
        ("error", "indicators[a].target", "指标「受益人数」没有指标值。请填写指标值，或删去这一行。")
    ]


def test_t5_a_value_without_a_name() -> None:
    assert report(a_table(rows=(*ROWS, row("a", "BEN.SOC", "", "≥90%"))), "T5") == [
        ("error", "indicators[a].name", "指标值「≥90%」没有指标名称。请填写指标名称，或删去这一行。")
    ]


@pytest.mark.parametrize("target", ["≥**个", "XX", "待定"])
def test_t6_a_placeholder_in_a_value(target: str) -> None:
    assert report(a_table(rows=(*ROWS, row("a", "BEN.SOC", "受益人数", target))), "T6") == [
        ("error", "indicators[a].target", f"指标值「{target}」未填写具体内容。请填写具体的指标值。")
    ]


def test_t6_a_placeholder_in_a_name_is_a_warning() -> None:
    assert report(a_table(rows=(*ROWS, row("a", "BEN.SOC", "××工程", "5个"))), "T6") == [
        ("warning", "indicators[a].name", "指标名称「××工程」未填写具体内容。请填写具体的名称。")
    ]
