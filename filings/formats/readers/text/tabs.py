"""Text with TABs: told apart from the form in which tables travel, and cut into cells as spreadsheets copy them."""

import re

# A quoted cell may hold line breaks, TABs and doubled quotes. A quote that nothing closes is a character like others.
_CELL = re.compile(r'"((?:[^"]++|"")*+)"(?=[\t\n]|\Z)|([^\t\n]*)')


def travels(text: str) -> bool:
    """Whether a TAB begins a cell here, as `filings.formats.text` reads it, and does not stand between two of a row.

    So it is where every line that has a TAB begins with one and some line has no second. Rows from a spreadsheet
    whose first column is empty begin with TABs too, but they all have as many as the selection has columns.
    """
    lines = [line for line in text.split("\n") if "\t" in line]
    return all(line.startswith("\t") for line in lines) and any(line.count("\t") == 1 for line in lines)


def rows(text: str) -> list[list[str]]:
    """The cells of each line, of which quoted ones may go on over several lines. A line without TAB is one cell.

    Line breaks in `text` are '\\n'.
    """
    found: list[list[str]] = [[]]
    at = 0
    while match := _CELL.match(text, at):
        quoted, plain = match.groups()
        found[-1].append(plain if quoted is None else quoted.replace('""', '"'))
        at = match.end() + 1
        if at > len(text):
            break
        if text[at - 1] == "\n":
            found.append([])
    return found
