"""Tables drawn with bars: Markdown, full-width bars ｜, box drawing, and grids of +---+."""

import re
from collections.abc import Iterator
from itertools import groupby, zip_longest

# What parts two cells, by the bar that a table uses: an escaped \| is text; of box drawing, whatever has an upright.
_BARS = {
    "|": re.compile(r"(?<!\\)\|"),
    "｜": re.compile("｜"),
    "│": re.compile("[\u2502\u2503\u2506\u2507\u250a-\u254b\u254e\u254f\u2551-\u2570]"),
}
_ANY_BAR = re.compile("|".join(f"({bar.pattern})" for bar in _BARS.values()))
_CORNERS = re.compile("[+\u250a-\u254b\u2551-\u2570]")
_LEVEL = "\u2500\u2501\u2504\u2505\u2508\u2509\u254c\u254d\u2550"
_DASHES = re.compile(f":?[-={_LEVEL}]{{2,}}:?|[{_LEVEL}]")
_DELIMITER = re.compile(":?-+:?")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# The top, below the head, and the bottom: with more rules than these, each row of a grid has its own.
_RULES_OF_A_HEAD = 3


def blocks(text: str) -> Iterator[str | list[list[str]]]:
    """Lines and tables of a text in order, a table as the cells of its rows; line breaks in `text` are '\\n'.

    Lines that follow one another and have a bar of one kind are a table, if there are two or if one begins with
    the bar; a blank line ends it. Rules are left out: lines whose cells are all dashes, two at least, and the second
    line where each cell is but one. A line is a row, <br> a line break in it; only where a grid has more than three
    rules with corners, a row is all that stands between two of them.
    """
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        kind = _kind(lines[at])
        end = at + 1
        while kind and end < len(lines) and (_kind(lines[end]) == kind or _is_rule(lines[end])):
            end += 1
        rows = list(_rows(lines[at:end], kind)) if kind else []
        if rows and (end - at > 1 or _cuts(lines[at].strip(), kind)[0] == ""):
            yield rows
        else:
            yield from lines[at:end]
        at = end


def has_table(text: str) -> bool:
    """Whether `blocks` finds a table."""
    return any(not isinstance(block, str) for block in blocks(text))


def is_drawn(line: str) -> bool:
    """Whether a line begins and ends with a bar."""
    line = line.strip()
    return any(bar.match(line) and bar.match(line[-1]) for bar in _BARS.values())


def _kind(line: str) -> str:
    """The kind of bars that a line has, by its first one; '' where it has none. A rule from + to + is one of |."""
    match = _ANY_BAR.search(line)
    if match and match.lastindex:
        return [*_BARS][match.lastindex - 1]
    return "|" if line.lstrip().startswith("+") and _is_rule(line) else ""


def _is_rule(line: str) -> bool:
    pieces = [piece.strip() for bar in (_ANY_BAR.sub("+", line),) for piece in bar.split("+")]
    return any(pieces) and all(_DASHES.fullmatch(piece) for piece in pieces if piece)


def _rows(lines: list[str], kind: str) -> Iterator[list[str]]:
    is_rule = [_is_rule(line) for line in lines]
    corners = sum(rule and _CORNERS.match(line.lstrip()) is not None for rule, line in zip(is_rule, lines, strict=True))
    if len(lines) > 1 and all(map(_DELIMITER.fullmatch, _cells(lines[1], kind))):
        is_rule[1] = True
    for rule, numbers in groupby(range(len(lines)), is_rule.__getitem__):
        rows = [] if rule else [cells for number in numbers if (cells := _cells(lines[number], kind))]
        if corners > _RULES_OF_A_HEAD and rows:
            yield ["\n".join(filter(None, column)) for column in zip_longest(*rows, fillvalue="")]
        else:
            yield from rows


def _cells(line: str, kind: str) -> list[str]:
    """The cells of a line, without what stands outside its outer bars."""
    cuts = _cuts(line.strip(), kind)
    inner = cuts[cuts[0] == "" : len(cuts) - (cuts[-1] == "")]
    texts = (cut.replace("\\|", "|") if kind == "|" else cut for cut in inner)
    return ["" if not text.strip(_LEVEL) else _BREAK.sub("\n", text).strip() for text in texts]


def _cuts(line: str, kind: str) -> list[str]:
    return _BARS[kind].split(line)
