"""Parse tables drawn with bars: Markdown, full-width bars ｜, box drawing, and grids of +---+."""

import re
from collections.abc import Iterator
from itertools import groupby, zip_longest

# Cell separators by the table's bar. An escaped \| is text; in box drawing, any character with a vertical line counts.
_BARS = {
    "|": re.compile(r"(?<!\\)\|"),
    "｜": re.compile("｜"),
    "│": re.compile("[\u2502\u2503\u2506\u2507\u250a-\u254b\u254e\u254f\u2551-\u2570]"),
}
_ANY_BAR = re.compile("|".join(f"({bar.pattern})" for bar in _BARS.values()))
_CORNERS = re.compile("[+\u250a-\u254b\u2551-\u2570]")
_HORIZONTAL = "\u2500\u2501\u2504\u2505\u2508\u2509\u254c\u254d\u2550"
_DASHES = re.compile(f":?[-={_HORIZONTAL}]{{2,}}:?|[{_HORIZONTAL}]")
_DELIMITER = re.compile(":?-+:?")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# A grid's top, below its head, and its bottom. With more rules, each row has its own.
_RULES_OF_A_HEAD = 3


def split_blocks(text: str) -> Iterator[str | list[list[str]]]:
    """Yield the lines and tables of a text in order, a table as rows of cells; line breaks in `text` are '\\n'.

    Consecutive lines with bars of one kind are a table, if there are at least two or if the line begins with the bar;
    a blank line ends it. Rules are left out: lines with cells of two dashes or more, and a second line with cells of
    one. Each line is a row, and <br> a line break in a cell; but in a grid with more than three rules with corners, all
    lines between two rules are one row.
    """
    lines = text.split("\n")
    start = 0
    while start < len(lines):
        bar = _bar(lines[start])
        end = start + 1
        while bar and end < len(lines) and (_bar(lines[end]) == bar or _is_rule(lines[end])):
            end += 1
        rows = list(_rows(lines[start:end], bar)) if bar else []
        if rows and (end - start > 1 or _split(lines[start].strip(), bar)[0] == ""):
            yield rows
        else:
            yield from lines[start:end]
        start = end


def has_table(text: str) -> bool:
    """Whether `split_blocks` finds a table."""
    return any(not isinstance(block, str) for block in split_blocks(text))


def is_between_bars(line: str) -> bool:
    """Whether a line begins and ends with a bar."""
    line = line.strip()
    return any(bar.match(line) and bar.match(line[-1]) for bar in _BARS.values())


def _bar(line: str) -> str:
    """Return the kind of the first bar in a line, '' without one. A rule from + to + counts as |."""
    match = _ANY_BAR.search(line)
    if match and match.lastindex:
        return [*_BARS][match.lastindex - 1]
    return "|" if line.lstrip().startswith("+") and _is_rule(line) else ""


def _is_rule(line: str) -> bool:
    pieces = [piece.strip() for piece in _ANY_BAR.sub("+", line).split("+")]
    return any(pieces) and all(_DASHES.fullmatch(piece) for piece in pieces if piece)


def _rows(lines: list[str], bar: str) -> Iterator[list[str]]:
    is_rule = [_is_rule(line) for line in lines]
    corners = sum(rule and _CORNERS.match(line.lstrip()) is not None for rule, line in zip(is_rule, lines, strict=True))
    if len(lines) > 1 and all(map(_DELIMITER.fullmatch, _cells(lines[1], bar))):
        is_rule[1] = True
    for rule, numbers in groupby(range(len(lines)), is_rule.__getitem__):
        rows = [] if rule else [cells for number in numbers if (cells := _cells(lines[number], bar))]
        if corners > _RULES_OF_A_HEAD and rows:
            yield ["\n".join(filter(None, column)) for column in zip_longest(*rows, fillvalue="")]
        else:
            yield from rows


def _cells(line: str, bar: str) -> list[str]:
    """Split a line into cells, without the empty pieces outside of its outer bars."""
    pieces = _split(line.strip(), bar)
    inner = pieces[pieces[0] == "" : len(pieces) - (pieces[-1] == "")]
    texts = (piece.replace("\\|", "|") if bar == "|" else piece for piece in inner)
    return ["" if not text.strip(_HORIZONTAL) else _BREAK.sub("\n", text).strip() for text in texts]


def _split(line: str, bar: str) -> list[str]:
    return _BARS[bar].split(line)
