"""Reading rows of the indicator tree: which class a row belongs to, its name and its target value."""

from itertools import count

from filings.document.content import IndicatorRow
from filings.document.edition import Edition
from filings.document.labels import same


class ClassReader:
    """Reads one row after another, remembering the labels that reach down from rows above.

    A row with as many cells as the row of column heads is read by them. A row that lost or gained cells, or has
    something where there is no head, is read by the labels in it: what is no label is the name, then the target.
    """

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._heads: list[bool] = []
        self._first = ""
        self._second = ""
        self._keys = (f"r{number}" for number in count(1))

    def read(self, cells: list[str]) -> tuple[IndicatorRow | None, list[str]]:
        """The row in these cells, None when they hold labels only; and the cells that were not understood."""
        if self._are_heads(cells):
            self._heads = [bool(text) for text in cells]
            return None, []
        by_columns = self._by_columns(cells)
        first, second, name, target, *left_out = by_columns or self._by_labels([text for text in cells if text])
        self._reach_down(first, second)
        if not name and not target:
            return None, left_out
        node = self._edition.classify(self._first, self._second)
        return IndicatorRow(next(self._keys), node, self._first, self._second, name, target), left_out

    def _are_heads(self, cells: list[str]) -> bool:
        filled = [text for text in cells if text]
        labels = [column.label for column in self._edition.columns]
        return len(filled) == len(labels) and all(map(same, filled, labels))

    def _by_columns(self, cells: list[str]) -> list[str] | None:
        """The four cells under the heads, None when the row does not fit under them."""
        if len(cells) != len(self._heads):
            return None
        placed = list(zip(cells, self._heads, strict=True))
        if any(text for text, is_head in placed if not is_head):
            return None
        return [text for text, is_head in placed if is_head]

    def _by_labels(self, texts: list[str]) -> list[str]:
        first = texts.pop(0) if texts and self._edition.is_first_level(texts[0]) else ""
        second = texts.pop(0) if texts and self._edition.is_second_level(texts[0]) else ""
        if not second and len(texts) > 2:
            second = texts.pop(0)
        name = texts.pop(0) if texts else ""
        target = texts.pop() if texts else ""
        return [first, second, name, target, *texts]

    def _reach_down(self, first: str, second: str) -> None:
        if first:
            self._first, self._second = first, second
        elif second:
            self._second = second
        if second and not self._edition.classify(self._first, self._second):
            self._first = self._only_parent(second) or self._first

    def _only_parent(self, second: str) -> str:
        """The first level under which this second level stands, when a row came without its first level."""
        if self._edition.is_first_level(self._first):
            return ""
        parents = [above.label for above, node in self._edition.leaves() if same(node.label, second)]
        return parents[0] if len(parents) == 1 and not self._first else ""
