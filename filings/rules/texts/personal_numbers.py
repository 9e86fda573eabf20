"""Recognition of telephone and identity numbers in a text, as opposed to amounts and document numbers.

Written by hand, because validators of single numbers do not find them in running text among amounts and codes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from filings.document.text import bare, symbols

# Checked first: most texts contain no number that is long enough.
_LONG = re.compile(r"\d(?:[\s()（）\-－—]*\d){9}")
_BEFORE = r"(?<![\dA-Za-z.≥≤><=¥￥〕\]-])"
_AFTER = r"(?![\dA-Za-z]|\.\d|[元万亿千百人个吨户件亩米套卷页号%])"
_AREA = r"0(?:10|2\d|[3-9]\d{2})"
_MOBILE = re.compile(rf"{_BEFORE}(?:\+?86-?)?(?P<number>1[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}}){_AFTER}", re.ASCII)
_FIXED = re.compile(
    rf"{_BEFORE}(?P<number>[(（]{_AREA}[)）]-?[2-8]\d{{6,7}}|{_AREA}[-—][2-8]\d{{6,7}}){_AFTER}"
    rf"|(?:电话|热线|传真|座机)[^\d]{{0,4}}(?P<called>{_AREA}[2-8]\d{{6,7}}){_AFTER}",
    re.ASCII,
)
_IDENTITY = re.compile(
    r"(?<![\dA-Za-z])(?P<number>[1-9]\d{5}(?P<year>19\d\d|20\d\d)(?P<month>\d\d)(?P<day>\d\d)\d{3}[\dXx])(?![\dA-Za-z])",
    re.ASCII,
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


@dataclass(frozen=True)
class PersonalNumber:
    """A personal number: its kind in Chinese, and the number with its middle masked."""

    kind: str
    hidden: str


def personal_numbers(text: str) -> list[PersonalNumber]:
    """Find the personal numbers in a text, each once, in the order of their kinds."""
    if not _LONG.search(text):
        return []
    return list(
        dict.fromkeys(number for variant in (symbols(text), bare(symbols(text))) for number in _numbers(variant))
    )


def _numbers(text: str) -> Iterator[PersonalNumber]:
    for match in _IDENTITY.finditer(text):
        if _is_identity(match):
            yield PersonalNumber("身份证号码", _hidden(match["number"], 3, 2))
    for match in _MOBILE.finditer(text):
        yield PersonalNumber("手机号码", _hidden(match["number"], 3, 4))
    for match in _FIXED.finditer(text):
        yield PersonalNumber("电话号码", _hidden(match["number"] or match["called"], 4, 2))


def _is_identity(match: re.Match[str]) -> bool:
    number = match["number"]
    try:
        date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11] == number[17].upper()


def _hidden(number: str, first: int, last: int) -> str:
    digits = "".join(character for character in number if character.isalnum())
    return f"{digits[:first]}{'*' * (len(digits) - first - last)}{digits[-last:]}"
