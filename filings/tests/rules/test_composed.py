"""All rules on the composed tables: a valid table has no findings, a mistake has exactly the expected ones."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from filings.choices import Severity
from filings.document import money, place
from filings.document.bundled_editions import editions
from filings.document.content import TaskRow, compose
from filings.rules.engine import run
from filings.rules.finding import KnownFacts, LastYear
from filings.rules.money.budget import add_up_tasks, split_sums
from filings.tests.rules.composed import TABLES
from filings.tests.rules.composed.table import TableVariants

# All findings by mistake: code, severity, first place, and a part of the message.
EXPECTED = {
    # B2 reports the wrong sum, B4 its cause.
    "把元填进以万元为单位的表": [
        ("B2", "error", "amounts[TOTAL]", "比资金总额 4,860.50 多 12,598,740.00 万元"),
        ("B4", "warning", "amounts[EXP.PROJECT]", "疑似将「元」误作「万元」填写。"),
    ],
    "任务表里又列了一行合计": [("B8", "error", "amounts[TOTAL]", "合计 5,970.72 万元，比资金总额 2,985.36 万元多")],
    # The number that the placeholder replaces is still in the goal.
    "指标值没有填实": [
        ("H4", "advice", "goals[0]", "整体绩效目标中的 120张，没有指标与之对应。"),
        ("T6", "error", "indicators[r3].target", "指标值「≥**张」未填写具体内容。"),
    ],
    "权重合计 95": [("T8", "error", "indicators[r1].weight", "各行权重合计 95，比 100 少 5。")],
    "指标名称重复": [("T4", "error", "indicators[r1].name", "在「数量指标」中有 2 行")],
    "比率的方向写反": [("M3", "warning", "indicators[r10].target", "越高越好，指标值「≤90%」使用了「≤」")],
    "完工时间在年度以后": [("M8", "warning", "indicators[r7].target", "晚于本年度（2024 年）")],
    "成本指标没有数字": [("K4", "warning", "indicators[r6].target", "填的是「控制在预算内」，没有数字")],
    "没有满意度指标": [("T3", "warning", "nodes[BEN.SAT]", "尚未填写满意度指标。")],
    # Y2 reports the missing comparator, M5 the number without one.
    "计算符号比上年少了": [
        ("M5", "advice", "indicators[r10].target", "指标值「95%」没有计算符号"),
        ("Y2", "warning", "indicators[r10].target", "上年是「≥95%」，今年是「95%」，缺少计算符号「≥」"),
    ],
    # The edition labels its weights 分值, and its total 金额合计.
    "分值合计 85": [("T8", "error", "indicators[r1].weight", "各行分值合计 85，比 90 少 5，有 1 行未填写分值。")],
    "成本写成不低于": [("K3", "warning", "indicators[r2].target", "「≥310万元/座」，表示成本不低于该数")],
    "数量没有单位": [("M6", "warning", "indicators[r2].target", "指标值「≥36」没有计量单位")],
    "任务合计比总额少": [
        ("B8", "error", "amounts[TOTAL]", "合计 2,120.60 万元，比金额合计 2,140.60 万元少 20.00 万元")
    ],
    "备注里写了手机号码": [("H5", "warning", "indicators[r1].note", "手机号码 138****1234")],
    "成本超过合计": [("K1", "error", "indicators[r5].target", "比金额合计 186.00 万元多 10.00 万元")],
}
EACH = pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])


@EACH
def test_valid_tables_have_no_errors_and_no_warnings(table: TableVariants) -> None:
    results = run(table.valid, table.edition, table.known)
    assert results.failures == ()
    serious = [finding for finding in results.findings if finding.severity is not Severity.ADVICE]
    assert [(finding.code, finding.message) for finding in serious] == []


@EACH
def test_valid_tables_are_complete(table: TableVariants) -> None:
    required = {second.key for _, second in table.edition.leaves() if second.required}
    assert {row.node for row in table.valid.indicators} >= required
    assert 8 <= len(table.valid.indicators) <= 14
    assert 1 <= len(table.valid.duties) <= 8
    assert all(added.holds for added in split_sums(table.valid.amounts, table.edition))
    assert add_up_tasks(table.valid.tasks, table.valid.amounts, table.edition).holds or not table.valid.tasks


@EACH
def test_a_mistake_changes_one_part(table: TableVariants) -> None:
    parts = ("amounts", "indicators", "tasks", "duties", "goals", "fields")
    changed = [part for part in parts if getattr(table.valid, part) != getattr(table.mistaken, part)]
    assert len(changed) == 1
    assert replace(table.valid, **{changed[0]: getattr(table.mistaken, changed[0])}) == table.mistaken


@EACH
def test_a_mistake_has_exactly_the_expected_findings(table: TableVariants) -> None:
    mistake = table.name.partition("：")[2]
    findings = run(table.mistaken, table.edition, table.known).findings
    expected = EXPECTED[mistake]
    summaries = [(finding.code, finding.severity.value, str(finding.places[0])) for finding in findings]
    assert summaries == [line[:3] for line in expected]
    for finding, (*_, part) in zip(findings, expected, strict=True):
        assert part in finding.message


def in_yuan(text: str) -> str:
    return money.plain(Decimal(text) * 10_000) if text else ""


@EACH
def test_a_table_in_yuan_is_converted_back_by_its_quick_fix(table: TableVariants) -> None:
    valid = table.valid
    amounts = {f"amounts[{line}]": text for line, text in valid.amounts.items() if text}
    amounts |= {f"tasks[{task.key}].amount": text for task in valid.tasks if (text := task.cells["amount"])}
    mistaken = replace(
        valid,
        amounts={line: in_yuan(text) for line, text in valid.amounts.items()},
        tasks=tuple(
            replace(task, cells={**task.cells, "amount": in_yuan(task.cells["amount"])}) for task in valid.tasks
        ),
    )
    [finding] = [found for found in run(mistaken, table.edition, table.known).findings if found.code == "B9"]
    assert finding.quick_fix
    texts = {str(place): text for place, text in finding.quick_fix.changes}
    assert texts == {place: f"{Decimal(text):.2f}" for place, text in amounts.items()}


def test_there_are_ten_departments_on_the_founding_edition_and_three_on_each_other() -> None:
    assert len({table.valid.department for table in TABLES}) == len(TABLES)
    assert Counter(table.edition.code for table in TABLES) == {
        "hunan-county-2022": 10,
        "standard-2024": 3,
        "task-table": 3,
    }


@EACH
def test_valid_tables_can_be_published(table: TableVariants) -> None:
    results = run(table.valid, table.edition, replace(table.known, is_publication=True))
    assert [finding.message for finding in results.findings if finding.severity is Severity.ERROR] == []


@EACH
def test_only_the_repeated_goal_is_reported_for_an_unchanged_table_of_last_year(table: TableVariants) -> None:
    total = table.valid.amount(table.edition.total.key, table.edition).value
    known = replace(table.known, last_year=LastYear(table.valid, table.edition), control=total)
    assert {finding.code for finding in run(table.valid, table.edition, known).findings} <= {"H6", "M5"}


def test_the_sum_of_the_tasks_is_offered_for_a_blank_total() -> None:
    table = next(table for table in TABLES if table.edition.code == "task-table")
    blank = replace(table.valid, amounts={"TOTAL": ""})
    (finding,) = run(blank, table.edition, table.known).findings
    assert (finding.code, finding.message) == (
        "B1",
        "金额合计尚未填写，各项任务的预算金额合计 2,140.60 万元。请填写金额合计。",
    )
    assert finding.quick_fix
    assert finding.quick_fix.changes == ((place.amount("TOTAL"), "2140.6"),)
    unreadable = replace(blank, tasks=(*blank.tasks, TaskRow("t9", {"name": "其他", "amount": "若干"})))
    (finding,) = run(unreadable, table.edition, table.known).findings
    assert (finding.message, finding.quick_fix) == ("金额合计尚未填写。请填写金额合计。", None)


def test_an_edition_with_tasks_requires_one() -> None:
    table = next(table for table in TABLES if table.edition.code == "task-table")
    (finding,) = run(replace(table.valid, tasks=()), table.edition, table.known).findings
    assert (finding.code, finding.severity, finding.places) == ("B8", Severity.ERROR, (place.Place("tasks"),))
    assert finding.message == "年度主要任务尚未填写，金额合计是 2,140.60 万元。请逐项填写任务和预算金额。"


@pytest.mark.parametrize(
    ("code", "duties", "goal"),
    [
        ("hunan-county-2022", "部门职能职责概述", "整体绩效目标"),
        ("standard-2024", "部门职能概述", "年度总体目标"),
        ("task-table", "部门职能职责", "年度总体目标"),
    ],
)
def test_messages_for_a_blank_table_use_the_labels_of_its_edition(code: str, duties: str, goal: str) -> None:
    edition = editions()[code]
    findings = run(compose(edition, year=2024, fields={}, amounts={}), edition, KnownFacts()).findings
    assert [finding.message.partition("。")[0] for finding in findings if finding.code == "H1"] == [
        f"{duties}尚未填写",
        f"{goal}尚未填写",
    ]
    assert [finding.code for finding in findings if finding.code[0] not in "BHT"] == []
