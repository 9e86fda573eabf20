"""Lists of control figures for tests, written as workbooks and read back."""

from filings.controls import table
from filings.controls.table import FigureTable
from filings.formats.list_workbook import read
from filings.tests.workbooks import Cells, workbook

HEAD: Cells = ("单位编码", "单位名称", "预算控制数")


def read_list(*rows: Cells) -> FigureTable:
    return table.find_figures(read(workbook(*rows)))
