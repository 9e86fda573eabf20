"""Page images: complete, sharp, small, rendered one at a time; and the first cell of each page."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from threading import Event, Thread

import pytest
from PIL import Image, ImageChops, ImageFilter
from pypdf import PdfReader, PdfWriter

from filings.document.content import DutyRow, FilingDocument, IndicatorRow, compose
from filings.formats.file import CannotPrint
from filings.formats.pdf import page_images, seal
from filings.formats.pdf import write as pdf
from filings.formats.pdf.overlay import NO_OVERLAY, PageOverlay, Seal
from filings.formats.pdf.write import PaginatedPdf
from filings.tests.formats.pdf.pages import needs_poppler, page_texts
from filings.tests.formats.pdf.pages import pictures as by_poppler
from filings.tests.founding import EDITION, founding_document, with_indicators, with_long_duties

MADE_AT = datetime(2022, 3, 1, 8, 0, 0)
# A part of the page that 草稿 covers, in pixels.
_MIDDLE = (400, 600, 800, 1000)
# Text before the first cell of the second and later pages: repeated labels and column heads.
REPEATED = re.compile("(?:[^（）]{4,12}（续）|一级指标二级指标三级指标指标值及单位)*")
# Widens ink by two pixels on every side.
_SPREAD = ImageFilter.MaxFilter(5)


def written(document: FilingDocument, overlay: PageOverlay = NO_OVERLAY) -> PaginatedPdf:
    return pdf.write_pages(document, EDITION, made_at=MADE_AT, overlay=overlay)


def opened(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png), formats=["PNG"])


def drawn(document: FilingDocument, overlay: PageOverlay = NO_OVERLAY) -> list[Image.Image]:
    return [opened(png) for png in page_images.render(written(document, overlay).content).images]


def blank_pages(*sizes: tuple[float, float]) -> bytes:
    """Build a PDF of empty pages; sizes in points."""
    file, content = PdfWriter(), BytesIO()
    for width, height in sizes:
        file.add_blank_page(width, height)
    file.write(content)
    return content.getvalue()


def ink(page: Image.Image, darker_than: int = 128) -> Image.Image:
    return page.convert("L").point(lambda level: 255 if level < darker_than else 0)


def reds(page: Image.Image) -> Image.Image:
    red, green, _ = page.convert("RGB").split()
    return ImageChops.subtract(red, green).point(lambda level: 255 if level > 100 else 0)


def _share_of(page: Image.Image, level: int) -> float:
    """Return the share of the middle of a page that has exactly this grey."""
    levels = page.convert("L").crop(_MIDDLE).tobytes()
    return levels.count(level) / len(levels)


def first_places(document: FilingDocument) -> list[str]:
    return [str(cell.place) if cell else "" for cell in written(document).first_cells]


def test_every_page_is_drawn_as_an_a4_sheet() -> None:
    content = written(founding_document()).content
    rendered = page_images.render(content)
    assert len(rendered.images) == rendered.page_count == len(PdfReader(BytesIO(content)).pages) == 2
    for page in map(opened, rendered.images):
        assert page.size == (1191, 1684)
        assert page.width / page.height == pytest.approx(210 / 297, rel=0.002)
        assert page.width / page.height == pytest.approx(page_images.WIDTH / page_images.HEIGHT, rel=0.002)


def test_ink_is_within_the_margins() -> None:
    """Margins are 18, 19 and 28 mm; the table is as wide as the text area, the page number is below it."""
    for page in drawn(founding_document()):
        left, top, right, bottom = ink(page).getbbox() or (0, 0, 0, 0)
        mm = page.width / 210
        assert (left, right) == pytest.approx((19 * mm, 191 * mm), abs=2)
        assert top >= 18 * mm - 2
        assert 269 * mm < bottom < 291 * mm


@needs_poppler
def test_pdfium_and_poppler_render_the_same_page() -> None:
    """All ink is within two pixels of poppler's ink."""
    content = written(founding_document(), PageOverlay(is_draft=True)).content
    for ours, theirs in zip(map(opened, page_images.render(content).images), by_poppler(content, dpi=144), strict=True):
        near = ink(theirs.crop((0, 0, *ours.size)), 200).filter(_SPREAD)
        outside = Image.composite(ink(ours), Image.new("L", ours.size, 0), near.point(lambda level: 255 - level))
        assert outside.getbbox() is None


def test_a_draft_has_a_watermark_behind_the_text() -> None:
    plain, marked = drawn(founding_document())[1], drawn(founding_document(), PageOverlay(is_draft=True))[1]
    assert set(plain.convert("L").crop(_MIDDLE).tobytes()) >= {0, 255}
    assert _share_of(plain, 221) < 0.02
    assert _share_of(marked, 221) > 0.1


def test_a_page_without_colours_is_a_small_file_of_16_greys() -> None:
    for png in page_images.render(written(founding_document(), PageOverlay(is_draft=True)).content).images:
        assert png[24:26] == b"\x04\x03", "four bits a pixel, by a palette"
        assert len(png) < 200_000
        red, green, blue = opened(png).convert("RGB").split()
        assert red.tobytes() == green.tobytes() == blue.tobytes()


def test_a_seal_is_red_on_its_page_and_42_mm_wide() -> None:
    first, second = drawn(founding_document(), PageOverlay(seal=Seal(seal.draw("县档案馆"))))
    left, top, right, bottom = reds(first).getbbox() or (0, 0, 0, 0)
    assert (right - left, bottom - top) == pytest.approx((238, 238), abs=3)
    assert reds(second).getbbox() is None


def test_the_same_bytes_give_the_same_images() -> None:
    content = written(founding_document()).content
    assert page_images.render(content) == page_images.render(content)


def test_a_limited_number_of_pages_is_rendered_and_all_are_counted() -> None:
    rendered = page_images.render(blank_pages(*[(595, 842)] * (page_images.MOST_PAGES + 3)))
    assert (len(rendered.images), rendered.page_count) == (page_images.MOST_PAGES, page_images.MOST_PAGES + 3)


def test_a_page_of_any_size_gives_an_image_of_limited_size() -> None:
    rendered = page_images.render(blank_pages((14_000, 200), (10, 10)))
    assert [opened(png).size for png in rendered.images] == [(1700, 25), (20, 20)]


@pytest.mark.parametrize("content", [b"", b"no PDF", b"%PDF-1.7\n%%EOF"])
def test_bytes_that_are_not_a_pdf_are_refused_with_a_message(content: bytes) -> None:
    with pytest.raises(CannotPrint, match="打印文件无法生成样张"):
        page_images.render(content)
    assert page_images.render(blank_pages((595, 842))).page_count == 1


def test_pages_are_rendered_one_at_a_time_with_a_limited_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    content = blank_pages((595, 842))
    has_begun, may_finish = Event(), Event()
    render_page: Callable[[object], bytes] = page_images._render

    def slowly(page: object) -> bytes:
        has_begun.set()
        assert may_finish.wait(10)
        return render_page(page)

    monkeypatch.setattr(page_images, "LONGEST_WAIT", 0.01)
    monkeypatch.setattr(page_images, "_render", slowly)
    first = Thread(target=page_images.render, args=[content])
    first.start()
    try:
        assert has_begun.wait(10)
        with pytest.raises(CannotPrint, match="请一分钟后重试"):
            page_images.render(content)
    finally:
        may_finish.set()
        first.join()
    assert page_images.render(content).page_count == 1


def test_the_pdf_equals_the_download() -> None:
    document = founding_document()
    assert written(document).content == pdf.write(document, EDITION, made_at=MADE_AT)


def test_the_founding_tables_second_page_begins_with_a_duty() -> None:
    first, second = written(founding_document()).first_cells
    assert first
    assert second
    assert (str(first.place), first.text) == ("fields[department]", "中共衡东县委组织部")
    assert second.text.startswith("（八）负责对贯彻执行")
    assert str(second.place) == str(second.place).removesuffix(".text") + ".text"


@needs_poppler
@pytest.mark.parametrize("document", [with_long_duties(6_000), with_indicators(60)])
def test_each_page_begins_with_the_text_of_its_first_cell(document: FilingDocument) -> None:
    """Only the title, repeated labels and column heads come before it."""
    pdf_file = written(document)
    texts = page_texts(pdf_file.content)
    assert len(texts) == len(pdf_file.first_cells) >= 4
    for text, cell in zip(texts[1:], pdf_file.first_cells[1:], strict=True):
        assert cell
        before, words, _ = text.partition("".join(cell.content.split()))
        assert words
        assert REPEATED.fullmatch(before), before


def test_a_page_may_begin_in_the_middle_of_a_duty() -> None:
    sentence = "负责研究和指导党组织建设，制订加强党的工作制度、党内生活制度建设的规定和意见。"
    document = replace(founding_document(), duties=(DutyRow("a", "第一条。"), DutyRow("b", sentence * 100)))
    cells = written(document).first_cells
    assert [str(cell.place) for cell in cells[1:] if cell][:2] == ["duties[b].text"] * 2
    assert all(cell.content.startswith("负责研究") for cell in cells[1:3] if cell)
    assert cells[1] is not cells[2]


def test_pages_of_indicators_begin_with_a_row_or_the_class_that_begins_there() -> None:
    places = first_places(with_indicators(60))
    assert len(places) >= 4
    assert all(place.startswith(("indicators[r", "nodes[")) for place in places[2:])


def test_a_row_taller_than_a_page_is_the_first_cell_of_each_of_its_pages() -> None:
    founding = founding_document()
    names = {"r1": "财政供养人员", "r2": "甲" * 2_000, "r3": "末项"}
    document = compose(
        EDITION,
        year=None,
        fields=founding.fields,
        amounts=founding.amounts,
        duties=[("d1", "（一）负责。")],
        goals=["保障运转。"],
        indicators=[IndicatorRow(key, "OUT.QTY", "", "", name, "1") for key, name in names.items()],
    )
    pdf_file = written(document)
    assert len(pdf_file.first_cells) == len(PdfReader(BytesIO(pdf_file.content)).pages)
    tall = [cell for cell in pdf_file.first_cells if cell and str(cell.place) == "indicators[r2].name"]
    assert len(tall) >= 3
    assert all(cell is tall[0] for cell in tall)
