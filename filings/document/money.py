"""Parse and format amounts of money: '550.13万元', '２３３', '7,242,318元' become exact Decimals in 万元."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

from filings.document.text import bare, line, symbols

UNITS = {
    "元": Decimal("0.0001"),
    "千元": Decimal("0.1"),
    "万元": Decimal(1),
    "万": Decimal(1),
    "百万元": Decimal(100),
    "千万元": Decimal(1000),
    "亿元": Decimal(10000),
    "亿": Decimal(10000),
}
_EXACTLY = Context(prec=100)
FEN_IN_WAN = Decimal(1_000_000)
WAN_IN_YI = Decimal(10_000)
_HUNDREDTH = Decimal("0.01")
LARGEST_FEN = 10**15

_GROUPED = r"\d{1,3}(?:,\d{3})+"
_AMOUNT = re.compile(
    rf"(?:人民币|[¥￥])?(?P<sign>[-+])?(?P<number>(?:{_GROUPED}|\d+)(?:\.\d+)?)(?P<unit>{'|'.join(UNITS)})?", re.ASCII
)
_QUOTATION = re.compile(r"(「[^」]*」)")
_DISPLAY_ONLY = re.compile(r"(?<=\d),(?=\d{3})|（-?[\d,]+\.\d\d 亿元）", re.ASCII)


class AmountProblem(StrEnum):
    """Reasons why a text is not a valid amount."""

    NO_NUMBER = "no_number"
    NEGATIVE = "negative"
    BELOW_FEN = "below_fen"
    TOO_LARGE = "too_large"


@dataclass(frozen=True)
class Amount:
    """A parsed amount.

    `text` is the normal form, without the edition's own unit. `value` is the exact amount in 万元, None if the text is
    blank or invalid; `problem` is the reason if it is invalid. `places` is the number of decimals in the written unit.
    """

    text: str
    value: Decimal | None = None
    places: int = 0
    unit: str = ""
    problem: AmountProblem | None = None

    @property
    def is_blank(self) -> bool:
        return not self.text

    @property
    def fen(self) -> int | None:
        """The amount in 分, None if it is blank or invalid."""
        return None if self.value is None else int(self.value * FEN_IN_WAN)


def parse(text: str, unit: str = "万元") -> Amount:
    """Parse an amount; `unit` is the edition's unit and applies where none is written. Never raises, never rounds."""
    compact = bare(symbols(text)).replace("，", ",").lstrip(":：")
    if not compact:
        return Amount("")
    match = _AMOUNT.fullmatch(compact)
    if not match:
        return Amount(line(text).lstrip(":： "), problem=AmountProblem.NO_NUMBER)
    written = match["unit"] or unit
    own = UNITS[written] == UNITS[unit]
    sign = "-" if match["sign"] == "-" else ""
    normal = f"{sign}{match['number']}{'' if own else written}"
    digits = match["number"].replace(",", "")
    places = len(digits.partition(".")[2])
    problem = _problem(digits, UNITS[written], negative=bool(sign))
    value = None if problem else _exact(digits, UNITS[written])
    return Amount(normal, value, places, unit if own else written, problem)


def from_fen(fen: int) -> Decimal:
    """Convert 分 to 万元 exactly."""
    return _exact(str(fen), 1 / FEN_IN_WAN)


def plain(value: Decimal) -> str:
    """Format a Decimal without exponent and without trailing zeros after the decimal point."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure(value: Decimal) -> str:
    """Format an amount for readers, unrounded: 3 gives '3.00', 12345.678 gives '12,345.678'."""
    whole, _, decimals = f"{value:,f}".partition(".")
    return f"{whole}.{decimals.rstrip('0'):0<2}"


def in_yi(value: Decimal) -> str:
    """Repeat a large amount in 亿元, rounded to two decimals: 12500 gives '1.25 亿元'; '' below 1 亿元."""
    if abs(value) < WAN_IN_YI:
        return ""
    return f"{(value / WAN_IN_YI).quantize(_HUNDREDTH, ROUND_HALF_UP, _EXACTLY):,f} 亿元"


def with_unit(value: Decimal) -> str:
    """Format an amount for a sentence: '550.13 万元', '12,500.00 万元（1.25 亿元）'."""
    yi = in_yi(value)
    return f"{figure(value)} 万元{f'（{yi}）' if yi else ''}"


def without_separators(sentence: str) -> str:
    """Undo `figure` and `with_unit` outside quotations: '12,500.00 万元（1.25 亿元）' gives '12500.00 万元'."""
    return "".join(
        part if part.startswith("「") else _DISPLAY_ONLY.sub("", part) for part in _QUOTATION.split(sentence)
    )


def _problem(digits: str, factor: Decimal, *, negative: bool) -> AmountProblem | None:
    if negative:
        return AmountProblem.NEGATIVE
    if len(digits) > 40:
        return AmountProblem.TOO_LARGE
    fen = _exact(digits, factor * FEN_IN_WAN)
    if fen > LARGEST_FEN:
        return AmountProblem.TOO_LARGE
    return AmountProblem.BELOW_FEN if fen != fen.to_integral_value() else None


def _exact(digits: str, factor: Decimal) -> Decimal:
    return Decimal(digits).scaleb(factor.adjusted(), _EXACTLY)
