"""预览打印样张: the empty printed form of an edition, on the screen and as PDF."""

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from filings.document.content import FilingDocument, compose
from filings.document.edition import Edition
from filings.document.next_year import year_of
from filings.formats import download_formats, html
from filings.formats.file import File
from filings.formats.pdf import write as pdf
from filings.table.layout.document import lay_out


def year_for(edition: Edition) -> int:
    """The year that a sample carries in its title: the form's own where its code has one."""
    return year_of(edition.code) or timezone.localdate().year


def on_screen(edition: Edition) -> SafeString:
    """The empty form as HTML."""
    written = html.write(lay_out(_empty(edition), edition), heading="h2")
    return mark_safe(written)  # noqa: S308 — html.write escapes whatever comes out of a cell


def on_paper(edition: Edition) -> File:
    """The empty form as PDF, marked as a draft. Raises CannotPrint."""
    overlay = pdf.PageOverlay(is_draft=True)
    return download_formats.write(
        "pdf", _empty(edition), edition, stem=edition.name, made_at=timezone.now(), overlay=overlay
    )


def _empty(edition: Edition) -> FilingDocument:
    return compose(edition, year=year_for(edition), fields={}, amounts={})
