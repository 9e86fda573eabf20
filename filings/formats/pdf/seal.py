"""Draw the demonstration seal, which imitates no real one.

An image of a seal has no legal effect. Its position on the page is set by page_source.py and paper.css.
"""

from io import BytesIO
from math import ceil, cos, hypot, pi, sin
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONT = Path(__file__).parents[1] / "fonts" / "NotoSerifSC-Regular.ttf"
DIAMETER_MM, DPI = 42, 600

_RED = (200, 22, 29)
# Drawn at twice the size and scaled down for smooth edges.
_SIZE = round(DIAMETER_MM / 25.4 * DPI)
_SCALE = 2
_WIDE = _SIZE * _SCALE
_MIDDLE = _WIDE / 2
_RING = 0.028 * _WIDE
_LARGEST_CHARACTER = 0.125 * _WIDE
# Radius of the circle that the upper edges of the name's characters touch.
_NAME_RADIUS = 0.4475 * _WIDE
# In radians: the longest arc of a name, and the angle between characters of a short name.
_LONGEST_ARC = 1.45 * pi
_WIDEST_STEP = 0.45
# Width of a character in relation to the distance of their middles at their lower edges.
_DENSITY = 0.97


def draw(name: str) -> bytes:
    """Draw the demonstration seal of a unit: a transparent PNG, 42 mm at 600 dpi, always the same bytes."""
    mask = Image.new("L", (_WIDE, _WIDE), 0)
    ring = ImageDraw.Draw(mask)
    ring.ellipse((_SCALE, _SCALE, _WIDE - _SCALE, _WIDE - _SCALE), outline=255, width=round(_RING))
    _write_on_arc(mask, "".join(name.split()))
    _write(mask, "演示", 0.25, 0.46, stroke=0.006)
    _write(mask, "演示专用", 0.075, 0.665, stroke=0.002)
    _write(mask, "无法律效力", 0.075, 0.765, stroke=0.002)
    seal = Image.new("RGBA", (_SIZE, _SIZE), (*_RED, 0))
    seal.putalpha(mask.resize((_SIZE, _SIZE), Image.Resampling.LANCZOS))
    return _png(seal)


def _png(image: Image.Image) -> bytes:
    png = BytesIO()
    image.save(png, "PNG", dpi=(DPI, DPI))
    return png.getvalue()


def _font(height: float) -> ImageFont.FreeTypeFont:
    """Load the font with the basic layout engine, which places characters alike on every machine."""
    return ImageFont.truetype(FONT, round(height), layout_engine=ImageFont.Layout.BASIC)


def _write(mask: Image.Image, text: str, size: float, middle: float, *, stroke: float) -> None:
    """Write a horizontal line of text; size, vertical centre and stroke width are fractions of the diameter."""
    centre = (_MIDDLE, middle * _WIDE)
    ImageDraw.Draw(mask).text(
        centre, text, fill=255, font=_font(size * _WIDE), anchor="mm", stroke_width=round(stroke * _WIDE)
    )


def _write_on_arc(mask: Image.Image, name: str) -> None:
    """Write the name along the upper edge, evenly spaced, characters facing the centre.

    Characters of a long name are as large as their distance allows, in both directions.
    """
    if not name:
        return
    step = min(_WIDEST_STEP, _LONGEST_ARC / len(name))
    size = min(_LARGEST_CHARACTER, _NAME_RADIUS * _DENSITY * step / (1 + _DENSITY * step))
    font, radius = _font(size), _NAME_RADIUS - size / 2
    for number, character in enumerate(name):
        angle = (number - (len(name) - 1) / 2) * step
        tile = _tile(character, font, size).rotate(-angle * 180 / pi, Image.Resampling.BICUBIC)
        left = _MIDDLE + radius * sin(angle) - tile.width / 2
        top = _MIDDLE - radius * cos(angle) - tile.height / 2
        mask.paste(255, (round(left), round(top)), tile)


def _tile(character: str, font: ImageFont.FreeTypeFont, size: float) -> Image.Image:
    """Draw a character in the middle of a square large enough to rotate it."""
    side = ceil(hypot(size, size) * 1.1)
    tile = Image.new("L", (side, side), 0)
    stroke = round(0.016 * size)
    ImageDraw.Draw(tile).text((side / 2, side / 2), character, fill=255, font=font, anchor="mm", stroke_width=stroke)
    return tile
