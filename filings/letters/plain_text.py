"""Write a letter as plain text, to paste into 政务微信 or to keep. Imports no Django."""

from collections.abc import Iterator

from filings.letters.letter import Letter, LetterTable


def write(letter: Letter) -> str:
    """Return the letter with one paragraph a line; a table is written as one line for each cell of a row."""
    return "\n".join(_lines(letter)) + "\n"


def _lines(letter: Letter) -> Iterator[str]:
    yield letter.title
    yield ""
    yield letter.salutation
    yield from letter.opening
    if letter.table:
        yield from _rows(letter.table)
    for section in letter.sections:
        yield section.heading
        yield from section.points
    yield from letter.closing
    yield ""
    yield letter.signature
    yield letter.date


def _rows(table: LetterTable) -> Iterator[str]:
    first, *others = table.columns
    for row in table.rows:
        yield f"{first} {row[0]}"
        yield from (f"{column}：{text}" for column, text in zip(others, row[1:], strict=True))
