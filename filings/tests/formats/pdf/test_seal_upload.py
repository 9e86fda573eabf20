"""Uploaded pictures of seals: re-encoded without metadata, paper and border."""

import struct
import zlib
from importlib import import_module
from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageStat, PngImagePlugin

from filings.formats.pdf import seal, seal_upload
from filings.formats.pdf.seal_upload import NotASeal

NAME = "中共衡东县委组织部"
DISC = Image.new("RGB", (140, 130), "white")
ImageDraw.Draw(DISC).ellipse((20, 15, 120, 115), fill=(190, 20, 20))


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


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("PNG", "1"),
                                            ("JPEG", "RGB"), ("JPEG", "CMYK"), ("JPEG", "L")])  # fmt: skip
def test_images_of_every_usual_kind_become_png_with_transparency(kind: str, mode: str) -> None:
    picture = opened(seal_upload.reencode(encoded(DISC.convert(mode), kind)))
    assert (picture.format, picture.mode) == ("PNG", "RGBA")
    assert picture.size == pytest.approx((101, 101), abs=3)
    opacity = picture.getchannel("A")
    assert [opacity.getpixel(place) for place in ((50, 50), (0, 0))] == [255, 0]


def test_pixels_of_a_png_stay_as_they_are() -> None:
    drawn = seal.draw(NAME)
    assert opened(seal_upload.reencode(drawn)).tobytes() == opened(drawn).tobytes()


def test_metadata_is_removed() -> None:
    comment = PngImagePlugin.PngInfo()
    comment.add_text("Comment", "秘密")
    written = encoded(DISC, pnginfo=comment, icc_profile=b"profile" * 20)
    assert set(opened(written).info) > {"Comment"}
    assert set(opened(seal_upload.reencode(written)).info) == {"dpi"}


def test_a_rotated_photograph_is_turned_upright() -> None:
    rotation = Image.Exif()
    rotation[0x0112] = 6
    wide = Image.new("RGB", (30, 20), "red")
    assert opened(seal_upload.reencode(encoded(wide, "JPEG", exif=rotation))).size == (20, 30)


@pytest.mark.parametrize("shade", [255, 200])
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_the_paper_becomes_transparent_and_red_stays_red(kind: str, shade: int) -> None:
    drawn = opened(seal.draw(NAME))
    paper = Image.new("RGB", (1300, 1200), (shade, shade, shade - 8))
    paper.paste(drawn, (140, 60), drawn)
    ImageDraw.Draw(paper).text((40, 1100), "black print", fill="black", font_size=60)
    picture = opened(seal_upload.reencode(encoded(paper, kind)))
    assert picture.size == pytest.approx(drawn.size, abs=3)
    difference = ImageChops.difference(picture.resize(drawn.size).getchannel("A"), drawn.getchannel("A"))
    assert ImageStat.Stat(difference).mean[0] < 4
    assert picture.getpixel((496, 12)) == pytest.approx((200, 22, 29, 255), abs=12)


def test_shadow_and_grain_of_a_photograph_are_paper() -> None:
    drawn = opened(seal.draw(NAME)).resize((500, 500))
    shadow = Image.linear_gradient("L").resize((700, 640)).point(lambda level: 140 + level // 4)
    grain = Image.effect_noise((700, 640), 16)
    photo = ImageChops.add(Image.merge("RGB", [shadow] * 3), Image.merge("RGB", [grain] * 3), 1, -128)
    photo.paste(drawn, (100, 70), drawn)
    picture = opened(seal_upload.reencode(encoded(photo, "JPEG")))
    assert picture.size == pytest.approx((500, 500), abs=4)
    opacity = picture.getchannel("A")
    # Between the name and the words in the middle.
    assert opacity.crop((180, 130, 320, 150)).point(lambda level: 255 if level > 60 else 0).getbbox() is None


def test_a_transparent_picture_is_only_cut_to_its_seal() -> None:
    wide = Image.new("RGBA", (300, 200), (0, 0, 0, 0))
    ImageDraw.Draw(wide).ellipse((40, 50, 139, 119), fill=(255, 255, 255, 255))
    picture = opened(seal_upload.reencode(encoded(wide)))
    assert picture.size == (100, 70)
    assert picture.getpixel((50, 35)) == (255, 255, 255, 255)


def test_a_large_picture_is_stored_at_600_dpi() -> None:
    large = Image.new("RGB", (3000, 2000), "red")
    assert opened(seal_upload.reencode(encoded(large))).size == (1063, 709)


BROKEN = "文件不是完好的 PNG 或 JPEG 图片。请用图片软件另存为 PNG 后再上传。"


NOT_SEEN = "图片里看不出印章。请用白纸盖一个清楚的章，扫描或拍照后再上传。"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", BROKEN),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", BROKEN),
        (encoded(Image.new("RGB", (9, 9)), "GIF"), BROKEN),
        (encoded(Image.new("RGB", (500, 500)), "JPEG")[:200], BROKEN),
        (seal.draw(NAME)[:5000], BROKEN),
        (b"a" * (5 * 1024 * 1024 + 1), "图片有 5.0 MB，超过上限 5 MB。请缩小后再上传。"),
        (encoded(Image.new("RGB", (90, 90), "white")), NOT_SEEN),
        (encoded(Image.new("RGBA", (90, 90))), NOT_SEEN),
        (claiming(4001, 20), "图片有 4001×20 像素，每边请不超过 4000 像素。"),
        (claiming(10_000, 10_000), "图片的像素太多。每边请不超过 4000 像素。"),
        (claiming(60_000, 60_000), "图片的像素太多。每边请不超过 4000 像素。"),
    ],
)
def test_unusable_images_are_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(NotASeal) as caught:
        seal_upload.reencode(data)
    assert str(caught.value) == reason


SOUND = [encoded(DISC.convert("P")), encoded(DISC, "JPEG"), encoded(DISC.convert("LA"))]


@given(st.sampled_from(SOUND), st.integers(0, 400), st.binary(min_size=1, max_size=4))
@example(SOUND[0], 60, b"\xff\xff\xff\xff")
def test_a_damaged_image_is_read_or_refused(sound: bytes, position: int, damage: bytes) -> None:
    try:
        picture = opened(seal_upload.reencode(sound[:position] + damage + sound[position + len(damage) :]))
    except NotASeal:
        return
    assert picture.mode == "RGBA"


def test_a_truncated_seal_is_refused_after_printing_too() -> None:
    import_module("filings.formats.pdf.weasyprint_engine")
    with pytest.raises(NotASeal):
        seal_upload.reencode(seal.draw(NAME)[:5000])
