"""Conversion of old and rare files by the installed LibreOffice, and the refusal without it."""

import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from filings.formats import uploads
from filings.formats.file import CannotRead
from filings.formats.readers.sandbox import libreoffice
from filings.formats.readers.sandbox.file_type import FileType
from filings.formats.uploads import Upload
from filings.tests.formats.readers import packages
from filings.tests.formats.readers.listener import no_requests
from filings.tests.workbooks import workbook

ROW = ("产出指标", "数量指标", "≥90%")
CONVERTED = "{} 文件是先由 LibreOffice 转换、再读取的，请逐格核对。"
installed = pytest.mark.office


@pytest.fixture(autouse=True)
def nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")


def stale_sockets() -> set[Path]:
    """LibreOffice's sockets on which no process listens any more; it always creates them in /tmp."""
    stale = set()
    for path in Path("/tmp").glob("OSL_PIPE_*"):  # noqa: S108 — chosen by LibreOffice
        with socket.socket(socket.AF_UNIX) as client, suppress(FileNotFoundError):
            try:
                client.connect(str(path))
            except ConnectionRefusedError:
                stale.add(path)
    return stale


def as_old(data: bytes, before: str, after: str) -> bytes:
    """Convert a file to an older format with LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, f"a.{before}").write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        subprocess.run(
            [
                "/usr/bin/env",
                "soffice",
                profile,
                "--headless",
                "--convert-to",
                after,
                "--outdir",
                folder,
                f"{folder}/a.{before}",
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return Path(folder, f"a.{after}").read_bytes()


def texts(opened: Upload) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for grid in opened.grids for row in grid.rows]


@installed
@pytest.mark.parametrize(
    ("kind", "name", "data"),
    [
        (FileType.RTF, "目标表.rtf", packages.rtf(*ROW)),
        (FileType.ODT, "目标表.odt", packages.odt(packages.odt_table(*ROW))),
        (FileType.WORD_XML, "目标表.xml", packages.word_xml(*ROW)),
        (FileType.EXCEL_XML, "目标表.xml", packages.excel_xml(*ROW)),
    ],
)
def test_a_converted_table_is_read(kind: FileType, name: str, data: bytes) -> None:
    opened = uploads.open_file(name, data)
    assert texts(opened) == [list(ROW)]
    assert (opened.file_type, opened.remarks) == (kind, (CONVERTED.format(Path(name).suffix),))


@installed
def test_an_old_word_document_is_read_and_named_by_its_ending() -> None:
    opened = uploads.open_file("目标表.wps", as_old(packages.document(ROW), "docx", "doc"))
    assert texts(opened) == [list(ROW)]
    assert (opened.file_type, opened.remarks) == (FileType.DOC, (CONVERTED.format(".wps"),))


@installed
def test_an_old_workbook_is_read_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    data = as_old(workbook(list(ROW)), "xlsx", "xls")
    monkeypatch.setenv("PATH", "/nowhere")
    for name in ("目标表.xls", "目标表.et"):
        opened = uploads.open_file(name, data)
        assert texts(opened) == [list(ROW)]
        assert (opened.file_type, opened.remarks) == (FileType.XLS, ())


@installed
def test_a_file_that_cannot_be_converted_is_refused() -> None:
    with pytest.raises(CannotRead) as caught:
        uploads.open_file("a.doc", packages.compound("WordDocument"))
    assert str(caught.value) == (
        "无法转换这个 .doc 文件：它可能设有密码，或已损坏。请用 Word 或 WPS 打开它，「另存为」.docx，再导入。"
    )


@installed
def test_an_old_workbook_that_cannot_be_converted_either_keeps_the_refusal_of_its_reader() -> None:
    from filings.formats.readers.spreadsheet import read as spreadsheet_reader

    data = packages.compound("Workbook")
    with pytest.raises(CannotRead) as direct:
        spreadsheet_reader.read(data)
    with pytest.raises(CannotRead) as caught:
        uploads.open_file("a.xls", data)
    assert str(caught.value) == str(direct.value)


@installed
@pytest.mark.parametrize("timeout", [0.0, 0.4, 0.8])
def test_a_slow_conversion_is_killed_and_leaves_nothing_behind(timeout: float) -> None:
    before = stale_sockets()
    with pytest.raises(CannotRead) as caught:
        libreoffice.convert(FileType.RTF, packages.rtf(*ROW * 5000), ".rtf", timeout=timeout)
    assert str(caught.value) == (
        f"转换这个 .rtf 文件超过了 {timeout:g} 秒。请用 Word 或 WPS 打开它，「另存为」.docx，再导入。"
    )
    assert stale_sockets() - before == set()


@installed
def test_two_conversions_at_a_time_wait_for_each_other() -> None:
    sizes: list[int] = []
    threads = [
        Thread(target=lambda: sizes.append(len(libreoffice.convert(FileType.RTF, packages.rtf(*ROW), ".rtf"))))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [size > 1000 for size in sizes] == [True, True]


LINKED = {
    "picture": '<text:p><draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="{}/a.png" '
    'xlink:type="simple" xlink:actuate="onLoad"/></draw:frame></text:p>',
    "object": '<text:p><draw:frame svg:width="2cm" svg:height="2cm"><draw:object xlink:href="{}/a.ods" '
    'xlink:type="simple"/></draw:frame></text:p>',
    "section": '<text:section text:name="S"><text:section-source xlink:href="{}/a.odt"/><text:p/></text:section>',
}


@installed
@pytest.mark.parametrize("linked", LINKED)
def test_nothing_is_fetched_for_a_document(linked: str) -> None:
    with no_requests() as address:
        data = packages.odt(LINKED[linked].format(address) + packages.odt_table(*ROW))
        assert texts(uploads.open_file("a.odt", data)) == [list(ROW)]


@installed
def test_nothing_is_fetched_for_an_rtf_file() -> None:
    field = r'{{\field{{\*\fldinst INCLUDEPICTURE "{}/a.png" \\d}}{{\fldrslt}}}}'
    with no_requests() as address:
        data = packages.rtf(*ROW, inside=field.format(address))
        assert texts(uploads.open_file("a.rtf", data)) == [list(ROW)]


@installed
def test_a_local_file_is_not_included(tmp_path: Path) -> None:
    secret = Path(tempfile.mkdtemp(dir=tmp_path), "secret.txt")
    secret.write_text("secret", encoding="utf-8")
    try:
        data = packages.odt(LINKED["section"].format(secret.as_uri()) + packages.odt_table(*ROW))
        assert "secret" not in repr(uploads.open_file("a.odt", data).grids)
    finally:
        secret.unlink()
        secret.parent.rmdir()


@pytest.mark.usefixtures("without_libreoffice")
@pytest.mark.parametrize(
    ("name", "data", "names"),
    [
        ("a.doc", packages.compound("WordDocument"), (".doc", "Word", ".docx")),
        ("a.wps", packages.compound("WordDocument"), (".wps", "Word", ".docx")),
        ("no extension", packages.compound("WordDocument"), (".doc", "Word", ".docx")),
        ("a.docx", packages.compound("WordDocument"), (".doc", "Word", ".docx")),
        ("a.rtf", packages.rtf(*ROW), (".rtf", "Word", ".docx")),
        ("a.odt", packages.odt(""), (".odt", "Word", ".docx")),
        ("a.xml", packages.word_xml(*ROW), (".xml", "Word", ".docx")),
        ("a.xls", packages.excel_xml(*ROW), (".xml", "Excel", ".xlsx")),
    ],
)
def test_without_libreoffice_the_refusal_explains_how_to_save(name: str, data: bytes, names: tuple[str, ...]) -> None:
    extension, program, target = names
    with pytest.raises(CannotRead) as caught:
        uploads.open_file(name, data)
    assert str(caught.value) == (
        f"这台服务器不能直接读 {extension} 文件。请用 {program} 或 WPS 打开它，「另存为」{target}，再导入。"
    )
