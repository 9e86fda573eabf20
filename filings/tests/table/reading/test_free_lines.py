"""Reading the lines above and below a table: title, year, labelled fields, unit of amounts, leftovers."""

import pytest

from filings.document import place
from filings.table.reading.free_lines import LineReader, is_title
from filings.table.reading.result import ReadingBuilder
from filings.tests.table.cells import HUNAN, STANDARD, cells_of


def read_lines(*lines: list[str], standard: bool = False) -> ReadingBuilder:
    result = ReadingBuilder()
    reader = LineReader(STANDARD if standard else HUNAN, result)
    for texts in lines:
        reader.read(cells_of(*texts))
    return result


def leftovers(result: ReadingBuilder) -> list[str]:
    return [leftover.text for leftover in result.leftovers]


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
def test_a_title_gives_the_year_without_leftovers(text: str) -> None:
    result = read_lines([text])
    assert (result.year, leftovers(result)) == (2024, [])


def test_a_title_with_other_words_is_also_a_leftover() -> None:
    result = read_lines(["清溪县档案馆2024年部门整体支出绩效目标表"])
    assert (result.year, leftovers(result)) == (2024, ["清溪县档案馆2024年部门整体支出绩效目标表"])


def test_a_contradicting_year_is_a_leftover() -> None:
    result = read_lines(["2024年部门整体支出绩效目标表"], ["（2023年度）"])
    assert (result.year, leftovers(result)) == (2024, ["（2023年度）"])


@pytest.mark.parametrize(
    ("text", "is_project"),
    [
        ("2024年项目支出绩效目标表", True),
        ("项目绩效目标申报表", True),
        ("2024年部门整体支出绩效目标表", False),
    ],
)
def test_a_projects_table_is_recognised_by_its_title(text: str, is_project: bool) -> None:
    assert read_lines([text]).is_project is is_project


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
    result = read_lines([text])
    assert (result.unit, leftovers(result)) == (unit, others)


def test_a_second_unit_is_a_leftover() -> None:
    result = read_lines(["单位：元", "单位：万元"])
    assert (result.unit, leftovers(result)) == ("元", ["单位：万元"])


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
def test_fields_are_read_by_their_labels(texts: list[str]) -> None:
    result = read_lines(texts, standard=True)
    assert result.fields == {"filler": "张三", "telephone": "5000001"}
    assert leftovers(result) == []


def test_the_mark_of_a_stamp_is_not_a_name() -> None:
    assert read_lines(["填报单位：（盖章）"]).fields == {}
    assert read_lines(["填报单位（公章）：县档案馆（盖章）"]).fields == {"filing_unit": "县档案馆"}


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
def test_a_field_without_a_place_is_a_leftover_with_its_label(texts: list[str], others: list[str]) -> None:
    assert leftovers(read_lines(texts)) == others


def test_a_field_by_another_forms_label_gets_a_warning() -> None:
    result = read_lines(["申报单位：县档案馆"])
    assert result.warnings == {place.field("filing_unit"): "按「申报单位」读入。"}


def test_titles_are_distinguished_from_other_lines() -> None:
    texts = ("部门整体支出 绩效目标表", "项目支出绩效目标申报表", "整体绩效目标", "绩效目标表述清楚")
    assert [is_title(text) for text in texts] == [True, True, False, True]
