"""Header and footer of a Word copy: watermark and line 草稿; version or code to the left of the page numbers."""

from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument

from filings.formats.docx import write as docx
from filings.table.layout.document import lay_out
from filings.table.marks import Marks
from filings.tests.formats.docx.word_tables import AT
from filings.tests.founding import EDITION, founding_document


def marked(marks: Marks) -> WordDocument:
    return Document(BytesIO(docx.write(lay_out(founding_document(), EDITION), made_at=AT, marks=marks)))


def test_a_draft_has_a_watermark_and_a_line_on_every_page() -> None:
    header = marked(Marks(is_draft=True)).sections[0].header
    assert [paragraph.text for paragraph in header.paragraphs] == ["草稿"]
    (art,) = header.part.element.xpath("//*[local-name()='shape']/*[local-name()='textpath']")
    assert art.get("string") == "草稿"


def test_other_copies_have_no_header() -> None:
    assert marked(Marks(footer="送审稿")).sections[0].header.is_linked_to_previous


def test_the_footer_is_to_the_left_of_the_page_numbers() -> None:
    (paragraph,) = marked(Marks(footer="送审稿 <第2版>")).sections[0].footer.paragraphs
    assert paragraph.text.split("\t") == ["送审稿 <第2版>", "第  页 共  页"]


def test_marks_of_one_document_are_not_in_the_next() -> None:
    marked(Marks(is_draft=True, footer="送审稿"))
    section = marked(Marks()).sections[0]
    assert section.header.is_linked_to_previous
    assert "送审稿" not in section.footer.paragraphs[0].text
