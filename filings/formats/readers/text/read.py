"""Read text files and pasted text: tables with TABs, bars or commas, or else one cell per line."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from io import StringIO

from filings.formats import text as own_format
from filings.formats.file import CannotRead
from filings.formats.readers.text import pipes, tabs
from filings.table.grid import Cell, Grid, Row

# Characters.
LONGEST = 2_000_000
MOST_ROWS = 3_000
MOST_CELLS = 20_000
# Including empty cells, which take memory too.
MOST_CELLS_WITH_EMPTY = 200_000
FEWEST_FIELDS = 3
_ADVICE = "请只粘贴绩效目标表这一张。"


def read(text: str) -> list[Grid]:
    """Read the tables of a text, with the lines before, between and after them; an empty list if the text is blank.

    The format is detected in this order: a line with a TAB that is not between bars (`tabs`, or `filings.formats.text`
    for tables that this program exported); a table with bars (`pipes`); commas that split most lines into the same
    number of fields, at least three. Any other text is a Grid with one cell per row, which is recognised by its
    labels. Text has no spans. Raises CannotRead if a limit is exceeded.
    """
    if len(text) > LONGEST:
        raise CannotRead(f"文字有 {len(text)} 个字符，超过上限 {LONGEST} 个。{_ADVICE}")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if any("\t" in line and not pipes.is_between_bars(line) for line in text.split("\n")):
        return _with_tabs(text)
    if pipes.has_table(text):
        return _grids(pipes.split_blocks(text))
    return _grids(_split_lines(_comma_separated(text)) or text.split("\n"))


def _with_tabs(text: str) -> list[Grid]:
    if not tabs.is_own_format(text):
        return _grids(_split_lines(tabs.parse_rows(text)))
    _check_limit(text.count("\t"), MOST_CELLS_WITH_EMPTY, "个单元格")
    grid = own_format.read(text)
    _check([[cell.text for cell in row.cells] for row in grid.rows])
    return [grid]


def _comma_separated(text: str) -> list[list[str]]:
    """Parse CSV; [] unless there are two lines or more and most have the same number of fields, at least three.

    An unclosed quote puts the rest of the text into one field, whose size the csv module limits.
    """
    try:
        rows = [row for row in csv.reader(StringIO(text, newline="")) if any(map(str.strip, row))]
    except csv.Error:
        return []
    fields, lines = max(Counter(map(len, rows)).items(), key=lambda item: item[1], default=(0, 0))
    return rows if fields >= FEWEST_FIELDS and len(rows) >= 2 and lines * 2 > len(rows) else []


def _split_lines(rows: list[list[str]]) -> list[str | list[list[str]]]:
    """Make the rows one table; rows of a single cell before and after it become lines."""
    wide = [index for index, row in enumerate(rows) if len(row) > 1]
    if not wide:
        return [text for row in rows for text in row]
    first, last = wide[0], wide[-1] + 1
    table = [row for row in rows[first:last] if len(row) > 1 or any(map(str.strip, row))]
    above, below = ([text for row in part for text in row] for part in (rows[:first], rows[last:]))
    return [*above, table, *below]


def _grids(blocks: Iterable[str | list[list[str]]]) -> list[Grid]:
    """Build a Grid for each table; lines without any table become one with a cell per row."""
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
    _check_limit(sum(map(len, rows)), MOST_CELLS_WITH_EMPTY, "个单元格")
    _check_limit(sum(any(map(str.strip, row)) for row in rows), MOST_ROWS, "行")
    _check_limit(sum(bool(text.strip()) for row in rows for text in row), MOST_CELLS, "个有内容的单元格")


def _check_limit(count: int, most: int, what: str) -> None:
    """Raise CannotRead if `count` exceeds `most`; `what` is the measure word and noun of the message."""
    if count > most:
        raise CannotRead(f"文字有 {count} {what}，超过上限 {most} {what[0]}。{_ADVICE}")


def _rows(rows: list[list[str]]) -> Iterator[Row]:
    return (Row(tuple(Cell(text.strip(), column) for column, text in enumerate(row)), "") for row in rows)


def _lines(lines: list[str]) -> tuple[Cell, ...]:
    return tuple(Cell(line.strip()) for line in lines)
