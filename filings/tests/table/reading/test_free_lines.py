"""Lines around the table: the title and its year, fields behind their labels, the unit; everything else is listed."""

import pytest

from filings.document import place
from filings.table.reading.free_lines import LineReader, is_title
from filings.table.reading.result import Found
from filings.tests.table.cells import HUNAN, STANDARD, spots_of


def found_in(*lines: list[str], standard: bool = False) -> Found:
    found = Found()
    reader = LineReader(STANDARD if standard else HUNAN, found)
    for texts in lines:
        reader.read(spots_of(*texts))
    return found


def left(found: Found) -> list[str]:
    return [one.text for one in found.leftovers]


@pytest.mark.parametrize(
    "text",
    [
        "2024年部门整体支出绩效目标表",
        "2024年度部门整体绩效目标申报表",
        "附件1：2024年县级部门预算绩效目标批复表",
        "2024 年 单位整体支出绩效目标表（样表）",
        "部门整体支出绩效目标表（2024年度）",
        "（2024年度）",
        "年度：2024年",
    ],
)
def test_a_title_gives_the_year_and_leaves_nothing(text: str) -> None:
    found = found_in([text])
    assert (found.year, left(found)) == (2024, [])


def test_a_title_that_says_more_is_listed_too() -> None:
    found = found_in(["清溪县档案馆2024年部门整体支出绩效目标表"])
    assert (found.year, left(found)) == (2024, ["清溪县档案馆2024年部门整体支出绩效目标表"])


def test_years_that_contradict_are_listed() -> None:
    found = found_in(["2024年部门整体支出绩效目标表"], ["（2023年度）"])
    assert (found.year, left(found)) == (2024, ["（2023年度）"])


@pytest.mark.parametrize(
    ("text", "is_project"),
    [
        ("2024年项目支出绩效目标表", True),
        ("项目绩效目标申报表", True),
        ("2024年部门整体支出绩效目标表", False),
    ],
)
def test_a_projects_table_is_told_by_its_title(text: str, is_project: bool) -> None:
    assert found_in([text]).is_project is is_project


@pytest.mark.parametrize(
    ("text", "unit", "others"),
    [
        ("单位：元", "元", []),
        ("（金额单位：万元）", "万元", []),
        ("单位 ：人民币元", "元", []),
        ("（2024年度）　　　单位：元", "元", []),
        ("制表单位：元江镇", "", ["制表单位：元江镇"]),
        ("单位：万元村委会", "", ["单位：万元村委会"]),
    ],
)
def test_the_unit_is_taken_where_it_is_one(text: str, unit: str, others: list[str]) -> None:
    found = found_in([text])
    assert (found.unit, left(found)) == (unit, others)


def test_a_second_unit_is_listed() -> None:
    found = found_in(["单位：元", "单位：万元"])
    assert (found.unit, left(found)) == ("元", ["单位：万元"])


@pytest.mark.parametrize(
    "texts",
    [
        ["填报人：张三", "联系电话：5000001"],
        ["填报人：张三　联系电话：5000001"],
        ["填报人", "张三", "联系电话", "5000001"],
        ["填 报 人 :", "张三", "电话：", "5000001"],
        ["填表人：张三联系电话：5000001　单位：万元"],
    ],
)
def test_fields_are_read_behind_their_labels(texts: list[str]) -> None:
    found = found_in(texts, standard=True)
    assert found.fields == {"filler": "张三", "telephone": "5000001"}
    assert left(found) == []


def test_a_stamps_mark_is_no_name() -> None:
    assert found_in(["填报单位：（盖章）"]).fields == {}
    assert found_in(["填报单位（公章）：县档案馆（盖章）"]).fields == {"filing_unit": "县档案馆"}


@pytest.mark.parametrize(
    ("texts", "others"),
    [
        (["填报人：张三"], ["填报人：张三"]),
        (["填报人", "张三"], ["填报人：张三"]),
        (["填报人："], []),
        (["注：一式三份"], ["注：一式三份"]),
        (["填报单位：甲", "填报单位：乙"], ["填报单位：乙"]),
    ],
)
def test_what_the_form_has_no_place_for_is_listed_with_its_label(texts: list[str], others: list[str]) -> None:
    assert left(found_in(texts)) == others


def test_a_field_by_another_forms_label_is_to_be_checked() -> None:
    found = found_in(["申报单位：县档案馆"])
    assert found.warnings == {place.field("filing_unit"): "按「申报单位」读入。"}


def test_titles_are_told_from_other_lines() -> None:
    texts = ("部门整体支出 绩效目标表", "项目支出绩效目标申报表", "整体绩效目标", "绩效目标表述清楚")
    assert [is_title(text) for text in texts] == [True, True, False, True]
