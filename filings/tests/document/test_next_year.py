"""Codes and names of next year's edition."""

import pytest

from filings.document.next_year import next_years_name, year_of


@pytest.mark.parametrize(
    ("this", "following"),
    [
        ("hunan-county-2022", "hunan-county-2023"),
        ("县级部门整体支出绩效目标表（2029年）", "县级部门整体支出绩效目标表（2030年）"),
        ("standard", "standard"),
        ("form-12022-1", "form-12022-1"),
    ],
)
def test_a_year_in_a_name_is_increased_by_one(this: str, following: str) -> None:
    assert next_years_name(this) == following


def test_the_year_of_a_code() -> None:
    assert (year_of("hunan-county-2022"), year_of("standard"), year_of("form-20220")) == (2022, None, None)
