"""Stretch the lines of laid-out prose to the right edge of their cell.

WeasyPrint justifies a line at its spaces only, and Chinese text has none, so that lines end up to two characters before
the edge. Here the missing width is spread between the characters of each line. WeasyPrint offers no public access to
laid-out lines.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from weasyprint.document import Document

# In widths of a character. A line with a larger gap, before a long word or number, is left as it is.
WIDEST_GAP = 0.12


def stretch_lines(pages: "Document") -> None:
    """Stretch every justified line except the last of its paragraph. Changes the pages in place."""
    for page in pages.pages:
        for box in page._page_box.descendants():
            if box.style["text_align_all"] == "justify":
                for line in getattr(box, "children", ()):
                    if getattr(line, "resume_at", None) is not None:
                        _stretch(line, box.width)


def _stretch(line: Any, width: float) -> None:
    """Stretch a line that consists of one text; `width` is the width of its cell inside the padding."""
    text, *others = line.children
    if others or not getattr(text, "text", ""):
        return
    missing = width - (text.position_x - line.position_x) - text.width
    gaps = len(text.text) - 1
    if gaps < 1 or not 0 < missing / gaps <= WIDEST_GAP * text.style["font_size"]:
        return
    text.style = text.style.copy()
    text.style["letter_spacing"] = missing / gaps
    text.width += missing
