"""Extract the text and images of PDF pages with poppler, independently of the engines that the program uses."""

import re
import shutil
import subprocess
from io import BytesIO

import pytest
from PIL import Image

needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
_PAGE_NUMBER = re.compile(r"第\d+页共\d+页$")


def page_texts(content: bytes) -> list[str]:
    """Return the text of each page in reading order, without white space and page number."""
    pages = _run("pdftotext", "-raw", "-enc", "UTF-8", "-", "-", given=content).decode().split("\f")
    return [_PAGE_NUMBER.sub("", "".join(page.split())) for page in pages if page.strip()]


def pictures(content: bytes, dpi: int = 100) -> list[Image.Image]:
    """Render each page as an image."""
    data = _run("pdftoppm", "-r", str(dpi), "-", given=content)
    images: list[Image.Image] = []
    while data:
        header = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", data)
        assert header
        end = header.end() + 3 * int(header[1]) * int(header[2])
        images.append(Image.open(BytesIO(data[:end])))
        data = data[end:]
    return images


def assert_closed(page: Image.Image) -> None:
    """Assert that the four outer borders of the table are unbroken from corner to corner."""
    dark = page.convert("L").point(lambda level: 255 if level < 200 else 0)
    width, height = dark.size
    left = next(x for x in range(width) if _longest_run(dark.crop((x, 0, x + 1, height))) > 40)
    right = next(x for x in reversed(range(width)) if _longest_run(dark.crop((x, 0, x + 1, height))) > 40)
    top = next(y for y in range(height) if _longest_run(dark.crop((0, y, width, y + 1))) > 0.7 * width)
    bottom = next(y for y in reversed(range(height)) if _longest_run(dark.crop((0, y, width, y + 1))) > 0.7 * width)
    for x in (left, right):
        assert _longest_run(dark.crop((x, top, x + 1, bottom + 1))) >= bottom - top, f"the border at {x} has a gap"
    for y in (top, bottom):
        assert _longest_run(dark.crop((left, y, right + 1, y + 1))) >= right - left, f"the border at {y} has a gap"


def _longest_run(pixels: Image.Image) -> int:
    return max(map(len, bytes(pixels.tobytes()).replace(b"\xff", b"#").replace(b"\x00", b" ").split()), default=0)


def _run(*command: str, given: bytes) -> bytes:
    return subprocess.run(command, input=given, capture_output=True, check=True).stdout
