"""The foot of an issued copy: version, code, address and page number, and a QR code that scanners read from paper."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

from filings.choices import QrPages
from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument, compose
from filings.document.edition import Edition
from filings.formats.file import CannotPrint
from filings.formats.pdf import qr_code
from filings.formats.pdf import write as pdf
from filings.formats.pdf.overlay import NO_OVERLAY, PageOverlay, Seal, issued_overlay
from filings.table import marks
from filings.table.marks import CopyMark
from filings.tests.formats.pdf.pages import needs_poppler, page_texts
from filings.tests.formats.pdf.sealed_pages import red_picture
from filings.tests.founding import EDITION, founding_document

MADE_AT = datetime(2022, 3, 1)
SITE = "https://jixiao.hengdong.gov.cn"
LONG_SITE = f"https://{'budget-performance.' * 4}hengdong.gov.cn:8443"
MARK = CopyMark("ABCD2345WXYQABCD2345", 3, SITE)


def printed(mark: CopyMark, document: FilingDocument | None = None, edition: Edition = EDITION) -> bytes:
    overlay = issued_overlay(Seal(red_picture((42, 42))), mark)
    return pdf.write(document or founding_document(), edition, made_at=MADE_AT, overlay=overlay)


def codes(content: bytes) -> list[list[str]]:
    """Read the QR codes of each page at 150 dpi."""
    with pypdfium2.PdfDocument(content) as opened:
        return [[code.text for code in zxingcpp.read_barcodes(page.render(scale=150 / 72).to_pil())] for page in opened]


@pytest.mark.parametrize("site", [SITE, LONG_SITE, "http://127.0.0.1:8000"])
@pytest.mark.parametrize("qr_pages", QrPages)
def test_the_address_is_read_from_the_pages_that_the_cycle_chooses(qr_pages: QrPages, site: str) -> None:
    found = codes(printed(replace(MARK, site=site, qr_pages=qr_pages)))
    address = f"{site}/v/ABCD-2345-WXYQ-ABCD-2345/"
    assert found == [[address] if qr_pages == QrPages.EACH else [], [address]]


@pytest.mark.parametrize("edition", editions().values(), ids=editions())
def test_only_the_last_page_has_the_qr_code(edition: Edition) -> None:
    document = compose(edition, year=2022, fields={"filing_unit": "县档案馆"}, amounts={"TOTAL": "1"}, goals=["完成。"])
    *others, last = codes(printed(MARK, document, edition))
    assert last == [MARK.address]
    assert others == [[]] * len(others)


@needs_poppler
def test_each_page_has_version_code_address_and_number() -> None:
    bare = page_texts(pdf.write(founding_document(), EDITION, made_at=MADE_AT))
    foot = "第3版核验码：ABCD-2345-WXYQ-ABCD-2345核验网址：https://jixiao.hengdong.gov.cn/v/"
    assert page_texts(printed(MARK)) == [bare[0] + foot, bare[1] + foot + marks.HOW_TO_VERIFY]


@needs_poppler
def test_a_preview_has_no_code() -> None:
    content = printed(replace(MARK, code=""))
    assert codes(content) == [[], []]
    first, last = page_texts(content)
    assert first.endswith("第3版核验码：预览核验网址：https://jixiao.hengdong.gov.cn/v/")
    assert last.endswith(f"预览第3版核验码：预览核验网址：{SITE}/v/{marks.HOW_TO_VERIFY}")


@pytest.mark.parametrize(
    "overlay",
    [PageOverlay(is_draft=True), PageOverlay(footer=marks.submitted_footer(2, "0" * 64)), issued_overlay(None, MARK)],
    ids=["draft", "submitted", "issued"],
)
def test_pages_break_at_the_same_rows_in_each_state(overlay: PageOverlay) -> None:
    plain, other = (
        pdf.write_pages(founding_document(), EDITION, made_at=MADE_AT, overlay=each).first_cells
        for each in (NO_OVERLAY, overlay)
    )
    assert len(plain) == 2
    assert other == plain


def test_the_qr_code_is_a_figure_with_a_text_and_the_bytes_are_the_same_each_time() -> None:
    content = printed(MARK)
    assert content == printed(MARK)
    root = PdfReader(BytesIO(content)).root_object["/StructTreeRoot"]
    assert list(figures(root)) == ["印章（图样）", f"核验二维码：{MARK.address}"]


def figures(reference: PdfObject) -> Iterator[str]:
    """Yield the alternative texts of the figures below an element of the structure."""
    element = reference.get_object()
    if isinstance(element, ArrayObject):
        for kid in element:
            yield from figures(kid)
    elif isinstance(element, DictionaryObject):
        if element.get("/S") == "/Figure":
            yield str(element["/Alt"])
        yield from figures(element.get("/K", ArrayObject()))


def test_the_modules_are_large_enough_for_the_longest_address() -> None:
    longest = f"https://{'a' * (marks.LONGEST_ADDRESS - 8)}"
    svg = qr_code.svg(longest).decode()
    assert 'viewBox="0 0 45 45"' in svg
    with pytest.raises(CannotPrint, match="核验地址有 151 个字符，二维码最多容纳 150 个。"):
        qr_code.svg(f"{longest}a")
