"""Codes and names of next year's edition, derived from this year's."""

import re

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def year_of(code: str) -> int | None:
    """Return the last year in an edition's code: 2022 for hunan-county-2022, None if it has none."""
    years = _YEAR.findall(code)
    return int(years[-1]) if years else None


def next_years_name(name: str) -> str:
    """Increase each year in a code or name by one."""
    return _YEAR.sub(lambda year: str(int(year[0]) + 1), name)
