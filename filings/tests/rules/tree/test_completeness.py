"""Rules T2, T3, T7 and T8: rows in every class, satisfaction, number of rows, weights."""

from dataclasses import replace
from decimal import Decimal

import pytest

from filings.document.content import IndicatorRow
from filings.rules.example import VALID_EXAMPLE, WEIGHT
from filings.rules.finding import NOT_APPLICABLE, NotApplicable, RuleAnswer, RuleContext, Undetermined, Violation
from filings.rules.tree.completeness import (
    required_second_levels_have_rows,
    there_are_enough_rows,
    there_is_a_satisfaction_row,
)
from filings.rules.tree.weights import weights_add_up
from filings.tests.rules.documents import EDITION, a_table, report

WEIGHED = replace(EDITION, columns=(*EDITION.columns, WEIGHT))


def rows_in(*nodes: str) -> tuple[IndicatorRow, ...]:
    return tuple(IndicatorRow(f"r{n}", node, "", "", f"指标甲{n}", "≥1个") for n, node in enumerate(nodes, start=1))


def weighed(*weights: str) -> RuleAnswer:
    rows = rows_in(*["OUT.QTY"] * len(weights))
    written = tuple(replace(row, more={"weight": text}) for row, text in zip(rows, weights, strict=True))
    table = replace(a_table(rows=rows), indicators=written)
    return weights_add_up(RuleContext(table, WEIGHED, limits={"T8": Decimal(100)}))


@pytest.mark.parametrize("code", ["T2", "T3", "T7", "T8"])
def test_the_valid_example_has_no_findings(code: str) -> None:
    assert report(VALID_EXAMPLE.document(EDITION), code) == []


def test_t2_second_levels_without_rows() -> None:
    rows = rows_in("OUT.QTY", "OUT.COST", "OUT.TIME", "BEN.ECON", "BEN.SOC")
    assert report(a_table(rows=rows), "T2") == [
        ("error", "nodes[OUT.QUAL]", "「质量指标」尚未填写指标。请至少填写一行。"),
        ("error", "nodes[BEN.SUST]", "「可持续影响指标」尚未填写指标。请至少填写一行。"),
    ]


def test_t2_leaves_an_empty_first_level_to_t1() -> None:
    rows = rows_in("OUT.QTY", "OUT.QUAL", "OUT.COST", "OUT.TIME")
    assert report(a_table(rows=rows), "T2") == []
    assert report(a_table(rows=()), "T2") == []


def test_t2_counts_a_row_by_its_labels() -> None:
    rows = rows_in("OUT.QTY", "OUT.COST", "OUT.TIME")
    free = IndicatorRow("x", None, "产出", "质量", "合格率", "≥90%")
    assert report(a_table(rows=(*rows, free)), "T2") == []


def test_t2_checks_required_levels_only() -> None:
    tree = tuple(
        replace(first, children=tuple(replace(second, required=False) for second in first.children))
        for first in EDITION.tree
    )
    edition = replace(EDITION, tree=tree)
    assert required_second_levels_have_rows(RuleContext(a_table(), edition)) is NOT_APPLICABLE


def test_t3_no_satisfaction() -> None:
    assert report(a_table(rows=rows_in("OUT.QTY", "BEN.SOC")), "T3") == [
        (
            "error",
            "nodes[BEN.SAT]",
            "尚未填写满意度指标。请在「社会公众或服务对象满意度」下至少填写一行，如「服务对象满意度」「≥90%」。",
        )
    ]


def test_t3_satisfaction_in_another_class_is_left_to_m7() -> None:
    row = IndicatorRow("s", "BEN.SOC", "", "", "群众满意度", "≥90%")
    assert report(a_table(rows=(*rows_in("OUT.QTY"), row)), "T3") == []


def test_t3_does_not_apply_where_t1_reports_or_the_edition_has_no_satisfaction() -> None:
    out, ben = EDITION.tree
    apart = replace(ben, key="SAT", canonical="SAT", label="满意度指标", children=ben.children[3:])
    benefit = replace(ben, children=ben.children[:3])
    context = RuleContext(a_table(rows=rows_in("OUT.QTY")), replace(EDITION, tree=(out, benefit, apart)))
    assert there_is_a_satisfaction_row(context) is NOT_APPLICABLE
    optional = replace(context, edition=replace(EDITION, tree=(out, benefit, replace(apart, required=False))))
    assert len(violations_of(there_is_a_satisfaction_row(optional))) == 1
    none = replace(context, edition=replace(EDITION, tree=(out, benefit)))
    assert there_is_a_satisfaction_row(none) is NOT_APPLICABLE


def test_t7_too_few_rows() -> None:
    assert report(a_table(rows=rows_in(*["OUT.QTY"] * 7)), "T7") == [
        ("error", "nodes[OUT]", "指标共 7 行，不应少于 8 行，还差 1 行。请对照部门职责补充指标。")
    ]


def test_t7_enough_rows_or_none() -> None:
    assert report(a_table(rows=rows_in(*["OUT.QTY"] * 8)), "T7") == []
    assert report(a_table(rows=()), "T7") == []
    context = RuleContext(a_table(rows=rows_in("OUT.QTY")), EDITION, limits={"T7": Decimal(1)})
    assert there_are_enough_rows(context) == []


@pytest.mark.parametrize(
    "weights", [("60", "40"), ("60分", "40 分"), ("60%", "４０％"), ("33.33", "33.33", "33.34"), ("100", "")]
)
def test_t8_weights_that_add_up(weights: tuple[str, ...]) -> None:
    assert weighed(*weights) == []


def test_t8_weights_that_do_not_add_up() -> None:
    (violation,) = violations_of(weighed("60", "30分", ""))
    assert violation.facts + violation.advice == "各行权重合计 90，比 100 少 10，有 1 行未填写权重。请核对各行的权重。"
    assert list(map(str, violation.places)) == ["indicators[r1].weight", "indicators[r2].weight"]
    (more,) = violations_of(weighed("60", "40.01"))
    assert more.facts + more.advice == "各行权重合计 100.01，比 100 多 0.01。请核对各行的权重。"


def test_t8_no_weights_at_all() -> None:
    (violation,) = violations_of(weighed("", ""))
    assert violation.facts + violation.advice == "各行均未填写权重。请逐行填写，合计等于 100。"
    assert list(map(str, violation.places)) == ["indicators[r1].weight", "indicators[r2].weight"]


def test_t8_is_undetermined_if_weights_are_unclear() -> None:
    assert weighed("60", "约四十") == Undetermined("权重「约四十」无法识别为数字，暂时无法核对权重合计。")
    assert weighed("0.6", "0.4") == Undetermined("权重疑似写成小数，暂时无法核对权重合计。")


def violations_of(answer: RuleAnswer) -> list[Violation]:
    assert not isinstance(answer, Undetermined | NotApplicable)
    return list(answer)
