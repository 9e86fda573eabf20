"""Carried-over cells that are still untouched, and last year's values for this year's cells."""

import pytest

from filings import drafts
from filings.choices import Status
from filings.document.place import Place, amount, indicator
from filings.drafts.carried_over import carried_over_cells, confirm
from filings.drafts.last_year import Choice, last_values
from filings.drafts.restore import restore_draft
from filings.errors import StepRefused
from filings.models import Edit, Filing
from filings.rules.finding import KnownFacts, RuleContext
from filings.tests.county import County, found_county
from filings.tests.drafting import duties, move_row, save
from filings.tests.last_year import GOAL, ROWS, carried_over, carry_over, key, table, texts, with_last_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return found_county()


@pytest.fixture
def filing(county: County) -> Filing:
    return with_last_year(county)


def untouched(filing: Filing) -> list[str]:
    """List the carried-over cells that have not been changed or confirmed."""
    return sorted(map(str, carried_over_cells(filing, drafts.load(filing))))


CARRIED = [
    f"duties[{key(101)}].text",
    f"duties[{key(102)}].text",
    "goals[0]",
    *(f"indicators[{key(number)}].name" for number in (1, 2, 3)),
]


def test_only_carried_over_cells_are_untouched(county: County) -> None:
    assert untouched(carried_over(county)) == CARRIED


def test_without_carrying_over_no_cell_is_untouched(county: County) -> None:
    filing = county.filled()
    save(filing, county, ("goals[0]", "保障单位运转，管好县档案。", "别的"))
    assert untouched(filing) == []


def test_a_changed_cell_is_touched_even_if_changed_back(county: County) -> None:
    filing = carried_over(county)
    save(filing, county, ("goals[0]", GOAL, "改了"))
    save(filing, county, ("goals[0]", "改了", GOAL), client_id="two")
    assert untouched(filing) == [cell for cell in CARRIED if cell != "goals[0]"]


def test_a_conflict_does_not_touch_the_cell(county: County) -> None:
    filing = carried_over(county)
    assert not save(filing, county, ("goals[0]", "没有这样", "改了")).is_whole
    assert untouched(filing) == CARRIED


def test_a_refused_change_does_not_touch_the_cell(county: County) -> None:
    filing = carried_over(county)
    cell = f"indicators[{key(1)}].name"
    assert save(filing, county, (cell, "接收档案", "长" * 200_000)).refusals
    assert untouched(filing) == CARRIED


def test_renumbering_duties_does_not_touch_them(county: County) -> None:
    filing = carried_over(county)
    first, second = f"duties[{key(101)}]", f"duties[{key(102)}].text"
    stored = drafts.load(filing).stored
    text = stored.text(Place.parse(second)) or ""
    renumbered = text.replace("（二）", "（一）")
    save(filing, county, (first, stored.text(Place.parse(first)) or "", ""), (second, text, renumbered))
    assert duties(filing) == ["（一）保管档案。"]
    assert untouched(filing) == CARRIED[1:]


def test_moving_a_row_does_not_touch_it(county: County) -> None:
    filing = carried_over(county)
    move_row(filing, Place("indicators", key(1)), 2, by=county.filler)
    assert untouched(filing) == CARRIED


@pytest.mark.parametrize(
    ("place", "confirmed"),
    [
        ("goals[0]", ["goals[0]"]),
        (f"indicators[{key(2)}]", [f"indicators[{key(2)}].name"]),
        (f"indicators[{key(2)}].name", [f"indicators[{key(2)}].name"]),
        (f"indicators[{key(2)}].target", []),
        ("duties", CARRIED[:2]),
        ("fields", []),
    ],
)
def test_a_confirmation_covers_the_cells_of_a_place(county: County, place: str, confirmed: list[str]) -> None:
    filing = carried_over(county)
    before = texts(filing)
    assert confirm(filing, Place.parse(place), by=county.filler) == len(confirmed)
    assert untouched(filing) == [cell for cell in CARRIED if cell not in confirmed]
    assert texts(filing) == before


def test_a_confirmation_is_an_edit_that_changes_nothing(county: County) -> None:
    filing = carried_over(county)
    confirm(filing, Place.parse("goals[0]"), by=county.filler)
    last = Edit.objects.latest("id")
    assert (last.by, last.changes) == (county.filler, [{"place": "goals[0]", "before": GOAL, "after": GOAL}])


def test_a_submitted_table_cannot_be_confirmed(county: County) -> None:
    filing = carried_over(county)
    Filing.objects.filter(pk=filing.pk).update(status=Status.SIGNING)
    with pytest.raises(StepRefused):
        confirm(filing, Place("goals"), by=county.filler)
    assert untouched(filing) == CARRIED


def test_carrying_over_again_after_a_restore_makes_cells_untouched(county: County) -> None:
    filing = carried_over(county)
    confirm(filing, Place("duties"), by=county.filler)
    restore_draft(filing, filing.points.get(), by=county.filler, client_id="back")
    assert untouched(filing) == []
    carry_over(filing, county, Choice())
    assert untouched(filing) == CARRIED


def test_finding_untouched_cells_takes_one_query(county: County, django_assert_num_queries: object) -> None:
    filing = carried_over(county)
    draft = drafts.load(filing)
    with django_assert_num_queries(1):  # type: ignore[operator]
        carried_over_cells(filing, draft)


def values(filing: Filing) -> dict[Place, str]:
    draft = drafts.load(filing)
    return last_values(RuleContext(draft.document, draft.edition, KnownFacts(last_year=table(filing))))


def test_last_years_values_are_mapped_to_this_years_cells(county: County) -> None:
    filing = carried_over(county)
    assert values(filing) == {
        amount("TOTAL"): "90",
        amount("INC.GENERAL"): "90",
        amount("EXP.BASIC"): "90",
        **{indicator(key(number), "target"): target for number, (_, _, target) in enumerate(ROWS, start=1)},
    }


def test_last_years_values_are_mapped_to_rows_typed_again(county: County, filing: Filing) -> None:
    row = drafts.raw(filing).indicators[0]
    save(filing, county, (f"indicators[{row.key}].name", "", "接收档案"))
    assert values(filing)[indicator(row.key, "target")] == "≥500卷"


def test_without_last_years_table_there_are_no_values(county: County) -> None:
    draft = drafts.load(county.started())
    assert last_values(RuleContext(draft.document, draft.edition)) == {}
