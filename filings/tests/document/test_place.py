"""Places and their text form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.document import place
from filings.document.place import SECTIONS, Place

KEYS = st.text(st.characters(exclude_characters="[]", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40)
COLUMNS = st.from_regex(r"[A-Za-z0-9_.]{1,12}", fullmatch=True)


@given(st.sampled_from(SECTIONS), st.one_of(st.just(""), KEYS), st.one_of(st.just(""), COLUMNS))
def test_parse_is_the_inverse_of_str(section: str, key: str, column: str) -> None:
    written = Place(section, key, column if key else "")
    assert Place.parse(str(written)) == written


@pytest.mark.parametrize(
    ("built", "written"),
    [
        (place.field("department"), "fields[department]"),
        (place.amount("INC.GENERAL"), "amounts[INC.GENERAL]"),
        (place.duty("d1"), "duties[d1].text"),
        (place.goal(), "goals[0]"),
        (place.indicator("r1", "target"), "indicators[r1].target"),
        (place.indicator("r1"), "indicators[r1]"),
        (place.node("OUT"), "nodes[OUT]"),
    ],
)
def test_written_form(built: Place, written: str) -> None:
    assert str(built) == written


@pytest.mark.parametrize(
    "text",
    [
        *["", "rooms[1]", "amounts[]", "amounts[a", "amounts.a", "duties[a].b c", "x" * 500, "goals[0]\n", "a[[b]]"],
        *["duties[a\0b]", "duties[\ud800]", f"duties[{'k' * 65}]", f"duties[a].{'c' * 21}"],
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no place in a table"):
        Place.parse(text)
