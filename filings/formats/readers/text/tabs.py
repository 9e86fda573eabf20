"""Parse text with TABs as spreadsheets copy it, and distinguish it from the text format of this program."""

import re

# A quoted cell may contain line breaks, TABs and doubled quotes. An unclosed quote is an ordinary character.
_CELL = re.compile(r'"((?:[^"]++|"")*+)"(?=[\t\n]|\Z)|([^\t\n]*)')


def is_own_format(text: str) -> bool:
    """Whether TABs begin cells, as in `filings.formats.text`, instead of separating the cells of a row.

    This is the case if every line with a TAB begins with one and some line has only that one. Spreadsheet rows with an
    empty first column begin with a TAB too, but all of them have as many as the selection has columns.
    """
    lines = [line for line in text.split("\n") if "\t" in line]
    return all(line.startswith("\t") for line in lines) and any(line.count("\t") == 1 for line in lines)


def parse_rows(text: str) -> list[list[str]]:
    """Split text into rows of cells. Quoted cells may span lines; a line without TAB is one cell.

    Line breaks in `text` are '\\n'.
    """
    rows: list[list[str]] = [[]]
    position = 0
    while match := _CELL.match(text, position):
        quoted, plain = match.groups()
        rows[-1].append(plain if quoted is None else quoted.replace('""', '"'))
        position = match.end() + 1
        if position > len(text):
            break
        if text[position - 1] == "\n":
            rows.append([])
    return rows
