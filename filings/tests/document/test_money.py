"""Parsing and formatting amounts of money."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from filings.document import money
from filings.document.money import LARGEST_FEN, UNITS, AmountProblem

VALID = [
    ("550.13万元", "550.13", "550.13", 2, 550_130_000),
    ("550.13", "550.13", "550.13", 2, 550_130_000),
    ("２３３", "233", "233", 0, 233_000_000),
    ("：550.13 万元", "550.13", "550.13", 2, 550_130_000),
    ("7,242,318元", "7,242,318元", "724.2318", 0, 724_231_800),
    ("7，242，318 元", "7,242,318元", "724.2318", 0, 724_231_800),
    ("0.01元", "0.01元", "0.000001", 2, 1),
    ("1.5亿元", "1.5亿元", "15000", 1, 15_000_000_000),
    ("3亿", "3亿", "30000", 0, 30_000_000_000),
    ("250万", "250", "250", 0, 250_000_000),
    ("50千元", "50千元", "5.0", 0, 5_000_000),
    ("2百万元", "2百万元", "200", 0, 200_000_000),
    ("¥12.50", "12.50", "12.50", 2, 12_500_000),
    ("人民币12元", "12元", "0.0012", 0, 1_200),
    ("+5", "5", "5", 0, 5_000_000),
    ("007.10", "007.10", "7.10", 2, 7_100_000),
    ("0", "0", "0", 0, 0),
]
INVALID = [
    ("约五百万", "约五百万", AmountProblem.NO_NUMBER),
    ("1.2.3", "1.2.3", AmountProblem.NO_NUMBER),
    ("12,34", "12,34", AmountProblem.NO_NUMBER),
    ("5美元", "5美元", AmountProblem.NO_NUMBER),
    (".5", ".5", AmountProblem.NO_NUMBER),
    ("见附表\n第二页", "见附表第二页", AmountProblem.NO_NUMBER),
    ("١٢", "١٢", AmountProblem.NO_NUMBER),
    ("-3", "-3", AmountProblem.NEGATIVE),
    ("－3.5万元", "-3.5", AmountProblem.NEGATIVE),
    ("−3元", "-3元", AmountProblem.NEGATIVE),
    ("0.001元", "0.001元", AmountProblem.BELOW_FEN),
    ("0.0000001", "0.0000001", AmountProblem.BELOW_FEN),
    ("1." + "0" * 35 + "1", "1." + "0" * 35 + "1", AmountProblem.BELOW_FEN),
    ("1000000000.01", "1000000000.01", AmountProblem.TOO_LARGE),
    ("9" * 60, "9" * 60, AmountProblem.TOO_LARGE),
    ("1." + "0" * 60, "1." + "0" * 60, AmountProblem.TOO_LARGE),
]
WRITTEN = st.one_of(
    st.text(max_size=20),
    st.text(alphabet="0123456789.,-+万亿千百元 ：￥０９", max_size=15),
    st.decimals(min_value=-10, max_value=10**9, places=6).map(str),
)


@pytest.mark.parametrize(("written", "text", "value", "places", "fen"), VALID)
def test_valid_amounts(written: str, text: str, value: str, places: int, fen: int) -> None:
    amount = money.parse(written)
    assert (amount.text, amount.value, amount.places, amount.problem) == (text, Decimal(value), places, None)
    assert amount.fen == fen


@pytest.mark.parametrize(("written", "text", "problem"), INVALID)
def test_invalid_amounts(written: str, text: str, problem: AmountProblem) -> None:
    amount = money.parse(written)
    assert (amount.text, amount.value, amount.fen, amount.problem) == (text, None, None, problem)


def test_the_editions_unit_has_one_normal_form() -> None:
    assert money.parse("250万") == money.parse("250万元") == money.parse("250")


@pytest.mark.parametrize("written", ["", "  ", "：", ": \t\n", "\u200b"])
def test_blank_amounts(written: str) -> None:
    assert money.parse(written) == money.Amount("")
    assert money.parse(written).is_blank


@pytest.mark.parametrize(
    ("written", "text", "value"), [("7242318", "7242318", "724.2318"), ("5元", "5", "0.0005"), ("5万", "5万", "5")]
)
def test_an_edition_in_yuan(written: str, text: str, value: str) -> None:
    amount = money.parse(written, "元")
    assert (amount.text, amount.value) == (text, Decimal(value))


@pytest.mark.parametrize("unit", ["万元", "元"])
@given(WRITTEN)
@example("250万")
@example(": ：5")
@example("： ＝\u0338")
def test_never_raises_and_normal_form_is_idempotent(unit: str, written: str) -> None:
    once = money.parse(written, unit)
    assert money.parse(once.text, unit) == once


@given(WRITTEN)
def test_text_value_and_problem_agree(written: str) -> None:
    amount = money.parse(written)
    assert (amount.value is not None) + (amount.problem is not None) + amount.is_blank == 1
    assert (amount.fen is None) == (amount.value is None)
    if amount.value is not None and amount.fen is not None:
        assert 0 <= amount.fen <= LARGEST_FEN
        assert money.from_fen(amount.fen) == amount.value


@given(st.integers(0, LARGEST_FEN))
def test_every_amount_in_fen_round_trips_exactly(fen: int) -> None:
    value = money.from_fen(fen)
    assert money.parse(money.plain(value)).fen == fen
    assert money.parse(money.figure(value)).fen == fen


@given(st.integers(0, 10**11), st.integers(0, 2), st.sampled_from(sorted(UNITS)))
def test_value_is_number_times_unit(number: int, places: int, unit: str) -> None:
    written = Decimal(number).scaleb(-places)
    amount = money.parse(f"{written:f}{unit}")
    assert amount.value == written * UNITS[unit] or amount.problem in (AmountProblem.TOO_LARGE, AmountProblem.BELOW_FEN)


@pytest.mark.parametrize(
    ("value", "plain", "figure"),
    [
        ("3", "3", "3.00"),
        ("0.1230", "0.123", "0.123"),
        ("5E+4", "50000", "50,000.00"),
        ("999.99", "999.99", "999.99"),
        ("1234567.125", "1234567.125", "1,234,567.125"),
        ("-1000", "-1000", "-1,000.00"),
        ("317.10", "317.1", "317.10"),
        ("0.000001", "0.000001", "0.000001"),
    ],
)
def test_plain_and_figure(value: str, plain: str, figure: str) -> None:
    assert (money.plain(Decimal(value)), money.figure(Decimal(value))) == (plain, figure)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("550.13", "550.13 万元"),
        ("9999.99", "9,999.99 万元"),
        ("10000", "10,000.00 万元（1.00 亿元）"),
        ("12549.999", "12,549.999 万元（1.25 亿元）"),
        ("12550", "12,550.00 万元（1.26 亿元）"),
        ("12345678901.1", "12,345,678,901.10 万元（1,234,567.89 亿元）"),
        ("-12500", "-12,500.00 万元（-1.25 亿元）"),
    ],
)
def test_amounts_in_sentences_and_without_separators(value: str, sentence: str) -> None:
    assert money.with_unit(Decimal(value)) == sentence
    decimals = max(2, len(value.partition(".")[2]))
    assert money.without_separators(sentence) == f"{Decimal(value):.{decimals}f} 万元"


def test_quotations_keep_their_separators() -> None:
    quoted = "填的是「1,234（1.25 亿元）」，"
    assert money.without_separators(f"1,234.00 万元，{quoted}1,234,5") == f"1234.00 万元，{quoted}1234,5"
