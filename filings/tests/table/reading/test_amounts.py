"""Reading the budget block: amounts in, next to or below the cell of their label; other texts; leftovers."""

import pytest

from filings.document import place
from filings.table.grid import Cell
from filings.tests.table.cells import leftovers_of, reading_of

LABEL = "年度预算申请（万元）"


@pytest.mark.parametrize(
    "rows",
    [
        [["资金总额：550.13万元"], ["一般公共预算：300", "基本支出：317.13"]],
        [["资金总额", "550.13"], ["一般公共预算", "300", "基本支出", "317.13"]],
        [["年度资金总额：", "５５０.１３"], ["其中：一般公共预算 300", "", "1.基本支出：", "317.13"]],
        [["资金总额", "一般公共预算", "基本支出"], ["550.13", "300", "317.13"]],
        [["资金总额：550.13，其中：一般公共预算：300；基本支出：317.13万元。"]],
        [["资金总额：\n550.13万元"], ["一般公共预算：300\n政府性基金拨款：\n基本支出：317.13"]],
        [["资金总额\n一般公共预算\n基本支出", "550.13\n300\n317.13"]],
        [["按收入性质分", "按支出性质分"], ["资金总额", "550.13"], ["一般公共预算", "300", "基本支出", "317.13"]],
    ],
)
def test_amounts_are_found_where_people_write_them(rows: list[list[str]]) -> None:
    reading = reading_of(*([LABEL if index == 0 else "", *row] for index, row in enumerate(rows)))
    amounts = {key: text for key, text in reading.document.amounts.items() if text}
    assert amounts == {"TOTAL": "550.13", "INC.GENERAL": "300", "EXP.BASIC": "317.13"}
    assert (leftovers_of(reading), reading.warnings) == ([], {})


@pytest.mark.parametrize("where", ["label", "section", "line"])
def test_another_unit_is_kept_with_the_amount_and_gets_a_warning(where: str) -> None:
    line = "资金总额（元）" if where == "label" else "资金总额"
    section = "年度预算申请（元）" if where == "section" else "年度预算申请"
    above = [["单位：元"]] if where == "line" else []
    reading = reading_of(*above, [section, line, "5501300"])
    assert reading.document.amounts["TOTAL"] == "5501300元"
    assert reading.warnings == {place.amount("TOTAL"): "表中写明单位是元，已按元读入。"}


@pytest.mark.parametrize(
    ("cells", "leftovers"),
    [
        (["国有资本经营预算：12"], ["国有资本经营预算：12"]),
        (["国有资本经营预算", "12"], ["国有资本经营预算：12"]),
        (["国有资本经营预算"], []),
        (["资金总额：9"], ["资金总额：9"]),
        (["资金总额", "9"], ["资金总额：9"]),
        (["资金总额", "5"], []),
        (["详见附件"], ["详见附件"]),
        (["按收入性质分："], []),
    ],
)
def test_what_the_form_has_no_line_for_is_listed(cells: list[str], leftovers: list[str]) -> None:
    reading = reading_of([LABEL, "资金总额：5"], ["", *cells])
    assert reading.document.amounts["TOTAL"] == "5"
    assert leftovers_of(reading) == leftovers


def test_a_line_by_another_forms_name_gets_a_warning() -> None:
    reading = reading_of([LABEL, "财政拨款：12"])
    assert reading.document.amounts["INC.GENERAL"] == "12"
    assert reading.warnings == {place.amount("INC.GENERAL"): "按「财政拨款」读入。"}


def test_a_text_instead_of_an_amount_gets_a_warning() -> None:
    reading = reading_of([LABEL, "资金总额", "见批复"])
    assert reading.document.amounts["TOTAL"] == "见批复"
    assert reading.warnings == {place.amount("TOTAL"): "这里写的不是金额，请核对。"}


def test_the_file_readers_warning_about_an_amount_is_kept() -> None:
    reading = reading_of([LABEL, "资金总额", Cell("", 2, warning="公式没有结果")])
    assert reading.document.amounts["TOTAL"] == ""
    assert reading.warnings == {place.amount("TOTAL"): "公式没有结果"}


def test_a_label_over_two_rows_takes_the_amount_below() -> None:
    reading = reading_of(
        [Cell(LABEL, 0, 1, 3), Cell("资金总额", 1, 1, 2), Cell("按收入性质分", 2)],
        [Cell("一般公共预算", 2)],
        [Cell("5", 1), Cell("3", 2)],
    )
    assert (reading.document.amounts["TOTAL"], reading.document.amounts["INC.GENERAL"]) == ("5", "3")


def test_an_amount_below_several_labels_is_the_first_ones() -> None:
    reading = reading_of([LABEL, "资金总额", "一般公共预算"], ["", Cell("5", 1, 2)])
    assert (reading.document.amounts["TOTAL"], reading.document.amounts["INC.GENERAL"]) == ("5", "")


@pytest.mark.parametrize("label", ["部门预算（单位：元）", "年度预算申请\n（ 元 ）", "预算资金(金额单位：人民币元)"])
def test_a_unit_in_the_sections_label_is_seen(label: str) -> None:
    assert reading_of([label, "资金总额", "5501300"]).document.amounts["TOTAL"] == "5501300元"
