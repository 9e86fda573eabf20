"""Returned workbooks: differences, refused cells, the identity of the workbook, and applying the differences."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from openpyxl.workbook import Workbook

from filings import drafts
from filings.choices import PointKind
from filings.document.content import compose
from filings.document.place import amount, goal, indicator
from filings.drafts import Change
from filings.errors import StepRefused
from filings.formats.workbook_form.identity import Identity
from filings.importing.returned_workbook import (
    CellDifference,
    WorkbookComparison,
    apply_differences,
    check_identity,
    identity_of,
)
from filings.models import Filing
from filings.tests.county import County, found_county
from filings.tests.drafting import save
from filings.tests.formats.workbook_form.workbooks import (
    STANDARD,
    changed_book,
    typed,
    written,
)
from filings.tests.importing.returned_workbooks import (
    compact,
    compared,
    differences,
    downloaded,
    filled_in,
    preselected,
    read,
    reasons,
    stored,
    take,
    with_note_outside,
    with_row_of,
)
from filings.tests.last_year import texts

pytestmark = pytest.mark.django_db

TOTAL = "amounts[TOTAL]"
NAME, TARGET = "indicators[i0].name", "indicators[i0].target"


@pytest.fixture
def county() -> County:
    return found_county()


@pytest.fixture
def filing(county: County) -> Filing:
    return compact(county)


def test_an_unchanged_workbook_has_no_differences(filing: Filing) -> None:
    assert compared(filing, downloaded(filing)) == WorkbookComparison((), ())


def test_changes_made_online_are_not_reverted(county: County, filing: Filing) -> None:
    data = downloaded(filing)
    save(
        filing,
        county,
        (TOTAL, "100", "120"),
        (NAME, "接收档案", "接收档案卷数"),
        ("goals[0]", texts(filing)["goals[0]"], ""),
    )
    assert compared(filing, data) == WorkbookComparison((), ())


def test_texts_typed_into_the_workbook_are_applied(county: County, filing: Filing) -> None:
    data = filled_in(downloaded(filing), {TOTAL: 120.5, TARGET: "≥600卷"})
    changes = differences(filing, data)
    assert changes == [
        CellDifference(amount("TOTAL"), (Change(TOTAL, "100", "120.5"),)),
        CellDifference(indicator("i0", "target"), (Change(TARGET, "≥500卷", "≥600卷"),)),
    ]
    before = texts(filing)
    take(filing, county, changes)
    assert texts(filing) == before | {TOTAL: "120.5", TARGET: "≥600卷"}


def test_a_cell_cleared_in_the_workbook_is_cleared(county: County, filing: Filing) -> None:
    (difference,) = differences(filing, filled_in(downloaded(filing), {TARGET: None}))
    assert (difference.changes, difference.is_preselected) == ((Change(TARGET, "≥500卷", ""),), True)


def test_a_cell_changed_in_both_is_not_preselected(county: County, filing: Filing) -> None:
    data = filled_in(downloaded(filing), {TOTAL: 120, TARGET: "≥600卷"})
    save(filing, county, (TOTAL, "100", "130"))
    changes = differences(filing, data)
    assert preselected(changes) == [(TOTAL, False), (TARGET, True)]
    assert changes[0].changes == (Change(TOTAL, "130", "120"),)
    take(filing, county, changes)
    assert texts(filing)[TOTAL] == "120"


def test_a_cell_changed_to_the_same_in_both_is_no_difference(county: County, filing: Filing) -> None:
    data = filled_in(downloaded(filing), {TOTAL: 130, TARGET: "≥600卷"})
    save(filing, county, (TOTAL, "100", "１３０"), (TARGET, "≥500卷", "≥600卷"))
    assert differences(filing, data) == []


def test_a_cell_cleared_online_is_filled_by_the_workbook(county: County, filing: Filing) -> None:
    data = filled_in(downloaded(filing), {TOTAL: 120})
    save(filing, county, (TOTAL, "100", ""))
    assert preselected(differences(filing, data)) == [(TOTAL, True)]


def test_normalised_texts_in_the_workbook_are_no_change(county: County, filing: Filing) -> None:
    save(filing, county, (TOTAL, "100", "１００"), (TARGET, "≥500卷", "≥ ５００ 卷"))
    data = filled_in(downloaded(filing), {TOTAL: 120, TARGET: "≥600卷"})
    assert preselected(differences(filing, data)) == [(TOTAL, True), (TARGET, True)]


def test_a_difference_has_the_warning_of_the_reader(filing: Filing) -> None:
    (difference,) = differences(filing, typed(downloaded(filing), indicator("i0", "target"), 0.9, "0%"))
    assert (difference.changes[0].after, difference.warning) == ("90%", "表格里按百分比显示")


def test_oversized_texts_are_refused_with_the_reason(filing: Filing) -> None:
    data = filled_in(downloaded(filing), {"goals[0]": "目" * 5001, NAME: "名" * 200})
    data = with_row_of(with_row_of(data, "OUT.QUAL", "档" * 201, "100%"), "OUT.TIME", "及时率", "100%")
    comparison = compared(filing, data)
    cells = read(data).positions
    assert reasons(comparison) == [
        "这里有 5001 个字，最多 5000 个，未导入。请删减。",
        "这里有 201 个字，最多 200 个，未导入。请删减。",
    ]
    assert comparison.reasons[0].position == cells[goal()]
    assert [item.place.section for item in comparison.differences] == ["indicators", "indicators"]
    assert comparison.differences[0].place == indicator("i0", "name")


def test_texts_outside_the_table_are_refused_with_the_reason(filing: Filing) -> None:
    comparison = compared(filing, with_note_outside(downloaded(filing), "记得问财政局"))
    assert (comparison.differences, reasons(comparison)) == (
        (),
        ["「记得问财政局」不在可填写的单元格中，未导入。请写到浅黄色单元格中。"],
    )


def test_cells_missing_from_the_edition_are_refused_with_the_reason(filing: Filing) -> None:
    """The edition was changed after the download."""
    identity = identity_of(filing, STANDARD)
    older = compose(
        STANDARD, year=2026, fields={"department": "县档案馆", "execution": "100%"}, amounts={"TOTAL": "100"}
    )
    data = filled_in(written(older, STANDARD, identity=identity), {"fields[execution]": "90%", TOTAL: 120})
    comparison = compared(filing, data)
    assert reasons(comparison) == ["现在的表中没有这一栏（表样换过），未导入。"]
    assert preselected(comparison.differences) == [(TOTAL, True)]


def test_the_workbook_of_the_filing_is_accepted(filing: Filing) -> None:
    check_identity(filing, read(filled_in(downloaded(filing), {TOTAL: 120})))


def test_the_workbook_of_another_filing_is_refused_by_name(filing: Filing) -> None:
    edition = drafts.load(filing).edition
    other = replace(identity_of(filing, edition), filing="999", department="县教育局", year=2021)
    with pytest.raises(StepRefused) as refused:
        check_identity(filing, read(written(drafts.document(filing), edition, identity=other)))
    own = f"「县档案馆」{filing.cycle.year}年的"
    assert refused.value.reason == (f"这是「县教育局」2021年的填报表，不是{own}，未导入。请下载本表的填报表再填。")


def without_record(book: Workbook) -> None:
    del book["填报表记录"]


def with_the_record_of_another(book: Workbook) -> None:
    cell = book["填报表记录"]["A1"]
    mark = str(cell.value).partition("{")[0]
    other = Identity("999", "x", "y", "县教育局", 2021)
    cell.value = mark + str(other.items()).replace("'", '"')


@pytest.mark.parametrize("lost", [without_record, with_the_record_of_another])
def test_a_workbook_with_an_incomplete_identity_is_refused(filing: Filing, lost: Callable[[Workbook], None]) -> None:
    with pytest.raises(
        StepRefused, match="这份填报表里隐藏的标识不完整，无法确定属于哪一张表，未导入。请重新下载填报表"
    ):
        check_identity(filing, read(changed_book(downloaded(filing), lost)))


def test_everything_is_one_save_with_one_restore_point(county: County, filing: Filing) -> None:
    data = with_row_of(filled_in(downloaded(filing), {TOTAL: 120, TARGET: "≥600卷"}), "OUT.QUAL", "档案完好率", "100%")
    take(filing, county, differences(filing, data))
    assert [edit.by for edit in filing.edits.all()] == [county.filler]
    (point,) = filing.points.all()
    assert (point.kind, point.by) == (PointKind.IMPORT, county.filler)


@pytest.mark.parametrize(
    "change",
    [
        Change("goals[0]", "不是这样的", "目标"),
        Change("nowhere", "", "x"),
        Change("amounts[NONE]", "", "5"),
        Change("indicators[i0].node", "OUT.QTY", "NO.SUCH"),
        Change("indicators[short]", "", "5"),
        Change("goals[0]", "保障单位运转，管好县档案。", "目" * 5001),
    ],
    ids=lambda change: change.place,
)
def test_all_or_nothing(county: County, filing: Filing, change: Change) -> None:
    before = stored(filing)
    with pytest.raises(StepRefused):
        apply_differences(filing, [Change(TOTAL, "100", "120"), change], since=0, by=county.filler)
    assert stored(filing) == before


def test_nothing_chosen_changes_nothing(county: County, filing: Filing) -> None:
    before = stored(filing)
    apply_differences(filing, [], since=0, by=county.filler)
    assert stored(filing) == before
