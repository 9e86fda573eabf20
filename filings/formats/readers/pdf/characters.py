"""Join the characters of a PDF page into lines, and lines that were wrapped at a box's width into paragraphs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

# In character heights: the largest difference of baselines in one line, and the gap that counts as a space.
SAME_LINE = 0.4
BLANK = 0.5
# Text that is never broken at the end of a line: a word or number, with the punctuation that may not start a line.
_UNBREAKABLE = re.compile(r"[（《“〔【(]*(?:[A-Za-z0-9.,%]+|.)[。，、；：？！）》”〕】)%]*", re.DOTALL)
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_WORD = re.compile(r"[A-Za-z]")
_UNKNOWN = re.compile(r"\(cid:\d+\)|[\ufffd\ue000-\uf8ff]")
UNKNOWN = "有字没有认出，请对照原文件核对。"


@dataclass(frozen=True)
class Character:
    """A character, or several drawn as one glyph, in points from the page's top left corner. `base` is the baseline."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    size: float

    @property
    def middle(self) -> tuple[float, float]:
        """The centre, which decides to which box the character belongs."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True)
class TextLine:
    """Characters from left to right."""

    characters: tuple[Character, ...]

    @property
    def left(self) -> float:
        return self.characters[0].left

    @property
    def right(self) -> float:
        return max(character.right for character in self.characters)

    @property
    def base(self) -> float:
        return self.characters[0].base

    @property
    def size(self) -> float:
        return max(character.size for character in self.characters)

    @property
    def text(self) -> str:
        """The line's text, with a space for each gap as wide as BLANK."""
        text = ""
        end = self.left
        for character in self.characters:
            gap = character.left - end > BLANK * character.size
            text += f" {character.text}" if gap and text and not text[-1].isspace() else character.text
            end = character.right
        return text.strip()

    @property
    def unbreakable_width(self) -> float:
        """The width of the beginning that cannot be broken and would have to fit at the end of the previous line."""
        match = _UNBREAKABLE.match("".join(character.text for character in self.characters))
        length, right = 0, self.left
        for character in self.characters:
            if match and length >= match.end():
                break
            length += len(character.text)
            right = character.right
        return right - self.left


def parse_characters(chars: Iterable[dict[str, Any]], height: float) -> Iterator[Character]:
    """Convert pdfplumber's characters of a page, without invisible, repeated and slanted ones.

    Our drafts have a slanted watermark 草稿. Text drawn twice with a slight offset is a simulated bold font.
    """
    seen: set[tuple[str, int, int]] = set()
    for char in chars:
        text = _INVISIBLE.sub("", char["text"])
        size = float(char["size"]) or 1.0
        if not text or _is_slanted(*char["matrix"][:2]):
            continue
        base = height - float(char["matrix"][5])
        # In tenths of the character's height.
        left = round(float(char["x0"]) / size * 10)
        if not text.isspace() and any((text, left + offset, round(base)) in seen for offset in (-1, 0, 1)):
            continue
        seen.add((text, left, round(base)))
        x0, x1, top, bottom = (float(char[key]) for key in ("x0", "x1", "top", "bottom"))
        yield Character(text, x0, x1, top, bottom, base, size)


def _is_slanted(x: float, y: float) -> bool:
    """Whether the direction of writing is neither horizontal nor vertical, to within 5 %."""
    return bool(x and y) and min(abs(x), abs(y)) > 0.05 * max(abs(x), abs(y))


def group_lines(characters: Iterable[Character]) -> list[TextLine]:
    """Group characters into lines, from top to bottom, without blank lines."""
    rows: list[list[Character]] = []
    for character in sorted(characters, key=lambda character: character.base):
        if rows and character.base - rows[-1][0].base <= SAME_LINE * max(character.size, rows[-1][0].size):
            rows[-1].append(character)
        else:
            rows.append([character])
    stripped = (_trim(sorted(row, key=lambda character: character.left)) for row in rows)
    return [TextLine(tuple(row)) for row in stripped if row]


def join_paragraphs(lines: list[TextLine], left: float, right: float) -> str:
    """Join the lines in a box from `left` to `right` into paragraphs, separated by LF.

    A line was wrapped, and continues, if the next line's beginning did not fit at its end. An indented line starts a
    paragraph in any case.
    """
    if not lines:
        return ""
    begin, end = _margins(lines, left, right)
    is_centred = all(_is_centred(line, begin, end) for line in lines)
    text = lines[0].text
    for line, following in pairwise(lines):
        space = end - line.right + (line.left - begin if is_centred else 0)
        is_indented = following.left - begin > following.size and not is_centred
        if space < following.unbreakable_width and not is_indented:
            text += " " if _WORD.match(text[-1:]) and _WORD.match(following.text) else ""
        else:
            text += "\n"
        text += following.text
    return text


def _margins(lines: list[TextLine], left: float, right: float) -> tuple[float, float]:
    """Estimate the left and right margins of the text in a box; the padding is the smallest gap that any line leaves.

    If a line comes close to the right margin, the margin is less than one character away from its end: otherwise
    another character would have fitted.
    """
    padding = min(min(line.left - left, right - line.right, line.size) for line in lines)
    longest, size = max((line.right, line.size) for line in lines)
    end = right - padding
    return left + padding, min(end, longest + 0.9 * size) if end - longest < 2 * size else end


def warning(text: str) -> str:
    """Return a warning if the file does not map all characters of a text to Unicode, or ''."""
    return UNKNOWN if _UNKNOWN.search(text) else ""


def _trim(row: list[Character]) -> list[Character]:
    visible = [index for index, character in enumerate(row) if not character.text.isspace()]
    return row[visible[0] : visible[-1] + 1] if visible else []


def _is_centred(line: TextLine, left: float, right: float) -> bool:
    return abs((line.left - left) - (right - line.right)) < line.size / 4
