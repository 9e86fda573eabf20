"""What was carried over and nobody has looked at since; and last year's values beside this year's cells."""

import pytest

from filings import drafts
from filings.choices import Status
from filings.document.place import Place, amount, indicator
from filings.drafts.carried_over import confirm, untouched
from filings.drafts.last_year import Choice, last_values
from filings.drafts.restore import go_back
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


def left(filing: Filing) -> list[str]:
    """What still stands as it was carried over."""
    return sorted(map(str, untouched(filing, drafts.load(filing))))


CARRIED = [
    f"duties[{key(101)}].text",
    f"duties[{key(102)}].text",
    "goals[0]",
    *(f"indicators[{key(at)}].name" for at in (1, 2, 3)),
]


def test_what_was_carried_over_is_untouched_and_what_was_there_is_not(county: County) -> None:
    assert left(carried_over(county)) == CARRIED


def test_a_draft_that_nothing_was_carried_into_has_nothing_untouched(county: County) -> None:
    filing = county.filled()
    save(filing, county, ("goals[0]", "保障单位运转，管好县档案。", "别的"))
    assert left(filing) == []


def test_what_is_changed_is_touched(county: County) -> None:
    filing = carried_over(county)
    save(filing, county, ("goals[0]", GOAL, "改了"))
    save(filing, county, ("goals[0]", "改了", GOAL), client_id="two")
    assert left(filing) == [at for at in CARRIED if at != "goals[0]"]


def test_what_was_kept_out_is_not_touched(county: County) -> None:
    filing = carried_over(county)
    assert not save(filing, county, ("goals[0]", "没有这样", "改了")).is_whole
    assert left(filing) == CARRIED


def test_what_was_refused_is_not_touched(county: County) -> None:
    filing = carried_over(county)
    at = f"indicators[{key(1)}].name"
    assert save(filing, county, (at, "接收档案", "长" * 200_000)).refusals
    assert left(filing) == CARRIED


def test_counting_duties_anew_touches_none(county: County) -> None:
    filing = carried_over(county)
    first, second = f"duties[{key(101)}]", f"duties[{key(102)}].text"
    stored = drafts.load(filing).stored
    held = stored.text(Place.parse(second)) or ""
    save(
        filing,
        county,
        (first, stored.text(Place.parse(first)) or "", ""),
        (second, held, held.replace("（二）", "（一）")),
    )
    assert duties(filing) == ["（一）保管档案。"]
    assert left(filing) == CARRIED[1:]


def test_a_row_that_is_moved_is_not_touched(county: County) -> None:
    filing = carried_over(county)
    move_row(filing, Place("indicators", key(1)), 2, by=county.filler)
    assert left(filing) == CARRIED


def test_a_table_that_is_put_in_its_place_has_nothing_untouched(county: County) -> None:
    filing = carried_over(county)
    drafts.put(filing, table(filing).document, by=county.filler)
    assert left(filing) == []


@pytest.mark.parametrize(
    ("at", "confirmed"),
    [
        ("goals[0]", ["goals[0]"]),
        (f"indicators[{key(2)}]", [f"indicators[{key(2)}].name"]),
        (f"indicators[{key(2)}].name", [f"indicators[{key(2)}].name"]),
        (f"indicators[{key(2)}].target", []),
        ("duties", CARRIED[:2]),
        ("fields", []),
    ],
)
def test_a_confirmation_takes_what_lies_at_a_place(county: County, at: str, confirmed: list[str]) -> None:
    filing = carried_over(county)
    before = texts(filing)
    assert confirm(filing, Place.parse(at), by=county.filler) == len(confirmed)
    assert left(filing) == [cell for cell in CARRIED if cell not in confirmed]
    assert texts(filing) == before


def test_a_confirmation_is_a_save_that_says_who_and_changes_nothing(county: County) -> None:
    filing = carried_over(county)
    confirm(filing, Place.parse("goals[0]"), by=county.filler)
    last = Edit.objects.latest("id")
    assert (last.by, last.changes) == (county.filler, [{"place": "goals[0]", "before": GOAL, "after": GOAL}])


def test_a_submitted_table_is_not_confirmed(county: County) -> None:
    filing = carried_over(county)
    Filing.objects.filter(pk=filing.pk).update(status=Status.SIGNING)
    with pytest.raises(StepRefused):
        confirm(filing, Place("goals"), by=county.filler)
    assert left(filing) == CARRIED


def test_after_going_back_and_carrying_over_again_it_is_untouched_again(county: County) -> None:
    filing = carried_over(county)
    confirm(filing, Place("duties"), by=county.filler)
    go_back(filing, filing.points.get(), by=county.filler, client_id="back")
    assert left(filing) == []
    carry_over(filing, county, Choice())
    assert left(filing) == CARRIED


def test_what_is_untouched_takes_one_question(county: County, django_assert_num_queries: object) -> None:
    filing = carried_over(county)
    draft = drafts.load(filing)
    with django_assert_num_queries(1):  # type: ignore[operator]
        untouched(filing, draft)


def values(filing: Filing) -> dict[Place, str]:
    draft = drafts.load(filing)
    return last_values(RuleContext(draft.document, draft.edition, KnownFacts(last_year=table(filing))))


def test_last_years_values_are_at_this_years_cells(county: County) -> None:
    filing = carried_over(county)
    assert values(filing) == {
        amount("TOTAL"): "90",
        amount("INC.GENERAL"): "90",
        amount("EXP.BASIC"): "90",
        **{indicator(key(at), "target"): target for at, (_, _, target) in enumerate(ROWS, start=1)},
    }


def test_last_years_values_are_at_rows_that_were_typed_anew_too(county: County, filing: Filing) -> None:
    row = drafts.raw(filing).indicators[0]
    save(filing, county, (f"indicators[{row.key}].name", "", "接收档案"))
    assert values(filing)[indicator(row.key, "target")] == "≥500卷"


def test_without_last_years_table_there_are_none(county: County) -> None:
    draft = drafts.load(county.started())
    assert last_values(RuleContext(draft.document, draft.edition)) == {}
