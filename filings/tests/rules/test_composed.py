"""The composed tables through all rules: a good table is left in peace."""

from dataclasses import replace

import pytest

from filings.choices import Severity
from filings.rules.budget import sums
from filings.rules.engine import run
from filings.tests.rules.composed import TABLES
from filings.tests.rules.composed.table import Composed

# By the trap, everything that is found: code, severity, where it leads first, and the words that name the trap.
EXPECTED = {
    # The sum tells that something is wrong, the slip tells what.
    "把元填进以万元为单位的表": [
        ("B2", "error", "amounts[TOTAL]", "比资金总额 4860.50 多 12598740.00 万元"),
        ("B4", "warning", "amounts[EXP.PROJECT]", "是不是把元当成了万元？"),
    ],
    "任务表里又列了一行合计": [("B8", "error", "amounts[TOTAL]", "合计 5970.72 万元，比资金总额 2985.36 万元多")],
    # The number that the placeholder stands for is still in the goal.
    "指标值没有填实": [
        ("H4", "advice", "goals[0]", "整体绩效目标里的 120张，在指标里没有对应。"),
        ("T6", "error", "indicators[r3].target", "指标值「≥**张」像是还没有填实。"),
    ],
    "权重合计 95": [("T8", "error", "indicators[r1].weight", "各行权重合计 95，比 100 少 5。")],
    "指标名称重复": [("T4", "error", "indicators[r1].name", "在「数量指标」里有 2 行")],
    "比率的方向写反": [("M3", "warning", "indicators[r10].target", "越高越好，指标值「≤90%」却用了「≤」")],
    "完工时间在年度以后": [("M8", "warning", "indicators[r7].target", "晚于本年度（2024 年）")],
    "成本指标没有数字": [("K4", "warning", "indicators[r6].target", "填的是「控制在预算内」，没有数字")],
    "没有满意度指标": [("T3", "warning", "nodes[BEN.SAT]", "表里没有满意度指标。")],
    # Y2 says what was lost, M5 that a bare number never tells when it is reached.
    "计算符号比上年少了": [
        ("M5", "advice", "indicators[r10].target", "指标值「95%」没有计算符号"),
        ("Y2", "warning", "indicators[r10].target", "上年是「≥95%」，今年是「95%」，少了计算符号「≥」"),
    ],
}
EACH = pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])


@EACH
def test_good_tables_yield_no_error_and_no_warning(table: Composed) -> None:
    checked = run(table.sound, table.edition, table.known)
    assert checked.failed == ()
    heavy = [found for found in checked.findings if found.severity is not Severity.ADVICE]
    assert [(found.code, found.message) for found in heavy] == []


@EACH
def test_a_good_table_is_complete(table: Composed) -> None:
    assert {row.node for row in table.sound.indicators} == {second.key for _, second in table.edition.leaves()}
    assert 10 <= len(table.sound.indicators) <= 14
    assert 3 <= len(table.sound.duties) <= 8
    assert all(added.holds for added in sums(table.sound.amounts, table.edition))


@EACH
def test_a_trap_changes_one_part(table: Composed) -> None:
    parts = ("amounts", "indicators", "tasks", "duties", "goals", "fields")
    changed = [part for part in parts if getattr(table.sound, part) != getattr(table.trap, part)]
    assert len(changed) == 1
    assert replace(table.sound, **{changed[0]: getattr(table.trap, changed[0])}) == table.trap


@EACH
def test_a_trap_is_found_and_nothing_else(table: Composed) -> None:
    trap = table.name.partition("：")[2]
    found = run(table.trap, table.edition, table.known).findings
    expected = EXPECTED[trap]
    assert [(one.code, one.severity.value, str(one.places[0])) for one in found] == [line[:3] for line in expected]
    for one, (*_, words) in zip(found, expected, strict=True):
        assert words in one.message


def test_there_are_ten_departments() -> None:
    assert len({table.sound.department for table in TABLES}) == len(TABLES) == 10
