"""Re-encode uploaded pictures of seals."""

import warnings
from io import BytesIO
from struct import error as StructError
from zlib import error as ZlibError

from PIL import Image, ImageOps

from filings.formats.pdf import seal_ground

LARGEST_FILE = 5 * 1024 * 1024
LARGEST_SIDE = 4000
# 45 mm, the widest seal, at 600 dpi.
DPI = 600
MOST_PIXELS = round(45 / 25.4 * DPI)


class NotASeal(ValueError):
    """The image cannot be used as a seal; the message gives the reason in Chinese."""


def reencode(data: bytes) -> bytes:
    """Re-encode an uploaded PNG or JPEG as an upright PNG of the seal alone: without paper, border and metadata.

    Raises NotASeal.
    """
    if len(data) > LARGEST_FILE:
        raise NotASeal(f"图片有 {len(data) / 1024 / 1024:.1f} MB，超过上限 5 MB。请缩小后再上传。")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _png(_picture(_pixels(data)))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise NotASeal(f"图片的像素太多。每边请不超过 {LARGEST_SIDE} 像素。") from error
    except NotASeal:
        raise
    # Exceptions that Pillow raises for damaged files.
    except (OSError, SyntaxError, ValueError, KeyError, IndexError, TypeError, StructError, ZlibError) as error:
        raise NotASeal("文件不是完好的 PNG 或 JPEG 图片。请用图片软件另存为 PNG 后再上传。") from error


def _picture(image: Image.Image) -> Image.Image:
    """Remove the paper around the seal, cut the picture to the seal, and limit its resolution."""
    seal = seal_ground.remove(image)
    box = seal_ground.inked_box(seal)
    if box is None:
        raise NotASeal("图片里看不出印章。请用白纸盖一个清楚的章，扫描或拍照后再上传。")
    cut = seal.crop(box)
    if max(cut.size) > MOST_PIXELS:
        cut.thumbnail((MOST_PIXELS, MOST_PIXELS), Image.Resampling.LANCZOS)
    return cut


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
