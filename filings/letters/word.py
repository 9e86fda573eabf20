"""Write a letter as a Word document in the layout of an official letter: 宋体 title, 仿宋 body of 三号."""

from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from filings.formats.office_package import repack, xml_text
from filings.letters.letter import Letter, LetterTable

BODY, TITLE = "仿宋", "宋体"
_BODY_SIZE, _TITLE_SIZE, _TABLE_SIZE = Pt(16), Pt(22), Pt(12)
# Two characters of the body.
_INDENT = Pt(32)
_WIDTHS = (Mm(12), Mm(44), Mm(54), Mm(50))


def write(letter: Letter, *, made_at: datetime) -> bytes:
    """Return the document. The same input gives the same bytes; `made_at` is the date stored in the file."""
    document = _empty(letter.title, made_at)
    _add_title(document, "\n".join(letter.title_lines))
    _add(document, letter.salutation, indent=False)
    for text in letter.opening:
        _add(document, text)
    if letter.table:
        _add_table(document, letter.table)
    for section in letter.sections:
        _add(document, section.heading, bold=True)
        for point in section.points:
            _add(document, point)
    for text in letter.closing:
        _add(document, text)
    for text in (letter.signature, letter.date):
        _add(document, text, indent=False).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    saved = BytesIO()
    document.save(saved)
    return repack(saved)


def _empty(title: str, made_at: datetime) -> WordDocument:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    properties = document.core_properties
    properties.title, properties.language = xml_text(title)[:255], "zh-CN"
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = made_at.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    return document


def _add_title(document: WordDocument, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(16)
    _write(paragraph, text, TITLE, _TITLE_SIZE, bold=True)


def _add(document: WordDocument, text: str, *, indent: bool = True, bold: bool = False) -> Paragraph:
    paragraph = document.add_paragraph()
    layout = paragraph.paragraph_format
    layout.space_after, layout.line_spacing = Pt(0), Pt(28)
    layout.keep_with_next = bold
    if indent:
        layout.first_line_indent = _INDENT
    _write(paragraph, text, BODY, _BODY_SIZE, bold=bold)
    return paragraph


def _add_table(document: WordDocument, content: LetterTable) -> None:
    table = document.add_table(rows=0, cols=len(content.columns), style="Table Grid")
    for number, row in enumerate((content.columns, *content.rows)):
        cells = table.add_row().cells
        for cell, width, text in zip(cells, _WIDTHS, row, strict=True):
            cell.width = width
            _write(cell.paragraphs[0], text, BODY, _TABLE_SIZE, bold=number == 0)


def _write(paragraph: Paragraph, text: str, font: str, size: Pt, *, bold: bool) -> None:
    """Write one run; the font is set for Chinese characters too, which python-docx does not do by itself."""
    run = paragraph.add_run(xml_text(text))
    run.bold = bold
    run.font.name, run.font.size = font, size
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
