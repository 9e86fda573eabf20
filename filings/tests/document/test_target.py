"""Parsing of target values; the tables pair texts as written with the expected result."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.choices import Comparator, TargetKind
from filings.document import target
from filings.tests.strategies import targets

AT_LEAST, AT_MOST, EQUAL = Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.EQUAL

NUMBERS = [
    ("≥90%", AT_LEAST, "90", "%", ""),
    ("不低于90％", AT_LEAST, "90", "%", ""),
    ("≤278.99万元", AT_MOST, "278.99", "万元", ""),
    ("≥10年", AT_LEAST, "10", "年", ""),
    (">=20平方米", AT_LEAST, "20", "平方米", ""),
    ("≧90%", AT_LEAST, "90", "%", ""),
    ("＞＝ 90%", AT_LEAST, "90", "%", ""),
    ("大于等于 98 %", AT_LEAST, "98", "%", ""),
    ("不低于3次", AT_LEAST, "3", "次", ""),
    ("不少于12 种", AT_LEAST, "12", "种", ""),
    ("至少5场", AT_LEAST, "5", "场", ""),
    ("小于等于 12 万元", AT_MOST, "12", "万元", ""),
    ("不超过12万元", AT_MOST, "12", "万元", ""),
    ("不高于12万元", AT_MOST, "12", "万元", ""),
    ("至多12万元", AT_MOST, "12", "万元", ""),
    ("<=475元/亩", AT_MOST, "475", "元/亩", ""),
    ("社区满意度95%以上", AT_LEAST, "95", "%", ""),
    ("28人", None, "28", "人", ""),
    ("100%", None, "100", "%", ""),
    ("9.5‰", None, "9.5", "‰", ""),
    ("≥98百分比", AT_LEAST, "98", "%", ""),
    ("=100.00(%)", EQUAL, "100.00", "%", ""),
    ("９０％", None, "90", "%", ""),
    ("1次/月", None, "1", "次/月", ""),
    ("1346.0088万平方米", None, "1346.0088", "万平方米", ""),
    ("250万", None, "250", "万", ""),
    ("10", None, "10", None, ""),
    ("1", None, "1", None, ""),
    ("292%", None, "292", "%", ""),
    ("≥60%（新增）", AT_LEAST, "60", "%", "新增"),
    ("100%(历史标准)", None, "100", "%", "历史标准"),
    ("7,242人次", None, "7242", "人次", ""),
    (">5件", Comparator.MORE, "5", "件", ""),
    ("<5件", Comparator.LESS, "5", "件", ""),
]
RANGES = [
    ("±3%以内", "-3", "3", "%"),
    ("3-5次", "3", "5", "次"),
    ("90%-95%", "90", "95", "%"),
    ("80～90分", "80", "90", "分"),
]
DATES = [
    ("2023.07-2024.01", None, "2023-07", "2024-01"),
    ("2022年12月底前", AT_MOST, None, "2022-12"),
    ("11月底之前", AT_MOST, None, "--11"),
    ("2022年12月31日前", AT_MOST, None, "2022-12-31"),
    ("2022年底前", AT_MOST, None, "2022"),
    ("2022年3月-11月", None, "2022-03", "--11"),
]
PHRASES = [
    "予以保障",
    "持续推进",
    "优良",
    "年度内及时完成",
    "控制在预算内",
    "是",
    "全年",
    "高",
    "第3季度完成",
    "完成率高于上年" * 30,
]
PLACEHOLDERS = ["≥**个", "XX", "待定", "×××%", "____", "/", "无", "?", "……"]


@pytest.mark.parametrize(("written", "comparator", "number", "unit", "note"), NUMBERS)
def test_numbers(written: str, comparator: Comparator | None, number: str, unit: str | None, note: str) -> None:
    parsed = target.parse(written)
    assert parsed == target.Target(
        target.normalize(written), TargetKind.NUMBER, comparator, number=number, unit=unit, note=note
    )


@pytest.mark.parametrize(("written", "low", "high", "unit"), RANGES)
def test_ranges(written: str, low: str, high: str, unit: str) -> None:
    expected = target.Target(target.normalize(written), TargetKind.RANGE, low=low, high=high, unit=unit)
    assert target.parse(written) == expected


@pytest.mark.parametrize(("written", "comparator", "low", "high"), DATES)
def test_dates(written: str, comparator: Comparator | None, low: str | None, high: str) -> None:
    assert target.parse(written) == target.Target(written, TargetKind.DATE, comparator, low=low, high=high)


@pytest.mark.parametrize("written", PHRASES)
def test_phrases(written: str) -> None:
    assert target.parse(written) == target.Target(written, TargetKind.PHRASE)


@pytest.mark.parametrize("written", PLACEHOLDERS)
def test_placeholders(written: str) -> None:
    assert target.parse(written) == target.Target(target.normalize(written), TargetKind.PLACEHOLDER)


@pytest.mark.parametrize("written", ["", " ", "\t\n", "\u200b"])
def test_blank(written: str) -> None:
    assert target.parse(written) is None


@given(st.one_of(st.text(), st.text(alphabet="0123456789年月日.-~至±≥≤<>=%(（万元)以上内底前 Ｘ*", max_size=24)))
def test_never_raises_and_keeps_the_text(written: str) -> None:
    parsed = target.parse(written)
    normal = target.normalize(written)
    assert (parsed.text if parsed else "") == normal
    assert target.parse(normal) == parsed


@given(st.text())
def test_normal_form_is_idempotent(written: str) -> None:
    once = target.normalize(written)
    assert target.normalize(once) == once


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("≥90%", ("≥", "90", "%")),
        ("不低于 98 百分比", ("≥", "98", "百分比")),
        ("90%以上", ("≥", "90", "%")),
        ("28人", ("", "28", "人")),
        ("＞＝９０％", ("≥", "90", "%")),
        ("<=475元/亩", ("≤", "475", "元/亩")),
        ("予以保障", ("", "予以保障", "")),
        ("2022年12月底前", ("", "2022年12月底前", "")),
        ("±3%以内", ("", "±3%以内", "")),
        ("社区满意度95%以上", ("", "社区满意度95%以上", "")),
        ("≥60%（新增）", ("", "≥60%（新增）", "")),
        ("", ("", "", "")),
    ],
)
def test_split_target(text: str, parts: tuple[str, str, str]) -> None:
    assert target.split_target(text) == parts


@given(st.one_of(targets(), st.text(max_size=20)))
def test_joined_parts_are_the_same_value(text: str) -> None:
    joined = "".join(target.split_target(text))
    assert target.split_target(joined) == target.split_target(text)
    before, after = target.parse(text), target.parse(joined)
    assert (before is None) == (after is None)
    if before and after:
        assert replace(before, text="") == replace(after, text="")
