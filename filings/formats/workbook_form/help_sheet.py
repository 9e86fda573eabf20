"""Instructions in the workbook form: input messages at money and target cells, and a sheet of advice."""

from collections.abc import Iterable

from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from filings.formats.workbook_form.identity import Identity
from filings.formats.xlsx import style
from filings.formats.xlsx.parts import write_text

SHEET = "填写说明"
_LINE = Side(style="hair", color="FF808080")
_RULED = Border(top=_LINE, bottom=_LINE)


def explain_money(sheet: Worksheet, cells: Iterable[str], unit: str) -> None:
    """Add an input message, and a warning for anything but an amount, which is accepted: officers type 约233."""
    how = f"填 233 或 233.00，单位{unit}；没有就留空"
    validation = DataValidation(
        type="decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True, errorStyle="warning",
        promptTitle="金额", prompt=how, showInputMessage=True,
        errorTitle="这里填金额", error=f"这里应填不小于 0 的数：{how}。仍要这样填吗？", showErrorMessage=True,
    )  # fmt: skip
    _add_validation(sheet, validation, cells)


def explain_targets(sheet: Worksheet, cells: Iterable[str], examples: str) -> None:
    """Add an input message with comparison signs to copy; any text is accepted."""
    validation = DataValidation(
        promptTitle="指标值：符号、数、单位写在一起",
        prompt=f"例：{examples}\n常用符号：≥ ≤ ＝ ＞ ＜",
        showInputMessage=True,
    )
    _add_validation(sheet, validation, cells)


def examples(year: int | None) -> tuple[tuple[str, str], ...]:
    """Return examples of well-written target values, each with its purpose. No rule objects to one."""
    return (
        ("比率、满意度", "≥90%"),
        ("成本、支出", "≤278.99万元"),
        ("数量", "=28人"),
        ("时间", f"{year}年12月底前" if year else "12月底前"),
        ("不便用数字表示的", "全部办结"),
    )


def add_advice(workbook: Workbook, identity: Identity, unit: str, blank_rows: int) -> None:
    """Add the sheet of advice."""
    sheet = workbook.create_sheet(SHEET)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 62
    sheet.sheet_view.showGridLines = False
    year = f"{identity.year}年度" if identity.year else ""
    _row(sheet, f"{SHEET}（{identity.department}{year}）", size=14, bold=True)
    for number, sentence in enumerate(_advice(unit, blank_rows), start=1):
        _row(sheet, f"{number}. {sentence}")
    _row(sheet, "指标值这样写：", bold=True)
    for purpose, value in examples(identity.year):
        _row(sheet, purpose, value)
    sheet.page_setup.paperSize = 9
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _advice(unit: str, blank_rows: int) -> tuple[str, ...]:
    return (
        "只在浅黄色单元格中填写，其他单元格已锁定，按 Tab 键进入下一个需填写的单元格。",
        f"金额只填数，如 233 或 233.00，单位{unit}；没有的留空，不填 0。",
        f"职责和每个二级指标下面各留了 {blank_rows} 个空行，按需填写，多余的空行不必删除；不够时，先上传，再重新下载。",
        "需要去掉一行的，清空该行的浅黄色单元格。",
        "填好后保存为 .xlsx 文件，回到系统里上传；未导入的单元格标红，并注明原因。",
        "这份文件只属于上面这张表，别的部门或年度请另行下载。",
        "行高、列宽可以直接拖动；工作表保护没有密码，确有需要时可在「审阅」里撤销。",
    )


def _row(sheet: Worksheet, *texts: str, size: float = style.BODY, bold: bool = False) -> None:
    row = len(sheet.row_dimensions) + 1
    for column, text in enumerate(texts, start=1):
        cell = write_text(sheet, row, column, text)
        cell.font = Font(name=style.SONG, size=size, bold=bold)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        if len(texts) > 1:
            cell.border = _RULED
    if len(texts) == 1:
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
    sheet.row_dimensions[row].height = size * (3.2 if len(texts[0]) > 44 else 2)


def _add_validation(sheet: Worksheet, validation: DataValidation, cells: Iterable[str]) -> None:
    validation.sqref = " ".join(cells)
    if validation.sqref:
        sheet.add_data_validation(validation)
