"""Seals from a zip archive: which pictures match, which are refused, and what is stored."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from PIL import Image

from filings.cycles import seals
from filings.cycles.outcome import OutcomeKind
from filings.errors import StepRefused
from filings.formats.file import CannotRead
from filings.lifecycle.issuing import seal_of
from filings.models import Department
from filings.tests.county import County


def picture(colour: str = "red", kind: str = "PNG") -> bytes:
    file = BytesIO()
    Image.new("RGB", (20, 20), colour).save(file, kind)
    return file.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    return file.getvalue()


def read(members: dict[str, bytes]) -> dict[str, tuple[str, str]]:
    return {item.file_name: (item.kind, item.problem) for item in seals.read_seals(zipped(members))}


def test_pictures_are_matched_by_code_and_stored_re_encoded(county: County) -> None:
    outcomes = seals.read_seals(zipped({"印章/101.png": picture(), "印章/200.JPG": picture("blue", "JPEG")}))
    assert [(item.file_name, item.kind, item.department and item.department.code) for item in outcomes] == [
        ("101.png", OutcomeKind.NEW, "101"),
        ("200.JPG", OutcomeKind.NEW, "200"),
    ]
    assert seals.store_seals(seals.previewed(outcomes)) == 2
    stored = seal_of(Department.objects.get(code="101"))
    assert stored is not None
    assert stored.png.startswith(b"\x89PNG")
    assert stored.png != picture()


def test_present_seals_are_unchanged_or_replaced(county: County) -> None:
    seals.store_seals(seals.previewed(seals.read_seals(zipped({"101.png": picture(), "200.png": picture()}))))
    found = read({"101.png": picture(), "200.png": picture("blue")})
    assert found == {"101.png": (OutcomeKind.SAME, ""), "200.png": (OutcomeKind.CHANGED, "")}


def test_other_files_are_refused_with_their_reasons(county: County) -> None:
    found = read(
        {
            "999.png": picture(),
            "101.gif": b"GIF89a",
            "200.png": b"no picture",
            "a/100.png": picture(),
            "b/100.jpg": picture(kind="JPEG"),
            "__MACOSX/._101.png": b"",
            ".DS_Store": b"",
        }
    )
    assert found == {
        "999.png": (OutcomeKind.REFUSED, "没有编码是「999」的单位。文件名请用单位编码。"),
        "101.gif": (OutcomeKind.REFUSED, "不是 PNG 或 JPG 图片。"),
        "200.png": (OutcomeKind.REFUSED, "文件不是完好的 PNG 或 JPEG 图片。请用图片软件另存为 PNG 后再上传。"),
        "100.png": (OutcomeKind.REFUSED, "同一编码有几张图片，请只留一张。"),
        "100.jpg": (OutcomeKind.REFUSED, "同一编码有几张图片，请只留一张。"),
    }


def test_an_archive_that_points_outside_itself_is_refused_with_fitting_advice(county: County) -> None:
    with pytest.raises(CannotRead) as refusal:
        seals.read_seals(zipped({"../101.png": picture()}))
    assert str(refusal.value) == (
        "压缩包里有正常打包不会有的内容（压缩包内文件路径不正确），未读取。"
        "请把印章图片放在一个文件夹里，重新压缩成 .zip 再上传。"
    )


def test_names_written_by_chinese_windows_are_read(county: County) -> None:
    """Windows writes names in GBK without the flag of UTF-8."""
    Department.objects.filter(code="101").update(code="档101")
    data = zipped({"ab101.png": picture()}).replace(b"ab101", "档101".encode("gb18030"))
    assert [item.file_name for item in seals.read_seals(data)] == ["档101.png"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"nonsense", "这个文件不是 zip 压缩包"),
        (b"PK\x03\x04broken", "文件不完整"),
        (zipped({}), "压缩包里没有图片"),
        (zipped({f"{number}.png": b"" for number in range(301)}), "压缩包里有 301 个文件，一次最多 300 个"),
        (zipped({"1.png": b"0" * 11 * 1024**2}), "压缩到不足 200 分之一"),
        (zipped({"../1.png": b"1"}), "压缩包内文件路径不正确"),
    ],
)
def test_an_unusable_archive_is_refused_as_a_whole(county: County, data: bytes, reason: str) -> None:
    with pytest.raises(CannotRead, match=reason):
        seals.read_seals(data)


def test_nothing_is_stored_when_a_seal_has_changed_since_the_preview(county: County) -> None:
    data = seals.previewed(seals.read_seals(zipped({"101.png": picture(), "200.png": picture()})))
    Department.objects.filter(code="200").update(seal="seals/other.png")
    with pytest.raises(StepRefused, match="预览之后「县教育局」的印章已有变化"):
        seals.store_seals(data)
    assert not Department.objects.get(code="101").seal
