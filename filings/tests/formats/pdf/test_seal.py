"""Seals: the image of the demonstration, and uploaded images re-encoded without metadata."""

import struct
import zlib
from importlib import import_module
from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from filings.formats.pdf import seal
from filings.formats.pdf.seal import NotASeal

NAME = "中共衡东县委组织部"


def opened(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


def encoded(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    written = BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


def claiming(wide: int, high: int) -> bytes:
    """Build a PNG of a few bytes whose header claims a size."""
    head = struct.pack(">IIBBBBB", wide, high, 8, 6, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 100)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def test_the_demonstration_seal_is_42_mm_in_print_quality() -> None:
    picture = opened(seal.draw(NAME))
    assert picture.mode == "RGBA"
    assert picture.size == (992, 992)
    assert round(picture.size[0] / picture.info["dpi"][0] * 25.4) == 42


def test_the_demonstration_seal_is_red_on_transparent() -> None:
    picture = opened(seal.draw(NAME))
    assert picture.getpixel((0, 0)) == (200, 22, 29, 0)
    assert picture.getpixel((496, 10)) == (200, 22, 29, 255)
    assert picture.convert("RGB").getextrema() == ((200, 200), (22, 22), (29, 29))


def test_the_same_name_gives_the_same_bytes_and_another_name_another_picture() -> None:
    assert seal.draw(NAME) == seal.draw(NAME)
    assert seal.draw(NAME) != seal.draw("财政局")


@pytest.mark.parametrize("name", ["", "局", "名" * 100])
def test_a_seal_of_any_name_stays_inside_its_ring(name: str) -> None:
    alpha = opened(seal.draw(name)).getchannel("A")
    for x, y in ((75, 75), (917, 75), (75, 917), (917, 917)):
        assert alpha.crop((x - 60, y - 60, x + 60, y + 60)).getextrema() == (0, 0)


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("PNG", "1"),
                                            ("JPEG", "RGB"), ("JPEG", "CMYK"), ("JPEG", "L")])  # fmt: skip
def test_images_of_every_usual_kind_become_png_with_transparency(kind: str, mode: str) -> None:
    picture = opened(seal.reencode(encoded(Image.new(mode, (30, 20)), kind)))
    assert (picture.format, picture.mode, picture.size) == ("PNG", "RGBA", (30, 20))


def test_pixels_of_a_png_stay_as_they_are() -> None:
    drawn = seal.draw(NAME)
    assert opened(seal.reencode(drawn)).tobytes() == opened(drawn).tobytes()


def test_metadata_is_removed() -> None:
    comment = PngImagePlugin.PngInfo()
    comment.add_text("Comment", "秘密")
    written = encoded(Image.new("RGBA", (9, 9)), pnginfo=comment, icc_profile=b"profile" * 20)
    assert set(opened(written).info) > {"Comment"}
    assert set(opened(seal.reencode(written)).info) == {"dpi"}


def test_a_rotated_photograph_is_turned_upright() -> None:
    rotation = Image.Exif()
    rotation[0x0112] = 6
    assert opened(seal.reencode(encoded(Image.new("RGB", (30, 20)), "JPEG", exif=rotation))).size == (20, 30)


BROKEN = "文件不是完好的 PNG 或 JPEG 图片。请用图片软件另存为 PNG 后再上传。"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", BROKEN),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", BROKEN),
        (encoded(Image.new("RGB", (9, 9)), "GIF"), BROKEN),
        (encoded(Image.new("RGB", (500, 500)), "JPEG")[:200], BROKEN),
        (seal.draw(NAME)[:5000], BROKEN),
        (b"a" * (5 * 1024 * 1024 + 1), "图片有 5.0 MB，超过上限 5 MB。请缩小后再上传。"),
        (claiming(4001, 20), "图片有 4001×20 像素，每边请不超过 4000 像素。"),
        (claiming(10_000, 10_000), "图片的像素太多。每边请不超过 4000 像素。"),
        (claiming(60_000, 60_000), "图片的像素太多。每边请不超过 4000 像素。"),
    ],
)
def test_unusable_images_are_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(NotASeal) as caught:
        seal.reencode(data)
    assert str(caught.value) == reason


SOUND = [encoded(Image.new("P", (9, 9))), encoded(Image.new("RGB", (9, 9)), "JPEG"), encoded(Image.new("LA", (9, 9)))]


@given(st.sampled_from(SOUND), st.integers(0, 400), st.binary(min_size=1, max_size=4))
@example(SOUND[0], 60, b"\xff\xff\xff\xff")
def test_a_damaged_image_is_read_or_refused(sound: bytes, position: int, damage: bytes) -> None:
    try:
        picture = opened(seal.reencode(sound[:position] + damage + sound[position + len(damage) :]))
    except NotASeal:
        return
    assert picture.mode == "RGBA"


def test_a_truncated_seal_is_refused_after_printing_too() -> None:
    import_module("filings.formats.pdf.weasyprint_engine")
    with pytest.raises(NotASeal):
        seal.reencode(seal.draw(NAME)[:5000])
