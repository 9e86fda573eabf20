"""Build PDF files for tests: our own, tables drawn from HTML, scans, and small handwritten files."""

from datetime import datetime
from html import escape
from io import BytesIO

from PIL import Image
from pypdf import PdfReader, PdfWriter

from filings.document.content import FilingDocument
from filings.formats import html
from filings.formats.pdf import weasyprint_engine
from filings.formats.pdf import write as pdf
from filings.formats.pdf.overlay import NO_OVERLAY, PageOverlay
from filings.tests.founding import EDITION

MADE_AT = datetime(2022, 3, 1, 8, 0, 0)


def printed(document: FilingDocument, overlay: PageOverlay = NO_OVERLAY) -> bytes:
    """Print a document as this program does."""
    return pdf.write(document, EDITION, made_at=MADE_AT, overlay=overlay)


def drawn(body: str) -> bytes:
    """Print an HTML page as PDF; `table` and its cells have rules of 1 px."""
    style = "<style>table{border-collapse:collapse}td{border:1px solid;padding:2px 4px;vertical-align:top}</style>"
    with weasyprint_engine.print_job():
        return weasyprint_engine.write_pdf(
            weasyprint_engine.render(html.page(body, title="t", head=style), {}), {}, MADE_AT
        )


def table(*rows: str) -> str:
    """Build an HTML table; each row is given as its cells' tags, or as texts separated by `|`."""
    cells = (
        row if row.startswith("<") else "".join(f"<td>{escape(text)}</td>" for text in row.split("|")) for row in rows
    )
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def scanned(pages: int = 1) -> bytes:
    """Build a PDF of grey pictures without text."""
    written = BytesIO()
    page = Image.new("L", (60, 80), 200)
    page.save(written, "PDF", save_all=True, append_images=[page] * (pages - 1))
    return written.getvalue()


def locked(content: bytes, password: str) -> bytes:
    """Encrypt a file with a user password."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    return _bytes(writer)


def bound(*contents: bytes) -> bytes:
    """Join the pages of several files."""
    writer = PdfWriter()
    for content in contents:
        writer.append(BytesIO(content))
    return _bytes(writer)


def with_attachment(content: bytes, name: str, attached: bytes) -> bytes:
    """Attach a file to a PDF."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    writer.add_attachment(name, attached)
    return _bytes(writer)


def with_page(stream: str, font: str = "/Type /Font /Subtype /Type1 /BaseFont /Helvetica") -> bytes:
    """Build a file with one page of 300 by 300 points and a font F from a content stream."""
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R "
        f"/Resources << /Font << /F << {font} >> >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
    )
    body = "".join(f"{number} 0 obj\n{text}\nendobj\n" for number, text in enumerate(objects, start=1))
    return f"%PDF-1.4\n{body}trailer << /Root 1 0 R /Size 5 >>\nstartxref\n0\n%%EOF\n".encode("latin-1")


def _bytes(writer: PdfWriter) -> bytes:
    written = BytesIO()
    writer.write(written)
    return written.getvalue()
