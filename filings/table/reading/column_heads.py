"""Column heads of the indicators and of the tasks: which column of a table holds what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from filings.document.edition import Column, Edition
from filings.document.labels import match_key
from filings.table.reading.row_cells import RowCell, filled
from filings.table.reading.vocabulary import HEADS, TASK_HEADS

LEVELS = ("first_level", "second_level", "name")


@dataclass(frozen=True)
class Heads:
    """A row of heads: the key of each, '' where the form has no use for it; cells without a head; where it ends."""

    columns: tuple[tuple[RowCell, str], ...]
    empty: tuple[RowCell, ...]
    end: int

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(key for _, key in self.columns)

    def fit(self, spots: Sequence[RowCell]) -> bool:
        """Whether a row is as wide as the heads, and nothing stands under a cell that holds none."""
        texts = filled(spots)
        is_as_wide = max((spot.end for spot in spots), default=0) == self.end
        return is_as_wide and not any(spot.overlaps(empty) for spot in texts for empty in self.empty)

    def refined(self, spots: Sequence[RowCell], edition: Edition) -> "Heads | None":
        """These heads with those of the row below them that part one of them: 指标值 into 上年值 | 年度指标值."""
        texts = filled(spots)
        own, known = _by_label(edition.columns), _of_other_forms()
        keys = [own.get(words, known.get(words)) for words in (match_key(spot.text) for spot in texts)]
        over = [next((head for head, _ in self.columns if head.overlaps(spot)), None) for spot in texts]
        if not texts or None in keys or None in over:
            return None
        kept = [(head, key) for head, key in self.columns if head not in over]
        below = [(spot, key or "") for spot, key in zip(texts, keys, strict=True)]
        return Heads((*kept, *below), self.empty, self.end)

    def parted(self, spots: Sequence[RowCell]) -> tuple[dict[str, list[RowCell]], list[RowCell]]:
        """The spots of a row by the head that they stand under, and those under none."""
        by_key: dict[str, list[RowCell]] = {}
        others = []
        for spot in spots:
            key = next((key for head, key in self.columns if head.overlaps(spot)), None)
            if key:
                by_key.setdefault(key, []).append(spot)
            elif spot.is_filled:
                others.append(spot)
        return by_key, others


def indicator_heads(spots: Sequence[RowCell], edition: Edition) -> Heads | None:
    """The heads in a row, None where it is none: at least two of them, one of a level and one of a name or a value."""
    own = _by_label(edition.columns)
    heads = _heads(spots, own, _of_other_forms())
    if heads is None or not heads.keys & {"first_level", "second_level"} or not heads.keys & {"name", "target"}:
        return None
    return heads


def task_heads(spots: Sequence[RowCell], edition: Edition) -> Heads | None:
    """The heads of a task table in a row, None where it is none: a name and an amount."""
    own = _by_label(edition.task_columns)
    heads = _heads(spots, own, {match_key(label): key for label, key in TASK_HEADS.items()})
    return heads if heads and {"name", "amount"} <= heads.keys else None


def _of_other_forms() -> dict[str, str]:
    return {match_key(label): key for label, key in HEADS.items()}


def _by_label(columns: Sequence[Column]) -> dict[str, str]:
    return {match_key(column.label): column.key for column in columns}


def _heads(spots: Sequence[RowCell], own: Mapping[str, str], known: Mapping[str, str]) -> Heads | None:
    texts = filled(spots)
    if len(texts) < 2:
        return None
    named = [(spot, match_key(spot.text)) for spot in texts]
    columns: list[tuple[RowCell, str]] = []
    taken: set[str] = set()
    for spot, words in named:
        key = own.get(words, known.get(words))
        if key is None:
            continue
        columns.append((spot, key if key not in taken else ""))
        taken.add(key)
    # A label at the left and a head that nobody knows may stand among them; a row of anything else is none.
    if len(columns) < 2 or len(texts) - len(columns) > len(columns):
        return None
    empty = (spot for spot in spots if not spot.is_filled and not spot.reaches)
    return Heads(tuple(columns), tuple(empty), max(spot.end for spot in spots))
