"""Dates in targets: their years, and dates that do not exist."""

import re
from datetime import date

from filings.document.target import Target
from filings.document.text import bare, symbols

_LEAP_YEAR = 2000
_DAY = re.compile(r"(?<!\d)(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日", re.ASCII)
# 18月 may be a duration; 18月底 and 2022年18月 cannot be.
_MONTH = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d年(?P<of_year>\d{1,2})月|(?P<month>\d{1,2})月(?:份|底|末|初|中旬|上旬|下旬|之?前|以前))",
    re.ASCII,
)
_MONTH_ALONE = re.compile(r"(?P<month>\d{1,2})月", re.ASCII)
_LAST_MONTH = 12


def years_of(target: Target) -> tuple[int, int] | None:
    """Return the first and last year of a date or period, None if it names no year."""
    years = [int(iso[:4]) for iso in (target.low, target.high) if iso and iso[:4].isdigit()]
    return (min(years), max(years)) if years else None


def invalid_date_in(text: str, *, in_time: bool) -> str:
    """Return the first day or month in a target that does not exist, '' if all exist.

    `in_time` is for values of timeliness indicators, where a month alone is a date.
    """
    written = bare(symbols(text))
    for match in _DAY.finditer(written):
        if not _exists(match["year"], match["month"], match["day"]):
            return match[0]
    for match in _MONTH.finditer(written):
        if not 1 <= int(match["of_year"] or match["month"]) <= _LAST_MONTH:
            return match[0]
    alone = _MONTH_ALONE.fullmatch(written) if in_time else None
    return alone[0] if alone and not 1 <= int(alone["month"]) <= _LAST_MONTH else ""


def _exists(year: str | None, month: str, day: str) -> bool:
    try:
        date(int(year or _LEAP_YEAR), int(month), int(day))
    except ValueError:
        return False
    return True
