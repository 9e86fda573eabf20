"""A form that comes back: rows that were written into it, deleted from it, and changed online meanwhile."""

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from filings import drafts
from filings.document.place import Place, duty, indicator
from filings.drafts import Change
from filings.errors import StepRefused
from filings.importing.returned_workbook import CellDifference, Returned
from filings.models import Cycle, Filing
from filings.models.edition import store
from filings.tests.county import County, found_county
from filings.tests.drafting import duties, rows, save
from filings.tests.formats.workbook_form.workbooks import TASKS, changed
from filings.tests.importing.returned_workbooks import (
    compact,
    differences,
    downloaded,
    filled_in,
    held_against,
    newest,
    read,
    said,
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


def test_a_row_deleted_in_the_form_goes_only_when_it_is_asked_for(county: County, filing: Filing) -> None:
    (found,) = differences(filing, without_row(downloaded(filing), "i0"))
    rank = filing.indicators.get(key="i0").rank
    assert found == CellDifference(Place("indicators", "i0"), (Change("indicators[i0]", rank, ""),), is_removal=True)
    assert not found.is_taken
    take(filing, county, [found])
    assert rows(filing) == [("BEN.SOC", "查阅人次")]


def test_a_row_deleted_in_both_is_gone(county: County, filing: Filing) -> None:
    data = without_row(downloaded(filing), "i0")
    remove(filing, county, "i0")
    assert held_against(filing, data) == Returned((), ())


def test_a_row_that_was_deleted_online_cannot_be_changed(county: County, filing: Filing) -> None:
    data = filled_in(downloaded(filing), {TARGET: "≥600卷"})
    spot = read(data).positions[indicator("i0", "target")]
    remove(filing, county, "i0")
    found = held_against(filing, data)
    assert found.differences == ()
    assert [(reason.position, reason.sentence) for reason in found.reasons] == [
        (spot, "这一行在系统里已经删去，没有导入。请写到空行里。")
    ]


def test_a_row_that_was_deleted_online_and_not_touched_is_nothing(county: County, filing: Filing) -> None:
    data = downloaded(filing)
    remove(filing, county, "i0")
    assert held_against(filing, data) == Returned((), ())


def remove(filing: Filing, county: County, key: str) -> None:
    rank = filing.indicators.get(key=key).rank
    save(filing, county, (f"indicators[{key}]", rank, ""), client_id="remove")


def test_rows_written_into_blank_ones_are_added(county: County, filing: Filing) -> None:
    data = with_row(downloaded(filing), "duties", "（二）编史修志。")
    data = with_row_of(data, "OUT.QUAL", "档案完好率", "100%")
    data = with_row_of(data, "OUT.QTY", "编研成果", "≥3种")
    found = differences(filing, data)
    assert [(item.place.section, item.is_taken) for item in found] == [
        ("duties", True),
        ("indicators", True),
        ("indicators", True),
    ]
    take(filing, county, found)
    assert duties(filing) == ["（一）负责全县档案的收集和保管。", "（二）编史修志。"]
    assert rows(filing) == [
        ("OUT.QTY", "接收档案"),
        ("OUT.QTY", "编研成果"),
        ("OUT.QUAL", "档案完好率"),
        ("BEN.SOC", "查阅人次"),
    ]
    assert differences(filing, downloaded(filing)) == []


def test_what_the_reader_warnings_of_a_new_row_is_said(filing: Filing) -> None:
    def as_percent(sheet: Worksheet) -> None:
        (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "VALUE"]
        cell.value, cell.number_format = 0.9, "0%"

    data = changed(with_row_of(downloaded(filing), "OUT.QUAL", "档案完好率", "VALUE"), as_percent)
    (found,) = differences(filing, data)
    assert (found.changes[-1].after, found.warning) == ("90%", "表格里按百分比显示")


def test_one_new_row_is_taken_without_another(county: County, filing: Filing) -> None:
    data = with_row_of(
        with_row_of(downloaded(filing), "OUT.QUAL", "档案完好率", "100%"), "OUT.TIME", "接收及时率", "100%"
    )
    found = differences(filing, data)
    take(filing, county, found[1:])
    assert rows(filing) == [("OUT.QTY", "接收档案"), ("OUT.TIME", "接收及时率"), ("BEN.SOC", "查阅人次")]


def test_tasks_are_added(county: County) -> None:
    form = TASKS
    Cycle.objects.update(edition=store(form))
    county.cycle.refresh_from_db()
    filing = county.started()
    columns = len(form.task_columns)
    data = with_row(downloaded(filing), "tasks", *("档案进馆", "接收到期档案", "30")[:columns])
    (found,) = differences(filing, data)
    take(filing, county, [found])
    assert [dict(task.cells) for task in drafts.document(filing).tasks] == [
        {"name": "档案进馆", "content": "接收到期档案", "amount": "30"}
    ]


def test_a_blank_row_makes_way(county: County, filing: Filing) -> None:
    (blank,) = add_blank(filing, "OUT.QUAL")
    (found,) = differences(filing, with_row_of(downloaded(filing), "OUT.QUAL", "档案完好率", "100%"))
    take(filing, county, [found])
    assert rows(filing) == [("OUT.QTY", "接收档案"), ("OUT.QUAL", "档案完好率"), ("BEN.SOC", "查阅人次")]
    assert filing.indicators.get(key=blank).rank == ""


def test_a_blank_row_that_somebody_has_written_in_since_does_not_go(county: County, filing: Filing) -> None:
    (blank,) = add_blank(filing, "OUT.QUAL")
    seen = newest(filing)
    (found,) = differences(filing, with_row_of(downloaded(filing), "OUT.QUAL", "档案完好率", "100%"))
    save(filing, county, (f"indicators[{blank}].name", "", "刚写的"))
    before = stored(filing)
    with pytest.raises(StepRefused, match="有几处刚被别人改过，这一次什么也没有存。请再试一次。"):
        take(filing, county, [found], since=seen)
    assert stored(filing) == before


def add_blank(filing: Filing, *nodes: str) -> list[str]:
    found = {node.key: node for node in filing.cycle.edition.nodes.filter(key__in=nodes)}
    return [filing.indicators.create(key=f"b{node}", rank="9", node=found[node]).key for node in nodes]


def test_the_same_form_again_doubles_no_row(county: County, filing: Filing) -> None:
    data = with_row_of(with_row(downloaded(filing), "duties", "（二）编史修志。"), "OUT.QUAL", "档案完好率", "100%")
    take(filing, county, differences(filing, data))
    assert differences(filing, data) == []


def test_a_row_that_came_since_is_asked_about_where_it_differs(county: County, filing: Filing) -> None:
    data = with_row_of(downloaded(filing), "OUT.QUAL", "档案完好率", "100%")
    take(filing, county, differences(filing, data))
    added = filing.indicators.get(name="档案完好率")
    save(filing, county, (f"indicators[{added.key}].target", "100%", "≥98%"))
    (found,) = differences(filing, data)
    assert (found.changes, found.is_taken) == ((Change(f"indicators[{added.key}].target", "≥98%", "100%"),), False)


def test_a_new_row_may_be_called_like_one_of_the_form(county: County, filing: Filing) -> None:
    data = filled_in(downloaded(filing), {NAME: "移交档案"})
    take(filing, county, differences(filing, with_row_of(data, "OUT.QTY", "接收档案", "≥9卷")))
    named = [(row.name, row.target) for row in drafts.raw(filing).indicators]
    assert named == [("移交档案", "≥500卷"), ("接收档案", "≥9卷"), ("查阅人次", "≥300人次")]


def test_rows_for_which_there_is_no_room_are_told(filing: Filing) -> None:
    for number in range(59):
        filing.duties.create(key=f"more{number}", rank=str(10 + number), raw=f"负责第{number}件事")
    found = held_against(filing, with_row(downloaded(filing), "duties", "（二）编史修志。"))
    assert (found.differences, said(found)) == ((), ["已有 60 行，最多 60 行，不能再加 1 行。"])


def test_duties_keep_their_rows(filing: Filing) -> None:
    (found,) = differences(filing, filled_in(downloaded(filing), {"duties[d1].text": "（一）负责档案。"}))
    assert (found.place, found.is_taken) == (duty("d1"), True)
