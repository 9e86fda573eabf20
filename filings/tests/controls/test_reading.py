"""Reading workbooks of control figures, with variations of their labels and invalid files."""

from contextlib import suppress
from decimal import Decimal
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.controls import table
from filings.formats.list_workbook import LARGEST_FILE, MOST_ROWS, InvalidWorkbook, as_text, read
from filings.tests.controls.lists import HEAD, read_list
from filings.tests.workbooks import Cells, workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def understood(*rows: Cells) -> list[tuple[int, str, str, Decimal | None]]:
    return [(row.number, row.code, row.name, row.amount.value) for row in read_list(*rows).rows]


def zipped(**members: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def test_a_plain_list_is_read() -> None:
    rows = ((101, "县档案馆", 550.13), ("0200", "县教育局", "1,233.5万元"), (None, None, None), ("", "合计", 1783.63))
    figures = read_list(HEAD, *rows)
    assert [(row.number, row.code, row.name, row.amount.value, row.is_total) for row in figures.rows] == [
        (2, "101", "县档案馆", Decimal("550.13"), False),
        (3, "0200", "县教育局", Decimal("1233.5"), False),
        (5, "", "合计", Decimal("1783.63"), True),
    ]
    assert (figures.sheet, figures.unit, figures.unit_is_stated, figures.is_cut) == (
        "控制数",
        "万元",
        False,
        False,
    )


@pytest.mark.parametrize(
    "head",
    [
        ("部门编码", "部门名称", "控制数"),
        ("编\n码", " 单 位 ", "2022年 预算\n控制数"),
        ("单位编码", "部门", "金额"),
        ("编码", "单位名称：", "资金总额（万元）"),
        ("编码", "单位名称", "２０２２年度预算数"),
    ],
)
def test_variants_of_the_labels_are_found(head: Cells) -> None:
    assert understood(("某县2022年预算控制数表",), (), head, (101, "县档案馆", 5)) == [
        (4, "101", "县档案馆", Decimal(5))
    ]


def test_codes_or_names_alone_are_enough() -> None:
    assert understood(("序号", "单位名称", "控制数"), (1, "县档案馆", 5)) == [(2, "", "县档案馆", Decimal(5))]
    assert understood(("单位编码", "控制数"), (101, 5)) == [(2, "101", "", Decimal(5))]


@pytest.mark.parametrize(
    ("above", "label", "unit"),
    [
        ("单位：元", "控制数", "元"),
        ("金额单位: 人民币元", "控制数", "元"),
        ("（元）", "控制数", "元"),
        ("单位：万元", "控制数（元）", "元"),
        ("单位：元", "控制数（单位：万元）", "万元"),
    ],
)
def test_the_unit_is_that_of_the_heading_or_of_the_rows_above(above: str, label: str, unit: str) -> None:
    figures = read_list(("控制数表", None, above), ("单位编码", "单位", label), (101, "县档案馆", 5501300))
    assert (figures.unit, figures.unit_is_stated) == (unit, True)
    assert figures.rows[0].amount.value == Decimal(5501300) * (Decimal("0.0001") if unit == "元" else 1)


def test_another_columns_unit_is_not_the_amounts() -> None:
    assert read_list(("单位编码", "上年数（元）", "控制数（万元）"), (101, 5, 6)).unit == "万元"


def test_the_first_sheet_with_the_columns_is_read() -> None:
    sheets = (*read(workbook(("说明",), sheet="说明")), *read(workbook(HEAD, (101, "县档案馆", 5), sheet="下达数")))
    assert table.find_figures(sheets).sheet == "下达数"


@pytest.mark.parametrize(
    ("value", "text"),
    [(12.3, "12.3"), (0.1 + 0.2, "0.3"), (101.0, "101"), (1e-7, "0.0000001"), (True, "")],
)
def test_a_cell_is_read_as_excel_shows_it(value: float, text: str) -> None:
    assert as_text(value) == text


def test_rows_beyond_the_maximum_are_not_read() -> None:
    figures = read_list(HEAD, *((code, "单位", 1) for code in range(MOST_ROWS + 5)))
    assert (len(figures.rows), figures.is_cut) == (MOST_ROWS - 1, True)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "不是 Excel 工作簿"),
        ("单位编码\t控制数\n101\t5\n".encode("gb18030"), "不是 Excel 工作簿"),
        (zipped(**{"content.xml": b"<a/>"}), "不是 Excel 工作簿"),
        (b"PK\x03\x04" + b"\x00" * 50, "无法读取"),
        (OLE + b"\x00" * 2000, "无法读取"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        (b"PK" + b"\x00" * LARGEST_FILE, "超过 5 MB"),
        (zipped(**{f"xl/{number}.xml": b"" for number in range(501)}), "展开后太大"),
        (zipped(**{"xl/media.bin": b"\x00" * (50 * 1024 * 1024 + 1)}), "展开后太大"),
        (zipped(**{"xl/worksheets/sheet1.xml": b'<c r="A1"/><c r="XFD1048576"/>'}), "第 1048576 行、第 16384 列"),
        (workbook(("姓名", "年龄"), ("张三", 30)), "没有找到控制数的表头"),
        (workbook(), "没有找到控制数的表头"),
    ],
)
def test_other_files_are_refused_with_a_message(data: bytes, reason: str) -> None:
    with pytest.raises(InvalidWorkbook, match=reason) as caught:
        table.find_figures(read(data))
    assert str(caught.value).endswith(("。", "）。"))


def test_a_member_larger_than_its_directory_entry_is_refused() -> None:
    data = workbook(HEAD, (101, "县档案馆", 5))
    with ZipFile(BytesIO(data)) as archive:
        size = archive.getinfo("docProps/core.xml").file_size
    with pytest.raises(InvalidWorkbook, match="无法读取"):
        read(data.replace(size.to_bytes(4, "little"), (size - 1).to_bytes(4, "little")))


@given(st.sampled_from([b"", b"PK\x03\x04", OLE]), st.binary(max_size=3000))
def test_any_bytes_are_refused(beginning: bytes, rest: bytes) -> None:
    with pytest.raises(InvalidWorkbook):
        table.find_figures(read(beginning + rest))


GOOD = workbook(HEAD, (101, "县档案馆", 5))


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=20))
def test_a_damaged_workbook_is_read_or_refused(damage: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for offset, byte in damage:
        data[offset] = byte
    with suppress(InvalidWorkbook):
        table.find_figures(read(bytes(data)))
