"""Read rows of the indicator tree: their class, name, target value and further columns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from filings.choices import TargetKind
from filings.document import place, target
from filings.document.content import IndicatorRow
from filings.document.edition import FURTHER_COLUMNS, Edition
from filings.document.labels import same
from filings.document.text import bare, line
from filings.table.reading.column_headings import LEVELS, ColumnHeadings
from filings.table.reading.levels import is_first_level, is_second_level, match_levels
from filings.table.reading.result import ReadingBuilder
from filings.table.reading.row_cells import RowCell, filled, nonempty_or_flagged
from filings.table.reading.vocabulary import KINDS_OF_VALUES, NOTHING

_BY_LABELS = "这一行的单元格与表头不一致，已按文字识别，请核对。"
_JOINED = "几个单元格的文字合并为一格，请核对。"
SAMPLE_TEXT = "这里像是表样的提示文字，请核对。"
_ACROSS = "这一行有单元格横跨几栏，请核对。"
# What other forms print before a name, or in place of one.
_NUMBERED = re.compile(r"\s*指标\s*\d{1,2}\s*[:：]\s*", re.ASCII)
_PLACEHOLDER = re.compile(r"[.…·×xX]*|[（(]例[:：].*[)）]")


@dataclass
class _RowContent:
    """Cells of a row by column key, cells without a column, and a warning if the assignment is uncertain."""

    by_key: dict[str, list[RowCell]]
    others: list[RowCell] = field(default_factory=list)
    warning: str = ""

    def text(self, key: str) -> str:
        return "\n".join(cell.text for cell in filled(self.by_key.get(key, ())))

    def cells(self, *keys: str) -> list[RowCell]:
        return [cell for key in keys for cell in nonempty_or_flagged(self.by_key.get(key, ()))]


class IndicatorReader:
    """Read the rows of the indicator section in order, keeping the class labels of the rows above.

    A row that fits the column headings is read by them. A row that lost or gained cells is read by its class labels:
    the first other text is the name, the last the target.
    """

    def __init__(self, edition: Edition, result: ReadingBuilder) -> None:
        self._edition = edition
        self._result = result
        self._headings: ColumnHeadings | None = None
        self._follows_headings = False
        self._first = ""
        self._second = ""
        # Whether the rows were regrouped from a table that has lost its columns (one cell per line).
        self.is_regrouped = False

    def begin(self, headings: ColumnHeadings) -> None:
        """Use these column headings: the first ones, or those repeated on a new page."""
        self._headings = headings
        self._follows_headings = True

    def read(self, cells: Sequence[RowCell]) -> None:
        """Read one row without the section's label."""
        if self._headings and self._follows_headings:
            self._follows_headings = False
            refined = self._headings.with_subheadings(cells, self._edition)
            if refined:
                self._headings = refined
                return
        content = self._by_columns(cells) or self._by_labels(filled(cells))
        self._update_levels(content.text("first_level"), content.text("second_level"))
        name, target = self._name(content), self._target(content)
        if self.is_regrouped and _is_phrase(target):
            # A text without a number may also be the name of another row.
            content.warning = content.warning or _BY_LABELS
        more = {key: text for key in FURTHER_COLUMNS if bare(text := content.text(key))}
        for cell in content.others:
            self._result.add_leftover(cell)
        self._add_unused_columns(content)
        if bare(name) or bare(target) or any(key in more for key in self._further()):
            self._add(name, target, more, content)
        else:
            self._add_unknown_labels(content)

    def _add(self, name: str, target: str, more: Mapping[str, str], content: _RowContent) -> None:
        key = self._result.next_key(self._result.indicators)
        level = match_levels(self._first, self._second, self._edition)
        row = IndicatorRow(key, level.node, self._first, self._second, name, target, more)
        self._result.indicators.append(row)
        names = {"name": ("name",), "target": ("target", "comparator", "unit")} | {k: (k,) for k in self._further()}
        for column, keys in names.items():
            for cell in content.cells(*keys):
                self._result.add_origin(place.indicator(key, column), cell, content.warning)
        if level.warning:
            self._result.warnings[place.indicator(key, "node")] = level.warning

    def _further(self) -> list[str]:
        return [column.key for column in self._edition.further_columns]

    def _add_unknown_labels(self, content: _RowContent) -> None:
        """Record unknown class labels of a row without a name as leftovers: they may not apply to the rows below."""
        for cell in (*content.by_key.get("first_level", ()), *content.by_key.get("second_level", ())):
            if not is_first_level(cell.text, self._edition) and not is_second_level(cell.text, self._edition):
                self._result.add_leftover(cell)

    def _add_unused_columns(self, content: _RowContent) -> None:
        """Record the texts of columns that the edition does not have as leftovers."""
        for key in FURTHER_COLUMNS:
            if key not in self._further():
                for cell in filled(content.by_key.get(key, ())):
                    self._result.add_leftover(cell)

    def _by_columns(self, cells: Sequence[RowCell]) -> _RowContent | None:
        """Assign the cells to the column headings; None if the row does not fit them."""
        if self._headings is None or not self._headings.fits(cells):
            return None
        by_key, others = self._headings.group_cells(cells)
        content = _RowContent(by_key, others, self._warning_of(by_key))
        if "name" not in self._headings.keys and not is_second_level(content.text("second_level"), self._edition):
            # A table without a third level: its second-level column contains the names.
            content.by_key["name"] = content.by_key.pop("second_level", [])
            content.warning = "表中没有三级指标一列，把二级指标一列读作名称。"
        return content

    def _warning_of(self, by_key: Mapping[str, list[RowCell]]) -> str:
        """Warning about a row that fits the headings but is still uncertain, else ''."""
        if any(len(filled(column)) > 1 for column in by_key.values()):
            return _JOINED
        columns = self._headings.columns if self._headings else ()
        headings = [heading for heading, key in columns if key not in LEVELS[:2]]
        cells = (cell for key, column in by_key.items() if key not in LEVELS[:2] for cell in filled(column))
        is_across = any(len([heading for heading in headings if heading.overlaps(cell)]) > 1 for cell in cells)
        return _ACROSS if is_across else ""

    def _by_labels(self, cells: list[RowCell]) -> _RowContent:
        """Assign the cells by the class labels among them."""
        by_key: dict[str, list[RowCell]] = {}
        if cells and self._begins_first_level([cell.text for cell in cells[:2]]):
            by_key["first_level"] = [cells.pop(0)]
        is_labelled = bool(cells) and is_second_level(cells[0].text, self._edition)
        if is_labelled or len(cells) > 2:
            by_key["second_level"] = [cells.pop(0)]
        is_sure = len(cells) in (0, 2) and (is_labelled or "second_level" not in by_key)
        if cells:
            by_key["name"] = [cells.pop(0)]
        if cells:
            by_key["target"] = [cells.pop()]
        return _RowContent(by_key, cells, "" if is_sure else _BY_LABELS)

    def _begins_first_level(self, texts: Sequence[str]) -> bool:
        """Whether the first text is a first level; 成本指标 is one only if a second level follows."""
        if not is_first_level(texts[0], self._edition):
            return False
        return not self._edition.is_second_level(texts[0]) or is_second_level(texts[-1], self._edition)

    def _name(self, content: _RowContent) -> str:
        """Return the name: on other forms without 「指标1：」; a placeholder of a blank form is a leftover."""
        name = content.text("name")
        numbered = _NUMBERED.match(name)
        rest = name[numbered.end() :] if numbered else name
        is_placeholder = bool(bare(name)) and _PLACEHOLDER.fullmatch(bare(rest)) is not None
        if self._headings is None or self._headings.is_own:
            if numbered or is_placeholder:
                content.warning = content.warning or SAMPLE_TEXT
            return name
        if not is_placeholder or bare(content.text("target")):
            return name if is_placeholder else rest
        for cell in content.by_key.pop("name", []):
            self._result.add_leftover(cell)
        return ""

    def _target(self, content: _RowContent) -> str:
        """Join the comparator, number and unit columns into one value: ≥ | 90 | % is ≥90%."""
        comparator, text, unit = (content.text(key) for key in ("comparator", "target", "unit"))
        if bare(comparator) and not _is_comparator(comparator):
            if line(comparator) not in (*NOTHING, *KINDS_OF_VALUES):
                self._result.add_leftover(content.by_key["comparator"][0], comparator)
            comparator = ""
        unit = "" if line(unit) in NOTHING else unit
        if bare(unit) and bare(text).endswith(bare(unit)):
            unit = ""
        return f"{comparator}{text}{unit}" if comparator or unit else text

    def _update_levels(self, first: str, second: str) -> None:
        """Remember the row's class labels; a blank one is that of the row above."""
        if bare(first):
            self._first, self._second = first, second
        elif bare(second):
            self._second = second
        if bare(second) and not self._edition.classify(self._first, self._second):
            self._first = self._only_parent(second) or self._first

    def _only_parent(self, second: str) -> str:
        """First level of a second-level label that occurs under one only, for rows without a first level; else ''."""
        if self._edition.is_first_level(self._first):
            return ""
        parents = [above.label for above, node in self._edition.leaves() if same(node.label, second)]
        return parents[0] if len(parents) == 1 and not self._first else ""


def _is_comparator(text: str) -> bool:
    """Whether a text is a comparator such as ≥ or 不低于 when a number follows."""
    value = target.parse(f"{line(text)}1")
    return value is not None and value.comparator is not None


def _is_phrase(text: str) -> bool:
    value = target.parse(text)
    return value is not None and value.kind is TargetKind.PHRASE
