"""Drop-down lists of the workbook form: indicator names that other departments use in the same class.

Any other name may be typed too.
"""

from collections.abc import Mapping, Sequence

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from filings.formats.xlsx.parts import write_text

SHEET = "可选名称"
MOST_NAMES = 200


def add_name_lists(
    workbook: Workbook, sheet: Worksheet, cells: Mapping[str, Sequence[str]], names: Mapping[str, Sequence[str]]
) -> None:
    """Add a list of names to the cells of each class that has any. `cells` and `names` are by the key of the class.

    The names are stored on a hidden sheet: a list inside the validation itself is limited to 255 characters.
    """
    nodes = [node for node in cells if names.get(node)]
    if not nodes:
        return
    lists = workbook.create_sheet(SHEET)
    lists.sheet_state = "hidden"
    for column, node in enumerate(nodes, start=1):
        listed = names[node][:MOST_NAMES]
        for row, name in enumerate(listed, start=1):
            write_text(lists, row, column, name)
        letter = get_column_letter(column)
        validation = DataValidation(
            type="list",
            formula1=f"'{SHEET}'!${letter}$1:${letter}${len(listed)}",
            allow_blank=True,
            showErrorMessage=False,
            promptTitle="三级指标",
            prompt="点右侧箭头查看常用名称，也可自行填写。",
            showInputMessage=True,
        )
        validation.sqref = " ".join(cells[node])
        sheet.add_data_validation(validation)
