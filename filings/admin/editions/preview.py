"""预览打印样张: render a blank table of an edition as HTML and PDF."""

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from filings.document.content import FilingDocument, compose
from filings.document.edition import Edition
from filings.document.next_year import year_of
from filings.formats import download_formats, html
from filings.formats.file import File
from filings.formats.pdf.overlay import PageOverlay
from filings.table.layout.document import lay_out


def year_for(edition: Edition) -> int:
    """Return the year for the sample's title: the one in the edition's code, else the current year."""
    return year_of(edition.code) or timezone.localdate().year


def sample_html(edition: Edition) -> SafeString:
    """Render a blank table as HTML."""
    table = html.write(lay_out(_blank(edition), edition), heading="h2")
    return mark_safe(table)  # noqa: S308 — html.write escapes the text of cells


def sample_pdf(edition: Edition) -> File:
    """Print a blank table as PDF, marked as a draft. Raises CannotPrint."""
    overlay = PageOverlay(is_draft=True)
    return download_formats.write(
        "pdf", _blank(edition), edition, stem=edition.name, made_at=timezone.now(), overlay=overlay
    )


def _blank(edition: Edition) -> FilingDocument:
    return compose(edition, year=year_for(edition), fields={}, amounts={})
