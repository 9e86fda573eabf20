"""Rows of a returned workbook: added, deleted, and changed online since the download."""

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from filings import drafts
from filings.document.place import Place, duty, indicator
from filings.drafts import Change
from filings.editions.store import store
from filings.errors import StepRefused
from filings.importing.returned_workbook import CellDifference, WorkbookComparison
from filings.models import Cycle, Filing
from filings.tests.county import County, found_county
from filings.tests.drafting import duties, rows, save
from filings.tests.formats.workbook_form.workbooks import TASKS, changed
from filings.tests.importing.returned_workbooks import (
    compact,
    compared,
    differences,
    downloaded,
    filled_in,
    newest,
    read,
    reasons,
    stored,
    take,
    with_row,
    with_row_of,
    without_row,
)

pytestmark = pytest.mark.django_db

TOTAL = "amounts[TOTAL]"
NAME, TARGET = "indicators[i0].name", "indicators[i0].target"


@pytest.fixture
def county() -> County:
    return found_county()


@pytest.fixture
def filing(county: County) -> Filing:
    return compact(county)


def test_a_row_deleted_in_the_workbook_is_not_preselected(county: County, filing: Filing) -> None:
    (difference,) = differences(filing, without_row(downloaded(filing), "i0"))
    rank = filing.indicators.get(key="i0").rank
    assert difference == CellDifference(
        Place("indicators", "i0"), (Change("indicators[i0]", rank, ""),), is_removal=True
    )
    assert not difference.is_preselected
    take(filing, county, [difference])
    assert rows(filing) == [("BEN.SOC", "查阅人次")]


def test_a_row_deleted_in_both_is_no_difference(county: County, filing: Filing) -> None:
    data = without_row(downloaded(filing), "i0")
    remove(filing, county, "i0")
    assert compared(filing, data) == WorkbookComparison((), ())


def test_a_row_deleted_online_cannot_be_changed(county: County, filing: Filing) -> None:
    data = filled_in(downloaded(filing), {TARGET: "≥600卷"})
    cell = read(data).positions[indicator("i0", "target")]
    remove(filing, county, "i0")
    comparison = compared(filing, data)
    assert comparison.differences == ()
    assert [(reason.position, reason.sentence) for reason in comparison.reasons] == [
        (cell, "这一行在系统里已经删去，未导入。请写到空行里。")
    ]


def test_an_unchanged_row_deleted_online_is_no_difference(county: County, filing: Filing) -> None:
    data = downloaded(filing)
    remove(filing, county, "i0")
    assert compared(filing, data) == WorkbookComparison((), ())


def remove(filing: Filing, county: County, key: str) -> None:
    rank = filing.indicators.get(key=key).rank
    save(filing, county, (f"indicators[{key}]", rank, ""), client_id="remove")


def test_rows_written_into_blank_ones_are_added(county: County, filing: Filing) -> None:
    data = with_row(downloaded(filing), "duties", "（二）编史修志。")
    data = with_row_of(data, "OUT.QUAL", "档案完好率", "100%")
    data = with_row_of(data, "OUT.QTY", "编研成果", "≥3种")
    changes = differences(filing, data)
    assert [(item.place.section, item.is_preselected) for item in changes] == [
        ("duties", True),
        ("indicators", True),
        ("indicators", True),
    ]
    take(filing, county, changes)
    assert duties(filing) == ["（一）负责全县档案的收集和保管。", "（二）编史修志。"]
    assert rows(filing) == [
        ("OUT.QTY", "接收档案"),
        ("OUT.QTY", "编研成果"),
        ("OUT.QUAL", "档案完好率"),
        ("BEN.SOC", "查阅人次"),
    ]
    assert differences(filing, downloaded(filing)) == []


def test_a_new_row_has_the_warnings_of_the_reader(filing: Filing) -> None:
    def as_percent(sheet: Worksheet) -> None:
        (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "VALUE"]
        cell.value, cell.number_format = 0.9, "0%"

    data = changed(with_row_of(downloaded(filing), "OUT.QUAL", "档案完好率", "VALUE"), as_percent)
    (difference,) = differences(filing, data)
    assert (difference.changes[-1].after, difference.warning) == ("90%", "表格里按百分比显示")


def test_one_new_row_is_taken_without_another(county: County, filing: Filing) -> None:
    data = with_row_of(
        with_row_of(downloaded(filing), "OUT.QUAL", "档案完好率", "100%"), "OUT.TIME", "接收及时率", "100%"
    )
    changes = differences(filing, data)
    take(filing, county, changes[1:])
    assert rows(filing) == [("OUT.QTY", "接收档案"), ("OUT.TIME", "接收及时率"), ("BEN.SOC", "查阅人次")]


def test_tasks_are_added(county: County) -> None:
    edition = TASKS
    Cycle.objects.update(edition=store(edition))
    county.cycle.refresh_from_db()
    filing = county.started()
    columns = len(edition.task_columns)
    data = with_row(downloaded(filing), "tasks", *("档案进馆", "接收到期档案", "30")[:columns])
    (difference,) = differences(filing, data)
    take(filing, county, [difference])
    assert [dict(task.cells) for task in drafts.document(filing).tasks] == [
        {"name": "档案进馆", "content": "接收到期档案", "amount": "30"}
    ]


def test_a_new_row_replaces_a_blank_row(county: County, filing: Filing) -> None:
    (blank,) = add_blank(filing, "OUT.QUAL")
    (difference,) = differences(filing, with_row_of(downloaded(filing), "OUT.QUAL", "档案完好率", "100%"))
    take(filing, county, [difference])
    assert rows(filing) == [("OUT.QTY", "接收档案"), ("OUT.QUAL", "档案完好率"), ("BEN.SOC", "查阅人次")]
    assert filing.indicators.get(key=blank).rank == ""


def test_a_blank_row_filled_since_the_comparison_is_kept(county: County, filing: Filing) -> None:
    (blank,) = add_blank(filing, "OUT.QUAL")
    compared = newest(filing)
    (difference,) = differences(filing, with_row_of(downloaded(filing), "OUT.QUAL", "档案完好率", "100%"))
    save(filing, county, (f"indicators[{blank}].name", "", "刚写的"))
    before = stored(filing)
    with pytest.raises(StepRefused, match="有几处刚被他人修改，本次未保存。请重试。"):
        take(filing, county, [difference], since=compared)
    assert stored(filing) == before


def add_blank(filing: Filing, *nodes: str) -> list[str]:
    classes = {node.key: node for node in filing.cycle.edition.nodes.filter(key__in=nodes)}
    return [filing.indicators.create(key=f"b{node}", rank="9", node=classes[node]).key for node in nodes]


def test_the_same_workbook_again_duplicates_no_row(county: County, filing: Filing) -> None:
    data = with_row_of(with_row(downloaded(filing), "duties", "（二）编史修志。"), "OUT.QUAL", "档案完好率", "100%")
    take(filing, county, differences(filing, data))
    assert differences(filing, data) == []


def test_a_row_added_since_is_not_preselected_where_it_differs(county: County, filing: Filing) -> None:
    data = with_row_of(downloaded(filing), "OUT.QUAL", "档案完好率", "100%")
    take(filing, county, differences(filing, data))
    added = filing.indicators.get(name="档案完好率")
    save(filing, county, (f"indicators[{added.key}].target", "100%", "≥98%"))
    (difference,) = differences(filing, data)
    assert (difference.changes, difference.is_preselected) == (
        (Change(f"indicators[{added.key}].target", "≥98%", "100%"),),
        False,
    )


def test_a_new_row_may_have_the_name_of_another_row(county: County, filing: Filing) -> None:
    data = filled_in(downloaded(filing), {NAME: "移交档案"})
    take(filing, county, differences(filing, with_row_of(data, "OUT.QTY", "接收档案", "≥9卷")))
    named = [(row.name, row.target) for row in drafts.raw(filing).indicators]
    assert named == [("移交档案", "≥500卷"), ("接收档案", "≥9卷"), ("查阅人次", "≥300人次")]


def test_rows_beyond_the_maximum_are_refused_with_the_reason(filing: Filing) -> None:
    for number in range(59):
        filing.duties.create(key=f"more{number}", rank=str(10 + number), raw=f"负责第{number}件事")
    comparison = compared(filing, with_row(downloaded(filing), "duties", "（二）编史修志。"))
    assert (comparison.differences, reasons(comparison)) == ((), ["已有 60 行，最多 60 行，不能再加 1 行。"])


def test_duties_keep_their_rows(filing: Filing) -> None:
    (difference,) = differences(filing, filled_in(downloaded(filing), {"duties[d1].text": "（一）负责档案。"}))
    assert (difference.place, difference.is_preselected) == (duty("d1"), True)
