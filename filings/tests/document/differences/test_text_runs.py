"""Runs of text: they give both texts back, and no number is cut."""

import re
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.document.differences.text_runs import Run, RunKind, increasing, text_runs

NUMBER = re.compile(r"\d+(?:[.,]\d+)*[%％]?")
MARKS = {RunKind.EQUAL: "{}", RunKind.DELETED: "[-{}-]", RunKind.INSERTED: "[+{}+]"}
NUMERIC = st.text(alphabet="0123456789.,%％≥≤ 万元人目标", max_size=40)


def marked(before: str, after: str) -> str:
    return "".join(MARKS[run.kind].format(run.text) for run in text_runs(before, after))


def side(runs: tuple[Run, ...], other: RunKind) -> list[str]:
    """The runs of one text: those that are not only in the other one."""
    return [run.text for run in runs if run.kind is not other]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", ""),
        ("一致", "一致", "一致"),
        ("", "新写的", "[+新写的+]"),
        ("28人", "30人", "[-28-][+30+]人"),
        ("≥90%", "≥95%", "[-≥90%-][+≥95%+]"),
        ("不低于90%", "不超过90%", "[-不低于90%-][+不超过90%+]"),
        ("1,234.50万元", "1,234.55万元", "[-1,234.50-][+1,234.55+]万元"),
        ("12月底前", "2月底前", "[-12-][+2+]月底前"),
        ("培训二十三次", "培训二十五次", "培训[-二十三-][+二十五+]次"),
        ("保障单位运转，管好县档案。", "保障单位正常运转，管好县档案。", "保障单位[+正常+]运转，管好县档案。"),
        ("第1项 3-5人", "第1项 3-6人", "第1项 3-[-5-][+6+]人"),
        # One equal character between two changes is part of the change.
        ("甲乙的丙丁好", "子丑的寅卯好", "[-甲乙的丙丁-][+子丑的寅卯+]好"),
    ],
)
def test_runs(before: str, after: str, expected: str) -> None:
    assert marked(before, after) == expected


def test_only_what_was_edited_in_a_long_text_is_marked() -> None:
    sentences = [f"负责第{number}项工作的组织、协调和督促检查，按期完成任务。" for number in range(150)]
    edited = [*sentences[:10], "新增的一句。", *sentences[10:70], *sentences[71:]]
    edited[100] = edited[100].replace("督促检查", "督查")
    runs = text_runs("".join(sentences), "".join(edited))
    assert [(run.kind, run.text) for run in runs if run.kind is not RunKind.EQUAL] == [
        (RunKind.INSERTED, "新增的一句。"),
        (RunKind.DELETED, sentences[70]),
        (RunKind.DELETED, "促检"),
    ]


def test_texts_too_repetitive_to_align_are_replaced_whole() -> None:
    before, after = "甲乙" * 2500, "乙丙甲" * 1600
    assert [run.kind for run in text_runs(before, after)] == [RunKind.DELETED, RunKind.INSERTED]


@given(st.one_of(st.text(), NUMERIC), st.one_of(st.text(), NUMERIC))
def test_runs_give_both_texts_back_and_cut_no_number(before: str, after: str) -> None:
    runs = text_runs(before, after)
    for text, other in ((before, RunKind.INSERTED), (after, RunKind.DELETED)):
        parts = side(runs, other)
        assert "".join(parts) == text
        bounds = set(accumulate(map(len, parts)))
        assert [
            match[0] for match in NUMBER.finditer(text) if bounds & set(range(match.start() + 1, match.end()))
        ] == []


@given(st.one_of(st.text(), NUMERIC), st.one_of(st.text(), NUMERIC))
def test_runs_are_as_few_as_possible(before: str, after: str) -> None:
    runs = text_runs(before, after)
    assert all(run.text for run in runs)
    assert all(run.kind is not following.kind for run, following in pairwise(runs))
    assert (before == after) == all(run.kind is RunKind.EQUAL for run in runs)


@given(st.lists(st.integers(0, 30), unique=True))
def test_the_longest_increasing_subsequence(numbers: list[int]) -> None:
    indexes = increasing(numbers)
    assert indexes == sorted(indexes)
    found = [numbers[index] for index in indexes]
    assert found == sorted(found)
    lengths: list[int] = []
    for end, number in enumerate(numbers):
        lengths.append(1 + max((lengths[index] for index in range(end) if numbers[index] < number), default=0))
    assert len(found) == max(lengths, default=0)
