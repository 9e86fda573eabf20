"""Word's automatic numbering is read as the numerals displayed before paragraphs."""

import pytest

from filings.formats.readers.word import read as word_reader
from filings.tests.formats.readers.word.elements import docx, item, kind, level, num, only_cell, p, t, tbl, tc, tr


@pytest.mark.parametrize(
    ("number_format", "pattern", "first", "third"),
    [
        ("chineseCounting", "（%1）", "（一）甲", "（三）甲"),
        ("chineseCountingThousand", "%1、", "一、甲", "三、甲"),
        ("ideographDigital", "%1、", "一、甲", "三、甲"),
        ("decimal", "%1.", "1. 甲", "3. 甲"),
        ("decimal", "（%1）", "（1）甲", "（3）甲"),
        ("decimalEnclosedCircle", "%1", "①甲", "③甲"),
        ("decimalZero", "%1", "01 甲", "03 甲"),
        ("chineseLegalSimplified", "第%1条", "第壹条甲", "第叁条甲"),
        ("upperRoman", "%1)", "I) 甲", "III) 甲"),
        ("lowerLetter", "%1)", "a) 甲", "c) 甲"),
        ("bullet", "●", "甲", "甲"),
    ],
)
def test_computed_numerals_are_part_of_the_text(number_format: str, pattern: str, first: str, third: str) -> None:
    read = only_cell(item("甲") * 3, numbering=kind(level(0, number_format, pattern)) + num(1))
    lines = read.text.split("\n")
    assert (lines[0], lines[2], read.warning) == (first, third, "")


def test_deeper_levels_restart_below_each_item_and_include_the_numbers_above() -> None:
    numbering = kind(level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2", "<w:isLgl/>")) + num(1)
    inside = item("甲") + item("a", depth=1) + item("b", depth=1) + item("乙") + item("c", depth=1)
    assert only_cell(inside, numbering=numbering).text == "一、甲\n1.1 a\n1.2 b\n二、乙\n2.1 c"


def test_lists_with_the_same_definition_continue_unless_one_restarts() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = kind(level(0, "decimal", "(%1)")) + num(1) + num(2) + num(3, override=restart)
    inside = item("甲") + item("乙", 2) + item("丙", 3) + item("丁", 3) + item("戊", 0) + p(t("己"))
    assert only_cell(inside, numbering=numbering).text == "(1) 甲\n(2) 乙\n(5) 丙\n(6) 丁\n戊\n己"


def test_a_style_numbers_its_paragraphs_and_those_of_styles_based_on_it() -> None:
    styles = (
        '<w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style><w:style w:styleId="c"><w:basedOn w:val="c"/></w:style>'
    )
    numbering = kind(level(0, "chineseCounting", "%1、"), level(1, "decimal", "%2.", '<w:pStyle w:val="b"/>')) + num(1)
    inside = "".join(p(t("甲"), f'<w:pStyle w:val="{name}"/>') for name in "abca")
    assert only_cell(inside, numbering=numbering, styles=styles).text == "一、甲\n1. 甲\n甲\n二、甲"


def test_a_list_may_take_its_levels_from_a_style() -> None:
    styles = '<w:style w:styleId="s"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    numbering = kind('<w:numStyleLink w:val="s"/>') + kind(level(0, "decimal", "%1、"), number=1) + num(1) + num(2, 1)
    assert only_cell(item("甲"), numbering=numbering, styles=styles).text == "1、甲"


def test_a_cell_may_have_only_its_number() -> None:
    numbering = kind(level(0, "decimal", "%1")) + num(1)
    (grid,) = word_reader.read(docx(tbl(*[tr(tc(item("")), tc(p(t("甲"))))] * 2), numbering=numbering))
    assert list(grid.flow()) == [["1", "甲"], ["2", "甲"]]


@pytest.mark.parametrize("numbering", ["", kind(level(0, "thaiCounting", "%1")) + num(1), num(1), kind() + num(1)])
def test_numbers_that_cannot_be_computed_are_left_out_and_flagged(numbering: str) -> None:
    read = only_cell(item("甲"), numbering=numbering)
    assert (read.text, read.warning) == ("甲", "自动编号没有读出，请对照原文件补上。")
