"""Attachments with a password or macros are refused by their content, whatever program has written them."""

import struct

import pytest

from filings.formats import protection
from filings.formats.attachment_type import attachment_type
from filings.formats.file import CannotRead
from filings.tests.formats.readers import packages
from filings.tests.formats.readers.pdf.pdf_files import locked, with_page
from filings.tests.formats.readers.spreadsheet.xls_files import END, SHEET, begin, compound, record, text

PAGE = with_page("BT /F 12 Tf (/Encrypt) Tj ET")
LOCKED = "「附件」设有密码或者权限限制，未上传。请去掉限制后另存，再上传；也可以上传扫描件。"
MACROS = "「附件」含有宏，未上传。请另存为 .docx、.xlsx 或者 PDF，再上传。"


def word(flags: int) -> bytes:
    """Build a .doc whose header has these flags."""
    header = struct.pack("<6H", 0xA5EC, 0xC1, 0, 0, 0, flags)
    return compound(header.ljust(64, b"\0"), "WordDocument", smallest=4096)


def workbook(*records: bytes) -> bytes:
    """Build an .xls with these records before those of its only sheet."""
    return compound(b"".join((begin(), *records, END, begin(SHEET), END)), smallest=4096)


def sheet(kind: int) -> bytes:
    return record(0x0085, struct.pack("<IBB", 0, 0, kind), text("表1", length="B"))


def refusal(data: bytes) -> str:
    with pytest.raises(CannotRead) as refused:
        attachment_type("附件", data)
    return str(refused.value)


@pytest.mark.parametrize(
    ("data", "extension"),
    [
        (PAGE, "pdf"),
        (word(0x1000), "doc"),
        (workbook(sheet(0)), "xls"),
        (packages.compound("Workbook", "\x05Summary"), "xls"),
    ],
)
def test_files_without_password_and_macros_are_accepted(data: bytes, extension: str) -> None:
    assert attachment_type("附件", data)[0] == extension


@pytest.mark.parametrize("password", ["secret", ""])
def test_an_encrypted_pdf_is_refused(password: str) -> None:
    assert refusal(locked(PAGE, password)) == LOCKED


@pytest.mark.parametrize("flags", [0x0100, 0x8100, 0x8000])
def test_an_old_word_file_with_a_password_is_refused(flags: int) -> None:
    assert refusal(word(flags)) == LOCKED


def test_an_old_workbook_with_a_password_is_refused() -> None:
    assert refusal(workbook(record(0x2F, b"\x01\x00"))) == LOCKED
    assert refusal(b"\x09\x04\x06\x00\0\0\x10\0\0\0" + record(0x2F, b"\x01\x00\x02\x00")) == LOCKED


@pytest.mark.parametrize("storage", ["_VBA_PROJECT_CUR", "Macros", "VBA"])
@pytest.mark.parametrize("stream", ["Workbook", "Book", "WordDocument"])
def test_an_old_file_with_a_vba_project_is_refused(stream: str, storage: str) -> None:
    assert refusal(packages.compound(stream, storage)) == MACROS


def test_a_workbook_with_a_sheet_of_macros_is_refused() -> None:
    assert refusal(workbook(sheet(1))) == MACROS


def test_a_file_without_end_of_records_is_refused() -> None:
    endless = b"\x09\x04\x06\x00\0\0\x10\0\0\0" + bytes(4 * protection.MOST_RECORDS)
    assert "「附件」不是可以上传的文件。" in refusal(endless)
