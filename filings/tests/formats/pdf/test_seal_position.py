"""The seal on the printed page: its centre on the stamp, wholly on the page, below the text; else no file."""

from dataclasses import replace
from datetime import datetime
from itertools import product
from math import hypot

import pytest
from PIL import ImageChops

from filings.choices import SealShape
from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument, compose
from filings.document.edition import Edition, Field
from filings.formats import html
from filings.formats.file import CannotPrint
from filings.formats.pdf import page_source, seal_position, weasyprint_engine
from filings.formats.pdf import write as pdf
from filings.formats.pdf.overlay import SEAL_SIZES, PageOverlay, Seal
from filings.tests.formats.pdf.pages import needs_poppler, page_texts
from filings.tests.formats.pdf.sealed_pages import (
    PIXELS_PER_MM,
    centre,
    dark_pixels,
    red_box,
    red_picture,
    rendered,
    text_box,
)
from filings.tests.founding import EDITION, founding_document

STAMP = "（盖章）"
MADE_AT = datetime(2022, 3, 1)
NAMES = {
    length: ("衡东县农业农村和水利移民乡村振兴事务服务中心" * 5)[:length] for length in (0, 1, 9, 21, 31, 36, 60, 100)
}


def seal_of(shape: SealShape = SealShape.ROUND_42) -> Seal:
    return Seal(red_picture(SEAL_SIZES[shape]), shape)


def printed(document: FilingDocument, edition: Edition, seal: Seal | None) -> bytes:
    return pdf.write(document, edition, made_at=MADE_AT, overlay=PageOverlay(seal=seal))


def small_document(edition: Edition, name: str) -> FilingDocument:
    fields = {"filing_unit": name, "department": "县档案馆"}
    return compose(edition, year=2022, fields=fields, amounts={"TOTAL": "550.13"}, goals=["完成全年工作。"])


def assert_on_stamp(content: bytes, shape: SealShape, page: int = 0) -> None:
    """Assert that the page has a seal of its size, wholly on the page, with its centre within 2 mm of the stamp's."""
    box = red_box(rendered(content)[page])
    assert box
    assert (box[2] - box[0], box[3] - box[1]) == pytest.approx(SEAL_SIZES[shape], abs=0.5)
    stamp = text_box(content, STAMP, page)
    assert hypot(*(one - other for one, other in zip(centre(box), centre(stamp), strict=True))) <= 2
    assert min(box) > 4
    assert box[2] < 210 - 4


@pytest.mark.parametrize(
    ("code", "length"),
    [*((EDITION.code, length) for length in NAMES), *product(sorted(editions().keys() - {EDITION.code}), (9, 31, 100))],
)
def test_the_centre_of_the_seal_is_on_the_stamp(code: str, length: int) -> None:
    edition = editions()[code]
    shape = list(SealShape)[length % 4]
    assert_on_stamp(printed(small_document(edition, NAMES[length]), edition, seal_of(shape)), shape)


@pytest.mark.parametrize("shape", SealShape)
def test_each_shape_has_its_size_on_the_founding_table(shape: SealShape) -> None:
    content = printed(founding_document(), EDITION, seal_of(shape))
    assert_on_stamp(content, shape)
    assert [red_box(page) is None for page in rendered(content)] == [False, True]


@pytest.mark.parametrize("edition", editions().values(), ids=editions())
def test_all_black_print_stays_black_under_the_seal(edition: Edition) -> None:
    document = small_document(edition, NAMES[9])
    bare, sealed = (rendered(printed(document, edition, seal))[0] for seal in (None, seal_of()))
    lost = ImageChops.logical_and(dark_pixels(bare), ImageChops.invert(dark_pixels(sealed)))
    assert lost.getbbox() is None


@needs_poppler
def test_the_text_of_a_sealed_page_is_in_the_same_order() -> None:
    bare, sealed = (page_texts(printed(founding_document(), EDITION, seal)) for seal in (None, seal_of()))
    assert bare == sealed


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("rows", [0, 26])
def test_a_stamp_below_the_table_is_sealed_without_touching_the_foot(side: int, rows: int) -> None:
    footer = [Field("filler", "填报人："), Field("head", "单位：", STAMP)]
    edition = replace(EDITION, header=(Field("filing_unit", "填报单位："),), footer=tuple(footer[:: 1 if side else -1]))
    document = compose(
        edition,
        year=2022,
        fields={"filing_unit": "县档案馆", "head": "县档案馆"},
        amounts={},
        duties=[(f"d{number}", "负责") for number in range(rows)],
    )
    content = printed(document, edition, seal_of())
    pages = rendered(content)
    assert_on_stamp(content, SealShape.ROUND_42, len(pages) - 1)
    box = red_box(pages[-1])
    assert box
    assert box[3] < 297 - 28 + 1
    assert len(pages) == len(rendered(printed(document, edition, None)))


def test_a_form_without_a_stamp_has_no_seal() -> None:
    edition = replace(EDITION, header=(Field("filing_unit", "填报单位："),))
    pages = rendered(printed(small_document(edition, "县档案馆"), edition, seal_of()))
    assert [red_box(page) for page in pages] == [None]


def laid_out(seal_style: str, before: str = "", stamp_style: str = "") -> str:
    """Check a page with this style of the seal, and return the refusal, or an empty text."""
    body = (
        f'<p style="margin-top:40mm">单位<span class="stamp" style="display:inline-block;{stamp_style}">'
        f'<img src="{page_source.SEAL_IMAGE}" alt="章" style="position:absolute;width:42mm;height:42mm;{seal_style}">'
        f"{STAMP}</span></p>{before}"
    )
    images = {page_source.SEAL_IMAGE: red_picture((42, 42)), page_source.QR_IMAGE: red_picture((19, 19))}
    with weasyprint_engine.print_job():
        pages = weasyprint_engine.render(html.page(body, title="t"), images)
    try:
        seal_position.check(pages, 1)
    except CannotPrint as refusal:
        return str(refusal)
    return ""


CENTRED = "margin:-18.5mm 0 0 -13.6mm;"
QR = f'<img src="{page_source.QR_IMAGE}" alt="码" style="width:19mm">'


def test_a_seal_below_the_text_is_accepted() -> None:
    assert laid_out(f"{CENTRED}z-index:-1") == ""


@pytest.mark.parametrize(
    ("style", "before", "stamp_style", "refusal"),
    [
        ("margin:-18.5mm 0 0 -8mm;z-index:-1", "", "", "印章的中心距盖章处 5.6 毫米，超过 2 毫米，"),
        (f"{CENTRED}z-index:-1", "", "position:absolute;left:-15mm", "印章超出纸边 9.6 毫米，"),
        (f"{CENTRED}z-index:1", "", "", "印章盖住了「"),
        (f"{CENTRED}z-index:auto", "", "", "印章盖住了「"),
        (f"{CENTRED}z-index:-1", "", "opacity:0.9", "印章盖住了「"),
        (f"{CENTRED}z-index:-1", '<p style="position:relative;z-index:-1">资金总额</p>', "", "印章盖住了「资金总额」"),
        (f"{CENTRED}z-index:-1", QR, "", "印章压住了二维码，"),
    ],
    ids=["apart", "off the page", "above", "in place", "in a group", "text below", "qr"],
)
def test_a_misplaced_seal_is_refused(style: str, before: str, stamp_style: str, refusal: str) -> None:
    assert laid_out(style, before, stamp_style).startswith(refusal)


def test_a_missing_seal_is_refused() -> None:
    with weasyprint_engine.print_job():
        pages = weasyprint_engine.render(html.page("<p>（盖章）</p>", title="t"), {})
    with pytest.raises(CannotPrint, match="表样有 1 处盖章，排版后盖了 0 处"):
        seal_position.check(pages, 1)


def test_pictures_are_measured_in_millimetres() -> None:
    page = rendered(printed(small_document(EDITION, ""), EDITION, None))[0]
    assert page.width == pytest.approx(210 * PIXELS_PER_MM, abs=2)
