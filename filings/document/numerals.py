"""Numerals of paragraphs, 「（一）」「1.」「①」: recognition, renumbering, and splitting of text at them.

Written by hand, because converters of Chinese numbers do not keep the style of a numeral; only 1 to 999 occur here.
static/js/model/numerals.js does the same in the browser.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

_DIGITS = "零一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CHINESE = r"[一二三四五六七八九十百]{1,5}"
_OPENING = re.compile(
    rf"(?P<open>[（(])(?P<inner>{_CHINESE}|\d{{1,3}})(?P<close>[）)])"
    rf"|(?P<ordinal>第)?(?P<chinese>{_CHINESE})(?P<comma>[、，,.．])"
    r"|(?P<arabic>\d{1,3})(?P<dot>[、.．])(?!\d)"
    rf"|(?P<circled>[{_CIRCLED}])",
    re.ASCII,
)
_BEFORE_A_NUMERAL = "。；;！!\n"


@dataclass(frozen=True)
class Numeral:
    """A leading numeral: its number and its style, so that other numbers can be written in the same style."""

    number: int
    before: str
    after: str
    chinese: bool
    circled: bool
    length: int

    def written(self, number: int) -> str:
        """Write another number in the same style: （三） for 3 if this is （一）."""
        if self.circled:
            return _CIRCLED[number - 1] if number <= len(_CIRCLED) else f"{number}."
        return f"{self.before}{to_chinese(number) if self.chinese else number}{self.after}"


def to_chinese(number: int) -> str:
    """Write 1 to 999 in Chinese: 十三 for 13, 二十 for 20, 一百零五 for 105. Raises ValueError for other numbers."""
    if not 1 <= number <= 999:
        raise ValueError(f"no numeral for {number}: 1 to 999")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def from_chinese(text: str) -> int | None:
    """Parse a Chinese numeral from 1 to 999; None for any other text."""
    for number in range(1, 1000):
        if to_chinese(number) == text:
            return number
    return None


def leading_numeral(text: str) -> Numeral | None:
    """Parse the numeral at the beginning of a text, None if it has no numeral."""
    match = _OPENING.match(text)
    return _numeral(match) if match else None


def split_numeral(text: str) -> tuple[str, str]:
    """Split a text into its leading numeral as written and the rest; the numeral is '' if the text has none."""
    numeral = leading_numeral(text)
    length = numeral.length if numeral else 0
    return text[:length], text[length:]


def renumber(texts: Sequence[str]) -> list[str]:
    """Renumber leading numerals from one, in the style of the first; texts without a numeral are unchanged."""
    numerals = [leading_numeral(text) for text in texts]
    style = next((numeral for numeral in numerals if numeral), None)
    if style is None:
        return list(texts)
    number = itertools.count(1)
    return [
        style.written(next(number)) + text[numeral.length :] if numeral else text
        for text, numeral in zip(texts, numerals, strict=True)
    ]


def are_consecutive(texts: Sequence[str]) -> bool:
    """Whether the leading numerals of the texts count 1, 2, 3 …; texts without one are ignored."""
    numbers = [numeral.number for text in texts if (numeral := leading_numeral(text.strip()))]
    return bool(numbers) and numbers == list(range(1, len(numbers) + 1))


def split_at_numerals(text: str) -> list[str]:
    """Split a pasted text before each numeral that continues the count; one piece if there are no numerals."""
    cuts: list[int] = []
    last: Numeral | None = None
    for match in _OPENING.finditer(text):
        numeral = _numeral(match)
        at_start = not text[: match.start()].strip() or text[: match.start()].rstrip(" ")[-1] in _BEFORE_A_NUMERAL
        if numeral is None or not at_start:
            continue
        if last is None or (_same_style(numeral, last) and numeral.number == last.number + 1):
            cuts.append(match.start())
            last = numeral
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    return [piece.strip() for piece in pieces if piece.strip()]


def _same_style(left: Numeral, right: Numeral) -> bool:
    return _style(left) == _style(right)


def _style(numeral: Numeral) -> tuple[str, str, bool, bool]:
    return numeral.before, numeral.after, numeral.chinese, numeral.circled


def _numeral(match: re.Match[str]) -> Numeral | None:
    if match["circled"]:
        return Numeral(_CIRCLED.index(match["circled"]) + 1, "", "", False, True, len(match[0]))
    digits = match["inner"] or match["chinese"] or match["arabic"]
    number = int(digits) if digits.isdecimal() else from_chinese(digits)
    if not number:
        return None
    before = match["open"] or match["ordinal"] or ""
    after = match["close"] or match["comma"] or match["dot"] or ""
    return Numeral(number, before, after, not digits.isdecimal(), False, len(match[0]))
