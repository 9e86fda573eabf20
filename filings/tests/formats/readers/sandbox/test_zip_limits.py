"""Archives that are refused before they are unpacked, and archives that pass."""

import re
import struct
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_BZIP2, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.formats.file import CannotRead
from filings.formats.readers.sandbox import zip_limits
from filings.tests.formats.readers import packages

HARMFUL = zip_limits.HARMFUL.format


def refused(data: bytes) -> str:
    with pytest.raises(CannotRead) as caught:
        zip_limits.open_archive(data)
    return str(caught.value)


def with_directory(data: bytes, offset: int, layout: str, value: int) -> bytes:
    """Change one number in every entry of the central directory."""
    changed = bytearray(data)
    for entry in re.finditer(rb"PK\x01\x02", data):
        struct.pack_into(layout, changed, entry.start() + offset, value)
    return bytes(changed)


def overlapping(times: int) -> bytes:
    """Build an archive whose directory lists its only member `times` times, under different names."""
    data = packages.packed({"a": bytes(100_000)})
    begin, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entries = b"".join(data[begin : end - 1] + bytes([65 + index]) for index in range(times))
    return data[:begin] + entries + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, times, times, len(entries), begin, 0)


def test_a_workbook_passes() -> None:
    assert zip_limits.open_archive(packages.packed(packages.workbook_package())).namelist() == [
        "[Content_Types].xml",
        "xl/workbook.xml",
    ]


def test_a_high_compression_ratio_is_refused() -> None:
    assert refused(packages.packed({"xl/a.xml": bytes(11_000_000)})) == HARMFUL(what="压缩到不足 200 分之一的内容")


def test_a_high_compression_ratio_of_a_small_archive_passes() -> None:
    zip_limits.open_archive(packages.packed({"xl/a.xml": bytes(9_000_000)}))


def test_a_member_with_a_declared_size_over_100_mb_is_refused() -> None:
    data = with_directory(packages.packed({"xl/a.xml": "<a/>"}), 24, "<L", 150 * zip_limits.MIB)
    assert refused(data) == str(zip_limits.too_large(zip_limits.LARGEST_MEMBER))


def test_a_total_declared_size_over_200_mb_is_refused() -> None:
    data = with_directory(packages.packed({"a": "", "b": "", "c": ""}), 24, "<L", 90 * zip_limits.MIB)
    assert refused(data) == "文件超过 200 MB。请删去文件里的图片和不相关的内容，另存后再导入。"


def test_overlapping_members_are_refused() -> None:
    assert refused(overlapping(8)) == HARMFUL(what="互相重叠的部件")


def test_a_single_member_does_not_overlap() -> None:
    assert zip_limits.open_archive(overlapping(1)).namelist() == ["A"]


def test_too_many_members_are_refused_before_they_are_listed() -> None:
    data = packages.packed({str(number): "" for number in range(zip_limits.MOST_MEMBERS + 1)})
    assert refused(data) == HARMFUL(what="超过 5000 个部件")


def test_an_encrypted_member_is_refused_as_locked() -> None:
    assert refused(with_directory(packages.packed({"a": "b"}), 8, "<H", 1)) == zip_limits.LOCKED


def test_an_unusual_compression_method_is_refused() -> None:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_BZIP2) as archive:
        archive.writestr("xl/a.xml", "<a/>")
    assert refused(file.getvalue()) == HARMFUL(what="不常见的压缩方法")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_duplicate_member_names_are_refused() -> None:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("xl/a.xml", "<a/>")
        archive.writestr("xl/a.xml", "<b/>")
    assert refused(file.getvalue()) == HARMFUL(what="重名的部件")


@pytest.mark.parametrize("name", ["../a", "/etc/passwd", "xl/../../a", "xl\\..\\a", "C:\\a", "\\\\host\\a"])
def test_a_path_traversal_is_refused(name: str) -> None:
    assert refused(packages.packed({name: ""})) == HARMFUL(what="压缩包内文件路径不正确")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", ["xl/workbook.xml", "_rels/.rels", "XL/SHEET.XML"])
@pytest.mark.parametrize(
    "declaration", ["<!DOCTYPE a [", '<!doctype a SYSTEM "file:///etc/passwd">', "<!ENTITY a 'b'>"]
)
def test_a_document_type_declaration_is_refused(declaration: str, name: str, encoding: str) -> None:
    data = packages.packed({name: f'<?xml version="1.0"?>{declaration}'.encode(encoding)})
    assert refused(data) == HARMFUL(what="XML 实体或文档类型声明")


@pytest.mark.parametrize("length", [4, 30, 100, 400, -400, -100, -22, -2])
def test_a_file_cut_short_is_refused_as_incomplete(length: int) -> None:
    assert refused(packages.document(("一", "二"))[:length]) == zip_limits.BROKEN


@given(st.binary(max_size=300), st.integers(0, 300), st.booleans())
def test_broken_directories_raise_nothing_but_a_refusal(noise: bytes, offset: int, at_end: bool) -> None:
    whole = packages.packed(packages.workbook_package())
    offset = max(0, len(whole) - offset) if at_end else offset
    with suppress(CannotRead):
        zip_limits.open_archive(whole[:offset] + noise + whole[offset + len(noise) :])
