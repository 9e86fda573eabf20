"""Parse Excel's number format codes, such as `0.00"万元"` or `yyyy年m月`. Applying them to numbers: values.py."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

# Built-in formats, which workbooks refer to by number, as in Chinese Excel. Numbers not listed are General.
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
    |(?P<digits>[0\#?.][0\#?.,]*)|(?P<science>E[+-])|(?P<date>AM/PM|A/P|[ymdhse]+)|(?P<other>.)""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
_DIGITS = re.compile(r"(?P<integers>[0#?,]*[0#?])?(?:\.(?P<decimals>[0#?]*))?")


class FormatKind(Enum):
    """How a section of a format displays a number."""

    GENERAL = "general"
    NUMBER = "number"
    DATE = "date"
    LITERAL = "literal"
    EMPTY = "empty"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True)
class FormatSection:
    """One section of a format: literals before and after the digits, and the number of digits.

    `date_code` has the lower-case letters of the date and time parts (y m d h s) and the literals between them.
    """

    kind: FormatKind
    before: str = ""
    after: str = ""
    is_percent: bool = False
    is_grouped: bool = False
    min_integers: int = 0
    min_decimals: int = 0
    max_decimals: int = 0
    date_code: str = ""


@lru_cache(maxsize=1024)
def parse_format(code: str) -> tuple[FormatSection, ...]:
    """Parse the one to three sections of a format: for positive, negative and zero numbers."""
    if len(code) > LONGEST_CODE:
        return (FormatSection(FormatKind.UNSUPPORTED),)
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
        return FormatSection(FormatKind.UNSUPPORTED)
    if any(token["date"] for token in tokens) or any(set(bracket) <= set("hms") for bracket in brackets if bracket):
        return FormatSection(FormatKind.DATE, date_code="".join(map(_date_code, tokens)))
    numbers = [token for token in tokens if token["digits"] or token["general"]]
    if len(numbers) > 1 or any(token["science"] for token in tokens):
        return FormatSection(FormatKind.UNSUPPORTED)
    if not numbers:
        literal = "".join(map(_literal, tokens)).strip()
        return FormatSection(FormatKind.LITERAL if literal else FormatKind.EMPTY, literal)
    return _number_section(tokens, numbers[0])


def _number_section(tokens: list[re.Match[str]], number: re.Match[str]) -> FormatSection:
    position = tokens.index(number)
    before = "".join(map(_literal, tokens[:position])).lstrip()
    after = "".join(map(_literal, tokens[position + 1 :])).rstrip()
    if number["general"]:
        return FormatSection(FormatKind.GENERAL, before, after)
    digits = _DIGITS.fullmatch(number["digits"])
    if not digits:
        return FormatSection(FormatKind.UNSUPPORTED)
    integers, decimals = digits["integers"] or "", digits["decimals"] or ""
    return FormatSection(
        FormatKind.NUMBER,
        before,
        after,
        is_percent=any(token["other"] == "%" for token in tokens),
        is_grouped="," in integers,
        min_integers=integers.count("0"),
        min_decimals=decimals.count("0"),
        max_decimals=len(decimals),
    )


def _literal(token: re.Match[str]) -> str:
    """Return the text that a token displays: quoted text, an escaped or other character, a currency sign."""
    if token["literal"]:
        return token["literal"].strip('"') if token["literal"].startswith('"') else token["literal"][1:]
    if token["bracket"]:
        return token["bracket"][1:].partition("-")[0] if token["bracket"].startswith("$") else ""
    return token["other"] or ""


def _date_code(token: re.Match[str]) -> str:
    return (token["date"] or "").lower() or (token["bracket"] or "").lower().strip("$") or _literal(token)
