"""The characters of a printed page put together to lines, and lines that only the box's width has cut to paragraphs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

# Shares of a character's height: how far characters of a line stand above each other, and how wide a blank is.
SAME_LINE = 0.4
BLANK = 0.5
# What is never parted at the end of a line: a word or a number, and marks that may not begin a line.
_TOGETHER = re.compile(r"[（《“〔【(]*(?:[A-Za-z0-9.,%]+|.)[。，、；：？！）》”〕】)%]*", re.DOTALL)
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_WORD = re.compile(r"[A-Za-z]")
_UNKNOWN = re.compile(r"\(cid:\d+\)|[\ufffd\ue000-\uf8ff]")
UNKNOWN = "有字没有认出，请对照原文件核对。"


@dataclass(frozen=True)
class Letter:
    """A character, or several drawn as one, in points from the page's upper left corner; `base` is its line's foot."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    size: float

    @property
    def middle(self) -> tuple[float, float]:
        """The point that says in which box the character is."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True)
class TextLine:
    """Characters from left to right."""

    letters: tuple[Letter, ...]

    @property
    def left(self) -> float:
        return self.letters[0].left

    @property
    def right(self) -> float:
        return max(letter.right for letter in self.letters)

    @property
    def base(self) -> float:
        return self.letters[0].base

    @property
    def size(self) -> float:
        return max(letter.size for letter in self.letters)

    @property
    def text(self) -> str:
        """The line's text, a blank where a gap is as wide as one."""
        text = ""
        end = self.left
        for letter in self.letters:
            gap = letter.left - end > BLANK * letter.size
            text += f" {letter.text}" if gap and text and not text[-1].isspace() else letter.text
            end = letter.right
        return text.strip()

    @property
    def beginning(self) -> float:
        """The width of what would have to fit at the end of the line above."""
        end = _TOGETHER.match("".join(letter.text for letter in self.letters))
        characters, right = 0, self.left
        for letter in self.letters:
            if end and characters >= end.end():
                break
            characters += len(letter.text)
            right = letter.right
        return right - self.left


def letters(chars: Iterable[dict[str, Any]], height: float) -> Iterator[Letter]:
    """The characters of a page, those that pdfplumber gives, without what is unseen, drawn again, or set aslant.

    Across our drafts 草稿 is set aslant; a text that is drawn again a hair beside itself looks bold.
    """
    seen: set[tuple[str, int, int]] = set()
    for char in chars:
        text = _UNSEEN.sub("", char["text"])
        size = float(char["size"]) or 1.0
        across, aslant = char["matrix"][:2]
        if not text or (across and aslant and min(abs(across), abs(aslant)) > 0.05 * max(abs(across), abs(aslant))):
            continue
        base = height - float(char["matrix"][5])
        spot = round(float(char["x0"]) / size * 10)
        if not text.isspace() and any((text, spot + near, round(base)) in seen for near in (-1, 0, 1)):
            continue
        seen.add((text, spot, round(base)))
        x0, x1, top, bottom = (float(char[key]) for key in ("x0", "x1", "top", "bottom"))
        yield Letter(text, x0, x1, top, bottom, base, size)


def lines(letters: Iterable[Letter]) -> list[TextLine]:
    """The lines from above, none of them blank."""
    found: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda letter: letter.base):
        if found and letter.base - found[-1][0].base <= SAME_LINE * max(letter.size, found[-1][0].size):
            found[-1].append(letter)
        else:
            found.append([letter])
    rows = (_without_blanks(sorted(row, key=lambda letter: letter.left)) for row in found)
    return [TextLine(tuple(row)) for row in rows if row]


def paragraphs(lines: list[TextLine], left: float, right: float) -> str:
    """The text of the lines in a box: one that ends where what comes next had no room goes on, others are parted by LF.

    A next line that is set in begins a paragraph even so.
    """
    if not lines:
        return ""
    begin, end = _margins(lines, left, right)
    is_centred = all(_is_centred(line, begin, end) for line in lines)
    text = lines[0].text
    for line, following in pairwise(lines):
        room = end - line.right + (line.left - begin if is_centred else 0)
        set_in = following.left - begin > following.size and not is_centred
        if room < following.beginning and not set_in:
            text += " " if _WORD.match(text[-1:]) and _WORD.match(following.text) else ""
        else:
            text += "\n"
        text += following.text
    return text


def _margins(lines: list[TextLine], left: float, right: float) -> tuple[float, float]:
    """Between which the lines of a box could stand: its padding is the least that any line leaves.

    Where a line comes near the right one, that is less than a character away: a further one would have stood there.
    """
    padding = min(min(line.left - left, right - line.right, line.size) for line in lines)
    longest, size = max((line.right, line.size) for line in lines)
    end = right - padding
    return left + padding, min(end, longest + 0.9 * size) if end - longest < 2 * size else end


def warning(text: str) -> str:
    """What is to be said of a text in which characters have no meaning that the file tells, or ''."""
    return UNKNOWN if _UNKNOWN.search(text) else ""


def _without_blanks(row: list[Letter]) -> list[Letter]:
    inked = [at for at, letter in enumerate(row) if not letter.text.isspace()]
    return row[inked[0] : inked[-1] + 1] if inked else []


def _is_centred(line: TextLine, left: float, right: float) -> bool:
    return abs((line.left - left) - (right - line.right)) < line.size / 4
