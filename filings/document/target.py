"""Parse target values as officers write them: '≥90%', '不低于90％', '28人', '±3%以内', '予以保障'.

A value is kept as written and parsed as far as possible; it is never refused.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from filings.choices import Comparator, TargetKind
from filings.document.text import symbols

LONGEST = 200

_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_UNIT = r"[^\d\s≥≤><=±~(（，,；;。、]{0,12}"
_NOTE = r"(?:\s*[（(](?P<note>[^（()）]*)[）)])?"
_BEFORE = {
    "大于等于": Comparator.AT_LEAST,
    "大于或等于": Comparator.AT_LEAST,
    "不低于": Comparator.AT_LEAST,
    "不少于": Comparator.AT_LEAST,
    "不小于": Comparator.AT_LEAST,
    "至少": Comparator.AT_LEAST,
    "≥": Comparator.AT_LEAST,
    "小于等于": Comparator.AT_MOST,
    "小于或等于": Comparator.AT_MOST,
    "不超过": Comparator.AT_MOST,
    "不高于": Comparator.AT_MOST,
    "不大于": Comparator.AT_MOST,
    "不多于": Comparator.AT_MOST,
    "至多": Comparator.AT_MOST,
    "≤": Comparator.AT_MOST,
    "大于": Comparator.MORE,
    "高于": Comparator.MORE,
    "超过": Comparator.MORE,
    ">": Comparator.MORE,
    "小于": Comparator.LESS,
    "低于": Comparator.LESS,
    "少于": Comparator.LESS,
    "<": Comparator.LESS,
    "等于": Comparator.EQUAL,
    "=": Comparator.EQUAL,
}
_AFTER = {
    "及以上": Comparator.AT_LEAST,
    "或以上": Comparator.AT_LEAST,
    "以上": Comparator.AT_LEAST,
    "及以下": Comparator.AT_MOST,
    "或以下": Comparator.AT_MOST,
    "以下": Comparator.AT_MOST,
    "以内": Comparator.AT_MOST,
    "之内": Comparator.AT_MOST,
}
_COMPARATOR = "|".join(sorted(_BEFORE, key=len, reverse=True))
_BOUND = "|".join(sorted(_AFTER, key=len, reverse=True))

_PLACEHOLDER = re.compile(
    r".*(?:\*\*|[Xx×]{2,}|[?？_]{2,}|…{2,}|\.{3,}|待定|待填|暂无|暂定|请填写).*|[Xx×*?？/\\—-]+|无"
)
_AROUND = re.compile(rf"(?:±|正负)\s*(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT}?)(?:{_BOUND})?{_NOTE}", re.ASCII)
_SPAN = re.compile(
    rf"(?P<low>{_NUMBER})\s*(?P<unit_low>{_UNIT}?)\s*(?:[-~～—–至到]|--)\s*(?P<high>{_NUMBER})\s*(?P<unit>{_UNIT}?){_NOTE}",
    re.ASCII,
)
_SINGLE = re.compile(
    rf"(?P<comparator>{_COMPARATOR})?\s*(?P<number>{_NUMBER})\s*"
    rf"(?P<unit>\(%\)|（%）|{_UNIT}?)(?P<bound>{_BOUND})?{_NOTE}",
    re.ASCII,
)
_INSIDE = re.compile(
    rf"(?P<words>[^\d≥≤><=±]*?)(?P<comparator>{_COMPARATOR})?\s*(?P<number>{_NUMBER})\s*"
    rf"(?P<unit>{_UNIT}?)(?P<bound>{_BOUND})?{_NOTE}",
    re.ASCII,
)
_POINT = (
    r"(?:(?P<y{n}>(?:19|20)\d\d)[年./-]\s*)?(?P<m{n}>1[0-2]|0?[1-9])(?:月|(?=[-~～—–至到./日前底]|$))"
    r"(?:[./-]?(?P<d{n}>3[01]|[12]\d|0?[1-9])日?)?(?:份)?(?:底|末)?"
)
_PERIOD = re.compile(_POINT.format(n=1) + r"\s*(?:[-~～—–至到]|--)\s*" + _POINT.format(n=2), re.ASCII)
_DATE = re.compile(
    r"(?P<comparator>≤|不晚于|不迟于)?" + _POINT.format(n=1) + r"(?P<before>以前|之前|前|完成)*(?:完成)?",
    re.ASCII,
)
_YEAR = re.compile(
    r"(?P<comparator>≤)?(?P<year>(?:19|20)\d\d)年(?:度)?(?P<end>底|末|年底|年末|内|以内)?(?P<before>以前|之前|前)?(?:完成)?",
    re.ASCII,
)
_PERCENT = ("百分比", "%", "(%)", "（%）", "百分之")


@dataclass(frozen=True)
class Target:
    """A parsed target value; `text` is its normal form.

    `number`, `low` and `high` are plain numbers as text; for dates `low` and `high` are ISO 8601 ('2022-12', '--11' for
    a month without a year). `note` is the text in brackets after the value.
    """

    text: str
    kind: TargetKind
    comparator: Comparator | None = None
    number: str | None = None
    low: str | None = None
    high: str | None = None
    unit: str | None = None
    note: str = ""


def normalize(text: str) -> str:
    """Normalise the text of a target: one line, half-width digits and signs, comparisons as one sign."""
    return symbols(text)


@lru_cache(maxsize=4096)
def parse(text: str) -> Target | None:
    """Parse a target value, None if the text is blank. Never raises."""
    written = normalize(text)
    if not written:
        return None
    if len(written) > LONGEST:
        return Target(written, TargetKind.PHRASE)
    parsers: tuple[Callable[[str], Target | None], ...] = (_placeholder, _date, _around, _span, _single, _inside)
    targets = (parser(written) for parser in parsers)
    return next((target for target in targets if target), Target(written, TargetKind.PHRASE))


def split_target(text: str) -> tuple[str, str, str]:
    """Split a value into (comparator, number, unit) for editions with three columns: '不低于 90%' gives ≥, 90, %.

    Any other value than a plain number with a unit is returned whole as the second part. Joined parts parse to the same
    value.
    """
    written = normalize(text)
    match = _SINGLE.fullmatch(written) if len(written) <= LONGEST else None
    value = parse(written)
    if match is None or value is None or value.kind is not TargetKind.NUMBER or value.note:
        return "", written, ""
    parts = (value.comparator or "", match["number"], match["unit"] or "")
    joined = parse("".join(parts))
    return parts if joined == replace(value, text="".join(parts)) else ("", written, "")


def _placeholder(text: str) -> Target | None:
    return Target(text, TargetKind.PLACEHOLDER) if _PLACEHOLDER.fullmatch(text) else None


def _around(text: str) -> Target | None:
    match = _AROUND.fullmatch(text)
    if not match:
        return None
    number = _plain(match["number"])
    return Target(
        text, TargetKind.RANGE, low=f"-{number}", high=number, unit=_unit(match["unit"]), note=match["note"] or ""
    )


def _span(text: str) -> Target | None:
    match = _SPAN.fullmatch(text)
    if not match:
        return None
    unit = _unit(match["unit"]) or _unit(match["unit_low"])
    low, high = _plain(match["low"]), _plain(match["high"])
    return Target(text, TargetKind.RANGE, low=low, high=high, unit=unit, note=match["note"] or "")


def _single(text: str) -> Target | None:
    match = _SINGLE.fullmatch(text)
    return _number(text, match) if match else None


def _inside(text: str) -> Target | None:
    """Parse a number after other text, only with a comparator or a bound: 社区满意度95%以上."""
    match = _INSIDE.fullmatch(text)
    return _number(text, match) if match and (match["comparator"] or match["bound"]) else None


def _number(text: str, match: re.Match[str]) -> Target:
    comparator = _BEFORE.get(match["comparator"] or "") or _AFTER.get(match["bound"] or "")
    return Target(
        text,
        TargetKind.NUMBER,
        comparator=comparator,
        number=_plain(match["number"]),
        unit=_unit(match["unit"]),
        note=match["note"] or "",
    )


def _date(text: str) -> Target | None:
    year = _YEAR.fullmatch(text)
    if year:
        bound = Comparator.AT_MOST if year["end"] or year["before"] or year["comparator"] else None
        return Target(text, TargetKind.DATE, bound, high=year["year"])
    period = _PERIOD.fullmatch(text)
    if period and (period["y1"] or "月" in text):
        low, high = _iso(period, 1), _iso(period, 2)
        return Target(text, TargetKind.DATE, low=low, high=high)
    date = _DATE.fullmatch(text)
    if date and ("月" in text or (date["y1"] and not re.fullmatch(r"\d+\.\d+", text))):
        before = date["before"] or date["comparator"] or text.endswith("底")
        return Target(text, TargetKind.DATE, Comparator.AT_MOST if before else None, high=_iso(date, 1))
    return None


def _iso(match: re.Match[str], n: int) -> str:
    day = f"-{int(match[f'd{n}']):02}" if match[f"d{n}"] else ""
    return f"{match[f'y{n}'] or '-'}-{int(match[f'm{n}']):02}{day}"


def _plain(number: str) -> str:
    return number.replace(",", "")


def _unit(unit: str | None) -> str | None:
    if not unit:
        return None
    return "%" if unit in _PERCENT else unit.strip("()（）") or None
