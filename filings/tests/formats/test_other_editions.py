"""PDF, Excel and Word files of the editions with tasks and with target values in three columns."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import product

import pytest
from docx import Document
from openpyxl import load_workbook

from filings.document import place
from filings.document.content import FilingDocument, IndicatorRow, TaskRow
from filings.document.edition import Edition
from filings.formats import html, text
from filings.formats.docx import write as docx
from filings.formats.pdf import write as pdf
from filings.formats.pdf.overlay import NO_OVERLAY
from filings.formats.readers.spreadsheet import read as spreadsheet_reader
from filings.formats.readers.text import read as text_reader
from filings.formats.readers.web import read as web_reader
from filings.formats.readers.word import read as word_reader
from filings.formats.xlsx import write as xlsx
from filings.table.grid import Cell, Grid, Style
from filings.table.layout.document import lay_out
from filings.table.reading.read_table import read_table
from filings.tests.formats.pdf.pages import assert_closed, needs_poppler, page_texts, pictures
from filings.tests.formats.pdf.test_write import expected_texts
from filings.tests.rules.composed import TABLES
from filings.tests.rules.composed.table import TableVariants

MADE_AT = datetime(2024, 3, 1, 8, tzinfo=UTC)
PARTED, TASKS = (
    next(table for table in TABLES if table.edition.code == code) for code in ("standard-2024", "task-table")
)
BOTH = pytest.mark.parametrize("table", [PARTED, TASKS], ids=lambda table: table.edition.code)
Reader = Callable[[bytes], Sequence[Grid]]
READERS: dict[str, tuple[Callable[[Grid], bytes], Reader]] = {
    "xlsx": (lambda grid: xlsx.write(grid, made_at=MADE_AT), spreadsheet_reader.read),
    "docx": (lambda grid: docx.write(grid, made_at=MADE_AT), word_reader.read),
    "html": (lambda grid: html.page(html.write(grid), title="表").encode(), web_reader.read),
    "txt": (lambda grid: text.write(grid).encode(), lambda data: text_reader.read(text.decode(data))),
}


def sheets_of(document: FilingDocument, edition: Edition) -> list[Grid]:
    return pdf.lay_out_pages(lay_out(document, edition), "表", NO_OVERLAY, MADE_AT)[1]


def with_many(count: int) -> tuple[FilingDocument, Edition]:
    """Return the edition with tasks, and a document of `count` tasks."""
    tasks = tuple(
        TaskRow(f"t{number}", {"name": f"任务{number}", "content": "组织实施" * 9, "amount": "1"})
        for number in range(count)
    )
    return replace(TASKS.valid, tasks=tasks, amounts={"TOTAL": str(count)}), TASKS.edition


def with_satisfaction(count: int) -> tuple[FilingDocument, Edition]:
    """Return the edition with three value columns, and a document with `count` more rows in its last class."""
    rows = tuple(
        IndicatorRow(f"x{number}", "SAT.SERV", "", "", f"满意度{number}", "≥90%", {}) for number in range(count)
    )
    return replace(PARTED.valid, indicators=(*PARTED.valid.indicators, *rows)), PARTED.edition


@needs_poppler
@pytest.mark.parametrize(
    ("document", "edition"),
    [
        (PARTED.valid, PARTED.edition),
        (TASKS.valid, TASKS.edition),
        with_many(60),
        with_satisfaction(60),
    ],
    ids=["parted", "tasks", "many-tasks", "many-rows"],
)
def test_pages_contain_the_text_of_the_table_and_are_closed_boxes(document: FilingDocument, edition: Edition) -> None:
    content = pdf.write(document, edition, made_at=MADE_AT)
    sheets = sheets_of(document, edition)
    assert page_texts(content) == expected_texts(sheets)
    printed = pictures(content)
    assert len(printed) == len(sheets)
    for page in printed:
        assert_closed(page)


@pytest.mark.parametrize("make", [with_many, with_satisfaction])
def test_signatures_always_share_a_page_with_a_row(
    make: Callable[[int], tuple[FilingDocument, Edition]],
) -> None:
    for count in range(1, 34, 2):
        *others, last = sheets_of(*make(count))
        assert last.rows
        assert last.below
        assert [sheet.below for sheet in others] == [()] * len(others)


def test_tasks_are_under_their_heads_with_the_total_below() -> None:
    rows = [row for row in lay_out(TASKS.valid, TASKS.edition).rows if row.section == "tasks"]
    assert [[cell.content for cell in row.cells] for row in rows] == [
        ["年度主要\n任务", "任务名称", "主要内容", "预算金额\n（万元）"],
        ["机构运转", "保障在职人员工资福利和机关日常运转", "1140.6"],
        ["就业创业服务", "举办招聘会30场，开展职业技能培训2500人次", "620"],
        ["社会保险经办", "城乡居民养老保险待遇发放和信息系统运行维护", "300"],
        ["劳动保障监察", "受理欠薪投诉，开展专项检查", "80"],
        ["金额合计：2140.6万元"],
    ]
    assert rows[0].cells[0].rows == len(rows)
    assert [cell.place for cell in rows[1].cells] == [place.task("t1", name) for name in ("name", "content", "amount")]


def test_without_tasks_there_is_a_blank_row() -> None:
    blank = replace(TASKS.valid, tasks=(), amounts={})
    rows = [row for row in lay_out(blank, TASKS.edition).rows if row.section == "tasks"]
    assert [[(cell.content, cell.columns, cell.place) for cell in row.cells] for row in rows[1:]] == [
        [("", 2, None), ("", 3, None), ("", 1, None)],
        [("金额合计：", 6, place.amount("TOTAL"))],
    ]


def test_a_target_is_split_into_three_columns_before_its_weight() -> None:
    rows = [row.cells[-5:] for row in lay_out(PARTED.valid, PARTED.edition).rows if row.section == "indicators"]
    assert [[cell.content for cell in cells] for cells in rows[1:4]] == [
        ["人员和公用经费", "≤", "896.4", "万元", "10"],
        ["法律援助和普法等项目支出", "≤", "390", "万元", "10"],
        ["当事人平均负担的援助费用", "≤", "0", "元", ""],
    ]
    phrase = next(cells for cells in rows if cells[0].content == "村级法律顾问制度")
    assert [cell.content for cell in phrase] == ["村级法律顾问制度", "", "持续健全", "", "５"]


def test_fields_below_the_table_are_two_on_a_line() -> None:
    words = [[cell.content for cell in cells] for cells in lay_out(PARTED.valid, PARTED.edition).signatures]
    assert words == [["填报人：周敏", "联系电话：0734-5221234"], ["单位负责人：何志强", "填报日期：2023年11月20日"]]
    odd = [[cell.content for cell in cells] for cells in lay_out(TASKS.valid, TASKS.edition).signatures]
    assert odd == [["填报人：唐丽", "联系电话：0734-5223456"], ["填报日期：2023年11月18日"]]
    # A line that is not a field is not paired.
    other = Grid(
        (),
        below=(Cell("注：略", style=Style.FIELD), Cell("甲：", style=Style.HEADER), Cell("乙：", style=Style.HEADER)),
    )
    assert [len(cells) for cells in other.signatures] == [1, 2]


def test_two_fields_are_side_by_side_in_excel_and_word() -> None:
    grid = lay_out(PARTED.valid, PARTED.edition)
    sheet = load_workbook(BytesIO(xlsx.write(grid, made_at=MADE_AT))).worksheets[0]
    *_, before, last = ([str(cell.value) for cell in row if cell.value] for row in sheet.iter_rows())
    assert (before, last) == (
        ["填报人：周敏", "联系电话：0734-5221234"],
        ["单位负责人：何志强", "填报日期：2023年11月20日"],
    )
    merged = sorted(str(area) for area in sheet.merged_cells.ranges if area.min_row == sheet.max_row)
    assert [area.translate({ord(digit): None for digit in "0123456789"}) for area in merged] == ["A:D", "E:I"]
    paragraphs = Document(BytesIO(docx.write(grid, made_at=MADE_AT))).paragraphs
    assert [line.text for line in paragraphs[-2:]] == ["\t".join(before), "\t".join(last)]


def test_the_seal_of_an_opinion_is_at_the_lower_right_with_space_above() -> None:
    grid = lay_out(PARTED.valid, PARTED.edition)
    sheet = load_workbook(BytesIO(xlsx.write(grid, made_at=MADE_AT))).worksheets[0]
    [box] = [cell for row in sheet.iter_rows() for cell in row if cell.value and "（盖章）　" in str(cell.value)]
    assert (box.alignment.horizontal, box.alignment.vertical) == ("right", "bottom")
    assert sheet.row_dimensions[box.row].height > 80


# Texts that look like those next to them.
ODD = ("", "张三", "张三、李四", "0734-5221234转8012", "2024年1月5日", "无", "（公章）张三")


@pytest.mark.parametrize("kind", READERS)
@BOTH
def test_fields_below_the_table_are_read_back(kind: str, table: TableVariants) -> None:
    write, reader = READERS[kind]
    keys = [item.key for item in table.edition.footer]
    for texts in product(ODD[:3], ODD[3:]):
        fields = dict(zip(keys, (*texts, *reversed(texts)), strict=False))
        document = replace(table.valid, fields={**table.valid.fields, **fields})
        grids = reader(write(lay_out(document, table.edition)))
        document_read = read_table(grids[0], table.edition).document
        assert replace(document_read, edition_sha256=document.edition_sha256) == document, texts
