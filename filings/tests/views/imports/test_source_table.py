"""A file's cells as they were found: every text that was taken is marked, wherever it stood."""

import re

import pytest

from filings.formats.opening import open_text
from filings.importing import candidates
from filings.tests.founding import EDITION
from filings.views.imports.source_table import original

pytestmark = pytest.mark.django_db

PARTED = """| 部门名称 | 县档案馆 | | | | |
|---|---|---|---|---|---|
| 部门整体支出年度绩效指标 | 一级指标 | 二级指标 | 三级指标 | 计算符号 | 指标值 | 计量单位 | 备注 |
| | 产出指标 | 数量指标 | 接收档案 | ≥ | 5000 | 卷 | 新增 |
| | | 质量指标 | 合格率 | ≥ | 98 | % | |
"""
HEADS = ("一级指标", "二级指标", "三级指标", "指标值")
ALONE = "\n".join(
    ("部门名称", "县档案馆", "整体绩效目标", "方便查档。", *HEADS, "产出指标", "数量指标", "接收档案", "≥5000卷")
)


def marked(pasted: str) -> list[tuple[str, str]]:
    """(what became of it, text) of every marked cell, in order."""
    (candidate,) = candidates.of(open_text(pasted), EDITION).tables
    return re.findall(r'<span class="source-text (\w+)">[？✗]?([^<]*)</span>', original(candidate))


def test_all_parts_of_a_value_are_marked_as_taken_and_a_column_without_a_place_as_left() -> None:
    assert marked(PARTED) == [
        ("sure", "县档案馆"),
        *(("sure", text) for text in ("接收档案", "≥", "5000", "卷")),
        ("left", "新增"),
        *(("sure", text) for text in ("合格率", "≥", "98", "%")),
    ]


def test_cells_one_a_line_are_marked_where_they_stood() -> None:
    assert marked(ALONE) == [("sure", text) for text in ("县档案馆", "方便查档。", "接收档案", "≥5000卷")]
