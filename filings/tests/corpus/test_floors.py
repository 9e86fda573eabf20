"""Floors of what is read from the composed tables; `bench.reading_quality` prints the figures and what is missed.

Floors only rise, ceilings only fall. The held-out half is never looked at while the reader is changed.
"""

import pytest

from filings.document.bundled_editions import editions
from filings.tests.corpus.composed import composed
from filings.tests.corpus.files import KINDS
from filings.tests.corpus.judge import PARTS, Score, judge
from filings.tests.corpus.label_judge import judge_labels

# Per cent of PARTS, in their order, and the number of texts that are wrong without a warning.
LOOKED_AT = {
    "docx": ((89, 56, 100, 80, 46), 34),
    "xlsx": ((88, 56, 100, 80, 46), 32),
    "html": ((89, 56, 100, 80, 46), 34),
    "pdf": ((87, 56, 100, 77, 43), 30),
    "pasted": ((89, 56, 100, 80, 46), 34),
    "pasted without merged cells": ((38, 51, 100, 67, 46), 25),
    "one cell a line": ((34, 49, 100, 51, 46), 180),
}
HELD_OUT = {
    "docx": ((65, 45, 94, 64, 45), 69),
    "xlsx": ((65, 45, 94, 64, 45), 67),
    "html": ((65, 45, 94, 64, 45), 69),
    "pdf": ((64, 42, 90, 64, 45), 69),
    "pasted": ((59, 45, 94, 64, 45), 70),
    "pasted without merged cells": ((16, 42, 94, 52, 45), 76),
    "one cell a line": ((35, 45, 100, 55, 45), 210),
}
# Written and read in seconds rather than milliseconds a table.
SLOW = ("docx", "pdf")


@pytest.mark.parametrize(
    ("kind", "is_held_out"),
    [
        pytest.param(kind, is_held_out, marks=[pytest.mark.thorough] if kind in SLOW else [])
        for kind in KINDS
        for is_held_out in (False, True)
    ],
)
def test_no_less_is_read_and_no_more_is_wrong(kind: str, is_held_out: bool) -> None:
    total = Score()
    for table in composed():
        if table.is_held_out is is_held_out:
            total.add(judge(KINDS[kind](table), table.documents, list(editions().values())))
    floors, most_wrong = (HELD_OUT if is_held_out else LOOKED_AT)[kind]
    assert {part: floor for part, floor in zip(PARTS, floors, strict=True) if total.share(part) * 100 < floor} == {}
    assert len(total.wrong) <= most_wrong


def test_every_usual_wording_of_a_label_leaves_the_table_whole() -> None:
    judged = list(judge_labels())
    assert len(judged) == 103
    assert [(label, wording) for label, wording, is_whole, is_wrong in judged if not is_whole or is_wrong] == []
