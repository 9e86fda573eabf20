"""The pages of a PDF as pictures, drawn by PDFium: what is looked at on the screen is the file that is printed."""

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageChops

from filings.formats.file import CannotPrint
from filings.formats.pdf.pdfium import LONGEST_WAIT, ONE_AT_A_TIME

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

# An A4 page is shown 794 pixels wide; half as many again keep its small characters crisp.
WIDTH, HEIGHT = 794, 1123
SCALE = 1.5 * 96 / 72
# As many as a table of 300 indicators has; a page takes 30 to 50 ms and 100 to 200 kB.
MOST_PAGES = 20
# Pixels: nothing of ours is larger than A4.
LONGEST_SIDE = 1700

# Sixteen greys are as smooth to the eye as 256 and take two thirds of the space.
_NEAREST_GREY = [(level + 8) // 17 for level in range(256)]
_GREYS = [level * 17 for level in range(16) for _ in "RGB"]


@dataclass(frozen=True)
class Pictures:
    """PNG files of the first pages, and how many pages there are."""

    pages: tuple[bytes, ...]
    count: int


def draw(content: bytes) -> Pictures:
    """The pages of a PDF, at most MOST_PAGES of them, at 144 dpi: in greys, and in colours where a page has any.

    Raises CannotPrint when the bytes are no PDF, or when the drawing before this one takes too long.
    """
    import pypdfium2  # loads a large library, and everything but this works without it

    if not ONE_AT_A_TIME.acquire(timeout=LONGEST_WAIT):
        raise CannotPrint("正在画别的表的样张，轮不到这一份。请过一分钟再试。")
    try:
        with pypdfium2.PdfDocument(content) as opened:
            count = len(opened)
            return Pictures(tuple(_draw(opened[at]) for at in range(min(count, MOST_PAGES))), count)
    except pypdfium2.PdfiumError as error:
        raise CannotPrint(f"打印文件画不成样张：{error}") from error
    finally:
        ONE_AT_A_TIME.release()


def _draw(page: "PdfPage") -> bytes:
    bitmap = page.render(scale=min(SCALE, LONGEST_SIDE / max(page.get_size())))
    try:
        return _png(bitmap.to_pil())
    finally:
        # Left to the collector, they would be freed at any time, while another thread draws.
        bitmap.close()
        page.close()


def _png(picture: Image.Image) -> bytes:
    written = BytesIO()
    if _is_grey(picture):
        shades = picture.convert("L").point(_NEAREST_GREY)
        shades.putpalette(_GREYS)
        shades.save(written, "PNG", bits=4)
    else:
        colours = picture.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        colours.save(written, "PNG")
    return written.getvalue()


def _is_grey(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    return not (ImageChops.difference(red, green).getbbox() or ImageChops.difference(green, blue).getbbox())
