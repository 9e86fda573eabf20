"""What findings name as still to be filled in: blank parts are, mistakes are not."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument, IndicatorRow, TaskRow
from filings.document.edition import Edition
from filings.rules.engine import check
from filings.rules.example import ROWS, VALID_EXAMPLE, WEIGHT, Example
from filings.rules.finding import KnownFacts, LastYear
from filings.tests.rules.documents import EDITION

BLANK = Example(amounts=dict.fromkeys(("TOTAL", "INC.GENERAL", "EXP.BASIC", "EXP.PROJECT"), ""), duties=(), goal="")


def to_fill(
    code: str, document: FilingDocument, edition: Edition = EDITION, known: KnownFacts | None = None
) -> list[str]:
    """The sentences of a rule's findings on what is to be filled in, '' for each mistake."""
    return [finding.to_fill for finding in check(document, edition, known) if finding.code == code]


def premature(code: str, example: Example, edition: Edition = EDITION) -> list[bool]:
    """Whether each finding of a rule waits for other things to be filled in."""
    found = check(example.document(edition), edition, example.known_facts(edition))
    return [finding.is_premature for finding in found if finding.code == code]


def of(code: str, example: Example) -> list[str]:
    return to_fill(code, example.document(EDITION), known=example.known_facts(EDITION))


def without(*nodes: str) -> dict[str, tuple[tuple[str, str], ...]]:
    return dict.fromkeys(nodes, ())


def only(node: str) -> Example:
    return Example(rows=without(*(key for key in ROWS if key != node)))


def test_of_a_blank_table_everything_is_to_be_filled_in() -> None:
    document = replace(BLANK.document(EDITION), indicators=())
    found = check(document, EDITION)
    assert [finding.to_fill for finding in found] == [
        "资金总额尚未填写",
        "部门职能职责概述未填写",
        "整体绩效目标未填写",
        "产出指标未填写，至少一行",
        "效益指标未填写，至少一行",
    ]


def test_b1_a_blank_total() -> None:
    assert of("B1", Example(amounts={"TOTAL": ""})) == [
        "资金总额尚未填写，按收入性质分的各行合计 550.13 万元，按支出性质分的各行合计 550.13 万元"
    ]


@pytest.mark.parametrize(
    ("code", "amounts", "expected"),
    [
        ("B1", {"INC.GENERAL": ""}, "按收入性质分的各行未填写"),
        ("B1", {"INC.GENERAL": "500"}, "按收入性质分的各行还差 50.13 万元"),
        ("B1", {"INC.GENERAL": "560"}, ""),
        ("B1", {"INC.GENERAL": "500", "INC.FUND": "0", "INC.NONTAX": "0", "INC.OTHER": "0"}, ""),
        ("B2", {"EXP.PROJECT": ""}, "按支出性质分的各行还差 233.00 万元"),
        ("B2", {"EXP.PROJECT": "23"}, ""),
        ("B2", {"EXP.BASIC": "560", "EXP.PROJECT": ""}, ""),
    ],
)
def test_b1_b2_a_shortfall_with_a_blank_line_is_to_be_filled_in(
    code: str, amounts: dict[str, str], expected: str
) -> None:
    assert of(code, Example(amounts=amounts)) == [expected]


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [((), "任务未填写"), (("500",), "各项任务的预算金额还差 50.13 万元"), (("600",), "")],
)
def test_b8_tasks_are_missing_until_they_exceed_the_total(amounts: tuple[str, ...], expected: str) -> None:
    section = replace(EDITION.sections[1], kind="tasks", label="任务")
    edition = replace(EDITION, sections=(section,))
    tasks = tuple(TaskRow(f"t{number}", {"name": "甲", "amount": text}) for number, text in enumerate(amounts))
    assert to_fill("B8", replace(VALID_EXAMPLE.document(EDITION), tasks=tasks), edition) == [expected]


def test_k1_costs_that_equal_one_part_wait_while_rows_are_missing() -> None:
    basic = {"OUT.COST": (("人员和公用经费支出", "≤317.13万元"),)}
    assert premature("K1", Example(rows={**only("OUT.COST").rows, **basic})) == [True]
    assert premature("K1", Example(rows=basic)) == [False]
    assert premature("K1", Example(rows={"OUT.COST": (("总成本", "≤600万元"),)})) == [False]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((), "项目支出 233.00 万元的成本指标未填写"),
        ((("人员和公用经费支出", ""),), "项目支出 233.00 万元的成本指标未填写"),
        ((("人员和公用经费支出", "≤317.13万元"),), ""),
    ],
)
def test_k2_is_a_mistake_once_the_cost_indicators_are_filled_in(
    rows: tuple[tuple[str, str], ...], expected: str
) -> None:
    assert of("K2", Example(rows={"OUT.COST": rows})) == [expected]


def test_t1_t2_t3_missing_classes() -> None:
    assert of("T1", only("OUT.QTY")) == ["效益指标未填写，至少一行"]
    assert of("T2", only("OUT.QTY")) == ["质量指标、成本指标、时效指标未填写，各至少一行", "", ""]
    assert premature("T2", only("OUT.QTY")) == [False, True, True]
    assert of("T2", Example(rows=without("OUT.QUAL"))) == ["质量指标未填写，至少一行"]
    assert of("T3", Example(rows=without("BEN.SAT"))) == ["满意度指标未填写，至少一行"]


def test_t3_waits_for_the_rest_of_its_first_level() -> None:
    assert (of("T3", only("OUT.QTY")), premature("T3", only("OUT.QTY"))) == ([""], [True])
    assert premature("T3", only("BEN.SOC")) == [True]
    assert premature("T3", Example(rows={**without("BEN.SAT"), "BEN.SOC": (("办结率", ""),)})) == [True]
    assert premature("T3", Example(rows=without("BEN.SAT"))) == [False]


def test_t2_waits_for_the_rest_of_a_row() -> None:
    rows = {**only("OUT.QTY").rows, "OUT.QTY": (("接收进馆档案", ""),)}
    assert premature("T2", Example(rows=rows)) == [True, True, True]


def test_t5_half_a_row() -> None:
    rows = {"OUT.QUAL": (("验收合格率", ""), ("", "≥98%"))}
    assert of("T5", Example(rows=rows)) == ["指标「验收合格率」的指标值未填写", "指标值「≥98%」的名称未填写"]


def test_t6_a_placeholder_is_a_mistake() -> None:
    assert of("T6", Example(rows={"OUT.QUAL": (("验收合格率", "≥**%"),)})) == [""]


def test_t7_waits_for_all_classes() -> None:
    assert (of("T7", only("OUT.QUAL")), premature("T7", only("OUT.QUAL"))) == ([""], [True])
    edition = replace(EDITION, limits={**EDITION.limits, "T7": "12"})
    assert to_fill("T7", VALID_EXAMPLE.document(edition), edition) == ["指标已填 10 行，至少 12 行"]
    assert premature("T7", Example(rows={"BEN.SOC": (("办结率", ""),)}), edition) == [True]


@pytest.mark.parametrize("edition", editions().values(), ids=list(editions()))
def test_the_first_row_leaves_no_more_to_be_filled_in(edition: Edition) -> None:
    """The table is filled in but for its indicators, whose first row is typed cell by cell."""
    last_year = KnownFacts(last_year=LastYear(VALID_EXAMPLE.document(EDITION), EDITION))
    document = replace(Example(goal="接收档案9000卷。").document(edition), indicators=())
    blank = listed_to_fill(document, edition, last_year)
    assert not any("上年" in item for item in blank)
    for _, second in edition.leaves():
        for name, target in (("人员和公用经费支出", ""), ("人员和公用经费支出", "≤317.13万元"), ("", "≥5次")):
            row = IndicatorRow("a", second.key, "", "", name, target)
            found = listed_to_fill(replace(document, indicators=(row,)), edition, last_year)
            assert len(found) <= len(blank), (second.key, name, target, found)
            assert not any("至少 8 行" in item for item in found)


def listed_to_fill(document: FilingDocument, edition: Edition, known: KnownFacts) -> list[str]:
    return [finding.to_fill for finding in check(document, edition, known) if finding.to_fill]


@pytest.mark.parametrize(
    ("rows", "weights", "expected"),
    [
        ({}, {}, "各行权重未填写"),
        ({}, {"查档群众满意度": "5"}, "各行权重合计 5，还差 95"),
        (only("OUT.QUAL").rows, {"档案数字化验收合格率": "10"}, ""),
        (only("OUT.QUAL").rows, {}, ""),
        ({}, dict.fromkeys((name for rows in ROWS.values() for name, _ in rows), "9"), ""),
        ({}, {"查档群众满意度": "105"}, ""),
    ],
)
def test_t8_weights_are_missing_while_rows_or_weights_are(
    rows: Mapping[str, tuple[tuple[str, str], ...]], weights: dict[str, str], expected: str
) -> None:
    edition = replace(EDITION, columns=(*EDITION.columns, WEIGHT))
    example = Example(rows=rows, weights=weights)
    assert to_fill("T8", example.document(edition), edition) == [expected]


def test_h1_blank_prose() -> None:
    assert of("H1", Example(duties=(), goal="")) == ["部门职能职责概述未填写", "整体绩效目标未填写"]


def test_h4_numbers_of_the_goal_wait_for_the_missing_rows() -> None:
    goal = "接收档案9000卷。"
    assert premature("H4", replace(only("OUT.QUAL"), goal=goal)) == [True]
    assert premature("H4", Example(goal=goal)) == [False]


def test_y3_rows_of_last_year_wait_for_the_missing_rows() -> None:
    last_year = Example(rows={"BEN.SOC": (*ROWS["BEN.SOC"], ("接待查档人次", "≥9000人次"))})
    waiting = replace(only("OUT.QUAL"), last_year=VALID_EXAMPLE)
    assert set(premature("Y3", waiting)) == {True}
    assert set(of("Y3", waiting)) == {""}
    assert premature("Y3", Example(last_year=last_year)) == [False]


def test_y3_more_rows_of_last_year_than_are_listed() -> None:
    many = tuple((f"业务{chr(0x7532 + number)}完成数", "≥3次") for number in range(12))
    last_year = Example(rows={"BEN.SOC": many})
    assert premature("Y3", replace(only("OUT.QUAL"), last_year=last_year)) == [True] * 11


def test_a_rule_that_the_edition_does_not_use_misses_no_rows() -> None:
    rules = {code: severity for code, severity in EDITION.rules.items() if code not in ("T1", "T2", "T7")}
    document = replace(only("OUT.QUAL"), goal="接收档案9000卷。").document(EDITION)
    edition = replace(EDITION, rules=rules)
    assert [found.is_premature for found in check(document, edition) if found.code == "H4"] == [False]


def test_two_equal_names_in_a_table_of_one_row_are_a_mistake() -> None:
    row = IndicatorRow("a", "OUT.QTY", "", "", "培训", "≥3次")
    document = replace(VALID_EXAMPLE.document(EDITION), indicators=(row, replace(row, key="b")))
    assert to_fill("T4", document) == [""]
