"""Read a document from a grid, with warnings about uncertain texts and a list of leftovers.

Rows and columns are identified by their labels and column headings, never by coordinates.
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
from filings.table.reading.column_headings import ColumnHeadings, find_indicator_headings, find_task_headings
from filings.table.reading.fields import FieldReader, label_warning, section_for_label
from filings.table.reading.free_lines import LineReader, unit_in
from filings.table.reading.halves import is_of_the_year, is_row_of_halves
from filings.table.reading.indicators import SAMPLE_TEXT, IndicatorReader
from filings.table.reading.result import Leftover, ReadingBuilder
from filings.table.reading.row_cells import (
    RowCell,
    filled,
    lines_of,
    nonempty_or_flagged,
    rows_of,
)
from filings.table.reading.single_column import has_single_column, regroup
from filings.table.reading.tasks import TaskReader
from filings.table.reading.vocabulary import CONTINUATION_NOTES

# What blank forms print in place of goals.
_SAMPLE_GOALS = re.compile(r"(?:目标\d{0,2}[:：]?|[.…×；;。])+", re.ASCII)
_COUNTED_GOAL = re.compile(r"(?:总体|年度|绩效)?目标\s*[\d一二三四五六七八九十]+", re.ASCII)


class NotATable(ValueError):
    """The cells are not a performance-target table; the message is the reason in Chinese."""


@dataclass(frozen=True)
class Reading:
    """A document with the evidence of how it was read.

    `warnings` are the places for an officer to check, with the reason; every other place with a text is certain.
    `origins` are the cells that a place's text came from. `is_project`: by its title the table is of a project; only
    the parts that it shares with a department's table were read.
    """

    document: FilingDocument
    leftovers: tuple[Leftover, ...]
    warnings: Mapping[Place, str]
    origins: Mapping[Place, Sequence[RowCell]]
    is_project: bool = False


def read_table(grid: Grid, edition: Edition) -> Reading:
    """Read the document in a grid, with rows keyed r1, r2 … Raises NotATable if fewer than two sections are found."""
    reader = _TableReader(edition)
    rows = rows_of(grid)
    for cell in lines_of(grid.above):
        reader.lines.read([cell])
    if has_single_column(rows):
        rows = regroup(rows, edition)
        reader.indicators.is_regrouped = True
    for cells in rows:
        reader.read(cells)
    for cell in lines_of(grid.below):
        reader.lines.read([cell])
    if len(reader.seen) < 2:
        raise NotATable(_reason(grid, edition))
    _check_sample_goals(reader.result)
    return _finish(reader.result, edition)


def _check_sample_goals(result: ReadingBuilder) -> None:
    """Give the goals of a blank form a warning; those below a label of another form are leftovers."""
    if not _SAMPLE_GOALS.fullmatch(bare("".join(result.goals))):
        return
    if place.goal() not in result.warnings:
        result.warnings[place.goal()] = SAMPLE_TEXT
        return
    for cell in result.origins.pop(place.goal()):
        result.add_leftover(cell)
    result.goals.clear()


def _finish(result: ReadingBuilder, edition: Edition) -> Reading:
    document = compose(
        edition,
        year=result.year,
        fields=result.fields,
        amounts=result.amounts,
        duties=[(duty.key, duty.text) for duty in result.duties],
        goals=["\n".join(result.goals)],
        indicators=result.indicators,
        tasks=result.tasks,
    )
    keys = set(_keys(document))
    warnings = {place: warning for place, warning in result.warnings.items() if (place.section, place.key) in keys}
    origins = {place: cells for place, cells in result.origins.items() if (place.section, place.key) in keys}
    return Reading(document, tuple(result.leftovers), warnings, origins, result.is_project)


def _keys(document: FilingDocument) -> Iterator[tuple[str, str]]:
    """Yield (section, key) of the document's content. `compose` drops rows of invisible characters only."""
    yield from (("fields", key) for key in document.fields)
    yield from (("amounts", key) for key in document.amounts)
    yield from (("duties", row.key) for row in document.duties)
    yield from (("goals", str(number)) for number in range(len(document.goals)))
    yield from (("indicators", row.key) for row in document.indicators)
    yield from (("tasks", row.key) for row in document.tasks)


class _TableReader:
    """Read the rows from top to bottom; each belongs to the section of the latest label."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.result = ReadingBuilder()
        self.lines = LineReader(edition, self.result)
        self.seen: set[str] = set()
        self._fields = FieldReader(edition, self.result, self.lines)
        self._amounts = AmountReader(edition, self.result)
        self.indicators = IndicatorReader(edition, self.result)
        self._tasks = TaskReader(edition, self.result)
        self._section: Section | None = None
        self._warning = ""
        self._halves: tuple[RowCell, ...] = ()
        # First grid column after the section labels; cells from there on do not begin a section.
        self._labels_end: int | None = None

    def read(self, cells: Sequence[RowCell]) -> None:
        """Read one row."""
        nonempty = filled(cells)
        if not nonempty:
            return
        if len(nonempty) == 1 and match_key(nonempty[0].text) in CONTINUATION_NOTES:
            self.result.add_leftover(nonempty[0])
            return
        label = None if nonempty[0].is_line else self._label(cells)
        headings = find_indicator_headings(cells, self.edition)
        if headings:
            self._begin_columns(headings, cells, label, "indicators")
            return
        headings = find_task_headings(cells, self.edition)
        if headings and (self.edition.has("tasks") or self._section is None):
            self._begin_columns(headings, cells, label, "tasks")
            return
        rest: Sequence[RowCell] = cells
        if label:
            self._begin(label[1], label[0])
            rest = [cell for cell in cells if cell is not label[0]]
        elif self._is_free_line(nonempty):
            self.lines.read(nonempty)
            return
        self._read_content(rest)

    def _label(self, cells: Sequence[RowCell]) -> tuple[RowCell, Section] | None:
        """Find the label that begins a section in this row, and the section."""
        first = next((cell for cell in cells if cell.is_filled), None)
        if first is None or any(cell.is_spanning for cell in cells if cell.column < first.column):
            return None
        if self._labels_end is not None and first.column >= self._labels_end:
            return None
        own = next((item for item in self.edition.sections if same(first.text, item.label)), None)
        section = own or section_for_label(first.text, self.edition)
        return (first, section) if section else None

    def _begin(self, section: Section, label: RowCell) -> None:
        is_own = any(section is item for item in self.edition.sections) and same(section.label, label.text)
        self._halves = ()
        self._section, self._warning = section, "" if is_own else label_warning(label.text)
        self._labels_end = min(label.end, self._labels_end or label.end)
        if section.kind == "budget":
            self.result.unit = self.result.unit or unit_in(label.text)
        self.seen.add(section.kind + section.key)

    def _begin_columns(
        self, headings: ColumnHeadings, cells: Sequence[RowCell], label: tuple[RowCell, Section] | None, kind: str
    ) -> None:
        """Begin a section of the given kind at a row of column headings."""
        if label:
            self._begin(label[1], label[0])
        self._section = next((item for item in self.edition.sections if item.kind == kind), Section(kind, ""))
        self.seen.add(kind)
        if kind == "tasks":
            self.result.unit = self.result.unit or "".join(
                unit_in(cell.text) for cell, key in headings.columns if key == "amount"
            )
        reader = self.indicators if kind == "indicators" else self._tasks
        reader.begin(headings)
        used = {id(cell) for cell, _ in headings.columns} | ({id(label[0])} if label else set())
        for cell in filled(cells):
            if id(cell) not in used:
                self.result.add_leftover(cell)

    def _is_free_line(self, nonempty: Sequence[RowCell]) -> bool:
        """Whether a row is a line above the table's first label, or of fields in the first column below the table."""
        if nonempty[0].is_line:
            return True
        if self._labels_end is None:
            return not self._section and not any(self._amounts.is_line(cell.text) for cell in nonempty)
        is_at_left = nonempty[0].column < self._labels_end
        first = nonempty[0].text
        is_field = self.lines.begins_with_label(first) or self.lines.names_field(first)
        return is_at_left and (is_field or self._section is None)

    def _read_content(self, cells: Sequence[RowCell]) -> None:
        """Read a row's cells, without the section's label, as content of the current section."""
        section = self._section
        match section.kind if section else "budget":
            case "field" if section:
                self._fields.read(section, nonempty_or_flagged(cells), self._warning)
            case "budget":
                self._amounts.read(cells)
            case "duties":
                self._read_duties(filled(cells))
            case "goal":
                self._read_goals(filled(cells))
            case "indicators":
                self.indicators.read(cells)
            case "tasks" if any(self._amounts.is_line(cell.text) for cell in filled(cells)):
                self._amounts.read(cells)
            case "tasks":
                self._tasks.read(cells)
            case _:
                self._add_leftovers(filled(cells))

    def _read_duties(self, cells: Sequence[RowCell]) -> None:
        if not self.edition.has("duties"):
            return self._add_leftovers(cells)
        for cell in cells:
            for piece in cell.text.splitlines():
                if line(piece):
                    key = self.result.next_key(self.result.duties)
                    self.result.duties.append(DutyRow(key, piece))
                    self.result.add_origin(place.duty(key), cell, self._warning)
        return None

    def _read_goals(self, cells: Sequence[RowCell]) -> None:
        """Read a row of goals: of several halves (中期目标 | 年度目标, 年初设定目标 | 完成情况) that of the year."""
        if not self.edition.has("goal"):
            return self._add_leftovers(cells)
        if is_row_of_halves(cells):
            self._halves = tuple(cells)
            return None
        wanted = [cell for cell in cells if is_of_the_year(cell, self._halves)]
        for cell in cells:
            if cell not in wanted:
                self.result.add_leftover(cell)
        glue = "：" if len(wanted) == 2 and _COUNTED_GOAL.fullmatch(line(wanted[0].text)) else "\n"
        self.result.goals.append(glue.join(cell.text for cell in wanted))
        for cell in wanted:
            self.result.add_origin(place.goal(), cell, self._warning)
        return None

    def _add_leftovers(self, cells: Sequence[RowCell]) -> None:
        """Record cells without a place as leftovers, except the text that the edition itself prints."""
        printed = {match_key(item.words) for item in self.edition.sections if item.words}
        for cell in cells:
            if match_key(cell.text) not in printed:
                self.result.add_leftover(cell)


def _reason(grid: Grid, edition: Edition) -> str:
    if not grid.rows:
        return "没有找到表格：这种文本里，每个单元格以制表符（TAB）开头。"
    labels = "、".join(f"「{bare(section.label)}」" for section in edition.sections)
    return f"不是部门整体支出绩效目标表：左侧应有 {labels}，至少要认出其中两栏。"
