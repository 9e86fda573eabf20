"""Marks in the source table: read, uncertain and leftover cells."""

import re

import pytest

from filings.formats.readers.sandbox.file_type import FileType
from filings.formats.uploads import Upload, open_text
from filings.importing.candidates import find_candidates
from filings.table.grid import Cell, Grid, Row
from filings.tests.founding import EDITION
from filings.views.imports.source_table import source_table

pytestmark = pytest.mark.django_db

COLUMNS = """| 部门名称 | 县档案馆 | | | | |
|---|---|---|---|---|---|
| 部门整体支出年度绩效指标 | 一级指标 | 二级指标 | 三级指标 | 计算符号 | 指标值 | 计量单位 | 备注 |
| | 产出指标 | 数量指标 | 接收档案 | ≥ | 5000 | 卷 | 新增 |
| | | 质量指标 | 合格率 | ≥ | 98 | % | |
"""
HEADINGS = ("一级指标", "二级指标", "三级指标", "指标值")
SINGLE_COLUMN = "\n".join(
    ("部门名称", "县档案馆", "整体绩效目标", "方便查档。", *HEADINGS, "产出指标", "数量指标", "接收档案", "≥5000卷")
)


def marked(pasted: str) -> list[tuple[str, str]]:
    """List (mark, text) of every marked cell, in order."""
    (candidate,) = find_candidates(open_text(pasted), EDITION).tables
    return re.findall(r'<span class="source-text (\w+)">[？✗]?([^<]*)</span>', source_table(candidate))


def test_all_parts_of_a_value_are_marked_as_read_and_other_columns_as_leftovers() -> None:
    assert marked(COLUMNS) == [
        ("sure", "县档案馆"),
        *(("sure", text) for text in ("接收档案", "≥", "5000", "卷")),
        ("left", "新增"),
        *(("sure", text) for text in ("合格率", "≥", "98", "%")),
    ]


def test_cells_of_a_single_column_are_marked() -> None:
    assert marked(SINGLE_COLUMN) == [("sure", text) for text in ("县档案馆", "方便查档。", "接收档案", "≥5000卷")]


def test_cell_texts_are_escaped_and_keep_their_lines() -> None:
    document = Grid(
        (
            Row((Cell("部门名称"), Cell("<b>县</b>\n档案馆", 1)), ""),
            Row((Cell("整体绩效目标"), Cell("方便查档。", 1)), ""),
            Row((Cell("<i>\n注", 0),), ""),
        )
    )
    (candidate,) = find_candidates(Upload(FileType.XLSX, (document,)), EDITION).tables
    html = source_table(candidate)
    assert '<span class="source-text sure">&lt;b&gt;县&lt;/b&gt;<br>档案馆</span>' in html
    assert "<i>" not in html
