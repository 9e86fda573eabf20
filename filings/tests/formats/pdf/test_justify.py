"""Lines of duties and goal end at the right edge of their cell; the last line of a paragraph and odd lines do not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from itertools import dropwhile, groupby, pairwise

import pdfplumber

from filings.document.content import FilingDocument
from filings.formats.pdf import write as pdf
from filings.tests.founding import EDITION, founding_document

# In points: the left edge of prose, its first-line indent, the inner right edge of its cell, and rounding.
LEFT, INDENT = 117.0, 21.0
EDGE = (210 - 19) * 72 / 25.4 - 0.75 - 4
ROUNDING = 0.3


def prose_lines(document: FilingDocument) -> Iterator[tuple[float, float, str]]:
    """Yield start, end and text of each line of duties and goal, page by page."""
    content = pdf.write(document, EDITION, made_at=datetime(2022, 3, 1))
    with pdfplumber.open(BytesIO(content)) as printed:
        for page in printed.pages:
            lines = (list(line) for _, line in groupby(page.chars, key=lambda character: round(character["top"])))
            # Amounts, which begin at the same edge, are above the first duty.
            for characters in dropwhile(lambda line: abs(line[0]["x0"] - LEFT - INDENT) > 1, lines):
                start = characters[0]["x0"]
                if min(abs(start - LEFT), abs(start - LEFT - INDENT)) < 1 and characters[0]["size"] < 11:
                    yield start, characters[-1]["x1"], "".join(character["text"] for character in characters)


def inner_lines(document: FilingDocument) -> list[tuple[float, str]]:
    """Return end and text of the lines after which the same paragraph goes on."""
    return [(end, text) for (_, end, text), (start, _, _) in pairwise(prose_lines(document)) if start < LEFT + 1]


def is_at_edge(end: float) -> bool:
    return abs(end - EDGE) < ROUNDING


def test_lines_that_a_paragraph_goes_on_after_end_at_the_edge() -> None:
    lines = [(end, text) for end, text in inner_lines(founding_document()) if len(text) > 30]
    assert len(lines) == 33
    assert [text for end, text in lines if not is_at_edge(end)] == []


def test_the_last_line_of_a_paragraph_is_not_stretched() -> None:
    document = replace(founding_document(), goals=("为县委提供决策参考。" * 9,))
    (end,) = (end for _, end, text in prose_lines(document) if text.endswith("参考。") and "为县委" in text)
    assert end < EDGE - 50


def test_a_line_before_a_long_word_is_left_as_it_is() -> None:
    document = replace(founding_document(), goals=("通过" * 10 + "a" * 60 + "实施。" * 12,))
    (short,) = (end for end, text in inner_lines(document) if text == "通过" * 10)
    assert short < EDGE - 100
