"""Ranks of rows: a new rank fits between any two neighbours, and no other rank changes."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from filings.document.rank import is_rank, order, spread

RANKS = st.from_regex(r"(0|[1-9][0-9]{0,8})(\.[0-9]{0,59}[1-9])?", fullmatch=True).filter(lambda text: text != "0")
SHORT = st.from_regex(r"[1-9][0-9]{0,2}(\.[0-9]{0,2}[1-9])?", fullmatch=True)


@pytest.mark.parametrize("text", ["1", "17", "17.25", "0.5", "0.05", "10", "999999999", "1." + "0" * 59 + "1"])
def test_valid_ranks(text: str) -> None:
    assert is_rank(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "0", "0.0", "00", "01", "1.0", "1.50", ".5", "5.", "-1", "+1", "1e3", "1,5", " 1", "1\n", "1.2.3", "NaN"),
        *("１", "٣", "1000000000", "1." + "0" * 60 + "1"),
    ],
)
def test_invalid_ranks(text: str) -> None:
    assert not is_rank(text)


@given(st.lists(RANKS))
def test_ranks_are_sorted_as_numbers(ranks: list[str]) -> None:
    assert [Decimal(rank) for rank in sorted(ranks, key=order)] == sorted(Decimal(rank) for rank in ranks)


def test_order_is_exact_beyond_the_default_decimal_precision() -> None:
    assert order("17." + "3" * 59 + "1") < order("17." + "3" * 59 + "2")


@pytest.mark.parametrize(
    ("low", "high", "ranks"),
    [
        ("", "", ["1", "2", "3"]),
        ("17", "", ["18", "19", "20"]),
        ("17.25", "", ["18", "19", "20"]),
        ("", "1", ["0.2", "0.5", "0.7"]),
        ("3", "11", ["5", "7", "9"]),
        ("17", "18", ["17.2", "17.5", "17.7"]),
        ("17.25", "17.3", ["17.26", "17.27", "17.28"]),
        ("999999998", "", ["999999998.5", "999999999", "999999999.5"]),
    ],
)
def test_new_ranks_are_distributed_evenly_with_few_digits(low: str, high: str, ranks: list[str]) -> None:
    assert spread(low, high, 3) == ranks


@given(st.one_of(st.just(""), RANKS), st.one_of(st.just(""), RANKS), st.integers(0, 300))
@example("", "0.1", 300)
@example("999999998.5", "", 300)
def test_new_ranks_are_between_and_increasing(low: str, high: str, count: int) -> None:
    assume(not high or (order(high) - order(low or "0")).scaleb(60) > count + 1)
    ranks = spread(low, high, count)
    assert len(ranks) == count
    assert all(is_rank(rank) for rank in ranks)
    whole = [order(rank) for rank in (low or "0", *ranks, high or "1000000000")]
    assert whole == sorted(set(whole))


@given(SHORT, SHORT, st.integers(1, 300))
def test_fewer_digits_would_not_suffice(low: str, high: str, count: int) -> None:
    assume(order(low) < order(high))
    places = max(len(rank.partition(".")[2]) for rank in spread(low, high, count))
    step = Decimal(10) ** (1 - places)
    assert places == 0 or (order(high) - order(low)) / step <= count + 1


@pytest.mark.parametrize(
    ("low", "high", "ranks"),
    [
        ("17", "17", ["17.3", "17.6"]),
        ("17.5", "17.5", ["17.53", "17.56"]),
        ("18", "17", ["18.3", "18.6"]),
        ("17." + "4" * 60, "17." + "4" * 59 + "5", ["18", "19"]),
    ],
)
def test_ranks_that_do_not_fit_between_follow_behind(low: str, high: str, ranks: list[str]) -> None:
    assert spread(low, high, 2) == ranks


def test_spread_raises_behind_the_largest_rank() -> None:
    with pytest.raises(ValueError, match="no room for 1 ranks behind 999999999"):
        spread("999999999." + "9" * 60, "", 1)


def behind_the_last(low: str, new: str, high: str) -> tuple[str, str]:
    return new, high


def before_the_last(low: str, new: str, high: str) -> tuple[str, str]:
    return low, new


@pytest.mark.parametrize(("low", "high"), [("17", "18"), ("", "1"), ("17.25", "17.26"), ("17.3", "18")])
@pytest.mark.parametrize("narrowed", [behind_the_last, before_the_last])
def test_200_rows_inserted_at_one_position(
    narrowed: Callable[[str, str, str], tuple[str, str]], low: str, high: str
) -> None:
    new = ""
    for _ in range(200):
        (new,) = spread(low, high, 1)
        assert is_rank(new)
        assert order(low or "0") < order(new) < order(high)
        low, high = narrowed(low, new, high)
    assert len(new) <= 32


def test_100_rows_inserted_alternately() -> None:
    low, high = "17", "18"
    for number in range(100):
        (new,) = spread(low, high, 1)
        low, high = (new, high) if number % 2 else (low, new)
        assert is_rank(new)
