"""Comparison of printed labels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.document.labels import match_key, same


@pytest.mark.parametrize(
    "written",
    ["经济效率指标", "经济效率", "经济效\n率指标 （10分）", "经济 效率指标：", "经济效率指标(10分)", "经济效率指标:"],
)
def test_spellings_of_one_label_have_one_key(written: str) -> None:
    assert match_key(written) == "经济效率"


@pytest.mark.parametrize(("left", "right"), [("数量指标", "质量指标"), ("指标", "指标值"), ("成本", "经济成本")])
def test_other_labels_differ(left: str, right: str) -> None:
    assert not same(left, right)


@pytest.mark.parametrize("written", ["指标", "（盖章）", "："])
def test_a_label_is_never_shortened_to_nothing(written: str) -> None:
    assert match_key(written)


@given(st.text())
def test_same_never_raises_and_is_reflexive(written: str) -> None:
    assert same(written, written)
    assert same(f" {written}\n", written)
