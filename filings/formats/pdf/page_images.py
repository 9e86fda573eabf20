"""Render the pages of a PDF as PNG images with PDFium, so that the preview shows exactly the file that is printed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageChops

from filings.formats.file import CannotPrint
from filings.formats.pdf.pdfium import LONGEST_WAIT, ONE_AT_A_TIME

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

# CSS pixels of an A4 page in the preview. Images have 1.5 times as many, to keep small characters sharp.
WIDTH, HEIGHT = 794, 1123
SCALE = 1.5 * 96 / 72
# The length of a table of 300 indicators; a page takes 30 to 50 ms and 100 to 200 kB.
MOST_PAGES = 20
# Limit in pixels for pages larger than A4, which this program never writes.
LONGEST_SIDE = 1700

# Between stacked pages: pixels and colour.
_GAP, _BETWEEN = 24, (222, 222, 222)

# 16 shades of grey look as smooth as 256 and take two thirds of the space.
_NEAREST_GREY = [(level + 8) // 17 for level in range(256)]
_GREYS = [level * 17 for level in range(16) for _ in "RGB"]


@dataclass(frozen=True)
class RenderedPages:
    """PNG images of the first pages of a PDF, and the number of all its pages."""

    images: tuple[bytes, ...]
    page_count: int


def render(content: bytes) -> RenderedPages:
    """Render at most MOST_PAGES pages of a PDF at 144 dpi, in grey unless a page has colours. Raises CannotPrint."""
    return _render_pages(content, lambda count: range(min(count, MOST_PAGES)))


def render_ends(content: bytes) -> bytes:
    """Render the first and the last page of a PDF as one PNG image. Raises CannotPrint."""
    return _stack(_render_pages(content, lambda count: sorted({0, count - 1})).images)


def _render_pages(content: bytes, choose: Callable[[int], Iterable[int]]) -> RenderedPages:
    """Render the pages that `choose` selects from the number of all pages.

    Raises CannotPrint if the bytes are not a PDF, or if another rendering holds PDFium for too long.
    """
    import pypdfium2  # imported late: it loads a large library that only this function needs

    if not ONE_AT_A_TIME.acquire(timeout=LONGEST_WAIT):
        raise CannotPrint("正在生成其他表的样张，请一分钟后重试。")
    try:
        with pypdfium2.PdfDocument(content) as opened:
            count = len(opened)
            return RenderedPages(tuple(_render(opened[index]) for index in choose(count)), count)
    except pypdfium2.PdfiumError as error:
        raise CannotPrint(f"打印文件无法生成样张：{error}") from error
    finally:
        ONE_AT_A_TIME.release()


def _stack(images: Sequence[bytes]) -> bytes:
    """Put PNG images of pages below each other on grey, as one PNG."""
    pages = [Image.open(BytesIO(image)).convert("RGB") for image in images]
    height = sum(page.height for page in pages) + _GAP * (len(pages) - 1)
    stacked = Image.new("RGB", (max(page.width for page in pages), height), _BETWEEN)
    top = 0
    for page in pages:
        stacked.paste(page, (0, top))
        top += page.height + _GAP
    return _png(stacked)


def _render(page: "PdfPage") -> bytes:
    bitmap = page.render(scale=min(SCALE, LONGEST_SIDE / max(page.get_size())))
    try:
        return _png(bitmap.to_pil())
    finally:
        # The garbage collector could free them at any time, outside the lock.
        bitmap.close()
        page.close()


def _png(image: Image.Image) -> bytes:
    png = BytesIO()
    if _is_grey(image):
        shades = image.convert("L").point(_NEAREST_GREY)
        shades.putpalette(_GREYS)
        shades.save(png, "PNG", bits=4)
    else:
        colours = image.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        colours.save(png, "PNG")
    return png.getvalue()


def _is_grey(image: Image.Image) -> bool:
    red, green, blue = image.split()
    return not (ImageChops.difference(red, green).getbbox() or ImageChops.difference(green, blue).getbbox())
