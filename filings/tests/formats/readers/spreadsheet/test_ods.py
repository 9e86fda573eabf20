"""OpenDocument spreadsheets are read as displayed, and repetitions are limited."""

import pytest

from filings.formats.file import CannotRead
from filings.formats.readers.spreadsheet.package import LOCKED
from filings.formats.readers.spreadsheet.read import read
from filings.formats.readers.spreadsheet.values import NO_RESULT, PERCENT
from filings.table.grid import Cell
from filings.tests.formats.readers.spreadsheet.xlsx_files import ODS_TYPE, ods, only, zipped


def test_a_spreadsheet_is_read_as_displayed() -> None:
    typed = 'office:value-type="{}" office:value="{}"'
    row = "".join(
        (
            '<table:table-cell table:number-columns-spanned="2"><text:p>甲<text:s text:c="2"/>乙'
            "<office:annotation>批<text:p>批注</text:p></office:annotation></text:p><text:p>丙</text:p></table:table-cell>",
            "<table:covered-table-cell/>",
            f"<table:table-cell {typed.format('percentage', '0.985')}><text:p>98.50%</text:p></table:table-cell>",
            f"<table:table-cell {typed.format('float', '550.128')}><text:p>550.13</text:p></table:table-cell>",
            f"<table:table-cell {typed.format('float', '1233')}><text:p>1,233</text:p></table:table-cell>",
            '<table:table-cell table:formula="of:=SUM([.A1])"/>',
            '<table:table-cell table:number-columns-repeated="2"><text:p>同</text:p></table:table-cell>',
            '<table:table-cell calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>',
            '<table:table-cell table:number-columns-repeated="16000"/>',
        )
    )
    end = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    grid = only(ods(f'<table:table-row table:number-rows-repeated="2">{row}</table:table-row>{end}'))
    warnings = ("", PERCENT, "单元格里的数是 550.128", "", NO_RESULT, "", "")
    texts = ("甲  乙\n丙", "98.50%", "550.13", "1,233", "", "同", "同")
    failed = Cell("#REF!", 8, warning="表格里的公式没有算出来，显示为 #REF!，请填写应有的内容")
    first, second = (row.cells for row in grid.rows)
    assert [(cell.text, cell.warning) for cell in first] == [
        *zip(texts, warnings, strict=True),
        (failed.text, failed.warning),
    ]
    assert (first[0].columns, second[0].columns, second[-1]) == (2, 1, failed)


@pytest.mark.parametrize(
    ("repeats", "reason"),
    [
        ("table:number-columns-repeated", "到第 101 列还有内容"),
        ("table:number-rows-repeated", "到第 3001 行还有内容"),
    ],
)
def test_a_filled_cell_repeated_beyond_the_limits_is_refused(repeats: str, reason: str) -> None:
    cell = "<table:table-cell{}><text:p>同</text:p></table:table-cell>"
    in_row = f' {repeats}="999999999"' if "rows" in repeats else ""
    in_cell = f' {repeats}="999999999"' if "columns" in repeats else ""
    with pytest.raises(CannotRead, match=reason):
        read(ods(f"<table:table-row{in_row}>{cell.format(in_cell)}</table:table-row>"))


def test_rows_cached_from_another_file_and_rows_outside_of_sheets_are_ignored() -> None:
    row = "<table:table-row><table:table-cell><text:p>{}</text:p></table:table-cell></table:table-row>"
    grid = only(ods(f"<table:table-source/>{row.format('别处')}", row.format("这里")))
    assert (grid.name, grid.rows[0].cells) == ("表2", (Cell("这里"),))
    content = f'<a xmlns:table="a" xmlns:text="b">{row.format("无处")}</a>'
    assert read(zipped({"mimetype": ODS_TYPE, "content.xml": content, "META-INF/manifest.xml": "<a/>"})) == []


def test_an_encrypted_spreadsheet_is_refused_as_locked() -> None:
    parts = {"content.xml": "<a/>", "META-INF/manifest.xml": "<manifest><encryption-data/></manifest>"}
    with pytest.raises(CannotRead, match=LOCKED):
        read(zipped(parts))
