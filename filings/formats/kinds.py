"""A document written as a file of any format. How files of others come in: opening.py.

Formats know nothing of each other; this module knows them all.
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
from filings.formats.xlsx import write as xlsx
from filings.table.layout.document import lay_out

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
    kind: str,
    document: FilingDocument,
    edition: Edition,
    *,
    stem: str,
    made_at: datetime,
    marks: pdf.Marks = pdf.UNMARKED,
    department_code: str = "",
) -> File:
    """A document as a file of a kind: pdf, xlsx, docx, html, txt, json, or csv with a row for each indicator.

    `stem` is its name without the ending. `marks` are for paper: only the PDF carries them; the department's code is
    for the list of indicators. Raises KeyError for another kind, and CannotPrint.
    """
    if kind == "pdf":
        content = pdf.write(document, edition, made_at=made_at, marks=marks)
    elif kind == "xlsx":
        content = xlsx.write(lay_out(document, edition), made_at=made_at)
    elif kind == "docx":
        content = docx.write(lay_out(document, edition), made_at=made_at)
    elif kind == "csv":
        content = rows_csv.write(document, edition, department_code=department_code).encode()
    else:
        content = _TEXTS[kind](document, edition).encode()
    return File(safe_name(stem, kind), CONTENT_TYPES[kind], content)


def _page(document: FilingDocument, edition: Edition) -> str:
    table = html.write(lay_out(document, edition, whole_texts=True))
    return html.page(table, title=edition.title_for(document.year), head=f"<style>{_page_style()}</style>")


@cache
def _page_style() -> str:
    return PAGE_STYLE.read_text(encoding="utf-8")


_TEXTS: dict[str, Callable[[FilingDocument, Edition], str]] = {
    "html": _page,
    "txt": lambda document, edition: text.write(lay_out(document, edition)),
    "json": lambda document, edition: canonical_json.dumps(document),
}
