"""Grid → document: finds the table by its labels, says what is sure and what is to be checked, lists what is left out.

Never by coordinates: rows and columns count only by the labels and column heads at their beginning.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from filings.document import place
from filings.document.content import DutyRow, FilingDocument, compose
from filings.document.edition import Edition, Section
from filings.document.labels import match_key, same
from filings.document.place import Place
from filings.document.text import bare, line
from filings.table.grid import Grid
from filings.table.reading.amounts import AmountReader
from filings.table.reading.classes import ClassReader
from filings.table.reading.column_heads import Heads, indicator_heads, task_heads
from filings.table.reading.fields import FieldReader, read_by, section_meant
from filings.table.reading.free_lines import LineReader, unit_in
from filings.table.reading.result import Found, Leftover
from filings.table.reading.row_cells import (
    RowCell,
    filled,
    lines_of,
    nonempty_or_flagged,
    rows_of,
)
from filings.table.reading.single_column import is_one_a_line, regroup
from filings.table.reading.tasks import TaskReader
from filings.table.reading.vocabulary import AGAIN

_COUNTED_GOAL = re.compile(r"(?:总体|年度|绩效)?目标\s*[\d一二三四五六七八九十]+", re.ASCII)


class NotATable(ValueError):
    """Cells that hold no such table, with the reason in Chinese."""


@dataclass(frozen=True)
class Reading:
    """What was read, and what was not understood.

    `warnings` are the places that a person is to check, with the reason; every other place with a text is sure.
    `origins` say where a place's text stood in the grid, in one spot or several. `is_project`: the title says that it
    is the table of a project, of which only what both kinds share was read.
    """

    document: FilingDocument
    not_understood: tuple[Leftover, ...]
    warnings: Mapping[Place, str]
    origins: Mapping[Place, Sequence[RowCell]]
    is_project: bool = False


def read(grid: Grid, edition: Edition) -> Reading:
    """The document in a grid, rows keyed r1 r2 … Raises NotATable when not even two of its sections are found."""
    reader = _Reader(edition)
    rows = rows_of(grid)
    for spot in lines_of(grid.above):
        reader.lines.read([spot])
    if is_one_a_line(rows):
        rows = regroup(rows, edition)
        reader.classes.is_regrouped = True
    for spots in rows:
        reader.read(spots)
    for spot in lines_of(grid.below):
        reader.lines.read([spot])
    if len(reader.seen) < 2:
        raise NotATable(_what_is_missing(grid, edition))
    return _finished(reader.found, edition)


def _finished(found: Found, edition: Edition) -> Reading:
    document = compose(
        edition,
        year=found.year,
        fields=found.fields,
        amounts=found.amounts,
        duties=[(duty.key, duty.text) for duty in found.duties],
        goals=["\n".join(found.goals)],
        indicators=found.indicators,
        tasks=found.tasks,
    )
    there = set(_addresses(document))
    warnings = {at: said for at, said in found.warnings.items() if (at.section, at.key) in there}
    origins = {at: spots for at, spots in found.origins.items() if (at.section, at.key) in there}
    return Reading(document, tuple(found.leftovers), warnings, origins, found.is_project)


def _addresses(document: FilingDocument) -> Iterator[tuple[str, str]]:
    """Section and key of whatever the document has: rows of nothing but invisible characters are gone."""
    yield from (("fields", key) for key in document.fields)
    yield from (("amounts", key) for key in document.amounts)
    yield from (("duties", row.key) for row in document.duties)
    yield from (("goals", str(number)) for number in range(len(document.goals)))
    yield from (("indicators", row.key) for row in document.indicators)
    yield from (("tasks", row.key) for row in document.tasks)


class _Reader:
    """Goes down the rows; each belongs to the section whose label was met last."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.found = Found()
        self.lines = LineReader(edition, self.found)
        self.seen: set[str] = set()
        self._fields = FieldReader(edition, self.found, self.lines)
        self._amounts = AmountReader(edition, self.found)
        self.classes = ClassReader(edition, self.found)
        self._tasks = TaskReader(edition, self.found)
        self._section: Section | None = None
        self._warn = ""
        # Where the labels at the left end; what stands right of it begins no section.
        self._labels_end: int | None = None

    def read(self, spots: Sequence[RowCell]) -> None:
        """One row."""
        texts = filled(spots)
        if not texts:
            return
        if len(texts) == 1 and match_key(texts[0].text) in AGAIN:
            self.found.leave_out(texts[0])
            return
        label = None if texts[0].is_line else self._label(spots)
        heads = indicator_heads(spots, self.edition)
        if heads:
            self._begin_heads(heads, spots, label, "indicators")
            return
        lines = task_heads(spots, self.edition)
        if lines and (self.edition.has("tasks") or self._section is None):
            self._begin_heads(lines, spots, label, "tasks")
            return
        rest: Sequence[RowCell] = spots
        if label:
            self._begin(label[1], label[0])
            rest = [spot for spot in spots if spot is not label[0]]
        elif self._is_around(texts):
            self.lines.read(texts)
            return
        self._take(rest)

    def _label(self, spots: Sequence[RowCell]) -> tuple[RowCell, Section] | None:
        """The label that begins a section in this row, and the section."""
        first = next((spot for spot in spots if spot.is_filled), None)
        if first is None or any(spot.reaches for spot in spots if spot.column < first.column):
            return None
        if self._labels_end is not None and first.column >= self._labels_end:
            return None
        own = next((item for item in self.edition.sections if same(first.text, item.label)), None)
        section = own or section_meant(first.text, self.edition)
        return (first, section) if section else None

    def _begin(self, section: Section, label: RowCell) -> None:
        is_own = any(section is item for item in self.edition.sections) and same(section.label, label.text)
        self._section, self._warn = section, "" if is_own else read_by(label.text)
        self._labels_end = min(label.end, self._labels_end or label.end)
        if section.kind == "budget":
            self.found.unit = self.found.unit or unit_in(label.text)
        self.seen.add(section.kind + section.key)

    def _begin_heads(
        self, heads: Heads, spots: Sequence[RowCell], label: tuple[RowCell, Section] | None, kind: str
    ) -> None:
        if label:
            self._begin(label[1], label[0])
        self._section = next((item for item in self.edition.sections if item.kind == kind), Section(kind, ""))
        self.seen.add(kind)
        if kind == "tasks":
            self.found.unit = self.found.unit or "".join(
                unit_in(spot.text) for spot, key in heads.columns if key == "amount"
            )
        reader = self.classes if kind == "indicators" else self._tasks
        reader.begin(heads)
        used = {id(spot) for spot, _ in heads.columns} | ({id(label[0])} if label else set())
        for spot in filled(spots):
            if id(spot) not in used:
                self.found.leave_out(spot)

    def _is_around(self, texts: Sequence[RowCell]) -> bool:
        """Whether a row is a line around the table: above its first label, or fields at the left below it."""
        if texts[0].is_line:
            return True
        if self._labels_end is None:
            return not self._section and not any(self._amounts.is_line(spot.text) for spot in texts)
        is_left = texts[0].column < self._labels_end
        first = texts[0].text
        is_field = self.lines.begins_with_label(first) or self.lines.names_field(first)
        return is_left and (is_field or self._section is None)

    def _take(self, spots: Sequence[RowCell]) -> None:
        section = self._section
        match section.kind if section else "budget":
            case "field" if section:
                self._fields.read(section, nonempty_or_flagged(spots), self._warn)
            case "budget":
                self._amounts.read(spots)
            case "duties":
                self._take_duties(filled(spots))
            case "goal":
                self._take_goals(filled(spots))
            case "indicators":
                self.classes.read(spots)
            case "tasks" if any(self._amounts.is_line(spot.text) for spot in filled(spots)):
                self._amounts.read(spots)
            case "tasks":
                self._tasks.read(spots)
            case _:
                self._leave_out(filled(spots))

    def _take_duties(self, spots: Sequence[RowCell]) -> None:
        if not self.edition.has("duties"):
            return self._leave_out(spots)
        for spot in spots:
            for piece in spot.text.splitlines():
                if line(piece):
                    key = self.found.key_after(self.found.duties)
                    self.found.duties.append(DutyRow(key, piece))
                    self.found.came_from(place.duty(key), spot, self._warn)
        return None

    def _take_goals(self, spots: Sequence[RowCell]) -> None:
        if not self.edition.has("goal"):
            return self._leave_out(spots)
        glue = "：" if len(spots) == 2 and _COUNTED_GOAL.fullmatch(line(spots[0].text)) else "\n"
        self.found.goals.append(glue.join(spot.text for spot in spots))
        for spot in spots:
            self.found.came_from(place.goal(), spot, self._warn)
        return None

    def _leave_out(self, spots: Sequence[RowCell]) -> None:
        """What the form has no place for; the words that it prints itself are nobody's."""
        printed = {match_key(item.words) for item in self.edition.sections if item.words}
        for spot in spots:
            if match_key(spot.text) not in printed:
                self.found.leave_out(spot)


def _what_is_missing(grid: Grid, edition: Edition) -> str:
    if not grid.rows:
        return "没有找到表格：这种文本里，每个单元格以制表符（TAB）开头。"
    labels = "、".join(f"「{bare(section.label)}」" for section in edition.sections)
    return f"不是部门整体支出绩效目标表：左侧应有 {labels}，至少要认出其中两栏。"
