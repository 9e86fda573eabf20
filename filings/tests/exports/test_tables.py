"""Workbooks of a cycle: rows, numbers as numbers, text as text, and only what the user may see."""

from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from filings.choices import Action, ExportKind, Role
from filings.lifecycle import workflow
from filings.models import ControlFigure, Department, Filing, Remark, Revision
from filings.reviewing.new_remark import NewRemark
from filings.tests.county import County, add_membership, enrol, step
from filings.tests.exports.cycle_exports import content, exported, sheets

HEADS = ["单位编码", "单位名称", "归口股室", "表的状态", "版本"]
FORMULA = "=HYPERLINK(1)"


def returned(county: County) -> Filing:
    filing = county.in_review()
    remarks = [
        NewRemark("indicators[i0].name", "写明口径", "goal"),
        NewRemark("indicators[i1].name", FORMULA),
    ]
    workflow.perform(
        Action.RETURN, filing, by=county.supervisor_reviewer, expected_lock=filing.lock, reason="请改", remarks=remarks
    )
    Remark.objects.filter(text=FORMULA).update(internal=True)  # as if the bureau had written it
    return filing


def test_amounts_have_a_row_for_each_department_and_totals(county: County) -> None:
    county.signing()
    ControlFigure.objects.create(
        cycle=county.cycle,
        department=county.department,
        raw="90万元",
        fen=90_000_000,
        by=county.manager,
        at=timezone.now(),
    )
    rows = sheets(exported(county, ExportKind.AMOUNTS))["资金汇总"]
    assert rows[0][:7] == [*HEADS, "资金总额（万元）", "一般公共预算（万元）"]
    assert rows[0][-3:] == ["预算控制数（万元）", "资金总额减控制数（万元）", "备注"]
    held = "单位办理中（按最近提交的版本）"
    assert [row[1] for row in rows[:4]] == ["单位名称", "县委办公室", "县档案馆", "县教育局"]
    assert rows[2][:5] == ["101", "县档案馆", "行政政法股", "待单位审签", 1]
    assert rows[2][5:] == [100, 100, None, None, None, 100, None, 90, 10, None]
    assert rows[1] == ["100", "县委办公室", "行政政法股", "未开始", *[None] * 11]
    sums = [None, 100, 100, None, None, None, 100, None, 90, 10]
    partly = "差额只计既有资金总额又有控制数的 {} 个单位"
    assert rows[4:] == [
        ["小计", held, None, "1 个单位", *sums, None],
        ["小计", "未报（无金额）", None, "2 个单位", *[None] * 10, partly.format(0)],
        ["合计", f"{held}、未报（无金额）", None, "3 个单位", *sums, partly.format(1)],
    ]


def test_subtotals_keep_approved_amounts_apart(county: County) -> None:
    filing = county.in_review()
    assert [row[:4] for row in sheets(exported(county, ExportKind.AMOUNTS))["资金汇总"][4:]] == [
        ["小计", "审核中", None, "1 个单位"],
        ["小计", "未报（无金额）", None, "2 个单位"],
        ["合计", "审核中、未报（无金额）", None, "3 个单位"],
    ]
    Filing.objects.filter(pk=filing.pk).update(status="approved", stage="", due_on=None)
    assert sheets(exported(county, ExportKind.AMOUNTS))["资金汇总"][4][:6] == [
        "小计",
        "已批复",
        None,
        "1 个单位",
        None,
        100,
    ]


def test_indicators_have_comparator_number_and_unit_apart(county: County) -> None:
    filing = county.filled()
    filing.indicators.filter(key="i1").update(name=FORMULA, target="+1次")
    step(Action.SUBMIT, filing, county.filler)
    rows = sheets(exported(county, ExportKind.INDICATORS))["指标明细"]
    assert rows[0] == [*HEADS, "一级指标", "二级指标", "三级指标", "指标值", "计算符号", "数值", "计量单位", "种类"]
    first = ["101", "县档案馆", "行政政法股", "待单位审签", 1]
    assert rows[1][:5] == first
    assert rows[1][7:] == ["接收档案", "≥500卷", "≥", 500, "卷", "数值"]
    assert rows[2][7:9] == [FORMULA, "+1次"]


def test_tables_are_printed_as_wide_as_the_page_with_their_heads(county: County) -> None:
    county.in_review()
    sheet = load_workbook(BytesIO(content(exported(county, ExportKind.AMOUNTS)))).active
    assert sheet
    assert sheet.oddHeader
    assert sheet.sheet_properties.pageSetUpPr
    setup = sheet.page_setup
    assert (setup.orientation, setup.fitToWidth, setup.fitToHeight) == ("landscape", 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.oddHeader.center.text == f"{county.cycle.label} 资金汇总"


@pytest.mark.parametrize("kind", [ExportKind.INDICATORS, ExportKind.REMARKS, ExportKind.AMOUNTS])
def test_no_cell_is_a_formula(county: County, kind: ExportKind) -> None:
    Department.objects.filter(pk=county.department.pk).update(name="@SUM(1)", code="-1+1")
    filing = county.filled()
    filing.indicators.filter(key="i1").update(name=FORMULA)
    returned_filing = step(Action.SIGN, step(Action.SUBMIT, filing, county.filler), county.head)
    workflow.perform(
        Action.RETURN,
        returned_filing,
        by=county.supervisor_reviewer,
        expected_lock=returned_filing.lock,
        reason=FORMULA,
        remarks=[NewRemark("indicators[i1].name", FORMULA)],
    )
    workbook = load_workbook(BytesIO(content(exported(county, kind))))
    cells = [
        cell for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None
    ]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    signs = [cell for cell in cells if str(cell.value).startswith(("=", "@", "-1"))]
    assert len(signs) >= 2
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in signs)


def test_findings_are_those_of_the_submission(county: County) -> None:
    filing = county.filled()
    filing.indicators.filter(key="i0").update(name="××工程")
    step(Action.SUBMIT, filing, county.filler)
    rows = sheets(exported(county, ExportKind.FINDINGS))["核对结果"]
    stored = Revision.objects.get().findings.order_by("number")
    assert [row[5] for row in rows[1:]] == [finding.code for finding in stored]
    assert [row[8] for row in rows[1:]] == [finding.message for finding in stored]
    assert rows[0][:5] == HEADS


def test_reviews_and_remarks_with_their_answers(county: County) -> None:
    returned(county)
    Remark.objects.filter(text="写明口径").update(answer="已写")
    found = sheets(exported(county, ExportKind.REMARKS))
    heads = found["审核意见"][0]
    assert len(set(heads)) == len(heads)
    assert [row[5:11] for row in found["等级"][1:]] == [[1, 1, "主管部门", "退回", None, "请改"]]
    assert [row[6:12] for row in found["审核意见"][1:]] == [
        ["接收档案", "目标不明确", "写明口径", "对单位", "待改", "已写"],
        ["查阅人次", None, FORMULA, "仅内部", None, None],
    ]


def test_a_member_of_the_department_does_not_get_internal_remarks(county: County) -> None:
    returned(county)
    add_membership(county.manager, Role.OBSERVER, county.department)
    assert [row[8] for row in sheets(exported(county, ExportKind.REMARKS))["审核意见"][1:]] == ["写明口径"]


@pytest.mark.parametrize("kind", [ExportKind.AMOUNTS, ExportKind.INDICATORS, ExportKind.FINDINGS, ExportKind.REMARKS])
def test_a_section_exports_only_what_has_reached_it(county: County, kind: ExportKind) -> None:
    returned(county)
    tables = sheets(exported(county, kind, by=county.section_reviewer))
    texts = [str(value) for rows in tables.values() for row in rows for value in row]
    assert not {"县教育局", "接收档案", "写明口径"} & set(texts)
    if kind == ExportKind.AMOUNTS:
        assert [row[1] for row in tables["资金汇总"][1:3]] == ["县委办公室", "县档案馆"]
        assert [row[5] for row in tables["资金汇总"][1:]] == [None] * 4


def test_the_number_of_queries_does_not_grow_with_each_department(
    county: County, django_assert_max_num_queries: object
) -> None:
    county.signing()
    added = Department.objects.bulk_create(
        Department(code=f"9{number:03}", name=f"局{number}") for number in range(200)
    )
    enrol(county.cycle, *added)
    with django_assert_max_num_queries(75):  # type: ignore[operator]
        export = exported(county, ExportKind.AMOUNTS)
    assert export.done == 203
