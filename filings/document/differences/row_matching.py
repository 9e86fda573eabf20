"""Match the rows of two tables: by lasting key, then by name, then by similar name."""

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from filings.document.likeness import likeness_of_pairs, pairs_of, without_spaces
from filings.document.place import Place

# Names at least this similar are the same row: within a class, and anywhere in the table.
SIMILAR_IN_GROUP = 0.5
SIMILAR_ANYWHERE = 0.7

# Keys of rows read from files count rows and have no meaning in another document.
_COUNTED_KEY = re.compile(r"r\d{1,4}", re.ASCII)
_YEAR = re.compile(r"20\d\d年?度?", re.ASCII)


@dataclass(frozen=True)
class ComparedCell:
    """A cell with its column's label. `content` is what counts as its text; `unit` is set for amounts."""

    place: Place
    label: str
    text: str
    content: str
    unit: str = ""


@dataclass(frozen=True)
class ComparedRow:
    """A row with what identifies it: its place, its name, and the class that it belongs to."""

    place: Place
    name: str
    cells: tuple[ComparedCell, ...]
    group: str = ""
    heading: str = ""

    @property
    def lasting_key(self) -> str:
        return "" if _COUNTED_KEY.fullmatch(self.place.key) else self.place.key

    @cached_property
    def comparable_name(self) -> str:
        """The name without spaces and without a year, which changes from year to year."""
        return _YEAR.sub("", without_spaces(self.name))

    @cached_property
    def pairs(self) -> set[str]:
        return pairs_of(self.comparable_name)

    @cached_property
    def contents(self) -> tuple[str, ...]:
        return tuple(cell.content for cell in self.cells)


Rows = Sequence[ComparedRow]


def matched_rows(before: Rows, after: Rows) -> dict[int, int]:
    """Return the index in `before` by the index in `after`, for rows that have a counterpart.

    Exchanging the sides gives the same pairs.
    """
    open_before, open_after = list(range(len(before))), list(range(len(after)))
    found: dict[int, int] = {}
    for pairs in _steps(before, after, open_before, open_after):
        for old, new in pairs:
            found[new] = old
            open_before.remove(old)
            open_after.remove(new)
    return found


def _steps(before: Rows, after: Rows, old: list[int], new: list[int]) -> Iterator[list[tuple[int, int]]]:
    """Yield pairs, the surest first; `old` and `new` are the indexes still without a counterpart."""
    criteria: tuple[Callable[[ComparedRow], Hashable], ...] = (
        lambda row: row.lasting_key,
        lambda row: (row.group, row.contents),
        lambda row: row.comparable_name and (row.group, row.comparable_name),
        lambda row: row.contents,
        lambda row: row.comparable_name,
    )
    for criterion in criteria:
        yield _alike(before, after, old, new, criterion)
    yield _similar(before, after, old, new, in_group=True)
    yield _similar(before, after, old, new, in_group=False)


def _alike(
    before: Rows, after: Rows, old: list[int], new: list[int], criterion: Callable[[ComparedRow], Hashable]
) -> list[tuple[int, int]]:
    """Pair rows with equal criteria in their order; an empty criterion pairs nothing."""
    waiting: dict[Hashable, list[int]] = {}
    for index in reversed(old):
        waiting.setdefault(criterion(before[index]), []).append(index)
    waiting.pop("", None)
    return [(alike.pop(), index) for index in new if (alike := waiting.get(criterion(after[index])))]


def _similar(before: Rows, after: Rows, old: list[int], new: list[int], *, in_group: bool) -> list[tuple[int, int]]:
    """Pair rows with similar names, the most similar first, then those at nearer positions."""
    least = SIMILAR_IN_GROUP if in_group else SIMILAR_ANYWHERE
    candidates = sorted(
        (-likeness, abs(i - j), i + j, i, j)
        for i in old
        for j in new
        if not in_group or before[i].group == after[j].group
        if (likeness := likeness_of_pairs(before[i].pairs, after[j].pairs)) >= least
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for *_, i, j in candidates:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return list(pairs.items())
