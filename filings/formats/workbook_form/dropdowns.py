"""Lists to choose from in a form: at a third-level indicator the names of its class that others gave; any is taken."""

from collections.abc import Mapping, Sequence

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from filings.formats.xlsx.parts import put_text

SHEET = "可选名称"
MOST_NAMES = 200


def offer_names(
    workbook: Workbook, sheet: Worksheet, cells: Mapping[str, Sequence[str]], names: Mapping[str, Sequence[str]]
) -> None:
    """A list at each of the cells, by the keys of their classes, where there are names in the class."""
    offered = [node for node in cells if names.get(node)]
    if not offered:
        return
    lists = workbook.create_sheet(SHEET)
    lists.sheet_state = "hidden"
    for column, node in enumerate(offered, start=1):
        chosen = names[node][:MOST_NAMES]
        for row, name in enumerate(chosen, start=1):
            put_text(lists, row, column, name)
        letter = get_column_letter(column)
        note = DataValidation(
            type="list",
            formula1=f"'{SHEET}'!${letter}$1:${letter}${len(chosen)}",
            allow_blank=True,
            showErrorMessage=False,
            promptTitle="三级指标",
            prompt="点右边的箭头看别人常用的名称；也可以自己写。",
            showInputMessage=True,
        )
        note.sqref = " ".join(cells[node])
        sheet.add_data_validation(note)
