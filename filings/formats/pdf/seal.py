"""Images of seals: draw the demonstration seal, which imitates no real one, and re-encode uploaded images.

An image of a seal has no legal effect. Its position on the page is set by formats/pdf/write.py and paper.css.
"""

import warnings
from io import BytesIO
from math import cos, hypot, pi, sin
from pathlib import Path
from struct import error as StructError
from zlib import error as ZlibError

from PIL import Image, ImageDraw, ImageFont, ImageOps

FONT = Path(__file__).parents[1] / "fonts" / "NotoSerifSC-Regular.ttf"
DIAMETER_MM, DPI = 42, 600
LARGEST_FILE = 5 * 1024 * 1024
LARGEST_SIDE = 4000

_RED = (200, 22, 29)
# Drawn at twice the size and scaled down for smooth edges.
_SIZE = round(DIAMETER_MM / 25.4 * DPI)
_SCALE = 2
_WIDE = _SIZE * _SCALE
_MIDDLE = _WIDE / 2
_RING = 0.028 * _WIDE
_NAME_HEIGHT = 0.125 * _WIDE
_NAME_RADIUS = 0.385 * _WIDE
# In radians: the longest arc of a name, and the angle between characters of a short name.
_LONGEST_ARC = 1.45 * pi
_WIDEST_STEP = 0.4


class NotASeal(ValueError):
    """The image cannot be used as a seal; the message gives the reason in Chinese."""


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


def reencode(data: bytes) -> bytes:
    """Re-encode an uploaded PNG or JPEG as an upright PNG without any metadata. Raises NotASeal."""
    if len(data) > LARGEST_FILE:
        raise NotASeal(f"图片有 {len(data) / 1024 / 1024:.1f} MB，超过上限 5 MB。请缩小后再上传。")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _png(_pixels(data))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise NotASeal(f"图片的像素太多。每边请不超过 {LARGEST_SIDE} 像素。") from error
    except NotASeal:
        raise
    # Exceptions that Pillow raises for damaged files.
    except (OSError, SyntaxError, ValueError, KeyError, IndexError, TypeError, StructError, ZlibError) as error:
        raise NotASeal("文件不是完好的 PNG 或 JPEG 图片。请用图片软件另存为 PNG 后再上传。") from error


def _pixels(data: bytes) -> Image.Image:
    with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as opened:
        if max(opened.size) > LARGEST_SIDE:
            wide, high = opened.size
            raise NotASeal(f"图片有 {wide}×{high} 像素，每边请不超过 {LARGEST_SIDE} 像素。")
        upright = ImageOps.exif_transpose(opened).convert("RGBA")
    # A new image has no colour profile, location or comment.
    pixels = Image.new("RGBA", upright.size)
    pixels.paste(upright)
    return pixels


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
    """Write the name along the upper edge, characters facing the centre, narrowed if the name is long."""
    if not name:
        return
    step = min(_WIDEST_STEP, _LONGEST_ARC / len(name))
    font = _font(_NAME_HEIGHT)
    width = min(_NAME_HEIGHT, 0.94 * step * _NAME_RADIUS)
    for number, character in enumerate(name):
        angle = (number - (len(name) - 1) / 2) * step
        tile = _tile(character, font, width).rotate(-angle * 180 / pi, Image.Resampling.BICUBIC)
        left = _MIDDLE + _NAME_RADIUS * sin(angle) - tile.width / 2
        top = _MIDDLE - _NAME_RADIUS * cos(angle) - tile.height / 2
        mask.paste(255, (round(left), round(top)), tile)


def _tile(character: str, font: ImageFont.FreeTypeFont, width: float) -> Image.Image:
    """Draw a character in the middle of a square large enough to rotate it."""
    side = round(_NAME_HEIGHT * 1.3)
    square = Image.new("L", (side, side), 0)
    ImageDraw.Draw(square).text(
        (side / 2, side / 2), character, fill=255, font=font, anchor="mm", stroke_width=round(0.002 * _WIDE)
    )
    narrow = square.resize((max(1, round(side * width / _NAME_HEIGHT)), side), Image.Resampling.LANCZOS)
    diagonal = round(hypot(side, side))
    tile = Image.new("L", (diagonal, diagonal), 0)
    tile.paste(narrow, ((diagonal - narrow.width) // 2, (diagonal - side) // 2))
    return tile
