"""Check on laid-out pages that seals are where they belong and cover nothing, before the file is written.

WeasyPrint offers no public access to laid-out boxes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING, Any

from filings.formats.file import CannotPrint
from filings.formats.pdf.page_source import SEAL_IMAGE

if TYPE_CHECKING:
    from weasyprint.document import Document

# In millimetres.
FARTHEST = 2.0
_MM = 96 / 25.4
_REFUSED = "没有生成文件。请管理员检查表样的盖章处，或者缩短单位名称。"


@dataclass(frozen=True)
class _Area:
    """A rectangle in CSS pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def centre(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def overlaps(self, other: "_Area") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True)
class _PaintedBox:
    """A text or an image with the boxes around it, outermost first."""

    box: Any
    ancestors: tuple[Any, ...]

    @property
    def area(self) -> _Area:
        left, top = self.box.content_box_x(), self.box.content_box_y()
        return _Area(left, top, left + self.box.width, top + self.box.height)

    @property
    def is_text(self) -> bool:
        return bool(getattr(self.box, "text", "").strip())

    @property
    def is_below_text(self) -> bool:
        """Whether the box is painted before the text of the page: a negative z-index that counts for the whole page."""
        return _is_negative(self.box) and not any(map(_is_stacking_context, self.ancestors))

    @property
    def is_text_of_page(self) -> bool:
        """Whether the box is painted in the usual order, after everything with a negative z-index."""
        return not any(map(_is_negative, (*self.ancestors, self.box)))


def check(pages: "Document", stamps: int) -> None:
    """Check the seals of laid-out pages with this number of stamps （盖章）. Raises CannotPrint.

    Each stamp has a seal within 2 mm of its centre, wholly on the page. Text under it is painted above it, and it
    touches no other picture.
    """
    found = 0
    for page in pages.pages:
        painted = list(_painted(page._page_box))
        sealed = [each for each in painted if _image(each.box) == SEAL_IMAGE]
        for seal in sealed:
            _check_place(seal, page.width, page.height)
            _check_overlaps(seal, [each for each in painted if each not in sealed])
        found += len(sealed)
    if found != stamps:
        raise CannotPrint(f"表样有 {stamps} 处盖章，排版后盖了 {found} 处，{_REFUSED}")


def _check_place(seal: _PaintedBox, width: float, height: float) -> None:
    area = seal.area
    stamp_box = next(box for box in seal.ancestors if box.element is not None and box.element.get("class") == "stamp")
    texts = [each.area for each in _painted(stamp_box) if each.is_text]
    stamp = _Area(
        min(text.left for text in texts),
        min(text.top for text in texts),
        max(text.right for text in texts),
        max(text.bottom for text in texts),
    )
    distance = hypot(*(one - other for one, other in zip(area.centre, stamp.centre, strict=True))) / _MM
    if distance > FARTHEST:
        raise CannotPrint(f"印章的中心距盖章处 {distance:.1f} 毫米，超过 {FARTHEST:.0f} 毫米，{_REFUSED}")
    outside = max(-area.left, -area.top, area.right - width, area.bottom - height) / _MM
    if outside > 0:
        raise CannotPrint(f"印章超出纸边 {outside:.1f} 毫米，{_REFUSED}")


def _check_overlaps(seal: _PaintedBox, others: list[_PaintedBox]) -> None:
    overlapped = [each for each in others if each.area.overlaps(seal.area)]
    if any(_image(each.box) for each in overlapped):
        raise CannotPrint(f"印章压住了二维码，{_REFUSED}")
    covered = [each for each in overlapped if each.is_text and not (seal.is_below_text and each.is_text_of_page)]
    if covered:
        raise CannotPrint(f"印章盖住了「{covered[0].box.text.strip()[:20]}」，{_REFUSED}")


def _painted(box: Any, ancestors: tuple[Any, ...] = ()) -> Iterator[_PaintedBox]:
    """Yield the texts and images inside a box, absolutely positioned ones included."""
    box = getattr(box, "_box", box)
    if getattr(box, "text", "") or _image(box):
        yield _PaintedBox(box, ancestors)
    for child in getattr(box, "children", ()):
        yield from _painted(child, (*ancestors, box))


def _image(box: Any) -> str:
    """Return the address of the image that a box shows; '' for other boxes."""
    is_image = box.element is not None and box.element_tag == "img"
    return str(box.element.get("src", "")) if is_image else ""


def _is_negative(box: Any) -> bool:
    return _is_positioned(box) and box.style["z_index"] != "auto" and box.style["z_index"] < 0


def _is_positioned(box: Any) -> bool:
    return bool(box.style["position"] != "static")


def _is_stacking_context(box: Any) -> bool:
    style = box.style
    is_indexed = _is_positioned(box) and style["z_index"] != "auto"
    return bool(is_indexed or style["opacity"] < 1 or style["transform"] or style["overflow"] != "visible")
