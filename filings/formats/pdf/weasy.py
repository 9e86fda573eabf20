"""WeasyPrint on a short leash: our fonts alone, our pictures alone, one table at a time, and no fault unnoticed.

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

# These come after the fonts are chosen.
from PIL import ImageFile  # noqa: E402
from weasyprint import CSS, HTML, Attachment  # noqa: E402
from weasyprint.document import Document  # noqa: E402
from weasyprint.text.fonts import FontConfiguration  # noqa: E402
from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: E402

from filings.formats.file import CannotPrint  # noqa: E402

# Importing WeasyPrint lets the whole process take pictures that are cut short: an uploaded seal must not be one.
ImageFile.LOAD_TRUNCATED_IMAGES = False

# Pango's font map is not made for several threads, and layout holds the interpreter anyway.
_ONE_AT_A_TIME = Lock()
# Seconds to wait for the table that is being printed.
LONGEST_WAIT = 60
_LOGGER = logging.getLogger("weasyprint")
# It reports eleven steps for each table.
logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)


class _Faults(logging.Handler):
    """Keeps what WeasyPrint only logs: it swallows errors and prints without the thing that failed."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR or "notdef" in record.msg or "HarfBuzz" in record.msg:
            self.messages.append(record.getMessage()[:200])


class _OnlyOurs(URLFetcher):  # type: ignore[misc] # the library is not typed
    """Serves the pictures that a table was given, by name, and refuses everything else."""

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=())
        self._pictures = pictures

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        if url not in self._pictures:
            raise ValueError(f"not one of our files: {url[:200]}")
        return URLFetcherResponse(url, self._pictures[url], {"Content-Type": "image/png"})


NOTHING = _OnlyOurs({})


@contextmanager
def supervised() -> Iterator[None]:
    """Print inside this, one table at a time. Raises CannotPrint for an error, a missing glyph, a slow
    fallback, or when the table before it takes too long."""
    faults = _Faults()
    if not _ONE_AT_A_TIME.acquire(timeout=LONGEST_WAIT):
        raise CannotPrint("正在打印别的表，轮不到这一份。请过一分钟再试。")
    _LOGGER.addHandler(faults)
    try:
        yield
    finally:
        _LOGGER.removeHandler(faults)
        _ONE_AT_A_TIME.release()
    if faults.messages:
        raise CannotPrint(f"打印程序报告了问题，没有生成文件：{'; '.join(faults.messages[:5])}")


def lay_out(html: str, pictures: Mapping[str, bytes]) -> Document:
    """Lays out the pages of an HTML document; `pictures` are PNG files by the addresses that the document uses."""
    fonts, styles = _engine()
    source = HTML(string=html, url_fetcher=_OnlyOurs(pictures))
    return source.render(font_config=fonts, stylesheets=[styles])


def finish(pages: Document, attached: Mapping[str, str], made_at: datetime) -> bytes:
    """Draws the pages as PDF/A-3u with texts attached, by their file names. The same input gives the same bytes."""
    pages.metadata.attachments = [
        Attachment(
            string=text, name=name, created=made_at, modified=made_at, relationship="Source", url_fetcher=NOTHING
        )
        for name, text in attached.items()
    ]
    identifier = sha256("".join(attached.values()).encode()).digest()[:16]
    drawn = pages.write_pdf(pdf_variant="pdf/a-3u", pdf_tags=True, pdf_identifier=identifier)
    return bytes(drawn)


@cache
def _engine() -> tuple[FontConfiguration, CSS]:
    """One font configuration and one parsed style sheet a process: without that, memory grows with every table."""
    fonts = FontConfiguration()
    styles = STYLES.read_text(encoding="utf-8")
    return fonts, CSS(string=styles, font_config=fonts, url_fetcher=NOTHING)
