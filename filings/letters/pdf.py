"""Print a letter as PDF/A through the engine of the official table, which fetches nothing."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.template.loader import render_to_string

from filings.formats.file import CannotPrint
from filings.formats.pdf import check_glyphs
from filings.letters import plain_text
from filings.letters.letter import Letter

ATTACHMENT = "letter.txt"


def write(letter: Letter, *, made_at: datetime) -> bytes:
    """Return the PDF with its plain text attached. The same input gives the same bytes. Raises CannotPrint."""
    instead, text = "请改下载 Word 或文本。", plain_text.write(letter)
    return print_page("filings/letters/letter.html", asdict(letter), text, made_at=made_at, instead=instead)


def print_page(template: str, context: Mapping[str, object], text: str, *, made_at: datetime, instead: str) -> bytes:
    """Print a template with `text`, all that it shows, as the attachment.

    Raises CannotPrint; `instead` is what to do if characters cannot be printed.
    """
    if missing := check_glyphs.unprintable(text):
        raise CannotPrint(f"有 {len(missing)} 个字符无法打印：「{missing[:20]}」。{instead}")
    # Slow to import, as in formats.pdf.write.
    from filings.formats.pdf import weasyprint_engine

    page = render_to_string(template, dict(context))
    with weasyprint_engine.print_job():
        pages = weasyprint_engine.render(page, {})
        return weasyprint_engine.write_pdf(pages, {ATTACHMENT: text}, made_at)
