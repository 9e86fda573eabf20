"""The printed table: whole pages, exactly the document's text, reproducible bytes."""

import json
from datetime import datetime
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, PdfObject, StreamObject

from filings.document import canonical_json
from filings.document.content import FilingDocument, IndicatorRow, compose
from filings.formats import html
from filings.formats.file import ATTACHMENT_NAME, CannotPrint
from filings.formats.pdf import check_glyphs, weasyprint_engine
from filings.formats.pdf import write as pdf
from filings.formats.pdf.overlay import NO_OVERLAY, PageOverlay, Seal
from filings.table.grid import Cell, Grid
from filings.table.layout.document import lay_out
from filings.tests.formats.pdf.pages import assert_closed, needs_poppler, page_texts, pictures
from filings.tests.founding import EDITION, founding_document, with_indicators, with_long_duties
from filings.tests.strategies import documents

MADE_AT = datetime(2022, 3, 1, 8, 0, 0)


def printed(document: FilingDocument, overlay: PageOverlay = NO_OVERLAY) -> bytes:
    return pdf.write(document, EDITION, made_at=MADE_AT, overlay=overlay)


def sheets_of(document: FilingDocument) -> list[Grid]:
    title = EDITION.title_for(document.year)
    return pdf.lay_out_pages(lay_out(document, EDITION), title, NO_OVERLAY, MADE_AT)[1]


def joined(cells: tuple[Cell, ...]) -> str:
    return "".join(cell.content + ("（续）" if cell.continued else "") for cell in cells)


def expected_texts(sheets: list[Grid]) -> list[str]:
    """Return the text of each page, cell after cell, without white space."""
    return [
        "".join(f"{joined(page.above)}{''.join(joined(row.cells) for row in page.rows)}{joined(page.below)}".split())
        for page in sheets
    ]


@needs_poppler
def test_text_in_reading_order_is_the_text_of_the_founding_table() -> None:
    document = founding_document()
    assert page_texts(printed(document)) == expected_texts(sheets_of(document))


@needs_poppler
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents(EDITION).filter(lambda document: not check_glyphs.unprintable(canonical_json.dumps(document))))
def test_text_in_reading_order_is_the_text_of_any_document(document: FilingDocument) -> None:
    assert page_texts(printed(document)) == expected_texts(sheets_of(document))


@needs_poppler
@pytest.mark.parametrize("document", [founding_document(), with_indicators(300), with_long_duties(20_000)])
def test_every_page_is_a_closed_box(document: FilingDocument) -> None:
    pages = pictures(printed(document))
    assert len(pages) == len(sheets_of(document))
    for page in pages:
        assert_closed(page)


@needs_poppler
def test_pages_are_whole_where_a_tall_label_stretches_the_last_row_of_a_page() -> None:
    """Two paginations call for each other: with the row the label does not fit, without it the row would."""
    founding = founding_document()
    duties = ("6。", "1.。", "（一）" + "。" * 900)
    rows = [IndicatorRow(f"r{number}", "OUT.QTY", "", "", f"甲乙丙丁戊己庚辛{number}", "") for number in range(3)]
    document = compose(
        EDITION,
        year=None,
        fields=founding.fields,
        amounts=founding.amounts,
        duties=[(f"d{index}", text) for index, text in enumerate(duties)],
        goals=["（二）甲乙丙丁\n①甲乙丙丁\n第三，甲"],
        indicators=rows,
    )
    for page in pictures(printed(document)):
        assert_closed(page)
    assert page_texts(printed(document)) == expected_texts(sheets_of(document))


def test_the_same_input_gives_the_same_bytes() -> None:
    document = founding_document()
    assert printed(document) == printed(document)
    assert printed(document) != pdf.write(document, EDITION, made_at=datetime(2022, 3, 2))


def test_metadata_language_conformance_and_page_size() -> None:
    reader = PdfReader(BytesIO(printed(founding_document())))
    assert reader.metadata is not None
    assert reader.metadata.title == "2022年部门整体支出绩效目标表"
    assert str(reader.root_object["/Lang"]) == "zh-Hans"
    metadata = reader.root_object["/Metadata"].get_object()
    assert isinstance(metadata, StreamObject)
    xmp = metadata.get_data().decode()
    assert 'pdfaid:part="3"' in xmp
    assert 'pdfaid:conformance="U"' in xmp
    width, height = reader.pages[0].mediabox[2:]
    assert (round(float(width)), round(float(height))) == (595, 842)


def test_the_document_is_attached_as_canonical_json() -> None:
    document = founding_document()
    reader = PdfReader(BytesIO(printed(document)))
    assert list(reader.attachments) == [ATTACHMENT_NAME]
    content = reader.attachments[ATTACHMENT_NAME][0].decode()
    assert canonical_json.loads(content) == document
    assert json.loads(content)["amounts"]["TOTAL"] == "550.13"


def test_only_bundled_fonts_are_used() -> None:
    reader = PdfReader(BytesIO(printed(founding_document(), PageOverlay(is_draft=True, footer="送审稿 第1版"))))
    fonts = [font for page in reader.pages for font in _part(_part(page, "/Resources"), "/Font").values()]
    names = {str(_part(font.get_object())["/BaseFont"]).partition("+")[2] for font in fonts}
    assert names == {"Noto-Serif-SC", "Noto-Serif-SC-Title-Bold"}


def _part(pdf_object: PdfObject, *path: str) -> DictionaryObject:
    """Return a nested dictionary of the file."""
    for key in path:
        assert isinstance(pdf_object, DictionaryObject)
        pdf_object = pdf_object.raw_get(key).get_object()
    assert isinstance(pdf_object, DictionaryObject)
    return pdf_object


@needs_poppler
def test_a_draft_has_a_watermark_on_every_page() -> None:
    texts = page_texts(printed(founding_document(), PageOverlay(is_draft=True)))
    assert ["草稿" in text for text in texts] == [True] * 2
    assert not any("草稿" in text for text in page_texts(printed(founding_document())))


@needs_poppler
def test_the_footer_is_on_every_page() -> None:
    texts = page_texts(printed(founding_document(), PageOverlay(footer="送审稿 第2版 校验码 0a1b2c3d")))
    assert ["送审稿第2版校验码0a1b2c3d" in text for text in texts] == [True] * 2


def test_a_seal_that_is_not_an_image_fails_the_print() -> None:
    with pytest.raises(CannotPrint):
        printed(founding_document(), PageOverlay(seal=Seal(b"no picture")))


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "http://127.0.0.1:9/x.png", "data:image/svg+xml,<svg/>", "picture:other", "relative.png"],
)
def test_only_the_given_images_are_fetched(address: str) -> None:
    with pytest.raises(CannotPrint), weasyprint_engine.print_job():
        weasyprint_engine.render(html.page(f'<img src="{address}">', title="t"), {})


def test_a_missing_glyph_fails_the_print() -> None:
    with pytest.raises(CannotPrint, match="notdef"), weasyprint_engine.print_job():
        weasyprint_engine.write_pdf(weasyprint_engine.render(html.page("<p>😀</p>", title="t"), {}), {}, MADE_AT)


def test_characters_that_the_font_lacks_are_reported_before_printing() -> None:
    document = canonical_json.loads(canonical_json.dumps(founding_document()).replace("财政供养人员", "财政😀人员"))
    with pytest.raises(CannotPrint, match="有 1 个字符无法打印：「😀」"):
        printed(document)


def test_a_document_longer_than_the_limit_is_refused() -> None:
    with pytest.raises(CannotPrint, match="超过可打印的上限 200000 个"):
        printed(with_long_duties(250_000))


@needs_poppler
def test_markup_in_user_text_is_printed_as_text() -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=1>&amp;\\\"'"
    document = canonical_json.loads(
        canonical_json.dumps(founding_document()).replace("财政供养人员", json.dumps(hostile, ensure_ascii=False)[1:-1])
    )
    assert "".join(hostile.split()) in page_texts(printed(document))[1]
