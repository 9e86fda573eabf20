"""Looking at a PDF as a reader and as a printer would, by poppler's programs."""

import re
import shutil
import subprocess
from io import BytesIO

import pytest
from PIL import Image

needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
_PAGE_NUMBER = re.compile(r"第\d+页共\d+页$")


def page_texts(content: bytes) -> list[str]:
    """The text of each page in reading order, without white space and without the page number."""
    pages = _run("pdftotext", "-raw", "-enc", "UTF-8", "-", "-", given=content).decode().split("\f")
    return [_PAGE_NUMBER.sub("", "".join(page.split())) for page in pages if page.strip()]


def pictures(content: bytes, dpi: int = 100) -> list[Image.Image]:
    """Each page as a picture."""
    data = _run("pdftoppm", "-r", str(dpi), "-", given=content)
    found: list[Image.Image] = []
    while data:
        header = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", data)
        assert header
        end = header.end() + 3 * int(header[1]) * int(header[2])
        found.append(Image.open(BytesIO(data[:end])))
        data = data[end:]
    return found


def _run(*command: str, given: bytes) -> bytes:
    return subprocess.run(command, input=given, capture_output=True, check=True).stdout
