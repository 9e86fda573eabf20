"""The indicators as CSV: one row each, targets as typed and parsed, formulas escaped."""

import csv
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given, settings

from filings.document.content import FilingDocument, IndicatorRow, compose
from filings.document.edition import Column, Edition
from filings.formats import rows_csv
from filings.tests.founding import EDITION, founding_document
from filings.tests.strategies import documents

WEIGHTED = replace(EDITION, columns=(*EDITION.columns, Column("weight", "分值\n（90）"), Column("note", "备注")))


def read(text: str) -> list[list[str]]:
    """Parse CSV as a spreadsheet does, column heads first."""
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text[1:], newline="")))


def one_row(name: str, target: str, edition: Edition = EDITION, **more: str) -> FilingDocument:
    row = IndicatorRow("r1", "OUT.QTY", "", "", name, target, more)
    return compose(edition, year=2022, fields={"department": "档案馆"}, amounts={}, indicators=[row])


def cells(document: FilingDocument, edition: Edition = EDITION) -> dict[str, str]:
    """Return the only row by column heads."""
    heads, row = read(rows_csv.write(document, edition))
    return dict(zip(heads, row, strict=True))


def test_the_founding_table() -> None:
    text = rows_csv.write(founding_document(), EDITION, department_code="101001")
    assert text.split("\r\n") == [
        "\ufeff年度,部门编码,部门名称,一级指标,二级指标,三级指标,指标值,计算符号,数值,计量单位,种类,通用键",
        *(
            f"2022,101001,中共衡东县委组织部,{rest}"
            for rest in (
                "产出指标,数量指标,财政供养人员,28人,,28,人,数值,OUT.QTY",
                "产出指标,数量指标,部门单位履职、运转,予以保障,,,,定性,OUT.QTY",
                "产出指标,质量指标,在职人员控制率,≤100%,≤,100,%,数值,OUT.QUAL",
                "产出指标,质量指标,公用经费控制率,≤100%,≤,100,%,数值,OUT.QUAL",
                "产出指标,成本指标,保障财政供养人员,≤278.99万元,≤,278.99,万元,数值,OUT.COST",
                "产出指标,成本指标,保证单位正常运转,≤38.14万元,≤,38.14,万元,数值,OUT.COST",
                "产出指标,时效指标,预算完成率,100%,,100,%,数值,OUT.TIME",
                "产出指标,时效指标,完成单位职责及上级交办的各项任务时限,年度内及时完成,,,,定性,OUT.TIME",
                "效益指标,经济效率指标,全县非公有制经济组织和社会组织党组织建设,持续推进,,,,定性,BEN.ECON",
                "效益指标,社会效益指标,组织工作宣传覆盖率,≥90%,≥,90,%,数值,BEN.SOC",
                "效益指标,可持续影响指标,党员教育设备使用年限,≥10年,≥,10,年,数值,BEN.SUST",
                "效益指标,社会公众或服务对象满意度,社会公众满意度,≥98%,≥,98,%,数值,SAT.SERV",
            )
        ),
        "",
    ]


@pytest.mark.parametrize(
    ("target", "parsed"),
    [
        ("=100%", ["=", "100", "%", "数值"]),
        ("90-95%", ["", "90～95", "%", "区间"]),
        ("±3%以内", ["", "±3", "%", "区间"]),
        ("2022年12月底前", ["≤", "2022-12", "", "时间"]),
        ("2022.03-2022.11", ["", "2022-03～2022-11", "", "时间"]),
        ("11月底之前", ["≤", "11", "", "时间"]),
        ("予以保障", ["", "", "", "定性"]),
        ("待定", ["", "", "", "待填"]),
        ("", ["", "", "", ""]),
    ],
)
def test_a_target_is_parsed_into_comparator_number_unit_and_kind(target: str, parsed: list[str]) -> None:
    row = cells(one_row("培训", target))
    assert [row[head] for head in ("计算符号", "数值", "计量单位", "种类")] == parsed


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("+86", "'+86"),
        ("-3+2", "'-3+2"),
        ("-3%以内", "'-3%以内"),
        ("--11", "'--11"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        ("－A1", "'－A1"),
        ("-3", "-3"),
        ("-12.5%", "-12.5%"),
        ("±3%", "±3%"),
        ("-", "-"),
        ("=", "="),
        ("甲=1", "甲=1"),
        ("≥90%", "≥90%"),
        ("'=1", "'=1"),
    ],
)
def test_formulas_are_prefixed_with_an_apostrophe(text: str, written: str) -> None:
    document = one_row(text, "28人")
    assert cells(document)["三级指标"] == written
    code = read(rows_csv.write(document, EDITION, department_code=text))[1][1]
    assert code == written


@pytest.mark.parametrize("text", ["\t=1+1", "\r=1+1"])
def test_white_space_before_a_formula_does_not_hide_it(text: str) -> None:
    assert read(rows_csv.write(one_row("甲", "1"), EDITION, department_code=text))[1][1] == f"'{text}"


@pytest.mark.parametrize("name", ["甲,乙", '"甲"', "甲;乙", "甲'乙"])
def test_commas_and_quotes_stay_in_their_cell(name: str) -> None:
    assert cells(one_row(name, "1"))["三级指标"] == name


def test_further_columns_of_the_edition_come_last_with_heads_on_one_line() -> None:
    row = cells(one_row("培训", "28人", WEIGHTED, weight="10", note="=1+1"), WEIGHTED)
    assert list(row.items())[-3:] == [("通用键", "OUT.QTY"), ("分值（90）", "10"), ("备注", "'=1+1")]


def test_a_further_column_that_is_blank_is_an_empty_cell() -> None:
    assert cells(one_row("培训", "28人", WEIGHTED, note="甲"), WEIGHTED)["分值（90）"] == ""


def test_a_row_without_a_class_keeps_its_labels_and_has_no_key() -> None:
    rows = [
        IndicatorRow("r1", None, "创新指标", "甲类", "培训", "28人"),
        IndicatorRow("r2", None, "", "", "调研", "3次"),
    ]
    document = compose(EDITION, year=None, fields={}, amounts={}, indicators=rows)
    assert [[row[0], *row[3:6], row[-1]] for row in read(rows_csv.write(document, EDITION))[1:]] == [
        ["", "创新指标", "甲类", "培训", ""],
        ["", "待归类", "", "调研", ""],
    ]


def test_a_table_without_indicators_has_only_heads() -> None:
    document = compose(EDITION, year=2022, fields={}, amounts={})
    assert read(rows_csv.write(document, EDITION)) == [list(rows_csv.HEADS)]


@given(documents(EDITION))
@settings(max_examples=60)
def test_every_indicator_is_one_row_with_its_texts_in_their_cells(document: FilingDocument) -> None:
    text = rows_csv.write(document, EDITION)
    heads, *rows = read(text)
    assert text.count("\n") == text.count("\r\n") == 1 + len(document.indicators)
    unescaped = [[cell.removeprefix("'") for cell in row] for row in rows]
    assert [(row[5], row[6]) for row in unescaped] == [
        (row.name.removeprefix("'"), row.target.removeprefix("'")) for row in document.indicators
    ]
    assert {len(row) for row in rows} <= {len(heads)}
