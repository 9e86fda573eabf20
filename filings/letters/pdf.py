"""Print a letter as PDF/A through the engine of the official table, which fetches nothing."""

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
    text = plain_text.write(letter)
    if missing := check_glyphs.unprintable(text):
        raise CannotPrint(f"有 {len(missing)} 个字符无法打印：「{missing[:20]}」。请改下载 Word 或文本。")
    # Slow to import, as in formats.pdf.write.
    from filings.formats.pdf import weasyprint_engine

    page = render_to_string("filings/letters/letter.html", asdict(letter))
    with weasyprint_engine.print_job():
        pages = weasyprint_engine.render(page, {})
        return weasyprint_engine.write_pdf(pages, {ATTACHMENT: text}, made_at)
