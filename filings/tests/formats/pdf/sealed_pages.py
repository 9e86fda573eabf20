"""Pages with a seal: rendered pictures, the red of the seal and the position of the stamp, all in millimetres."""

from io import BytesIO

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

DPI = 127
PIXELS_PER_MM = DPI / 25.4
Box = tuple[float, float, float, float]


def red_picture(size: tuple[int, int]) -> bytes:
    """Draw a red ellipse that fills a picture of these proportions."""
    width, height = size[0] * 10, size[1] * 10
    picture = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((0, 0, width - 1, height - 1), fill=(255, 0, 0, 255))
    png = BytesIO()
    picture.save(png, "PNG")
    return png.getvalue()


def rendered(content: bytes) -> list[Image.Image]:
    """Render each page as an image."""
    with pypdfium2.PdfDocument(content) as opened:
        return [page.render(scale=DPI / 72).to_pil().convert("RGB") for page in opened]


def red_box(page: Image.Image) -> Box | None:
    """Return the box of the red pixels of a page; None if there are none."""
    red, green, _ = page.split()
    box = ImageChops.subtract(red, green).point(lambda level: 255 if level > 100 else 0).getbbox()
    return (
        (box[0] / PIXELS_PER_MM, box[1] / PIXELS_PER_MM, box[2] / PIXELS_PER_MM, box[3] / PIXELS_PER_MM)
        if box
        else None
    )


def text_box(content: bytes, text: str, page: int = 0) -> Box:
    """Return the box of the first occurrence of a text on a page."""
    with pypdfium2.PdfDocument(content) as opened:
        height = opened[page].get_height()
        texts = opened[page].get_textpage()
        found = texts.search(text).get_next()
        assert found, f"{text} is not on page {page}"
        boxes = [texts.get_charbox(index, loose=True) for index in range(found[0], found[0] + found[1])]
    points = [(left, height - top, right, height - bottom) for left, bottom, right, top in boxes]
    left, top = min(box[0] for box in points), min(box[1] for box in points)
    right, bottom = max(box[2] for box in points), max(box[3] for box in points)
    return left / 72 * 25.4, top / 72 * 25.4, right / 72 * 25.4, bottom / 72 * 25.4


def centre(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def dark_pixels(page: Image.Image) -> Image.Image:
    """Mark the pixels of black print: dark also in red, which a red seal is not."""
    red, _, _ = page.split()
    return red.point(lambda level: 255 if level < 90 else 0).convert("1")
