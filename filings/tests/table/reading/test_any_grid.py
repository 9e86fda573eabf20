"""Property tests of reading: any grid is read without errors or lost texts, and warnings refer to existing places."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.document.text import bare, symbols
from filings.table.grid import Cell, Grid, Row
from filings.table.reading.find_tables import find_tables
from filings.table.reading.read_table import NotATable, read_table
from filings.table.reading.result import Leftover
from filings.table.reading.vocabulary import (
    CLASSES,
    FIELDS,
    HEADINGS,
    LINES,
    OVER_LINES,
    SECTIONS,
    TASK_HEADINGS,
)
from filings.tests.strategies import lines

EDITIONS = list(editions().values())


@dataclass(frozen=True)
class Text:
    """The text of a cell, and its parts that no form prints: each must be found again."""

    text: str
    parts: tuple[str, ...] = ()


def labels(edition: Edition) -> list[str]:
    """List the labels of an edition and of other forms."""
    own = [section.label for section in edition.sections]
    own += [label for first, second in edition.leaves() for label in (first.label, second.label)]
    own += [column.label for column in (*edition.columns, *edition.task_columns)]
    own += [text for split in edition.splits for text in (split.label, split.lead)]
    own += [line.label for line in edition.lines]
    own += [f"{item.label}{item.stamp}" for item in (*edition.header, *edition.footer)]
    return [
        *own,
        *CLASSES,
        *(f"{name}指标" for name in CLASSES),
        *HEADINGS,
        *LINES,
        *OVER_LINES,
        *SECTIONS,
        *TASK_HEADINGS,
    ]


def numbers() -> st.SearchStrategy[str]:
    """Numbers so large that none occurs by accident."""
    return st.integers(100_000, 999_999).map(str)


def names() -> st.SearchStrategy[str]:
    words = st.sampled_from(["培训干部", "覆盖率", "县档案馆", "无", "目标", "/", "=", "≥"])
    return st.builds(str.__add__, words, numbers())


def junk() -> st.SearchStrategy[Text]:
    texts = st.one_of(names(), names(), numbers(), lines(most=6), st.builds("{}万元".format, numbers()))
    several = st.lists(texts, min_size=2, max_size=3)
    return st.one_of(
        texts.map(lambda text: Text(text, (text,))),
        several.map(lambda pieces: Text("\n".join(pieces), tuple(pieces))),
    )


def labelled(edition: Edition) -> st.SearchStrategy[Text]:
    """A label with a text in one cell, or two of them."""
    before = [*LINES, *FIELDS, *(line.label.rstrip("：") for line in edition.lines), "单位", "目标1", "制表"]
    between = st.sampled_from(["：", ":", " ", "（元）："])
    pair = st.tuples(st.sampled_from(before), between, st.one_of(names(), numbers()))
    single = pair.map(lambda parts: Text("".join(parts), (parts[2],)))
    separators = st.sampled_from(["\n", "　", " ", "，"])
    return st.one_of(
        single,
        st.builds(lambda a, b, mark: Text(f"{a.text}{mark}{b.text}", (*a.parts, *b.parts)), single, single, separators),
    )


def titles() -> st.SearchStrategy[Text]:
    years = st.integers(2000, 2099).map(str)
    return st.one_of(
        years.map(lambda year: Text(f"{year}年部门整体支出绩效目标表", (year,))),
        years.map(lambda year: Text(f"（{year}年度）", (year,))),
        st.builds(lambda year, name: Text(f"{name}{year}年度绩效目标表", (year, name)), years, names()),
        st.builds(lambda year, name: Text(f"{year}年项目支出绩效目标表（{name}）", (year, name)), years, names()),
        st.sampled_from(["单位：万元", "（金额单位：万元）"]).map(Text),
    )


def cells(edition: Edition) -> st.SearchStrategy[Text]:
    printed = st.sampled_from(labels(edition)).map(Text)
    return st.one_of(printed, printed, junk(), labelled(edition), titles(), st.just(Text("")))


def rows(edition: Edition) -> st.SearchStrategy[list[Text]]:
    """Any cells, column headings, a row of an indicator, or a label with texts."""
    headings = [Text(label) for label in HEADINGS]
    own = [Text(column.label) for column in edition.columns]
    tasks = [Text(label) for label in TASK_HEADINGS]
    levels = st.sampled_from([Text(label) for label in ("产出指标", "效益", "成本指标", "满意度指标", *CLASSES, "")])
    sections = st.sampled_from([Text(label) for label in SECTIONS])
    return st.one_of(
        st.lists(cells(edition), max_size=7),
        st.tuples(sections, st.lists(st.sampled_from(headings), max_size=7)).map(lambda parts: [parts[0], *parts[1]]),
        sections.map(lambda label: [label, *own]),
        st.tuples(sections, st.lists(st.sampled_from(tasks), max_size=4)).map(lambda parts: [parts[0], *parts[1]]),
        st.tuples(levels, levels, st.lists(junk(), max_size=5)).map(lambda parts: [Text(""), *parts[:2], *parts[2]]),
        st.tuples(junk(), junk(), st.lists(junk(), max_size=5)).map(lambda parts: [Text(""), *parts[:2], *parts[2]]),
        st.tuples(sections, st.lists(cells(edition), max_size=6)).map(lambda parts: [parts[0], *parts[1]]),
    )


@dataclass(frozen=True)
class GridCase:
    """A grid, the edition to read it by, and the texts that must be found again."""

    edition: Edition
    grid: Grid
    parts: tuple[str, ...]

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Print the case for hypothesis."""

        def shown(cells: Sequence[Cell]) -> list[tuple[object, ...]]:
            return [(cell.text, cell.column, cell.columns, cell.rows) for cell in cells]

        rows = [shown(row.cells) for row in self.grid.rows]
        above, below = shown(self.grid.above), shown(self.grid.below)
        printer.text(f"{self.edition.code}\n{above}\n{rows}\n{below}\n{self.parts}")


@st.composite
def grids(draw: st.DrawFn, edition: Edition) -> GridCase:
    """Build a grid with the texts that must be found again."""
    parts: list[str] = []
    spans = st.sampled_from([1, 1, 1, 1, 1, 2, 3])

    def cell(text: Text, column: int) -> Cell:
        parts.extend(text.parts)
        return Cell(text.text, column, draw(spans), draw(spans))

    grid_rows = []
    for texts in draw(st.lists(rows(edition), max_size=12)):
        grid_rows.append(Row(tuple(cell(text, column) for column, text in enumerate(texts)), ""))
    above, below = (tuple(cell(text, 0) for text in draw(st.lists(cells(edition), max_size=2))) for _ in range(2))
    return GridCase(edition, Grid(tuple(grid_rows), above, below), tuple(parts))


def cases() -> st.SearchStrategy[GridCase]:
    return st.sampled_from(EDITIONS).flatmap(grids)


def normal(text: str) -> str:
    """Remove insignificant differences: white space, and the editions' own unit of amounts."""
    return bare(symbols(text)).replace("≥", ">=").replace("万元", "")


def texts_of(document: FilingDocument) -> Iterator[str]:
    yield str(document.year)
    yield from document.fields.values()
    yield from document.amounts.values()
    yield from (duty.text for duty in document.duties)
    yield from document.goals
    for row in document.indicators:
        yield from (row.first_level, row.second_level, row.name, row.target, *row.more.values())
    for task in document.tasks:
        yield from task.cells.values()


def lost(
    parts: Sequence[str], document: FilingDocument, leftovers: Sequence[Leftover], warnings: Sequence[str]
) -> list[str]:
    """List the texts that are neither in the document, among the leftovers nor in a warning (as class labels are)."""
    texts = [normal(text) for text in (*texts_of(document), *(leftover.text for leftover in leftovers), *warnings)]
    return [text for text in parts if not any(normal(text) in other for other in texts)]


def places(document: FilingDocument, edition: Edition) -> set[str]:
    columns = {"name", "target", "node", *(column.key for column in edition.further_columns)}
    return {
        *(f"fields[{key}]" for key in document.fields),
        *(f"amounts[{key}]" for key in document.amounts),
        *(f"duties[{duty.key}].text" for duty in document.duties),
        *(f"goals[{index}]" for index in range(len(document.goals))),
        *(f"indicators[{row.key}].{column}" for row in document.indicators for column in columns),
        *(f"tasks[{task.key}].{column}" for task in document.tasks for column in task.cells),
    }


@given(cases())
@settings(max_examples=30)
def test_every_text_is_read_or_a_leftover(case: GridCase) -> None:
    try:
        reading = read_table(case.grid, case.edition)
    except NotATable:
        return
    assert lost(case.parts, reading.document, reading.leftovers, list(reading.warnings.values())) == []


@given(cases())
@settings(max_examples=30)
def test_origins_and_warnings_refer_to_places_of_the_document(case: GridCase) -> None:
    try:
        reading = read_table(case.grid, case.edition)
    except NotATable:
        return
    assert {str(place) for place in (*reading.warnings, *reading.origins)} <= places(reading.document, case.edition)


@given(cases(), st.booleans())
@settings(max_examples=25)
def test_every_text_of_a_file_is_in_a_table_or_listed(case: GridCase, again: bool) -> None:
    grids = [case.grid, case.grid] if again else [case.grid]
    try:
        tables = find_tables(grids, case.edition)
    except NotATable:
        return
    readings = [table.reading for table in tables.tables]
    texts = [text for reading in readings for text in texts_of(reading.document)]
    texts += [warning for reading in readings for warning in reading.warnings.values()]
    leftovers = [leftover for reading in readings for leftover in reading.leftovers]
    assert lost(case.parts, readings[0].document, [*leftovers, *tables.others], texts) == []
    assert find_tables(grids, case.edition) == tables
