"""Numerals of paragraphs."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from filings.document.numerals import (
    are_consecutive,
    from_chinese,
    leading_numeral,
    renumber,
    split_at_numerals,
    split_numeral,
    to_chinese,
)
from filings.document.text import bare

STYLES = ("（{c}）", "({c})", "{c}、", "第{c}，", "（{n}）", "{n}.", "{n}、")


def numbered(style: str, number: int) -> str:
    return style.format(c=to_chinese(number), n=number)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (13, "十三"),
        (20, "二十"),
        (99, "九十九"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (999, "九百九十九"),
    ],
)
def test_to_chinese(number: int, text: str) -> None:
    assert to_chinese(number) == text


def test_from_chinese_is_the_inverse() -> None:
    assert [from_chinese(to_chinese(number)) for number in range(1, 1000)] == list(range(1, 1000))


@pytest.mark.parametrize("text", ["", "零", "十一十", "1", "千", "一一"])
def test_other_texts_are_no_chinese_numerals(text: str) -> None:
    assert from_chinese(text) is None


@pytest.mark.parametrize("number", [0, -1, 1000])
def test_numbers_without_numeral_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="no numeral"):
        to_chinese(number)


@pytest.mark.parametrize("style", STYLES)
@given(st.integers(1, 99))
def test_leading_numeral_in_every_style(style: str, number: int) -> None:
    numeral = leading_numeral(numbered(style, number) + "负责")
    assert numeral is not None
    assert (numeral.number, numeral.written(number)) == (number, numbered(style, number))


@pytest.mark.parametrize(
    "text", ["", "负责", "3.5%以上", "2022年", "（党组）负责", "一是负责", "十几个", "0.负责", "()"]
)
def test_no_leading_numeral(text: str) -> None:
    assert leading_numeral(text) is None


@given(st.text())
def test_leading_numeral_never_raises(text: str) -> None:
    leading_numeral(text)
    split_at_numerals(text)


def test_renumber_counts_from_one_in_the_first_style() -> None:
    assert renumber(["（二）甲", "乙", "3.丙", "（十三）丁"]) == ["（一）甲", "乙", "（二）丙", "（三）丁"]


def test_renumber_leaves_texts_without_numerals() -> None:
    assert renumber(["甲", "乙"]) == ["甲", "乙"]


def test_circled_numerals_continue_as_figures_after_twenty() -> None:
    texts = renumber([f"①第{number}件" for number in range(1, 23)])
    assert (texts[0], texts[19], texts[20]) == ("①第1件", "⑳第20件", "21.第21件")


@given(st.lists(st.text(alphabet="甲乙（一）1.①、"), max_size=30))
@example(["1.1.甲"])
def test_renumber_keeps_what_follows_the_numerals(texts: list[str]) -> None:
    again = renumber(texts)
    assert len(again) == len(texts)
    for before, after in zip(texts, again, strict=True):
        numeral = leading_numeral(before)
        assert after.endswith(before[numeral.length :]) if numeral else after == before


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([], False),
        (["甲", "乙"], False),
        (["（一）甲"], True),
        (["（二）甲"], False),
        (["（一）甲", "（二）乙", "（三）丙"], True),
        (["（一）甲", "（三）乙"], False),
        (["（一）甲", "（一）乙"], False),
        (["（一）甲", "乙", "", "（二）丙"], True),
        (["（一）甲", "2.乙", "③丙"], True),
        ([" \u3000（一）甲", "\n（二）"], True),
        (("1.甲", "2.乙"), True),
    ],
)
def test_are_consecutive(texts: list[str], expected: bool) -> None:
    assert are_consecutive(texts) is expected


@given(st.lists(st.text(alphabet="甲乙（一二）1.①、"), max_size=30))
def test_renumbered_texts_are_consecutive(texts: list[str]) -> None:
    assert are_consecutive(renumber(texts)) == any(leading_numeral(text) for text in texts)


@pytest.mark.parametrize("style", STYLES)
def test_split_at_numerals_in_every_style(style: str) -> None:
    pieces = [f"{numbered(style, number)}负责第{number}项工作。" for number in range(1, 14)]
    assert split_at_numerals("".join(pieces)) == pieces
    assert split_at_numerals("\n".join(pieces)) == pieces


def test_split_cuts_only_where_the_count_continues() -> None:
    text = "（一）负责。（三）不是下一项。（二）指导：1.检查；2.督促。"
    assert split_at_numerals(text) == ["（一）负责。（三）不是下一项。", "（二）指导：1.检查；2.督促。"]


def test_split_keeps_words_before_the_first_numeral() -> None:
    assert split_at_numerals("主要职责：\n1.甲\n2.乙") == ["主要职责：", "1.甲", "2.乙"]


def test_text_without_numerals_stays_whole() -> None:
    assert split_at_numerals("负责全县干部工作。") == ["负责全县干部工作。"]


@given(st.text(alphabet="甲。（一二三）12.①② \n"))
def test_split_loses_nothing(text: str) -> None:
    assert bare("".join(split_at_numerals(text))) == bare(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [("（一）甲", ("（一）", "甲")), ("12.乙", ("12.", "乙")), ("丙", ("", "丙")), ("", ("", "")), ("①", ("①", ""))],
)
def test_split_numeral(text: str, parts: tuple[str, str]) -> None:
    assert split_numeral(text) == parts
