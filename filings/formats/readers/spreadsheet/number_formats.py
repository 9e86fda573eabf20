"""Excel's number formats understood: what a code like `0.00"万元"` or `yyyy年m月` makes of a number. Draws nothing."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

# The formats that a workbook names by number alone, as the Chinese Excel has them; not listed: General.
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"¥"#,##0', 6: '"¥"#,##0', 7: '"¥"#,##0.00', 8: '"¥"#,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: "h:mm", 33: "h:mm:ss", 34: "h:mm", 35: "h:mm:ss", 36: 'yyyy"年"m"月"', 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss",
    48: "0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 55: "h:mm", 56: "h:mm:ss", 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
LONGEST_CODE = 255

_TOKEN = re.compile(
    r"""(?P<literal>"[^"]*"|[\\!].)|(?P<space>_.|\*.)|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式|@)
    |(?P<digits>[0\#?.][0\#?.,]*)|(?P<science>E[+-])|(?P<clock>AM/PM|A/P|[ymdhse]+)|(?P<other>.)""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
_DIGITS = re.compile(r"(?P<whole>[0#?,]*[0#?])?(?:\.(?P<decimals>[0#?]*))?")


class NumberKind(Enum):
    """What a section of a format does with a number."""

    GENERAL = "general"
    NUMBER = "number"
    DATE = "date"
    WORDS = "words"
    NOTHING = "nothing"
    ODD = "odd"


@dataclass(frozen=True)
class FormatSection:
    """One section of a format: the words before and after the digits, and how many digits.

    `clock` are the letters of a date's parts and the words between them. Of decimals, `least` are always shown.
    """

    kind: NumberKind
    before: str = ""
    after: str = ""
    is_percent: bool = False
    is_grouped: bool = False
    least_whole: int = 0
    least: int = 0
    most: int = 0
    clock: str = ""


@lru_cache(maxsize=1024)
def sections(code: str) -> tuple[FormatSection, ...]:
    """The sections of a format for positive, negative and zero numbers, one to three; ODD where not understood."""
    if len(code) > LONGEST_CODE:
        return (FormatSection(NumberKind.ODD),)
    parts: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(code):
        if token["other"] == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    return tuple(_section(part) for part in parts[:3])


def _section(tokens: list[re.Match[str]]) -> FormatSection:
    brackets = [token["bracket"].lower() for token in tokens if token["bracket"] is not None]
    if any(bracket.startswith(("dbnum", "<", ">", "=")) for bracket in brackets):
        return FormatSection(NumberKind.ODD)
    if any(token["clock"] for token in tokens) or any(set(bracket) <= set("hms") for bracket in brackets if bracket):
        return FormatSection(NumberKind.DATE, clock="".join(_clock(token) for token in tokens))
    figures = [token for token in tokens if token["digits"] or token["general"]]
    if len(figures) > 1 or any(token["science"] for token in tokens):
        return FormatSection(NumberKind.ODD)
    if not figures:
        words = "".join(map(_words, tokens)).strip()
        return FormatSection(NumberKind.WORDS if words else NumberKind.NOTHING, words)
    return _number(tokens, figures[0])


def _number(tokens: list[re.Match[str]], figure: re.Match[str]) -> FormatSection:
    at = tokens.index(figure)
    before, after = "".join(map(_words, tokens[:at])).lstrip(), "".join(map(_words, tokens[at + 1 :])).rstrip()
    if figure["general"]:
        return FormatSection(NumberKind.GENERAL, before, after)
    shape = _DIGITS.fullmatch(figure["digits"])
    if not shape:
        return FormatSection(NumberKind.ODD)
    whole, decimals = shape["whole"] or "", shape["decimals"] or ""
    return FormatSection(
        NumberKind.NUMBER,
        before,
        after,
        is_percent=any(token["other"] == "%" for token in tokens),
        is_grouped="," in whole,
        least_whole=whole.count("0"),
        least=decimals.count("0"),
        most=len(decimals),
    )


def _words(token: re.Match[str]) -> str:
    """What is printed of a token beside the digits: quoted words, single characters, the sign of a currency."""
    if token["literal"]:
        return token["literal"].strip('"') if token["literal"].startswith('"') else token["literal"][1:]
    if token["bracket"]:
        return token["bracket"][1:].partition("-")[0] if token["bracket"].startswith("$") else ""
    return token["other"] or ""


def _clock(token: re.Match[str]) -> str:
    return (token["clock"] or "").lower() or (token["bracket"] or "").lower().strip("$") or _words(token)
