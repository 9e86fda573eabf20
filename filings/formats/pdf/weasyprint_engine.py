"""Run WeasyPrint with bundled fonts and images only, serialised, with its logged errors raised.

Importing this module takes half a second and needs Pango: import it late.
"""

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Lock

FONTS = Path(__file__).parents[1] / "fonts"
STYLES = Path(__file__).parents[1] / "paper.css"
# Pango reads this once, when it is loaded.
os.environ["FONTCONFIG_FILE"] = str(FONTS / "fonts.conf")

# Imported after FONTCONFIG_FILE is set.
from PIL import ImageFile  # noqa: E402
from weasyprint import CSS, HTML, Attachment  # noqa: E402
from weasyprint.document import Document  # noqa: E402
from weasyprint.text.fonts import FontConfiguration  # noqa: E402
from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: E402

from filings.formats.file import CannotPrint  # noqa: E402

# WeasyPrint sets this for the whole process when imported; uploaded seals must not be accepted truncated.
ImageFile.LOAD_TRUNCATED_IMAGES = False

# Pango's font map is not thread-safe, and layout holds the interpreter lock in any case.
_ONE_AT_A_TIME = Lock()
# Seconds to wait for the table that is being printed.
LONGEST_WAIT = 60
_LOGGER = logging.getLogger("weasyprint")
# It logs eleven steps for each table.
logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)


class _ErrorCollector(logging.Handler):
    """Collects the errors that WeasyPrint only logs before it prints without the part that failed."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR or "notdef" in record.msg or "HarfBuzz" in record.msg:
            self.messages.append(record.getMessage()[:200])


class _ImageFetcher(URLFetcher):  # type: ignore[misc] # the library is not typed
    """Serves the given PNG and SVG images by address and refuses every other URL."""

    def __init__(self, images: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=())
        self._images = images

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        if url not in self._images:
            raise ValueError(f"not one of our files: {url[:200]}")
        image = self._images[url]
        kind = "image/svg+xml" if image.startswith(b"<svg") else "image/png"
        return URLFetcherResponse(url, image, {"Content-Type": kind})


NO_IMAGES = _ImageFetcher({})


@contextmanager
def print_job() -> Iterator[None]:
    """Hold the printing lock, and raise CannotPrint for errors that WeasyPrint logs meanwhile.

    Errors include missing glyphs and the slow fallback without HarfBuzz. CannotPrint is also raised when the lock is
    not free within LONGEST_WAIT seconds.
    """
    errors = _ErrorCollector()
    if not _ONE_AT_A_TIME.acquire(timeout=LONGEST_WAIT):
        raise CannotPrint("正在打印其他表，请一分钟后重试。")
    _LOGGER.addHandler(errors)
    try:
        yield
    finally:
        _LOGGER.removeHandler(errors)
        _ONE_AT_A_TIME.release()
    if errors.messages:
        raise CannotPrint(f"打印程序报告了问题，没有生成文件：{'; '.join(errors.messages[:5])}")


def render(html: str, images: Mapping[str, bytes]) -> Document:
    """Lay out an HTML document; `images` are PNG and SVG files by the addresses that the document uses."""
    fonts, styles = _fonts_and_styles()
    source = HTML(string=html, url_fetcher=_ImageFetcher(images))
    return source.render(font_config=fonts, stylesheets=[styles])


def write_pdf(pages: Document, attachments: Mapping[str, str], made_at: datetime) -> bytes:
    """Write rendered pages as PDF/A-3u with text attachments by file name. The same input gives the same bytes."""
    pages.metadata.attachments = [
        Attachment(
            string=text, name=name, created=made_at, modified=made_at, relationship="Source", url_fetcher=NO_IMAGES
        )
        for name, text in attachments.items()
    ]
    identifier = sha256("".join(attachments.values()).encode()).digest()[:16]
    return bytes(pages.write_pdf(pdf_variant="pdf/a-3u", pdf_tags=True, pdf_identifier=identifier))


@cache
def _fonts_and_styles() -> tuple[FontConfiguration, CSS]:
    """Load fonts and style sheet once per process; loading them for each table makes memory grow with every table."""
    fonts = FontConfiguration()
    styles = STYLES.read_text(encoding="utf-8")
    return fonts, CSS(string=styles, font_config=fonts, url_fetcher=NO_IMAGES)
