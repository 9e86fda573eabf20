"""Cell values are read as displayed, with a warning where they differ from the stored value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.formats.readers.spreadsheet.values import NO_RESULT, PERCENT
from filings.table.grid import Cell
from filings.tests.formats.readers.spreadsheet.xlsx_files import number_cell, only, rows, text_cell, xlsx


def read_cell(cell: str, codes: tuple[str, ...] = ()) -> Cell:
    """Read a cell in A1; style 1 has the first of the format codes."""
    return only(xlsx(rows(cell), codes=codes)).rows[0].cells[0]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("550.13", "550.13"),
        ("550.12999999999997", "550.13"),
        ("0.30000000000000004", "0.3"),
        ("233", "233"),
        ("233.0", "233"),
        ("1E-07", "0.0000001"),
        ("1e16", "10000000000000000"),
        ("-3.50", "-3.5"),
        ("-0", "0"),
    ],
)
def test_a_number_has_no_floating_point_noise(value: str, text: str) -> None:
    assert read_cell(number_cell("A1", value)) == Cell(text)


@pytest.mark.parametrize(
    ("code", "value", "text", "warning"),
    [
        ("0%", "1", "100%", PERCENT),
        ("0%", "0.985", "98.5%", f"{PERCENT}；表格里显示为 99%"),
        ("0.00%", "0.985", "98.50%", PERCENT),
        ("0.0%", "0.98333333333333328", "98.3%", f"{PERCENT}；单元格里的数是 0.983333333333333"),
        ("0%", "-0.03", "-3%", PERCENT),
        ('"≥"0%', "0.9", "≥90%", f'{PERCENT}；表格里按格式 "≥"0% 显示，单元格里的数是 0.9'),
        ("≥0%", "0.9", "≥90%", f"{PERCENT}；表格里按格式 ≥0% 显示，单元格里的数是 0.9"),
        ('0.00"万元"', "550.13", "550.13万元", '表格里按格式 0.00"万元" 显示，单元格里的数是 550.13'),
        ("0.00", "233", "233.00", ""),
        ("0.##", "1.5", "1.5", ""),
        ("#,##0.00", "1233.5", "1,233.50", ""),
        ("#,##0", "12", "12", ""),
        ("000", "7", "007", ""),
        ("0.00", "550.12834", "550.13", "单元格里的数是 550.12834"),
        ("0", "550.13", "550.13", "表格里显示为 550"),
        ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-1233.5", "-1,233.50", ""),
        ("[Red]0;[Blue]-0", "-5", "-5", ""),
        ("0;0", "-5", "5", "表格里按格式 0;0 显示，单元格里的数是 -5"),
        ("0.0_);(0.0)", "-5", "(5.0)", "表格里按格式 0.0_);(0.0) 显示，单元格里的数是 -5"),
        ('0;-0;"-"', "0", "-", "表格里这样显示，单元格里的数是 0"),
        (";;;", "5", "5", "表格里不显示这个数"),
        ("@", "12.5", "12.5", ""),
        ('General"人"', "28", "28人", '表格里按格式 General"人" 显示，单元格里的数是 28'),
        ("# ?/?", "0.5", "0.5", "表格里按格式 # ?/? 显示，这里是单元格里的数"),
        ("0!.0,", "55000", "55000", "表格里按格式 0!.0, 显示，这里是单元格里的数"),
        ("[DBNum1]0", "5", "5", "表格里按格式 [DBNum1]0 显示，这里是单元格里的数"),
        ("0.00E+00", "1200", "1200", "表格里按格式 0.00E+00 显示，这里是单元格里的数"),
        ("yyyy/m/d", "44926", "2022-12-31", "表格里是日期或时间，读作 2022-12-31，请核对写法"),
        ('yyyy"年"m"月"', "44926", "2022年12月", "表格里是日期或时间，读作 2022年12月，请核对写法"),
        ('yyyy"年"m"月"d"日"', "44926", "2022年12月31日", "表格里是日期或时间，读作 2022年12月31日，请核对写法"),
        ('m"月"d"日"', "44926", "12月31日", "表格里是日期或时间，读作 12月31日，请核对写法"),
        ("yyyy-mm-dd hh:mm", "44926.5", "2022-12-31 12:00", "表格里是日期或时间，读作 2022-12-31 12:00，请核对写法"),
        ("h:mm:ss", "0.5", "12:00:00", "表格里是日期或时间，读作 12:00:00，请核对写法"),
        ("[h]:mm", "1.5", "36:00", "表格里是日期或时间，读作 36:00，请核对写法"),
        ("yyyy/m/d", "-5", "-5", "表格里按格式 yyyy/m/d 显示，这里是单元格里的数"),
    ],
)
def test_a_number_is_read_as_its_format_displays_it(code: str, value: str, text: str, warning: str) -> None:
    assert read_cell(number_cell("A1", value, 1), codes=(code,)) == Cell(text, warning=warning)


def test_dates_use_the_date_system_of_the_workbook() -> None:
    sheet = rows(number_cell("A1", "1", 1), number_cell("B1", "60000", 1))
    early = only(xlsx(sheet, codes=("yyyy/m/d",)))
    late = only(xlsx(sheet, codes=("yyyy/m/d",), settings='<workbookPr date1904="1"/>'))
    assert [cell.text for cell in early.rows[0].cells] == ["1900-01-01", "2064-04-08"]
    assert [cell.text for cell in late.rows[0].cells] == ["1904-01-02", "2068-04-09"]


@pytest.mark.parametrize(
    ("cell", "text", "warning"),
    [
        ('<c r="A1" t="b"><v>1</v></c>', "是", "表格里显示为 TRUE"),
        ('<c r="A1" t="b"><v>0</v></c>', "否", "表格里显示为 FALSE"),
        (
            '<c r="A1" t="e"><f>A9</f><v>#REF!</v></c>',
            "#REF!",
            "表格里的公式没有算出来，显示为 #REF!，请填写应有的内容",
        ),
        ('<c r="A1"><f>SUM(B1:B9)</f><v>783.13</v></c>', "783.13", ""),
        ('<c r="A1"><f>SUM(B1:B9)</f></c>', "", NO_RESULT),
        ('<c r="A1" t="str"><f>B1&amp;C1</f><v>甲&amp;乙</v></c>', "甲&乙", ""),
        ('<c r="A1" t="str"><v>=SUM(B1)</v></c>', "=SUM(B1)", ""),
        ('<c r="A1" t="inlineStr"><is><t>一</t><t>二</t></is><v>0</v></c>', "一二", ""),
        (
            '<c r="A1" t="d"><v>2022-12-31T00:00:00</v></c>',
            "2022-12-31",
            "表格里是日期或时间，读作 2022-12-31，请核对写法",
        ),
        ('<c r="A1"><v>五</v></c>', "五", "这个单元格应为数，请核对"),
        ('<c r="A1"><v>NaN</v></c>', "nan", "这个单元格的数无法识别，请核对"),
        ('<c r="A1" s="77"><v>5</v></c>', "5", ""),
        ('<c r="A1" t="str"><v>一_x000D_\n二_x0007_</v></c>', "一\n二", ""),
        ('<c r="A1" t="str"><v>_x005F_x0041_</v></c>', "_x0041_", ""),
        ("<c><v>5</v></c>", "5", ""),
    ],
)
def test_each_kind_of_cell(cell: str, text: str, warning: str) -> None:
    assert read_cell(cell) == Cell(text, warning=warning)


@pytest.mark.parametrize(
    ("string", "text"),
    [
        ("<t>绩效目标</t>", "绩效目标"),
        ('<r><t>绩</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 效</t></r>', "绩 效"),
        ('<t>部门</t><rPh sb="0" eb="1"><t>ブモン</t></rPh><phoneticPr fontId="1"/>', "部门"),
        ("<t>一\n二</t>", "一\n二"),
        ("<t>  </t>", ""),
    ],
)
def test_a_shared_string_is_its_runs_without_phonetic_guides(string: str, text: str) -> None:
    sheet = rows('<c r="A1" t="s"><v>1</v></c>', text_cell("B1", "尾"), '<c r="C1" t="s"><v>9</v></c>')
    grid = only(xlsx(sheet, strings=("<t>别的</t>", string)))
    assert [cell.text for cell in grid.rows[0].cells] == [text, "尾"]


def test_the_result_of_a_formula_may_be_an_empty_text() -> None:
    grid = only(xlsx(rows('<c r="A1" t="str"><f>""</f><v></v></c>', '<c r="B1"><f>1+1</f><v></v></c>')))
    assert grid.rows[0].cells == (Cell(""), Cell("", 1, warning=NO_RESULT))


@given(st.floats(), st.text(alphabet='0#?.,%;"年月日ymdhs[]@-_*\\E+ GeneralRed', max_size=20))
def test_any_number_in_any_format_is_read(value: float, code: str) -> None:
    assert isinstance(read_cell(number_cell("A1", repr(value), 1), codes=(code,)).text, str)
