"""File types are detected by content, and unsupported files refused with the reason."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.formats.file import CannotRead
from filings.formats.readers.sandbox import file_type, zip_limits
from filings.formats.readers.sandbox.file_type import (
    COMPOUND_SIGNATURE,
    EXTENSIONS,
    NAMES,
    FileType,
    compound_streams,
    detect_file_type,
)
from filings.tests.formats.readers import packages
from filings.tests.workbooks import workbook

TYPES = "[Content_Types].xml"
MIMETYPE = "application/vnd.oasis.opendocument."
HTML = "<table><tr><td>产出</td></tr></table>"
EXCEL_PAGE = f'<html xmlns:x="urn:schemas-microsoft-com:office:excel">{HTML}</html>'
MHTML = 'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary="b"\r\n\r\n'

READ: list[tuple[FileType, bytes]] = [
    (FileType.XLSX, workbook(["产出"])),
    (FileType.XLSX, packages.packed({TYPES: "", "xl\\workbook.xml": ""})),
    (FileType.XLSB, packages.packed({TYPES: "", "xl/workbook.bin": ""})),
    (FileType.DOCX, packages.document(("产出",))),
    (FileType.DOCX, packages.packed({TYPES: "", "word/document.xml": "", "word/embeddings/xl/a.xml": ""})),
    (FileType.ODS, packages.packed({"mimetype": f"{MIMETYPE}spreadsheet", "content.xml": ""})),
    (FileType.ODT, packages.odt("")),
    (FileType.XLS, packages.compound("Workbook", "\x05SummaryInformation")),
    (FileType.XLS, packages.compound("Book")),
    (FileType.XLS, packages.compound("\x01CompObj", "ETExtData", "a", "b", "c", "WORKBOOK")),
    (FileType.XLS, b"\x09\x08\x10\x00\x00\x06\x05\x00"),
    (FileType.XLS, b"\x09\x00\x04\x00\x02\x00\x10\x00"),
    (FileType.DOC, packages.compound("1Table", "WordDocument")),
    (FileType.PDF, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3"),
    (FileType.PDF, b"\0" * 1000 + b"%PDF-1.4"),
    (FileType.RTF, packages.rtf("产出")),
    (FileType.EXCEL_XML, packages.excel_xml("产出")),
    (FileType.WORD_XML, packages.word_xml("产出")),
    (FileType.HTML, HTML.encode()),
    (FileType.HTML, b"\xef\xbb\xbf\r\n <!DOCTYPE html><p>a"),
    (FileType.HTML, EXCEL_PAGE.encode("gb18030")),
    (FileType.HTML, EXCEL_PAGE.encode("utf-16")),
    (FileType.HTML, b'<?xml version="1.0"?><!DOCTYPE html><html>'),
    (FileType.HTML, b"<!-- saved from url --><HTML>"),
    (FileType.MHTML, MHTML.encode()),
    (FileType.JSON, b'{"amounts":{}}'),
    (FileType.JSON, b"\n[\n{"),
    (FileType.TEXT, "产出指标\t数量".encode()),
    (FileType.TEXT, "产出指标\t数量".encode("gb18030")),
    (FileType.TEXT, "产出指标\t数量".encode("utf-16")),
    (FileType.TEXT, b"PDF, not %PDF at the beginning" + b"." * 1024 + b"%PDF-1.4"),
    (FileType.TEXT, "[附件1] 绩效目标表".encode()),
    (FileType.TEXT, b"a < b, <table> is meant"),
    (FileType.TEXT, b"BMW"),
    (FileType.TEXT, b"MZ is no program here"),
]


@pytest.mark.parametrize(("expected", "data"), READ)
def test_file_types_are_detected(expected: FileType, data: bytes) -> None:
    assert detect_file_type(data) is expected


def test_every_file_type_has_a_name_endings_and_an_example() -> None:
    assert set(NAMES) == set(EXTENSIONS) == {expected for expected, _ in READ} == set(FileType)


MACROS = "文件含有宏，为安全起见不读取。请用 Excel、Word 或 WPS 打开它，另存为不带宏的 {}，再导入。"
MACRO_TYPE = '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
ENTITIES = zip_limits.HARMFUL.format(what="XML 实体或文档类型声明")
LOCKED_ODF = {"mimetype": f"{MIMETYPE}text", "META-INF/manifest.xml": "<manifest:encryption-data/>"}


@pytest.mark.parametrize(
    ("refusal", "data"),
    [
        (MACROS.format(".xlsx"), packages.packed(packages.workbook_package(**{"xl/vbaProject.bin": ""}))),
        (MACROS.format(".xlsx"), packages.packed({TYPES: MACRO_TYPE, "xl/workbook.xml": ""})),
        (MACROS.format(".docx"), packages.packed({TYPES: "", "word/document.xml": "", "word/vbaProject.bin": ""})),
        (zip_limits.LOCKED, packages.compound("EncryptionInfo", "EncryptedPackage")),
        (zip_limits.LOCKED, packages.packed(LOCKED_ODF)),
        (file_type._SLIDES, packages.packed({TYPES: "", "ppt/presentation.xml": ""})),
        (file_type._SLIDES, packages.compound("PowerPoint Document")),
        (file_type._OFD, packages.packed({"OFD.xml": "", "Doc_0/Document.xml": ""})),
        (file_type._ARCHIVE, packages.packed({"绩效目标表.xlsx": workbook(["产出"])})),
        (file_type._ARCHIVE, b"PK\x05\x06" + bytes(18)),
        (file_type._ARCHIVE, b"Rar!\x1a\x07\x00"),
        (file_type._ARCHIVE, b"7z\xbc\xaf\x27\x1c"),
        (file_type._ARCHIVE, b"\x1f\x8b\x08\x00"),
        (file_type._PICTURE, b"\x89PNG\r\n\x1a\n"),
        (file_type._PICTURE, b"\xff\xd8\xff\xe0\x00\x10JFIF"),
        (file_type._PICTURE, b"II*\x00\x08"),
        (file_type._PICTURE, b"BM\x36\x00\x00"),
        (file_type._PICTURE, b"\x00\x00\x00\x18ftypheic"),
        (file_type._PROGRAM, b"MZ\x90\x00\x03"),
        (file_type._SHORTCUT, b"L\0\0\0\x01\x14\x02\0"),
        (file_type._UNKNOWN, packages.compound("CONTENTS")),
        (file_type._UNKNOWN, b"abc\x00def"),
        (file_type._XML_DATA, b'<?xml version="1.0"?><a/>'),
        (file_type._EMPTY.format(size=0), b""),
        (file_type._EMPTY.format(size=4), b" \n\t\n"),
        (file_type._EMPTY.format(size=500), bytes(500)),
        (ENTITIES, packages.excel_xml("&a;").replace(b"<Workbook", b"<!DOCTYPE a [<!ENTITY a 'b'>]><Workbook")),
        (zip_limits.BROKEN, packages.compound("Workbook")[:1000]),
        (zip_limits.BROKEN, COMPOUND_SIGNATURE),
        (zip_limits.BROKEN, b"PK\x03\x04"),
    ],
)
def test_unsupported_files_are_refused(refusal: str, data: bytes) -> None:
    with pytest.raises(CannotRead) as caught:
        detect_file_type(data)
    assert str(caught.value) == refusal


def test_a_cyclic_directory_is_read_once() -> None:
    data = bytearray(packages.compound("a", "b", "Workbook"))
    # The directory's only sector refers to itself as the next, the last stream to the first.
    data[512 + 4 : 512 + 8] = (1).to_bytes(4, "little")
    data[1024 + 3 * 128 + 72 : 1024 + 3 * 128 + 76] = (1).to_bytes(4, "little")
    assert compound_streams(bytes(data)) == {"a", "b", "workbook"}


def test_the_sector_table_of_a_large_file_continues_after_the_header() -> None:
    """Above 7 MB, there are more than 109 table sectors, and the further ones are listed in a sector of their own."""
    small = bytearray(packages.compound("Workbook"))
    first_directory = 109 * 128
    small[48:52] = first_directory.to_bytes(4, "little")
    small[44:48] = (110).to_bytes(4, "little")
    small[68:76] = (2).to_bytes(4, "little") + (1).to_bytes(4, "little")
    empty = b"\xff" * 512
    table, directory = small[512:1024], small[1024:1536]
    further = (3).to_bytes(4, "little") + b"\xff" * 504 + (0xFFFFFFFE).to_bytes(4, "little")
    last_table = (0xFFFFFFFE).to_bytes(4, "little") + b"\xff" * 508
    header = small[:76] + b"".join(number.to_bytes(4, "little") for number in [0] * 109)
    body = table + empty + further + last_table + empty * (first_directory - 4) + directory
    assert compound_streams(bytes(header + body)) == {"workbook"}


SIGNATURES = [b"", b"PK\x03\x04", COMPOUND_SIGNATURE, b"%PDF-", b"{\\rtf", b"<?xml ", b"\xff\xfe", b"\x09\x08", b"MZ"]


@given(st.sampled_from(SIGNATURES), st.binary())
def test_any_bytes_have_a_file_type_or_are_refused(signature: bytes, noise: bytes) -> None:
    with suppress(CannotRead):
        assert detect_file_type(signature + noise) in FileType


@given(st.integers(0, 1535), st.binary(min_size=1, max_size=40))
def test_broken_compound_files_raise_nothing_but_a_refusal(offset: int, noise: bytes) -> None:
    whole = packages.compound("Workbook", "a")
    with suppress(CannotRead):
        compound_streams(whole[:offset] + noise + whole[offset + len(noise) :])
