"""Grid → document: finds the table by its labels, and lists what was not understood. Guesses nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from filings.document.content import FilingDocument, IndicatorRow, compose
from filings.document.edition import Edition, Section
from filings.document.labels import match_key, same
from filings.document.text import bare, line
from filings.table.classes import ClassReader
from filings.table.grid import Grid

_YEAR = re.compile(r"(?:19|20)\d\d(?=\s*年)", re.ASCII)
_TITLE = "绩效目标表"


class NotATable(ValueError):
    """Cells that hold no such table, with the reason in Chinese."""


@dataclass(frozen=True)
class Leftover:
    """A text that found no place in the document; `row` counts the table's rows from one, 0 for lines around it."""

    row: int
    text: str


@dataclass(frozen=True)
class Reading:
    """What was read, and what was not understood."""

    document: FilingDocument
    not_understood: tuple[Leftover, ...]


@dataclass
class _Found:
    """What has been collected so far, as found."""

    year: int | None = None
    fields: dict[str, str] = field(default_factory=dict)
    amounts: dict[str, str] = field(default_factory=dict)
    duties: list[str] = field(default_factory=list)
    goals: list[str] = field(default_factory=list)
    indicators: list[IndicatorRow] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)


def read(grid: Grid, edition: Edition) -> Reading:
    """The document in a grid, rows keyed r1 r2 … Raises NotATable when not even two of its sections are found."""
    found = _Found()
    for cell in (*grid.above, *grid.below):
        _read_line(cell.content, edition, found)
    _read_rows(grid, edition, found)
    keys = (f"r{number}" for number in count(1))
    document = compose(
        edition,
        year=found.year,
        fields=found.fields,
        amounts=found.amounts,
        duties=[(next(keys), text) for text in found.duties],
        goals=["\n".join(found.goals)],
        indicators=found.indicators,
    )
    return Reading(document, tuple(found.leftovers))


def _read_line(text: str, edition: Edition, found: _Found) -> None:
    """A line above or below the table: a field, or the title with its year."""
    for item in (*edition.header, *edition.footer):
        match = _labelled(item.label).fullmatch(line(text))
        if match and item.key not in found.fields:
            found.fields[item.key] = match[1].removesuffix(item.stamp)
            return
    words = bare(text)
    year = _YEAR.search(text)
    is_title = _TITLE in words
    if year and found.year is None and (is_title or match_key(words) == match_key(edition.title_for(int(year[0])))):
        found.year = int(year[0])
    elif words and not is_title:
        found.leftovers.append(Leftover(0, line(text)))


def _read_rows(grid: Grid, edition: Edition, found: _Found) -> None:
    section: Section | None = None
    seen: set[str] = set()
    classes = ClassReader(edition)
    for number, row in enumerate(grid.flow(), start=1):
        begun = next((item for item in edition.sections if row and same(row[0], item.label)), None)
        section = begun or section
        if begun:
            seen.add(begun.label)
        cells = row[1:] if begun or (row and not row[0]) else row
        left_out = _read_cells(section, cells, edition, found, classes) if section else cells
        found.leftovers.extend(Leftover(number, line(text)) for text in left_out if bare(text))
    if len(seen) < 2:
        raise NotATable(_what_is_missing(grid, edition))


def _read_cells(
    section: Section, cells: list[str], edition: Edition, found: _Found, classes: ClassReader
) -> Iterator[str] | list[str]:
    """Takes the cells of one row into what was found; gives back those that were not understood."""
    match section.kind:
        case "field" if section.key not in found.fields:
            text, *others = [text for text in cells if text] or [""]
            found.fields[section.key] = text
            return others
        case "budget":
            return [text for text in cells if not _read_amount(text, edition, found)]
        case "duties":
            found.duties.extend(piece for text in cells for piece in text.splitlines())
        case "goal":
            found.goals.extend(cells)
        case "indicators":
            row, left_out = classes.read(cells)
            if row:
                found.indicators.append(row)
            return left_out
        case _:
            return cells
    return []


def _read_amount(text: str, edition: Edition, found: _Found) -> bool:
    words = line(text)
    if not words or any(same(words, split.label) for split in edition.splits):
        return True
    names = [(name, item.key) for item in edition.lines for name in (item.label, *item.aliases)]
    leads = "|".join(_label(split.lead) for split in edition.splits)
    for name, key in sorted(names, key=lambda pair: -len(pair[0])):
        match = re.fullmatch(rf"(?:{leads})?{_labelled(name).pattern}", words)
        if match and key not in found.amounts:
            found.amounts[key] = match[1]
            return True
    return False


def _labelled(label: str) -> re.Pattern[str]:
    """Matches a text that begins with a label; what follows is group 1."""
    return re.compile(rf"{_label(label)}(.*)")


def _label(words: str) -> str:
    """A pattern of a label, with or without its colon and spaces."""
    return r"\s*".join(map(re.escape, bare(words).rstrip("：:"))) + r"\s*[：:]?\s*"


def _what_is_missing(grid: Grid, edition: Edition) -> str:
    if not grid.rows:
        return "没有找到表格：这种文本里，每个单元格以制表符（TAB）开头。"
    labels = "、".join(f"「{bare(section.label)}」" for section in edition.sections)
    return f"不是部门整体支出绩效目标表：左侧应有 {labels}，至少要认出其中两栏。"
