"""Numbered paragraphs: 「（一）」「1.」「①」 at the beginning of a line, and text that is split at them."""

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
    """A numeral as written: its number and the pieces around it, so that another number can be written alike."""

    number: int
    before: str
    after: str
    chinese: bool
    circled: bool
    length: int

    def written(self, number: int) -> str:
        """The numeral of another number in the same hand: （三） for 3 after （一）."""
        if self.circled:
            return _CIRCLED[number - 1] if number <= len(_CIRCLED) else f"{number}."
        return f"{self.before}{to_chinese(number) if self.chinese else number}{self.after}"


def to_chinese(number: int) -> str:
    """1 to 999 in Chinese: 十三 for 13, 二十 for 20, 一百零五 for 105."""
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
    """The number of a Chinese numeral up to 999, None when it is none."""
    for number in range(1, 1000):
        if to_chinese(number) == text:
            return number
    return None


def leading(text: str) -> Numeral | None:
    """The numeral at the beginning of a text, None when it begins with none."""
    match = _OPENING.match(text)
    return _numeral(match) if match else None


def parted(text: str) -> tuple[str, str]:
    """The numeral that a text begins with, as written, and what follows it; '' and the text when there is none."""
    numeral = leading(text)
    length = numeral.length if numeral else 0
    return text[:length], text[length:]


def renumber(texts: Sequence[str]) -> list[str]:
    """The same texts, their leading numerals counted from one in the hand of the first; others stay as they are."""
    numerals = [leading(text) for text in texts]
    hand = next((numeral for numeral in numerals if numeral), None)
    if hand is None:
        return list(texts)
    number = itertools.count(1)
    return [
        hand.written(next(number)) + text[numeral.length :] if numeral else text
        for text, numeral in zip(texts, numerals, strict=True)
    ]


def next_numeral(texts: Sequence[str]) -> str:
    """What a text after these would begin with; empty when the last is not numbered."""
    last = leading(texts[-1]) if texts else None
    return last.written(last.number + 1) if last and last.number < 999 else ""


def counted(texts: Sequence[str]) -> bool:
    """Whether the numerals that texts begin with count 1, 2, 3 …; texts without one do not matter."""
    numbers = [numeral.number for text in texts if (numeral := leading(text.strip()))]
    return bool(numbers) and numbers == list(range(1, len(numbers) + 1))


def split_at_numerals(text: str) -> list[str]:
    """A pasted text cut before each numeral that counts on from the one before; in one piece when it has none."""
    cuts: list[int] = []
    expected: Numeral | None = None
    for match in _OPENING.finditer(text):
        numeral = _numeral(match)
        at_start = not text[: match.start()].strip() or text[: match.start()].rstrip(" ")[-1] in _BEFORE_A_NUMERAL
        if numeral is None or not at_start:
            continue
        if expected is None or (_same_hand(numeral, expected) and numeral.number == expected.number + 1):
            cuts.append(match.start())
            expected = numeral
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    return [piece.strip() for piece in pieces if piece.strip()]


def _same_hand(one: Numeral, other: Numeral) -> bool:
    return (one.before, one.after, one.chinese, one.circled) == (
        other.before,
        other.after,
        other.chinese,
        other.circled,
    )


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
