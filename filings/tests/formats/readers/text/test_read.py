"""Pasted text: its format is detected from the text itself, and no word is lost."""

import csv
import re
from collections import Counter
from contextlib import suppress
from io import StringIO
from time import perf_counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from filings.formats import text as own_format
from filings.formats.file import CannotRead
from filings.formats.readers.text import read as text_reader
from filings.table.grid import Cell, Grid
from filings.table.layout.document import lay_out
from filings.tests.founding import EDITION, founding_document, sample_text

Rows = list[list[str]]


def rows(grid: Grid) -> Rows:
    return [[cell.text for cell in row.cells] for row in grid.rows]


def texts(part: tuple[Cell, ...]) -> list[str]:
    return [cell.text for cell in part]


def read_one(text: str) -> Rows:
    """Read a text with one table and no lines around it; return its rows."""
    (grid,) = text_reader.read(text)
    assert (grid.above, grid.below) == ((), ())
    return rows(grid)


def test_our_own_text_format_is_read_as_by_its_own_module() -> None:
    assert text_reader.read(sample_text()) == [own_format.read(sample_text())]
    written = own_format.write(lay_out(founding_document(), EDITION))
    assert text_reader.read(written) == [own_format.read(written)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲\t乙\n丙\t丁\n", [["甲", "乙"], ["丙", "丁"]]),
        ("甲\t乙\r\n\t丙\r\n", [["甲", "乙"], ["", "丙"]]),
        ("\t甲\t乙\n\t丙\t丁\n", [["", "甲", "乙"], ["", "丙", "丁"]]),
        ("\t甲\n\t乙\n\n\t丙\n", [["甲", "乙"], ["丙"]]),
        ("\t甲\n乙\n\t丙\n", [["甲\n乙", "丙"]]),
        ('甲\t"一\n二\t""三"""\n丙\t"丁"\n', [["甲", '一\n二\t"三"'], ["丙", "丁"]]),
        ('甲\t"乙\n丙\t丁"己\n', [["甲", '"乙'], ["丙", '丁"己']]),
        ('"甲\n|乙|"\t丙\n', [["甲\n|乙|", "丙"]]),
        ("甲\t乙\n丙\n\n丁\t\n", [["甲", "乙"], ["丙"], ["丁", ""]]),
    ],
)
def test_tabs(text: str, expected: Rows) -> None:
    assert read_one(text) == expected


def test_lines_around_rows_with_tabs_are_above_and_below() -> None:
    (grid,) = text_reader.read("题\n\n单位：局\n甲\t乙\n尾\n")
    assert (texts(grid.above), rows(grid), texts(grid.below)) == (["题", "单位：局"], [["甲", "乙"]], ["尾"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| 甲 | 乙 |\n|---|:--:|\n| 丙 |  |\n", [["甲", "乙"], ["丙", ""]]),
        ("|甲|乙|\n|-|-|\n|-|--|\n|-|-|", [["甲", "乙"], ["-", "--"], ["-", "-"]]),
        ("甲 | 乙\n---|---\n丙 | 丁", [["甲", "乙"], ["丙", "丁"]]),
        ("| 甲\\|乙 | 一<br>二<BR />三 |", [["甲|乙", "一\n二\n三"]]),
        ("| 甲｜乙 | 丙│丁 |", [["甲｜乙", "丙│丁"]]),
        ("|\t甲\t|\t乙\t|\n", [["甲", "乙"]]),
        ("｜甲｜乙｜\n｜丙｜｜\n", [["甲", "乙"], ["丙", ""]]),
        ("┌──┬──┐\n│甲│乙│\n├──┼──┤\n│丙│丁│\n│戊│己│\n└──┴──┘", [["甲", "乙"], ["丙", "丁"], ["戊", "己"]]),
        ("┃甲┃乙┃\n━━╋━━\n┃丙┃丁┃", [["甲", "乙"], ["丙", "丁"]]),
        ("┌──┬──┐\n│甲│乙│\n│　├──┤\n│　│丙│\n└──┴──┘", [["甲", "乙"], ["", "丙"]]),
        (
            "+---+---+\n| 甲 | 乙 |\n+===+===+\n| 丙 | 丁 |\n| 戊 | 己 |\n+---+---+",
            [["甲", "乙"], ["丙", "丁"], ["戊", "己"]],
        ),
        (
            "+--+--+\n|甲|乙|\n+--+--+\n|丙|丁|\n|  |戊|\n+--+--+\n|己|庚|\n+--+--+",
            [["甲", "乙"], ["丙", "丁\n戊"], ["己", "庚"]],
        ),
    ],
)
def test_bars(text: str, expected: Rows) -> None:
    assert read_one(text) == expected


def test_lines_around_tables_with_bars_are_above_each_and_below_the_last() -> None:
    first, second = text_reader.read("题\n| 甲 | 乙 |\n\n中\n---\n| 丙 | 丁 |\n尾\n")
    assert (texts(first.above), rows(first), texts(first.below)) == (["题"], [["甲", "乙"]], [])
    assert (texts(second.above), rows(second), texts(second.below)) == (["中", "---"], [["丙", "丁"]], ["尾"])


def test_a_single_bar_in_a_sentence_is_not_a_table() -> None:
    assert read_one("首页 | 新闻\n甲\n") == [["首页 | 新闻"], ["甲"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('甲,乙,"一,""二""\n三"\n丙,,丁\n', [["甲", "乙", '一,"二"\n三'], ["丙", "", "丁"]]),
        ("甲,乙\n丙,丁\n", [["甲,乙"], ["丙,丁"]]),
        ("一句话, 两个逗号, 三段\n另一句\n", [["一句话, 两个逗号, 三段"], ["另一句"]]),
        ("一,二,三", [["一,二,三"]]),
        ('一,二,三\n四,五,"六' + "x" * 200_000, [["一,二,三"], ['四,五,"六' + "x" * 200_000]]),
    ],
)
def test_commas(text: str, expected: Rows) -> None:
    assert read_one(text) == expected


def test_lines_around_comma_separated_rows_are_above_and_below() -> None:
    (grid,) = text_reader.read("题\n甲,乙,丙\n丁,戊,己\n庚,辛,壬\n尾\n")
    assert (texts(grid.above), len(grid.rows), texts(grid.below)) == (["题"], 3, ["尾"])


def test_any_other_text_is_one_cell_a_line() -> None:
    assert read_one("部门名称\n\n 组织部 \r\n550.13\n") == [["部门名称"], ["组织部"], ["550.13"]]


@pytest.mark.parametrize("text", ["", " \n\r\n　"])
def test_a_blank_text_has_no_table(text: str) -> None:
    assert text_reader.read(text) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("甲" * 2_000_001, "文字有 2000001 个字符，超过上限 2000000 个。请只粘贴绩效目标表这一张。"),
        ("甲\n" * 3_001, "文字有 3001 行，超过上限 3000 行。请只粘贴绩效目标表这一张。"),
        ("甲\t" * 20_000 + "乙", "文字有 20001 个有内容的单元格，超过上限 20000 个。请只粘贴绩效目标表这一张。"),
        ("甲" + "\t" * 200_000, "文字有 200001 个单元格，超过上限 200000 个。请只粘贴绩效目标表这一张。"),
        ("\t\n" + "\t" * 200_000, "文字有 200001 个单元格，超过上限 200000 个。请只粘贴绩效目标表这一张。"),
        ("|" * 200_002 + "甲|", "文字有 200002 个单元格，超过上限 200000 个。请只粘贴绩效目标表这一张。"),
    ],
)
def test_text_beyond_the_limits_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(CannotRead) as caught:
        text_reader.read(text)
    assert str(caught.value) == reason


def test_empty_rows_do_not_count() -> None:
    assert len(read_one("甲\t乙\n" + "\t\n" * 5_000 + "丙\t丁")) == 5_002


@pytest.mark.parametrize(
    "text",
    [
        '\t"""' * 400_000,
        '"\t' * 9_999,
        "|" * 190_000,
        "-" * 1_900_000 + "\n|a|",
        "\\|" * 900_000,
        '"' * 1_900_000 + "\t",
    ],
)
def test_malicious_text_is_read_or_refused_in_seconds(text: str) -> None:
    begun = perf_counter()
    with suppress(CannotRead):
        text_reader.read(text)
    assert perf_counter() - begun < 10


_PIECES = st.sampled_from(
    [
        "\t",
        "\n",
        "\n\n",
        "|",
        "｜",
        "│",
        "---",
        "-",
        "+--+",
        "├──┤",
        ",",
        '"',
        '""',
        "甲",
        "乙 丙",
        "12",
        " ",
        "\r\n",
        "\\",
        "<br>",
        "\x00",
    ]
)
# A reader may drop spaces, bars, rules, quotes around a cell, the escape of a bar, and <br>.
_DROPPED = re.compile('[\\s|｜\u2500-\u257f=:+\\-"\\\\,]|<br>')


@given(st.one_of(st.text(), st.lists(_PIECES).map("".join)))
@example("\t甲\n\t乙\n\n丙")
@example('甲,乙,丙\n"丁,戊\n')
def test_no_word_of_any_text_is_lost_or_added(text: str) -> None:
    grids = text_reader.read(text)
    assert grids == text_reader.read(text)
    content = "".join(
        cell.text
        for grid in grids
        for part in (grid.above, *(row.cells for row in grid.rows), grid.below)
        for cell in part
    )
    assert Counter(_DROPPED.sub("", content)) == Counter(_DROPPED.sub("", text))


_WORDS = st.text(alphabet="部门绩效目标（）《》，。；：≥%万元ABC abc0123456789.#*_<>&'", max_size=8).map(str.strip)
_TABLES = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(_WORDS, min_size=width, max_size=width), min_size=2, max_size=6)
)


@given(_TABLES)
def test_any_table_in_markdown_comes_back(table: Rows) -> None:
    head, *body = ("| " + " | ".join(row) + " |" for row in table)
    assert read_one("\n".join([head, "|" + " --- |" * len(table[0]), *body])) == table


@given(_TABLES, st.sampled_from("|｜│┃"))
def test_any_table_of_bars_comes_back(table: Rows, bar: str) -> None:
    assert read_one("\n".join(f"{bar}{bar.join(row)}{bar}" for row in table)) == table


@given(_TABLES)
def test_any_grid_comes_back(table: Rows) -> None:
    rule = "+" + "---+" * len(table[0])
    assert read_one("\n".join([rule, *(f"|{'|'.join(row)}|\n{rule}" for row in table)])) == table


_LONG_WORDS = st.text(alphabet='部门绩效目标，"\n\t a1', max_size=8).map(str.strip)


@given(st.lists(st.lists(_LONG_WORDS, min_size=3, max_size=3), min_size=1, max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_any_table_as_a_spreadsheet_copies_it_comes_back(table: Rows, end: str) -> None:
    # The first cell has text: selections with an empty first column are tested above.
    table = [[f"甲{row[0]}", *row[1:]] for row in table]
    assert read_one(_separated(table, "excel-tab", end)) == table


_FIELDS = st.text(alphabet='部门绩效目标，"\n a1', max_size=8).map(str.strip)


@given(st.lists(st.lists(_FIELDS, min_size=3, max_size=3), min_size=2, max_size=6))
def test_any_table_with_commas_comes_back(table: Rows) -> None:
    table = [[f"甲{row[0]}", *row[1:]] for row in table]
    assert read_one(_separated(table, "excel", "\n")) == table


def _separated(table: Rows, dialect: str, end: str) -> str:
    written = StringIO()
    csv.writer(written, dialect, lineterminator=end).writerows(table)
    return written.getvalue()
