"""Text files and pasted text: read as the shape that they have, with TABs, bars or commas, or else line by line."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from io import StringIO

from filings.formats import text as travelling
from filings.formats.file import CannotRead
from filings.formats.readers.text import pipes, tabs
from filings.table.grid import Cell, Grid, Row

LONGEST = 2_000_000
MOST_ROWS = 3_000
MOST_CELLS = 20_000
# Empty cells among them, which cost memory and say nothing.
MOST_SPOTS = 200_000
FEWEST_FIELDS = 3
_MEND = "请只粘贴绩效目标表这一张。"


def read(text: str) -> list[Grid]:
    """The tables of a text, with the lines before, between and after them; none where the text is blank.

    What decides, in this order: a line with a TAB and not between bars (`tabbed`, and `filings.formats.text` for the
    form in which tables travel), a table of bars (`barred`), commas that part most lines into equally many fields,
    three at least. Any other text is one cell a line: a Grid of rows with a single cell each, to be understood
    by its labels. Columns are counted, spans unknown. Raises CannotRead where there is too much.
    """
    if len(text) > LONGEST:
        raise CannotRead(f"文字有 {len(text)} 个字符，超过上限 {LONGEST} 个。{_MEND}")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if any("\t" in line and not pipes.is_drawn(line) for line in text.split("\n")):
        return _tabbed(text)
    if pipes.has_table(text):
        return _grids(pipes.blocks(text))
    return _grids(_around(_comma_separated(text)) or text.split("\n"))


def _tabbed(text: str) -> list[Grid]:
    if not tabs.travels(text):
        return _grids(_around(tabs.rows(text)))
    _refuse_more(text.count("\t"), MOST_SPOTS, "个单元格")
    grid = travelling.read(text)
    _check([[cell.text for cell in row.cells] for row in grid.rows])
    return [grid]


def _comma_separated(text: str) -> list[list[str]]:
    """The fields of each line, [] where commas do not part most of two lines or more into equally many, three at least.

    A quote that nothing closes takes the rest of the text into its field, whose size the module csv limits.
    """
    try:
        rows = [row for row in csv.reader(StringIO(text, newline="")) if any(map(str.strip, row))]
    except csv.Error:
        return []
    fields, lines = max(Counter(map(len, rows)).items(), key=lambda item: item[1], default=(0, 0))
    return rows if fields >= FEWEST_FIELDS and len(rows) >= 2 and lines * 2 > len(rows) else []


def _around(rows: list[list[str]]) -> list[str | list[list[str]]]:
    """The rows as one table; those of a single cell at the beginning and at the end are lines above and below it."""
    wide = [at for at, row in enumerate(rows) if len(row) > 1]
    if not wide:
        return [text for row in rows for text in row]
    first, last = wide[0], wide[-1] + 1
    table = [row for row in rows[first:last] if len(row) > 1 or any(map(str.strip, row))]
    above, below = ([text for row in part for text in row] for part in (rows[:first], rows[last:]))
    return [*above, table, *below]


def _grids(blocks: Iterable[str | list[list[str]]]) -> list[Grid]:
    """A Grid a table, with the lines before it, and after the last one; lines alone are rows of a cell each."""
    tables: list[tuple[list[str], list[list[str]]]] = []
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            lines += [block] if block.strip() else []
        else:
            tables.append((lines, block))
            lines = []
    if not tables and lines:
        tables, lines = [([], [[line] for line in lines])], []
    _check([row for _, rows in tables for row in rows])
    grids = [Grid(tuple(_rows(rows)), above=_lines(above)) for above, rows in tables]
    return [*grids[:-1], Grid(grids[-1].rows, grids[-1].above, _lines(lines))] if grids else []


def _check(rows: list[list[str]]) -> None:
    _refuse_more(sum(map(len, rows)), MOST_SPOTS, "个单元格")
    _refuse_more(sum(any(map(str.strip, row)) for row in rows), MOST_ROWS, "行")
    _refuse_more(sum(bool(text.strip()) for row in rows for text in row), MOST_CELLS, "个有内容的单元格")


def _refuse_more(count: int, most: int, what: str) -> None:
    if count > most:
        raise CannotRead(f"文字有 {count} {what}，超过上限 {most} {what[0]}。{_MEND}")


def _rows(rows: list[list[str]]) -> Iterator[Row]:
    return (Row(tuple(Cell(text.strip(), at) for at, text in enumerate(row)), "") for row in rows)


def _lines(lines: list[str]) -> tuple[Cell, ...]:
    return tuple(Cell(line.strip()) for line in lines)
