"""Files of the table in every format: a file of a department is opened here, and a document written as one.

Formats know nothing of each other; this module knows them all.
"""

from collections.abc import Callable
from datetime import datetime

from filings.document import canonical
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.formats import html, pdf, text, xlsx
from filings.formats.file import File, safe_name
from filings.table.grid import Grid
from filings.table.layout import lay_out

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
}


def write(
    kind: str,
    document: FilingDocument,
    edition: Edition,
    *,
    stem: str,
    made_at: datetime,
    marks: pdf.Marks = pdf.UNMARKED,
) -> File:
    """A document as a file of a kind: pdf, xlsx, html, txt or json. `stem` is its name without the ending.

    `marks` are for paper: only the PDF carries them. Raises KeyError for another kind, and CannotPrint.
    """
    if kind == "pdf":
        content = pdf.write(document, edition, made_at=made_at, marks=marks)
    elif kind == "xlsx":
        content = xlsx.write(lay_out(document, edition), made_at=made_at)
    else:
        content = _TEXTS[kind](document, edition).encode()
    return File(safe_name(stem, kind), CONTENT_TYPES[kind], content)


def read(data: bytes) -> Grid:
    """The cells of a file that holds a table. Raises text.NotText."""
    return text.read(text.decode(data))


def _page(document: FilingDocument, edition: Edition) -> str:
    return html.page(html.write(lay_out(document, edition)), title=edition.title_for(document.year))


_TEXTS: dict[str, Callable[[FilingDocument, Edition], str]] = {
    "html": _page,
    "txt": lambda document, edition: text.write(lay_out(document, edition)),
    "json": lambda document, edition: canonical.dumps(document),
}
