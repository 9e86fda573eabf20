"""Where a row stands among its neighbours: a decimal as text, '17' or '17.25', so that a row put between two others
changes neither. static/js/model/ranks.js is the same for the page; equal neighbours get equal texts from both.
"""

import re
from decimal import Decimal

_MOST_PLACES = 60
_BEYOND = 10**9
_RANK = re.compile(rf"(?:0|[1-9][0-9]{{0,8}})(?:\.[0-9]{{0,{_MOST_PLACES - 1}}}[1-9])?")


def is_rank(text: str) -> bool:
    """Whether a text is a rank: above nought, at most 9 digits before and 60 behind the point, and no nought that could
    be left out, so that equal ranks are equal texts."""
    return text != "0" and _RANK.fullmatch(text) is not None


def order(rank: str) -> Decimal:
    """What ranks are sorted by, exact."""
    return Decimal(rank)


def spread(low: str, high: str, count: int) -> list[str]:
    """So many new ranks between two, in increasing order, in as few digits as hold them; an empty text is an open end.

    Two people may have made the same rank: then the new ones come close behind `low`. Raises ValueError where there is
    no room behind it either, which takes a rank of 69 nines.
    """
    low = low or "0"
    for end in (high, _next(low)) if high else ():
        if (found := _between(low, end, count)) is not None:
            return found
    whole = int(low.partition(".")[0])
    if whole + count < _BEYOND:
        return [str(whole + number) for number in range(1, count + 1)]
    if (found := _between(low, str(_BEYOND), count)) is not None:
        return found
    raise ValueError(f"no room for {count} ranks behind {low}")


def _between(low: str, high: str, count: int) -> list[str] | None:
    """In the fewest places that hold so many; None when the most places do not."""
    for places in range(_MOST_PLACES + 1):
        first = _cut(low, places) + 1
        last = _cut(high, places) - (_places(high) <= places)
        room = last - first + 1
        if room >= count:
            return [_text(first + at, places) for at in _steps(count, room, _places(low) - _places(high))]
    return None


def _steps(count: int, room: int, newer: int) -> list[int]:
    """Where the new ones come in the room: evenly. One alone comes next to the neighbour with more places: that one is
    the newer, and where a row was put in, the next is put in beside it, nine of them before another digit is needed."""
    if count == 1 and newer:
        return [0 if newer > 0 else room - 1]
    return [number * (room + 1) // (count + 1) - 1 for number in range(1, count + 1)]


def _places(rank: str) -> int:
    return len(rank.partition(".")[2])


def _cut(rank: str, places: int) -> int:
    """A rank in units of its so-manieth decimal, what is behind it cut off: 17.25 in one place is 172."""
    whole, _, decimals = rank.partition(".")
    return int(whole + decimals[:places].ljust(places, "0"))


def _next(rank: str) -> str:
    """The next rank of as many places: 17.3 for 17.2."""
    return _text(_cut(rank, _places(rank)) + 1, _places(rank))


def _text(units: int, places: int) -> str:
    digits = str(units).rjust(places + 1, "0")
    whole, decimals = digits[: len(digits) - places], digits[len(digits) - places :].rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole
