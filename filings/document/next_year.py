"""What a form of next year is called, by what this year's is called."""

import re

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def year_of(code: str) -> int | None:
    """The year in the code of a form, None when there is none: 2022 of hunan-county-2022."""
    found = _YEAR.findall(code)
    return int(found[-1]) if found else None


def renamed(name: str) -> str:
    """A code or a name with each year in it raised by one; without a year, as it is."""
    return _YEAR.sub(lambda year: str(int(year[0]) + 1), name)
