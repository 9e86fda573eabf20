"""Normal forms of text."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from filings.document import text

NORMALISERS = (text.prose, text.line, text.symbols)


@pytest.mark.parametrize("normalise", NORMALISERS)
@given(st.text())
@example("か\n\u3099")
@example("＞\u200b＝")
@example("＝\u0338")
@example("\u1112\n\u1161")
@example("> \t=")
def test_normal_form_is_idempotent(normalise: Callable[[str], str], written: str) -> None:
    once = normalise(written)
    assert normalise(once) == once


@pytest.mark.parametrize("normalise", NORMALISERS)
@given(st.text())
def test_invisible_characters_are_removed(normalise: Callable[[str], str], written: str) -> None:
    allowed = "\n" if normalise is text.prose else ""
    invisible = [c for c in normalise(written) if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c not in allowed]
    assert invisible == []


@given(st.text(alphabet="甲乙 ab\n\r\t\u2028\x0b\u3000"))
def test_prose_has_no_blank_line_and_no_blank_at_an_end(written: str) -> None:
    lines = text.prose(written).split("\n")
    assert lines == [""] or all(line and line == line.strip() and "  " not in line for line in lines)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("  甲\t乙 \r\n\r\n 丙\u2028丁 ", "甲 乙\n丙\n丁"),
        ("\ufeff负\u200b责\u00ad", "负责"),
        ("⻘年⽴法", "青年立法"),
        ("\uf9dc", "隆"),
        ("葛\U000e0100城", "葛城"),
        ("（一）负责；ＡＢ", "（一）负责；ＡＢ"),
        ("e\u0301", "é"),
    ],
)
def test_prose(written: str, normal: str) -> None:
    assert text.prose(written) == normal


@pytest.mark.parametrize(
    ("written", "normal"),
    [("经济效\n率指标", "经济效率指标"), ("annual\nreport", "annual report"), ("共 3\n项", "共 3项"), ("\n\n", "")],
)
def test_line_joins_lines(written: str, normal: str) -> None:
    assert text.line(written) == normal


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("＞＝９０％", "≥90%"),
        ("> = 5", "≥ 5"),
        ("≧98", "≥98"),
        ("≦12", "≤12"),
        ("﹤＝３", "≤3"),
        ("−3", "-3"),
        ("（新增），是：", "（新增），是："),
    ],
)
def test_symbols(written: str, normal: str) -> None:
    assert text.symbols(written) == normal


def test_bare_has_no_white_space() -> None:
    assert text.bare(" 经济\u3000效\n率 ") == "经济效率"


@pytest.mark.parametrize("normalise", NORMALISERS)
@given(
    st.text(
        st.characters(min_codepoint=33, max_codepoint=126) | st.sampled_from("的一龥𠮷鿿，。；：、（）《》“”≥≤ ＞＝")
    )
)
def test_the_shortcut_for_plain_text_gives_the_same_result(normalise: Callable[[str], str], written: str) -> None:
    """An invisible character makes a text bypass the shortcut."""
    assert normalise(written) == normalise(f"{written}\u200b")
