"""The printed table's font: which characters it has, and how wide each is."""

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FILE = Path(__file__).parents[1] / "fonts" / "NotoSerifSC-Regular.ttf"


@cache
def advances() -> dict[str, float]:
    """How wide each character of the font is, in em."""
    with TTFont(FILE, lazy=True) as font:
        widths, em = font["hmtx"].metrics, font["head"].unitsPerEm
        return {chr(code): widths[glyph][0] / em for code, glyph in font.getBestCmap().items()}


def width(text: str) -> float:
    """How wide a text is on one line, in em; a character that the font lacks counts one."""
    known = advances()
    return sum(known.get(char, 1.0) for char in text)
