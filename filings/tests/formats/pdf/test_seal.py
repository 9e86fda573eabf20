"""The seal of the demonstration."""

from io import BytesIO

import pytest
from PIL import Image

from filings.formats.pdf import seal

NAME = "中共衡东县委组织部"


def opened(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


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


@pytest.mark.parametrize("length", [12, 24, 60])
def test_characters_of_a_long_name_are_as_wide_as_high(length: int) -> None:
    """The character in the middle is upright: 田 nearly fills its square."""
    alpha = opened(seal.draw("一" * (length // 2) + "田" + "一" * (length // 2))).getchannel("A")
    box = alpha.crop((496 - 60, 40, 496 + 60, 40 + 130)).point(lambda level: 255 if level > 127 else 0)
    middle = box.crop((60 - _reach(length), 0, 60 + _reach(length), 130)).getbbox()
    assert middle
    assert (middle[2] - middle[0]) / (middle[3] - middle[1]) == pytest.approx(0.95, abs=0.15)


def _reach(length: int) -> int:
    """Return half the distance of two characters, in pixels."""
    return round(1.45 * 3.1416 / (length + 1) * 0.42 * 992 / 2)
