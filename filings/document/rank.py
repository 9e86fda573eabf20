"""Ranks: sort keys of rows as decimal texts, '17' or '17.25', so that inserting a row changes no other row.

Written by hand because static/js/model/ranks.js computes the same ranks in the browser: for equal neighbours both have
to produce equal texts, which no library offers for Python and JavaScript.
"""

import re
from decimal import Decimal

_MOST_PLACES = 60
_BEYOND = 10**9
_RANK = re.compile(rf"(?:0|[1-9][0-9]{{0,8}})(?:\.[0-9]{{0,{_MOST_PLACES - 1}}}[1-9])?")


def is_rank(text: str) -> bool:
    """Whether a text is a valid rank.

    A rank is above zero, with at most 9 digits before and 60 after the decimal point, and has no superfluous zeros, so
    that equal ranks are equal texts.
    """
    return text != "0" and _RANK.fullmatch(text) is not None


def order(rank: str) -> Decimal:
    """Convert a rank to its exact sort key."""
    return Decimal(rank)


def spread(low: str, high: str, count: int) -> list[str]:
    """Create `count` ranks between `low` and `high`, increasing and with as few digits as possible.

    An empty text is an open end. If two users created the same rank, no rank fits between them, and the new ones follow
    close behind `low`. Raises ValueError if none fits there either, which takes a rank of 69 nines.
    """
    low = low or "0"
    for end in (high, _next(low)) if high else ():
        if (ranks := _between(low, end, count)) is not None:
            return ranks
    whole = int(low.partition(".")[0])
    if whole + count < _BEYOND:
        return [str(whole + number) for number in range(1, count + 1)]
    if (ranks := _between(low, str(_BEYOND), count)) is not None:
        return ranks
    raise ValueError(f"no room for {count} ranks behind {low}")


def _between(low: str, high: str, count: int) -> list[str] | None:
    """Use the fewest decimal places that give `count` distinct ranks; None if even the maximum is too few."""
    for places in range(_MOST_PLACES + 1):
        first = _cut(low, places) + 1
        last = _cut(high, places) - (_places(high) <= places)
        available = last - first + 1
        if available >= count:
            return [_text(first + step, places) for step in _steps(count, available, _places(low) - _places(high))]
    return None


def _steps(count: int, available: int, more_places: int) -> list[int]:
    """Distribute `count` ranks evenly over the `available` ones; return their zero-based numbers.

    A single rank is placed next to the neighbour with more decimal places (`low` if `more_places` is positive). That
    neighbour is the newer row, and the next row is often inserted next to it: nine rows fit before another digit is
    needed.
    """
    if count == 1 and more_places:
        return [0 if more_places > 0 else available - 1]
    return [number * (available + 1) // (count + 1) - 1 for number in range(1, count + 1)]


def _places(rank: str) -> int:
    return len(rank.partition(".")[2])


def _cut(rank: str, places: int) -> int:
    """Truncate a rank to `places` decimals and return it as an integer: 17.25 with one place is 172."""
    whole, _, decimals = rank.partition(".")
    return int(whole + decimals[:places].ljust(places, "0"))


def _next(rank: str) -> str:
    """Return the next rank with the same number of decimal places: 17.3 for 17.2."""
    return _text(_cut(rank, _places(rank)) + 1, _places(rank))


def _text(units: int, places: int) -> str:
    digits = str(units).rjust(places + 1, "0")
    whole, decimals = digits[: len(digits) - places], digits[len(digits) - places :].rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole
