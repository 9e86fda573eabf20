"""Rows of a draft are added, moved, split and removed; duties are renumbered."""

import pytest

from filings import drafts
from filings.document.content import MOST_DUTIES, MOST_INDICATORS
from filings.document.place import Place
from filings.errors import StepRefused
from filings.models import Duty, Filing, Indicator
from filings.tests.county import County, found_county
from filings.tests.drafting import duties, rows, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return found_county()


@pytest.fixture
def filing(county: County) -> Filing:
    return drafts.start(county.cycle, county.department)[0]


def test_duties_are_renumbered_when_added_moved_and_removed(county: County, filing: Filing) -> None:
    first = Place("duties", drafts.raw(filing).duties[0].key)
    save(filing, county, (f"{first}.text", "（一）", "（一）甲。"))
    second = drafts.add(filing, first, by=county.filler, client_id="a")
    save(filing, county, (f"{second}.text", "（二）", "（二）乙。"), client_id="b")
    between = drafts.add(filing, first, by=county.filler, client_id="c")
    assert duties(filing) == ["（一）甲。", "（二）", "（三）乙。"]
    assert [duty.text for duty in drafts.document(filing).duties] == ["（一）甲。", "（二）乙。"]
    drafts.move(filing, second, -1, by=county.filler, client_id="d")
    assert duties(filing) == ["（一）甲。", "（二）乙。", "（三）"]
    drafts.move(filing, between, 1, by=county.filler, client_id="e")
    drafts.remove(filing, first, by=county.filler, client_id="f")
    assert duties(filing) == ["（一）乙。", "（二）"]


def test_duties_pasted_into_one_row_are_split_at_their_numerals(county: County, filing: Filing) -> None:
    first = Place("duties", drafts.raw(filing).duties[0].key)
    last = drafts.add(filing, first, by=county.filler, client_id="a")
    save(
        filing,
        county,
        (f"{first}.text", "（一）", "（一）甲。\n（二）乙。（三）丙。"),
        (f"{last}.text", "（二）", "（二）丁。"),
    )
    for _ in range(2):
        drafts.split(filing, first, by=county.filler, client_id="b")
    assert duties(filing) == ["（一）甲。", "（二）乙。", "（三）丙。", "（四）丁。"]
    drafts.split(filing, last, by=county.filler, client_id="c")
    assert duties(filing)[3] == "（四）丁。"


def test_splitting_into_too_many_duties_is_refused(county: County, filing: Filing) -> None:
    first = Place("duties", drafts.raw(filing).duties[0].key)
    pasted = "\n".join(f"{number}.职责。" for number in range(1, MOST_DUTIES + 2))
    save(filing, county, (f"{first}.text", "（一）", pasted))
    with pytest.raises(StepRefused, match=f"最多 {MOST_DUTIES} 行"):
        drafts.split(filing, first, by=county.filler, client_id="b")
    assert duties(filing) == [pasted]


def test_duties_without_consecutive_numerals_are_not_renumbered(county: County, filing: Filing) -> None:
    first = Place("duties", drafts.raw(filing).duties[0].key)
    save(filing, county, (f"{first}.text", "（一）", "统管全县。"))
    drafts.add(filing, first, by=county.filler, client_id="a")
    assert duties(filing) == ["统管全县。", ""]


def test_a_row_is_added_below_the_given_one(county: County, filing: Filing) -> None:
    first = drafts.raw(filing).indicators[0].key
    save(filing, county, (f"indicators[{first}].name", "", "甲"))
    last = drafts.add(filing, Place("nodes", "OUT.QTY"), by=county.filler, client_id="a")
    new = drafts.add(filing, Place("indicators", first), by=county.filler, client_id="b")
    assert drafts.add(filing, Place("indicators", first), by=county.filler, client_id="b") == new
    assert [row.key for row in drafts.raw(filing).indicators[:4]] == [
        first,
        new.key,
        last.key,
        drafts.raw(filing).indicators[3].key,
    ]
    assert rows(filing)[:4] == [("OUT.QTY", "甲"), ("OUT.QTY", ""), ("OUT.QTY", ""), ("OUT.QUAL", "")]


def test_an_indicator_moves_within_its_class_and_into_the_next(county: County, filing: Filing) -> None:
    quantity, quality = (row.key for row in drafts.raw(filing).indicators[:2])
    save(filing, county, (f"indicators[{quantity}].name", "", "甲"), (f"indicators[{quality}].name", "", "乙"))
    second = Place("indicators", quality)
    assert rows(filing)[:2] == [("OUT.QTY", "甲"), ("OUT.QUAL", "乙")]
    for number, (step, expected) in enumerate(
        [
            (-1, [("OUT.QTY", "甲"), ("OUT.QTY", "乙")]),
            (-1, [("OUT.QTY", "乙"), ("OUT.QTY", "甲")]),
            (-1, [("OUT.QTY", "乙"), ("OUT.QTY", "甲")]),
            (1, [("OUT.QTY", "甲"), ("OUT.QTY", "乙")]),
            (1, [("OUT.QTY", "甲"), ("OUT.QUAL", "乙")]),
        ]
    ):
        drafts.move(filing, second, step, by=county.filler, client_id=f"m{number}")
        assert rows(filing)[:2] == expected


def test_a_step_with_a_removed_row_is_refused(county: County, filing: Filing) -> None:
    row = Place("indicators", drafts.raw(filing).indicators[0].key)
    drafts.remove(filing, row, by=county.filler, client_id="a")
    drafts.remove(filing, row, by=county.filler, client_id="a")
    with pytest.raises(StepRefused, match="已经被删去"):
        drafts.remove(filing, row, by=county.filler, client_id="b")


def test_the_number_of_rows_is_limited(county: County, filing: Filing) -> None:
    missing = MOST_INDICATORS - filing.indicators.count()
    Indicator.objects.bulk_create(
        Indicator(filing=filing, key=f"i{rank}", rank=str(rank)) for rank in range(50, 50 + missing)
    )
    Duty.objects.bulk_create(
        Duty(filing=filing, key=f"d{rank}", rank=str(rank)) for rank in range(50, 49 + MOST_DUTIES)
    )
    for place, most in ((Place("nodes", "OUT.QTY"), MOST_INDICATORS), (Place("duties"), MOST_DUTIES)):
        with pytest.raises(StepRefused, match=f"最多 {most} 行"):
            drafts.add(filing, place, by=county.filler, client_id="a")


def test_rows_with_equal_ranks_get_new_ones(county: County, filing: Filing) -> None:
    """Two users added a row below the same one at the same time."""
    first = drafts.raw(filing).indicators[0].key
    node = filing.indicators.get(key=first).node
    for key in ("a", "b", "c"):
        filing.indicators.create(key=key, rank="1.5", node=node, name=key)
    filing.indicators.create(key="last", rank="1.7", node=node, name="last")
    for number in range(3):
        drafts.move(filing, Place("indicators", "last"), -1, by=county.filler, client_id=f"m{number}")
    assert [name for _, name in rows(filing)[:5]] == ["", "last", "a", "b", "c"]
    between = drafts.add(filing, Place("indicators", "a"), by=county.filler, client_id="add")
    assert [row.key for row in drafts.raw(filing).indicators[:5]] == [first, "last", "a", between.key, "b"]
