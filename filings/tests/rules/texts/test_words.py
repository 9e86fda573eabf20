"""Rules H2, H4 and H6. H3 is in test_numbering.py, H5 in test_personal_numbers.py."""

from dataclasses import replace

import pytest

from filings.document.content import FilingDocument, IndicatorRow, TaskRow
from filings.rules.finding import NOT_APPLICABLE, KnownFacts, LastYear, RuleContext, Undetermined
from filings.rules.texts.words import (
    goal_is_not_last_years,
    goal_numbers_have_an_indicator,
    texts_are_about_this_department_and_year,
)
from filings.tests.rules.documents import EDITION, ROWS, a_table, findings, report

OWN = "青禾县卫生健康局"
COUNTY = KnownFacts(
    department=OWN,
    departments=("青禾县教育局", "青禾县教育局机关幼儿园", "青禾县民政局", "中共青禾县委", "青禾县卫生健康局疾控中心"),
)


def at_department(document: FilingDocument, name: str) -> FilingDocument:
    return replace(document, fields={**document.fields, "department": name})


TABLE = at_department(a_table(), OWN)


def with_goal(goal: str) -> FilingDocument:
    return at_department(a_table(goal=goal), OWN)


def with_duties(*duties: str) -> FilingDocument:
    return at_department(a_table(duties=duties), OWN)


@pytest.mark.parametrize("code", ["H2", "H4", "H6"])
def test_the_valid_table_has_no_findings(code: str) -> None:
    assert report(TABLE, code, COUNTY) == []


def test_h2_the_field_names_another_department() -> None:
    table = at_department(TABLE, "青禾县 教育局")
    [finding] = findings(table, "H2", COUNTY)
    assert (
        finding.message
        == "部门名称填的是「青禾县教育局」，本部门登记的名称是「青禾县卫生健康局」。请改为本部门的名称。"
    )
    assert [str(place) for place in finding.places] == ["fields[department]"]
    assert finding.quick_fix
    assert (finding.quick_fix.label, [text for _, text in finding.quick_fix.changes]) == (f"改为 {OWN}", [OWN])


def test_h2_accepts_an_unregistered_name() -> None:
    assert report(at_department(TABLE, "青禾县卫健局"), "H2", COUNTY) == []


def test_h2_accepts_an_edition_without_the_field() -> None:
    edition = replace(EDITION, sections=tuple(item for item in EDITION.sections if item.key != "department"))
    context = RuleContext(at_department(TABLE, "青禾县教育局"), edition, COUNTY)
    assert texts_are_about_this_department_and_year(context) == []


@pytest.mark.parametrize(
    "duty",
    [
        "（一）青禾县教育局负责学前教育。",
        "（一）拟订规划。青禾县教育局负责学前教育。",
        "（一）拟订规划；青 禾县教育局是主管部门。",
    ],
)
def test_h2_a_duty_is_about_another_department(duty: str) -> None:
    assert report(with_duties(duty, "（二）其他。"), "H2", COUNTY) == [
        ("error", "duties[d1].text", f"职责中写的是「青禾县教育局」，本部门是「{OWN}」。请改为本部门的内容。")
    ]


def test_h2_the_longest_name_is_reported() -> None:
    [(_, places, message)] = report(with_goal("保障运转。\n青禾县教育局机关幼儿园全年招生。"), "H2", COUNTY)
    assert (places, "「青禾县教育局机关幼儿园」" in message) == ("goals[0]", True)


@pytest.mark.parametrize(
    "duty",
    [
        "（一）会同青禾县教育局开展校园卫生检查。",
        "（一）配合青禾县民政局做好医疗救助。",
        "（一）青禾县教育局交办的事项。",
        "（一）青禾县教育局、青禾县民政局联合开展督查。",
        "（一）青禾县教育局所属学校的卫生监督。",
        "（一）中共青禾县委部署的任务。",
        "（一）青禾县民政局由本部门代管。",
        "（一）青禾县卫生健康局疾控中心负责疾病预防。",
        "（一）青禾县卫生健康局负责疾病预防。",
        "（一）负责与青禾县教育局的协调。",
    ],
)
def test_h2_accepts_departments_that_are_only_mentioned(duty: str) -> None:
    assert report(with_duties(duty), "H2", COUNTY) == []


def test_h2_the_own_name_may_be_longer_than_another() -> None:
    kindergarten = KnownFacts(department="青禾县教育局机关幼儿园", departments=("青禾县教育局",))
    table = at_department(with_duties("（一）青禾县教育局机关幼儿园承担学前教育。"), "青禾县教育局机关幼儿园")
    assert report(table, "H2", kindergarten) == []


@pytest.mark.parametrize(
    "known", [KnownFacts(), KnownFacts(department=OWN), KnownFacts(departments=COUNTY.departments)]
)
def test_h2_ignores_unknown_departments(known: KnownFacts) -> None:
    assert report(with_duties("（一）青禾县教育局负责学前教育。"), "H2", known) == []


@pytest.mark.parametrize(
    "goal",
    [
        "2021年将完成三项任务。",
        "2021年度工作目标：保障运转。",
        "２０２１ 年部门整体支出绩效目标",
        "保障运转。2021年计划新建卫生室。",
        "青禾县卫生健康局2021年度绩效目标：保障运转。",
        "按照职责，确保2021年度各项工作任务全面完成。",
        "2021年，我局将新建卫生室。",
        "2023年度部门预算目标：保障运转。",
    ],
)
def test_h2_a_goal_is_about_another_year(goal: str) -> None:
    [(severity, places, message)] = report(with_goal(goal), "H2", COUNTY)
    year = "2023" if "2023" in goal else "2021"
    assert (severity, places) == ("error", "goals[0]")
    assert message == f"整体绩效目标中写的是{year}年，本表为2022年。请核对年份，改为本年度的内容。"


@pytest.mark.parametrize(
    "goal",
    [
        "2022年度工作目标：保障运转。",
        "较2021年增长5%。",
        "比2021年度多培训10人。",
        "与2021年相比，投诉下降。",
        "2021年以来，持续改善。",
        "2021-2025年规划项目按期推进。",
        "自2021年起连续实施。",
        "到2025年全面建成。2025年将覆盖全县。",
        "按照2020年印发的文件执行。2020年印发的规划继续实施。",
        "落实青发〔2021〕12号文件和《青禾县2021年工作要点》。",
        "完成2021年度部门决算公开。2021年度绩效考核按期完成。",
        "2021年，我局完成了任务；2022年将继续。",
        "2021年结转资金按规定使用。",
        "截至2021年底已建成12所。",
        "2021年，我县获评国家卫生县。",
        "落实“青禾县卫生健康局2021年工作目标”的要求。",
        "2021年，我局围绕中心工作成效明显；2022年持续发力。",
        "做好2023年工作任务安排。",
        "完成2023年部门预算编制，2023年部门预算编制按时上报。",
        "2021年计划项目转入今年继续实施。",
        "2035年远景目标有序衔接。",
    ],
)
def test_h2_accepts_years_of_periods_and_comparisons(goal: str) -> None:
    assert report(with_goal(goal), "H2", COUNTY) == []


def test_h2_department_and_year_at_one_place_are_one_finding() -> None:
    assert len(report(with_goal("青禾县教育局负责教学。2021年将招生。"), "H2", COUNTY)) == 1


def test_h2_without_a_year_departments_are_still_checked() -> None:
    without = replace(with_goal("2021年将完成任务。"), year=None)
    reason = "尚未识别本表的年度，暂时无法核对文字中的年份。"
    assert texts_are_about_this_department_and_year(RuleContext(without, EDITION, COUNTY)) == Undetermined(reason)
    copied = replace(with_duties("（一）青禾县教育局负责教学。"), year=None)
    assert len(report(copied, "H2", COUNTY)) == 1


def test_h4_numbers_without_an_indicator() -> None:
    goal = "2022年培训500人次，覆盖率达到95%，配备28人，投入550.13万元（其中项目2330000元）。"
    [finding] = findings(with_goal(goal), "H4")
    assert finding.message == "整体绩效目标中的 500人次、95%，没有指标与之对应。请细化为指标，或核对两处的数字。"
    assert [str(place) for place in finding.places] == ["goals[0]"]
    assert {name: int(number) for name, number in finding.numbers.items()} == {"missing": 2}


def test_h4_a_long_list_is_truncated() -> None:
    [(_, _, message)] = report(with_goal("、".join(f"{number}人次" for number in range(201, 210))), "H4")
    assert message.startswith("整体绩效目标中的 201人次、202人次、203人次、204人次、205人次、206人次 等 9 个数字，")


@pytest.mark.parametrize(
    "goal",
    [
        "落实“八项规定”，两不愁三保障，第3批12月底前完成，青财〔2022〕15号。",
        "1.新建三个中心，连续6个月开展，围绕5个方面。",
        "培训０．０５万人次；整治120处，年均3000页。",
        "“十四五”（2021-2025年）期间完成《100项任务》。",
    ],
)
def test_h4_accepted_goals(goal: str) -> None:
    rows = (
        *ROWS,
        IndicatorRow("a", "OUT.QTY", "", "", "培训人次", "≥500人次"),
        IndicatorRow("b", "OUT.QTY", "", "", "整治120处", "完成"),
        IndicatorRow("c", "OUT.QTY", "", "", "扫描", "3000-4000页"),
    )
    assert report(a_table(goal=goal, rows=rows), "H4", KnownFacts()) == []


def test_h4_accepts_numbers_of_tasks() -> None:
    table = replace(with_goal("培训500人次。"), tasks=(TaskRow("t1", {"name": "培训500人次", "amount": "3"}),))
    assert report(table, "H4") == []


def test_h4_does_not_apply_without_goal_or_rows() -> None:
    assert goal_numbers_have_an_indicator(RuleContext(a_table(goal=""), EDITION)) is NOT_APPLICABLE
    assert goal_numbers_have_an_indicator(RuleContext(a_table(goal="培训500人次", rows=()), EDITION)) is NOT_APPLICABLE


def last_year(goal: str) -> KnownFacts:
    return KnownFacts(last_year=LastYear(replace(a_table(goal=goal), year=2021), EDITION))


@pytest.mark.parametrize(
    ("now", "before", "suffix"),
    [
        ("保障运转，服务群众。", "保障运转， 服务群众。", ""),
        ("2022年保障运转。", "2021年保障运转。", "，仅年份不同"),
        ("保障运转(一期)。", "保障运转（一期）。", ""),
    ],
)
def test_h6_the_goal_is_last_years(now: str, before: str, suffix: str) -> None:
    message = f"整体绩效目标与上年完全相同{suffix}。请按本年度的工作和资金写明要达到的目标。"
    assert report(a_table(goal=now), "H6", last_year(before)) == [("error", "goals[0]", message)]


@pytest.mark.parametrize("before", ["保障运转，服务老年群众。", ""])
def test_h6_the_goal_is_different(before: str) -> None:
    assert report(a_table(goal="保障运转，服务群众。"), "H6", last_year(before)) == []


def test_h6_does_not_apply_without_last_year_or_goal() -> None:
    assert goal_is_not_last_years(RuleContext(a_table(), EDITION)) is NOT_APPLICABLE
    assert goal_is_not_last_years(RuleContext(a_table(goal=""), EDITION, last_year(""))) is NOT_APPLICABLE
