"""Characters of the print font and their widths.

Read from the font file with fontTools: the character table is needed before Pango is loaded, which takes half a second.
"""

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FILE = Path(__file__).parents[1] / "fonts" / "NotoSerifSC-Regular.ttf"


@cache
def advances() -> dict[str, float]:
    """Return the advance width of each character of the font, in em."""
    with TTFont(FILE, lazy=True) as font:
        widths, em = font["hmtx"].metrics, font["head"].unitsPerEm
        return {chr(code): widths[glyph][0] / em for code, glyph in font.getBestCmap().items()}


def width(text: str) -> float:
    """Return the width of a text on one line, in em; a character that the font lacks counts as 1."""
    widths = advances()
    return sum(widths.get(char, 1.0) for char in text)
