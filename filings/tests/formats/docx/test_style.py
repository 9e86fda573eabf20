"""The Word document has the page, borders, columns and styles of the printed table, and page numbers."""

import re
from pathlib import Path

import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

from filings.formats.docx import style as word_style
from filings.formats.docx import write as docx
from filings.table.grid import Style
from filings.table.layout.document import lay_out
from filings.tests.formats.docx.word_tables import opened, table_cells
from filings.tests.founding import EDITION, founding_document

PAPER = Path(docx.__file__).parents[1] / "paper.css"


@pytest.fixture(scope="module")
def founding() -> WordDocument:
    return opened(lay_out(founding_document(), EDITION))


def paragraph_style(document: WordDocument, key: str) -> ParagraphStyle:
    (style,) = [style for style in document.styles if style.style_id == key]
    assert isinstance(style, ParagraphStyle)
    return style


def test_columns_share_the_width_between_the_margins_as_in_the_edition(founding: WordDocument) -> None:
    table = founding.tables[0]._tbl
    widths = [int(width) for width in table.xpath("w:tblGrid/w:gridCol/@w:w")]
    assert sum(widths) == word_style.TABLE_WIDTH == round((210 - 2 * 19) / 25.4 * 1440)
    assert [round(100 * width / sum(widths)) for width in widths] == list(EDITION.widths)
    assert table.xpath("w:tblPr/w:tblLayout/@w:type") == ["fixed"]
    for row in table.tr_lst:
        assert sum(int(width) for width in row.xpath("w:tc/w:tcPr/w:tcW/@w:w")) == word_style.TABLE_WIDTH


def test_all_cells_have_borders(founding: WordDocument) -> None:
    (borders,) = founding.tables[0]._tbl.xpath("w:tblPr/w:tblBorders")
    lines = {(line.tag, line.get(qn("w:val")), line.get(qn("w:sz"))) for line in borders}
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    assert lines == {(qn(f"w:{side}"), "single", "6") for side in sides}


def test_the_page_is_that_of_the_printed_table(founding: WordDocument) -> None:
    page_rule = re.search(r"size: A4 portrait;\s*margin: (\d+)mm (\d+)mm (\d+)mm;", PAPER.read_text(encoding="utf-8"))
    assert page_rule is not None
    top, side, bottom = (round(Mm(int(margin)).pt, 1) for margin in page_rule.groups())
    page = founding.sections[0]
    sizes = (
        page.page_width,
        page.page_height,
        page.top_margin,
        page.left_margin,
        page.right_margin,
        page.bottom_margin,
    )
    points = [round(size.pt, 1) for size in sizes if size is not None]
    assert points == pytest.approx([595.3, 841.9, top, side, side, bottom], abs=0.11)
    assert page._sectPr.xpath("w:docGrid") == []


@pytest.mark.parametrize(
    ("style", "size", "is_bold", "alignment", "indent"),
    [
        (Style.TITLE, 22, True, "CENTER", None),
        (Style.HEADER, 12, None, "LEFT", None),
        (Style.LABEL, 10.5, None, "CENTER", None),
        (Style.AMOUNT, 10.5, None, "LEFT", None),
        (Style.SPLIT, 10.5, None, "LEFT", None),
        (Style.PROSE, 10.5, None, "JUSTIFY", Pt(21)),
        (Style.TARGET, 10.5, None, "CENTER", None),
    ],
)
def test_texts_are_formatted_as_on_paper(
    founding: WordDocument, style: Style, size: float, is_bold: bool | None, alignment: str, indent: Pt | None
) -> None:
    written = paragraph_style(founding, word_style.of(style).key)
    assert written.font.size is not None
    assert written.paragraph_format.alignment is not None
    assert (written.font.size.pt, written.font.bold) == (size, is_bold)
    assert (written.paragraph_format.alignment.name, written.paragraph_format.first_line_indent) == (alignment, indent)


def test_each_cell_has_the_style_of_its_content(founding: WordDocument) -> None:
    assert {cell.text[:6]: cell.style for cell in table_cells(founding) if cell.row in (1, 7, 10)} == {
        "年度预算\n申": word_style.CENTRED.key,
        "资金总额：5": word_style.LEFT.key,
        "部门职能\n职": word_style.CENTRED.key,
        "（一）负责研": word_style.PROSE.key,
        "产出指标": word_style.CENTRED.key,
        "数量指标": word_style.CENTRED.key,
        "财政供养人员": word_style.CENTRED.key,
        "28人": word_style.CENTRED.key,
    }


def test_characters_are_in_song_type_and_nothing_is_proofread(founding: WordDocument) -> None:
    (defaults,) = founding.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr")
    fonts = {script: defaults.xpath(f"w:rFonts/@w:{script}") for script in ("ascii", "hAnsi", "eastAsia", "cs")}
    assert fonts == {script: ["宋体"] for script in fonts}
    assert len(founding.styles.element.xpath("//w:rFonts")) == 1
    assert len(defaults.xpath("w:noProof")) == 1
    assert defaults.xpath("w:lang/@w:eastAsia") == ["zh-CN"]


def test_lines_break_by_chinese_rules_and_spelling_marks_are_hidden(founding: WordDocument) -> None:
    (normal,) = founding.styles.element.xpath("w:style[@w:default='1' and @w:type='paragraph']/w:pPr")
    assert [child.tag for child in normal if child.get(qn("w:val")) is None] == [qn("w:kinsoku"), qn("w:overflowPunct")]
    hidden = founding.settings.element.xpath("w:hideSpellingErrors | w:hideGrammaticalErrors")
    assert len(hidden) == 2


def test_prose_is_aligned_to_the_top_and_all_else_to_the_middle(founding: WordDocument) -> None:
    for cell in founding.element.xpath("//w:tc"):
        expected = "top" if cell.p_lst[0].style == word_style.PROSE.key else "center"
        assert cell.xpath("w:tcPr/w:vAlign/@w:val") == [expected]


def test_page_numbers_are_the_only_fields(founding: WordDocument) -> None:
    (paragraph,) = founding.sections[0].footer.paragraphs
    parts = paragraph._p.xpath("w:r/w:t/text() | w:fldSimple/@w:instr")
    assert parts == ["第 ", " PAGE ", " 页 共 ", " NUMPAGES ", " 页"]
    assert founding.element.xpath("//w:fldSimple | //w:fldChar | //w:instrText") == []
