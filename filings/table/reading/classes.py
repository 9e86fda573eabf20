"""Reading rows of the indicator tree: which class a row belongs to, its name, its target value, its further columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from filings.choices import TargetKind
from filings.document import place, target
from filings.document.content import IndicatorRow
from filings.document.edition import FURTHER_COLUMNS, Edition
from filings.document.labels import same
from filings.document.text import bare, line
from filings.table.reading.column_heads import LEVELS, Heads
from filings.table.reading.levels import is_first_level, is_second_level, level_of
from filings.table.reading.result import Found
from filings.table.reading.row_cells import RowCell, filled, nonempty_or_flagged
from filings.table.reading.vocabulary import KINDS_OF_VALUES, NOTHING

_BY_LABELS = "这一行的格子与表头对不上，按文字认出，请核对。"
_JOINED = "几个格子里的文字合成了一格，请核对。"
_ACROSS = "这一行有格子横跨几栏，请核对。"


@dataclass
class _Cells:
    """The cells of a row by what they are, and why they are to be checked."""

    by_key: dict[str, list[RowCell]]
    others: list[RowCell] = field(default_factory=list)
    warning: str = ""

    def text(self, key: str) -> str:
        return "\n".join(spot.text for spot in filled(self.by_key.get(key, ())))

    def spots(self, *keys: str) -> list[RowCell]:
        return [spot for key in keys for spot in nonempty_or_flagged(self.by_key.get(key, ()))]


class ClassReader:
    """Reads one row after another, remembering the labels that reach down from rows above.

    A row that fits under the column heads is read by them. A row that lost or gained cells is read by the
    labels in it: what is no label is the name, then the target.
    """

    def __init__(self, edition: Edition, found: Found) -> None:
        self._edition = edition
        self._found = found
        self._heads: Heads | None = None
        self._is_below_heads = False
        self._first = ""
        self._second = ""
        # Whether the rows were put together out of a text of one cell a line.
        self.is_regrouped = False

    def begin(self, heads: Heads) -> None:
        """Column heads, the first ones or those set again on a new page."""
        self._heads = heads
        self._is_below_heads = True

    def read(self, spots: Sequence[RowCell]) -> None:
        """The cells of one row, the section's label aside."""
        if self._heads and self._is_below_heads:
            self._is_below_heads = False
            refined = self._heads.refined(spots, self._edition)
            if refined:
                self._heads = refined
                return
        cells = self._by_columns(spots) or self._by_labels(filled(spots))
        self._reach_down(cells.text("first_level"), cells.text("second_level"))
        name, target = cells.text("name"), self._target(cells)
        if self.is_regrouped and _is_phrase(target):
            # What is no number may as well be the name of another row.
            cells.warning = cells.warning or _BY_LABELS
        more = {key: text for key in FURTHER_COLUMNS if bare(text := cells.text(key))}
        for spot in cells.others:
            self._found.leave_out(spot)
        self._leave_out_further(cells)
        if bare(name) or bare(target) or any(key in more for key in self._further()):
            self._add(name, target, more, cells)
        else:
            self._leave_out_labels(cells)

    def _add(self, name: str, target: str, more: Mapping[str, str], cells: _Cells) -> None:
        key = self._found.key_after(self._found.indicators)
        level = level_of(self._first, self._second, self._edition)
        row = IndicatorRow(key, level.node, self._first, self._second, name, target, more)
        self._found.indicators.append(row)
        names = {"name": ("name",), "target": ("target", "comparator", "unit")} | {k: (k,) for k in self._further()}
        for column, keys in names.items():
            for spot in cells.spots(*keys):
                self._found.came_from(place.indicator(key, column), spot, cells.warning)
        if level.warning:
            self._found.warnings[place.indicator(key, "node")] = level.warning

    def _further(self) -> list[str]:
        return [column.key for column in self._edition.further_columns]

    def _leave_out_labels(self, cells: _Cells) -> None:
        """Labels of a row without a name that nobody knows: the rows below may have them or not."""
        for spot in (*cells.by_key.get("first_level", ()), *cells.by_key.get("second_level", ())):
            if not is_first_level(spot.text, self._edition) and not is_second_level(spot.text, self._edition):
                self._found.leave_out(spot)

    def _leave_out_further(self, cells: _Cells) -> None:
        """Columns that this form does not have: what stands in them is told, not dropped."""
        for key in FURTHER_COLUMNS:
            if key not in self._further():
                for spot in filled(cells.by_key.get(key, ())):
                    self._found.leave_out(spot)

    def _by_columns(self, spots: Sequence[RowCell]) -> _Cells | None:
        """The cells under the heads, None when the row does not fit under them."""
        if self._heads is None or not self._heads.fit(spots):
            return None
        by_key, others = self._heads.parted(spots)
        cells = _Cells(by_key, others, self._warning_of(by_key))
        if "name" not in self._heads.keys and not is_second_level(cells.text("second_level"), self._edition):
            # A table without a third level: what stands at the second is the name.
            cells.by_key["name"] = cells.by_key.pop("second_level", [])
            cells.warning = "表中没有三级指标一列，把二级指标一列读作名称。"
        return cells

    def _warning_of(self, by_key: Mapping[str, list[RowCell]]) -> str:
        """Why cells that fit under the heads are to be checked even so."""
        if any(len(filled(found)) > 1 for found in by_key.values()):
            return _JOINED
        heads = [head for head, key in self._heads.columns if key not in LEVELS[:2]] if self._heads else []
        cells = (spot for key, found in by_key.items() if key not in LEVELS[:2] for spot in filled(found))
        is_across = any(len([head for head in heads if head.overlaps(spot)]) > 1 for spot in cells)
        return _ACROSS if is_across else ""

    def _by_labels(self, spots: list[RowCell]) -> _Cells:
        by_key: dict[str, list[RowCell]] = {}
        if spots and self._begins_first_level([spot.text for spot in spots[:2]]):
            by_key["first_level"] = [spots.pop(0)]
        is_labelled = bool(spots) and is_second_level(spots[0].text, self._edition)
        if is_labelled or len(spots) > 2:
            by_key["second_level"] = [spots.pop(0)]
        is_sure = len(spots) in (0, 2) and (is_labelled or "second_level" not in by_key)
        if spots:
            by_key["name"] = [spots.pop(0)]
        if spots:
            by_key["target"] = [spots.pop()]
        return _Cells(by_key, spots, "" if is_sure else _BY_LABELS)

    def _begins_first_level(self, texts: Sequence[str]) -> bool:
        """Whether the first text is a first level: 成本指标 is one where a second level follows, otherwise a second."""
        if not is_first_level(texts[0], self._edition):
            return False
        return not self._edition.is_second_level(texts[0]) or is_second_level(texts[-1], self._edition)

    def _target(self, cells: _Cells) -> str:
        """One value out of its columns: ≥ | 90 | % is ≥90%."""
        comparator, text, unit = (cells.text(key) for key in ("comparator", "target", "unit"))
        if bare(comparator) and not _is_comparator(comparator):
            if line(comparator) not in (*NOTHING, *KINDS_OF_VALUES):
                self._found.leave_out(cells.by_key["comparator"][0], comparator)
            comparator = ""
        unit = "" if line(unit) in NOTHING else unit
        if bare(unit) and bare(text).endswith(bare(unit)):
            unit = ""
        return f"{comparator}{text}{unit}" if comparator or unit else text

    def _reach_down(self, first: str, second: str) -> None:
        if bare(first):
            self._first, self._second = first, second
        elif bare(second):
            self._second = second
        if bare(second) and not self._edition.classify(self._first, self._second):
            self._first = self._only_parent(second) or self._first

    def _only_parent(self, second: str) -> str:
        """The first level under which this second level stands, when a row came without its first level."""
        if self._edition.is_first_level(self._first):
            return ""
        parents = [above.label for above, node in self._edition.leaves() if same(node.label, second)]
        return parents[0] if len(parents) == 1 and not self._first else ""


def _is_comparator(text: str) -> bool:
    """Whether a text before a number compares: ≥, 不低于."""
    read = target.parse(f"{line(text)}1")
    return read is not None and read.comparator is not None


def _is_phrase(text: str) -> bool:
    read = target.parse(text)
    return read is not None and read.kind is TargetKind.PHRASE
