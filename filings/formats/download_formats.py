"""The formats in which a document can be downloaded, by file extension.

This is the only module that knows all writers; they do not import each other. Reading files is done by uploads.py.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

from filings.document import canonical_json
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.formats import html, rows_csv, text
from filings.formats.docx import write as docx
from filings.formats.file import File, safe_name
from filings.formats.pdf import write as pdf
from filings.formats.pdf.overlay import NO_OVERLAY, PageOverlay
from filings.formats.xlsx import write as xlsx
from filings.table.layout.document import lay_out
from filings.table.marks import Marks

PAGE_STYLE = Path(__file__).parent / "page.css"
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}


def write(
    extension: str,
    document: FilingDocument,
    edition: Edition,
    *,
    stem: str,
    made_at: datetime,
    overlay: PageOverlay = NO_OVERLAY,
    department_code: str = "",
) -> File:
    """Write a document in one of CONTENT_TYPES; CSV lists only its indicators, one per row.

    `stem` is the file name without the extension. `overlay` applies to PDF, Excel, Word and HTML, its
    seal to PDF only; `department_code` applies to CSV only.
    Raises KeyError for an unknown extension, and CannotPrint.
    """
    if extension == "pdf":
        content = pdf.write(document, edition, made_at=made_at, overlay=overlay)
    elif extension == "xlsx":
        content = xlsx.write(lay_out(document, edition), made_at=made_at, marks=overlay)
    elif extension == "docx":
        content = docx.write(lay_out(document, edition), made_at=made_at, marks=overlay)
    elif extension == "html":
        content = _page(document, edition, overlay).encode()
    elif extension == "csv":
        content = rows_csv.write(document, edition, department_code=department_code).encode()
    else:
        content = _TEXT_WRITERS[extension](document, edition).encode()
    return File(safe_name(stem, extension), CONTENT_TYPES[extension], content)


def _page(document: FilingDocument, edition: Edition, marks: Marks) -> str:
    table = html.write(lay_out(document, edition, whole_texts=True))
    body = f"{html.draft_mark() if marks.is_draft else ''}{table}{html.footer(marks.footer)}"
    return html.page(body, title=edition.title_for(document.year), head=f"<style>{_page_style()}</style>")


@cache
def _page_style() -> str:
    return PAGE_STYLE.read_text(encoding="utf-8")


_TEXT_WRITERS: dict[str, Callable[[FilingDocument, Edition], str]] = {
    "txt": lambda document, edition: text.write(lay_out(document, edition)),
    "json": lambda document, edition: canonical_json.dumps(document),
}
