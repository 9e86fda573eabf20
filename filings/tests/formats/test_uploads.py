"""Uploads are opened by content or refused with a message; nothing is fetched, no temporary files remain."""

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from filings.document import canonical_json
from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument
from filings.formats import download_formats, text, uploads
from filings.formats.file import CannotRead
from filings.formats.readers.sandbox import zip_limits
from filings.formats.readers.sandbox.file_type import EXTENSIONS, FileType
from filings.formats.uploads import Upload
from filings.table.reading.read_table import read_table
from filings.tests.formats.readers import packages
from filings.tests.formats.readers.listener import no_requests
from filings.tests.workbooks import workbook

EDITION = editions()["hunan-county-2022"]
SAMPLE = Path(__file__).parents[3] / "fixtures" / "samples" / "2022-hengdong-organization-department.txt"
NOW = datetime(2026, 11, 25, tzinfo=UTC)
ROW = ("产出指标", "数量指标", "≥90%")
HTML = "<table><tr><td>产出指标</td><td>数量指标</td><td>≥90%</td></tr></table>"


@pytest.fixture(autouse=True)
def no_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def filed() -> FilingDocument:
    """Read the published table of 2022."""
    return read_table(text.read(text.decode(SAMPLE.read_bytes())), EDITION).document


def texts(opened: Upload) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for grid in opened.grids for row in grid.rows]


def refused(name: str, data: bytes) -> str:
    with pytest.raises(CannotRead) as caught:
        uploads.open_file(name, data)
    return str(caught.value)


@pytest.mark.parametrize(
    ("file_type", "data"),
    [
        (FileType.XLSX, workbook(list(ROW))),
        (FileType.DOCX, packages.document(ROW)),
        (FileType.HTML, HTML.encode()),
        (FileType.HTML, f"\n{HTML}".encode("utf-16")),
        (FileType.TEXT, "\t".join(ROW).encode("gb18030")),
    ],
)
def test_a_table_is_opened_under_any_name(file_type: FileType, data: bytes) -> None:
    for name in (f"目标表{EXTENSIONS[file_type][0]}", f"目标表{EXTENSIONS[file_type][0].upper()}", "目标表", ""):
        opened = uploads.open_file(name, data)
        assert (opened.file_type, texts(opened), opened.remarks) == (file_type, [list(ROW)], ())


@pytest.mark.parametrize(
    ("name", "data", "remark"),
    [
        ("表.docx", workbook(list(ROW)), "文件名以 .docx 结尾，内容是「Excel 工作簿」，已按内容读取。"),
        ("表.xlsx", packages.document(ROW), "文件名以 .xlsx 结尾，内容是「Word 文档」，已按内容读取。"),
        ("表.XLS", HTML.encode(), "文件名以 .xls 结尾，内容是「网页」，已按内容读取。"),
    ],
)
def test_a_wrong_extension_is_remarked_on_and_ignored(name: str, data: bytes, remark: str) -> None:
    opened = uploads.open_file(name, data)
    assert (texts(opened), opened.remarks) == ([list(ROW)], (remark,))


def test_exported_json_is_the_document_itself(filed: FilingDocument) -> None:
    opened = uploads.open_file("表.json", canonical_json.dumps(filed).encode())
    assert opened == Upload(FileType.JSON, document=filed)


def test_a_written_pdf_carries_the_document(filed: FilingDocument) -> None:
    written = download_formats.write("pdf", filed, EDITION, stem="表", made_at=NOW)
    assert uploads.open_file("表.pdf", written.content) == Upload(FileType.PDF, document=filed)


def test_a_pdf_with_another_attachment_of_the_same_name_is_read_as_cells(filed: FilingDocument) -> None:
    ours = PdfReader(BytesIO(download_formats.write("pdf", filed, EDITION, stem="表", made_at=NOW).content))
    other, file = PdfWriter(), BytesIO()
    for page in ours.pages:
        other.add_page(page)
    other.add_attachment("filing.json", canonical_json.dumps(filed).replace("550", "551", 1).encode() + b" ")
    other.write(file)
    opened = uploads.open_file("表.pdf", file.getvalue())
    assert (opened.document, "550.13" in str(texts(opened))) == (None, True)


def test_other_written_formats_are_read_as_cells(filed: FilingDocument) -> None:
    for extension in ("xlsx", "html", "txt"):
        opened = uploads.open_file(
            "", download_formats.write(extension, filed, EDITION, stem="表", made_at=NOW).content
        )
        assert (opened.document, len(opened.grids)) == (None, 1)


@pytest.mark.parametrize("content", ['{"schema": "1"}', '{"amounts":{}}', '[{"a": 1}]', '{"' + "[" * 10_000])
def test_other_json_is_refused(content: str) -> None:
    assert refused("表.json", content.encode()) == uploads._OTHER_JSON


def test_a_file_of_more_than_20_mb_is_refused() -> None:
    most = zip_limits.LARGEST_UPLOAD
    assert refused("a.txt", bytes(most + 1)) == ("文件超过 20 MB。请删去文件里的图片和不相关的内容，另存后再导入。")
    assert (
        refused("a.txt", bytes(most))
        == f"文件是空的（{most} 字节，没有文字）。请确认选对了文件，或重新保存一次再导入。"
    )


def test_pasted_html_and_text_are_opened() -> None:
    page = uploads.open_html(f'<meta charset="gb2312">{HTML}')
    assert (page.file_type, texts(page)) == (FileType.HTML, [list(ROW)])
    assert texts(uploads.open_text("\t".join(ROW))) == [list(ROW)]


def test_a_pasted_text_has_the_limits_of_a_file() -> None:
    with pytest.raises(text.NotText):
        uploads.open_text("a" * (text.LARGEST + 1))
    with pytest.raises(CannotRead):
        uploads.open_html("a" * zip_limits.LARGEST_UPLOAD)


@pytest.mark.parametrize("pasted", ["", " \n\t\n", "\x00"])
def test_blank_pasted_text_is_refused(pasted: str) -> None:
    for open_pasted in (uploads.open_text, uploads.open_html):
        with pytest.raises(CannotRead):
            open_pasted(pasted)


def test_nothing_is_fetched_for_a_page() -> None:
    with no_requests() as address:
        page = (
            f'<link rel="stylesheet" href="{address}/a.css"><base href="{address}/">{HTML}<img src="{address}/a.png">'
            f'<iframe src="{address}/a"></iframe><object data="{address}/o"></object>'
            f'<style>@import "{address}/s"</style>'
        )
        assert texts(uploads.open_html(page)) == [list(ROW)]


def test_nothing_is_fetched_for_a_word_document() -> None:
    with no_requests() as address:
        parts = packages.unpacked(packages.document(ROW))
        linked = "".join(
            f'<Relationship Id="{kind}" Target="{address}/{kind}" TargetMode="External" '
            f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
            for kind in ("image", "attachedTemplate", "styles", "numbering")
        )
        name = "word/_rels/document.xml.rels"
        parts[name] = parts[name].replace(b"</Relationships>", linked.encode() + b"</Relationships>")
        assert texts(uploads.open_file("a.docx", packages.packed(parts))) == [list(ROW)]


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sharedStrings.xml"])
def test_entities_in_a_workbook_are_refused(part: str) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>'
    assert refused("a.xlsx", packages.packed(packages.workbook_package(**{part: bomb}))) == zip_limits.HARMFUL.format(
        what="XML 实体或文档类型声明"
    )


WHOLE = {
    "a.xlsx": workbook(list(ROW)),
    "a.docx": packages.document(ROW),
    "a.html": HTML.encode(),
    "a.txt": "\t".join(ROW).encode(),
}


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("part", range(1, 8))
def test_truncated_files_are_refused_or_read_partly(name: str, part: int) -> None:
    with suppress(CannotRead):
        uploads.open_file(name, WHOLE[name][: len(WHOLE[name]) * part // 8])


@hypothesis_settings(max_examples=30)
@given(st.sampled_from(sorted(WHOLE)), st.floats(0, 1), st.binary(min_size=1, max_size=30))
def test_damaged_files_are_refused_or_read(name: str, share: float, noise: bytes) -> None:
    position = int(len(WHOLE[name]) * share)
    with suppress(CannotRead):
        uploads.open_file(name, WHOLE[name][:position] + noise + WHOLE[name][position + len(noise) :])


@hypothesis_settings(max_examples=60)
@given(st.text(max_size=20), st.sampled_from([b"", b"%PDF-1.4\n", b"<html>", b"{", b"\xff\xfe", b"PK"]), st.binary())
def test_any_bytes_under_any_name_are_refused_or_read(name: str, beginning: bytes, noise: bytes) -> None:
    with suppress(CannotRead):
        uploads.open_file(name, beginning + noise)
