"""Whatever stands in the cells: reading raises nothing, loses nothing, and speaks of places that are there."""

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
from filings.table.reading.find_tables import find
from filings.table.reading.read_table import NotATable, read
from filings.table.reading.result import Leftover
from filings.table.reading.vocabulary import (
    CLASSES,
    FIELDS,
    HEADS,
    LINES,
    OVER_LINES,
    SECTIONS,
    TASK_HEADS,
)
from filings.tests.strategies import lines

EDITIONS = list(editions().values())


@dataclass(frozen=True)
class Words:
    """The text of a cell, and those parts of it that no form prints: each must be found again."""

    text: str
    says: tuple[str, ...] = ()


def labels(edition: Edition) -> list[str]:
    """What the form prints, and what other forms do."""
    own = [section.label for section in edition.sections]
    own += [label for first, second in edition.leaves() for label in (first.label, second.label)]
    own += [column.label for column in (*edition.columns, *edition.task_columns)]
    own += [text for split in edition.splits for text in (split.label, split.lead)]
    own += [line.label for line in edition.lines]
    own += [f"{item.label}{item.stamp}" for item in (*edition.header, *edition.footer)]
    return [*own, *CLASSES, *(f"{name}指标" for name in CLASSES), *HEADS, *LINES, *OVER_LINES, *SECTIONS, *TASK_HEADS]


def numbers() -> st.SearchStrategy[str]:
    """So large that none is found by accident."""
    return st.integers(100_000, 999_999).map(str)


def names() -> st.SearchStrategy[str]:
    words = st.sampled_from(["培训干部", "覆盖率", "县档案馆", "无", "目标", "/", "=", "≥"])
    return st.builds(str.__add__, words, numbers())


def junk() -> st.SearchStrategy[Words]:
    texts = st.one_of(names(), names(), numbers(), lines(most=6), st.builds("{}万元".format, numbers()))
    several = st.lists(texts, min_size=2, max_size=3)
    return st.one_of(
        texts.map(lambda text: Words(text, (text,))),
        several.map(lambda found: Words("\n".join(found), tuple(found))),
    )


def labelled(edition: Edition) -> st.SearchStrategy[Words]:
    """A label and a text in one cell; two such lines in one."""
    before = [*LINES, *FIELDS, *(line.label.rstrip("：") for line in edition.lines), "单位", "目标1", "制表"]
    between = st.sampled_from(["：", ":", " ", "（元）："])
    one = st.tuples(st.sampled_from(before), between, st.one_of(names(), numbers()))
    single = one.map(lambda parts: Words("".join(parts), (parts[2],)))
    parted = st.sampled_from(["\n", "　", " ", "，"])
    return st.one_of(
        single,
        st.builds(lambda a, b, mark: Words(f"{a.text}{mark}{b.text}", (*a.says, *b.says)), single, single, parted),
    )


def titles() -> st.SearchStrategy[Words]:
    years = st.integers(2000, 2099).map(str)
    return st.one_of(
        years.map(lambda year: Words(f"{year}年部门整体支出绩效目标表", (year,))),
        years.map(lambda year: Words(f"（{year}年度）", (year,))),
        st.builds(lambda year, name: Words(f"{name}{year}年度绩效目标表", (year, name)), years, names()),
        st.builds(lambda year, name: Words(f"{year}年项目支出绩效目标表（{name}）", (year, name)), years, names()),
        st.sampled_from(["单位：万元", "（金额单位：万元）"]).map(Words),
    )


def cells(edition: Edition) -> st.SearchStrategy[Words]:
    printed = st.sampled_from(labels(edition)).map(Words)
    return st.one_of(printed, printed, junk(), labelled(edition), titles(), st.just(Words("")))


def rows(edition: Edition) -> st.SearchStrategy[list[Words]]:
    """Any cells; heads; a row below them; a label with texts."""
    heads = [Words(label) for label in HEADS]
    own = [Words(column.label) for column in edition.columns]
    tasks = [Words(label) for label in TASK_HEADS]
    levels = st.sampled_from([Words(label) for label in ("产出指标", "效益", "成本指标", "满意度指标", *CLASSES, "")])
    sections = st.sampled_from([Words(label) for label in SECTIONS])
    return st.one_of(
        st.lists(cells(edition), max_size=7),
        st.tuples(sections, st.lists(st.sampled_from(heads), max_size=7)).map(lambda parts: [parts[0], *parts[1]]),
        sections.map(lambda label: [label, *own]),
        st.tuples(sections, st.lists(st.sampled_from(tasks), max_size=4)).map(lambda parts: [parts[0], *parts[1]]),
        st.tuples(levels, levels, st.lists(junk(), max_size=5)).map(lambda parts: [Words(""), *parts[:2], *parts[2]]),
        st.tuples(junk(), junk(), st.lists(junk(), max_size=5)).map(lambda parts: [Words(""), *parts[:2], *parts[2]]),
        st.tuples(sections, st.lists(cells(edition), max_size=6)).map(lambda parts: [parts[0], *parts[1]]),
    )


@dataclass(frozen=True)
class GridCase:
    """A grid on a form, and whatever must be found again of it."""

    edition: Edition
    grid: Grid
    says: tuple[str, ...]

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """How hypothesis prints it."""

        def shown(cells: Sequence[Cell]) -> list[tuple[object, ...]]:
            return [(cell.text, cell.column, cell.columns, cell.rows) for cell in cells]

        rows = [shown(row.cells) for row in self.grid.rows]
        above, below = shown(self.grid.above), shown(self.grid.below)
        printer.text(f"{self.edition.code}\n{above}\n{rows}\n{below}\n{self.says}")


@st.composite
def grids(draw: st.DrawFn, edition: Edition) -> GridCase:
    """A grid, and whatever must be found again of it."""
    says: list[str] = []
    spans = st.sampled_from([1, 1, 1, 1, 1, 2, 3])

    def cell(words: Words, column: int) -> Cell:
        says.extend(words.says)
        return Cell(words.text, column, draw(spans), draw(spans))

    made = []
    for words in draw(st.lists(rows(edition), max_size=12)):
        made.append(Row(tuple(cell(text, at) for at, text in enumerate(words)), ""))
    above, below = (tuple(cell(text, 0) for text in draw(st.lists(cells(edition), max_size=2))) for _ in range(2))
    return GridCase(edition, Grid(tuple(made), above, below), tuple(says))


def cases() -> st.SearchStrategy[GridCase]:
    return st.sampled_from(EDITIONS).flatmap(grids)


def normal(text: str) -> str:
    """Without what makes no difference: white space, and the forms' own unit of amounts."""
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


def lost(says: Sequence[str], document: FilingDocument, left: Sequence[Leftover], more: Sequence[str]) -> list[str]:
    """What is neither in the document nor listed as left out. Labels of a class stand in its warning."""
    found = [normal(text) for text in (*texts_of(document), *(one.text for one in left), *more)]
    return [text for text in says if not any(normal(text) in one for one in found)]


def places(document: FilingDocument, edition: Edition) -> set[str]:
    columns = {"name", "target", "node", *(column.key for column in edition.further_columns)}
    return {
        *(f"fields[{key}]" for key in document.fields),
        *(f"amounts[{key}]" for key in document.amounts),
        *(f"duties[{duty.key}].text" for duty in document.duties),
        *(f"goals[{at}]" for at in range(len(document.goals))),
        *(f"indicators[{row.key}].{column}" for row in document.indicators for column in columns),
        *(f"tasks[{task.key}].{column}" for task in document.tasks for column in task.cells),
    }


@given(cases())
@settings(max_examples=30)
def test_what_is_read_and_what_is_left_out_is_everything(case: GridCase) -> None:
    try:
        reading = read(case.grid, case.edition)
    except NotATable:
        return
    assert lost(case.says, reading.document, reading.not_understood, list(reading.warnings.values())) == []


@given(cases())
@settings(max_examples=30)
def test_origins_and_warnings_lie_at_places_of_the_document(case: GridCase) -> None:
    try:
        reading = read(case.grid, case.edition)
    except NotATable:
        return
    assert {str(place) for place in (*reading.warnings, *reading.origins)} <= places(reading.document, case.edition)


@given(cases(), st.booleans())
@settings(max_examples=25)
def test_all_tables_of_a_file_and_its_other_texts_are_everything(case: GridCase, again: bool) -> None:
    grids = [case.grid, case.grid] if again else [case.grid]
    try:
        found = find(grids, case.edition)
    except NotATable:
        return
    readings = [table.reading for table in found.tables]
    texts = [text for reading in readings for text in texts_of(reading.document)]
    texts += [warning for reading in readings for warning in reading.warnings.values()]
    left = [one for reading in readings for one in reading.not_understood]
    assert lost(case.says, readings[0].document, [*left, *found.others], texts) == []
    assert find(grids, case.edition) == found
