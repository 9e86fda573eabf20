"""Merging content into a draft: blank cells are filled, blank rows replaced, typed content kept."""

from dataclasses import replace

import pytest

from filings import drafts
from filings.document.place import Place, duty, indicator
from filings.drafts.last_year import Choice
from filings.errors import StepRefused
from filings.models import Filing
from filings.tests.county import County, found_county
from filings.tests.drafting import duties, rows, save
from filings.tests.last_year import (
    DUTIES,
    GOAL,
    NOTHING,
    ROWS,
    approve,
    carried_over,
    carry_over,
    key,
    last_document,
    texts,
    with_last_year,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return found_county()


@pytest.fixture
def filing(county: County) -> Filing:
    return with_last_year(county)


def test_rows_replace_blank_ones_of_their_class(county: County) -> None:
    filing = carried_over(county)
    classes = [row.node for row in drafts.raw(filing).indicators]
    assert classes == [second.key for _, second in filing.cycle.edition.definition().leaves()]


def test_typed_content_is_kept_and_counted(county: County, filing: Filing) -> None:
    goal, name = "今年的目标。", "indicators[{}].name"
    row = drafts.raw(filing).indicators[0]
    save(filing, county, ("goals[0]", "", goal), ("amounts[TOTAL]", "", "80"), (name.format(row.key), "", "接收 档案"))
    assert carry_over(filing, county) == (4, 3, 3)
    raw = drafts.raw(filing)
    assert (raw.goal, raw.amounts["TOTAL"], raw.amounts["EXP.BASIC"]) == (goal, "80", "90")
    quantity = [(row.key, row.name, row.target) for row in raw.indicators if row.node == "OUT.QTY"]
    assert quantity == [(row.key, "接收 档案", "≥500卷")]


def test_a_row_of_the_same_name_in_another_class_does_not_match(county: County, filing: Filing) -> None:
    row = drafts.raw(filing).indicators[1]
    save(filing, county, (f"indicators[{row.key}].name", "", "接收档案"))
    carry_over(filing, county)
    assert [row for row in rows(filing) if row[1] == "接收档案"] == [
        ("OUT.QTY", "接收档案"),
        ("OUT.QUAL", "接收档案"),
    ]


def test_merging_twice_changes_nothing(county: County, filing: Filing) -> None:
    carry_over(filing, county)
    before, edits = texts(filing), filing.edits.count()
    assert carry_over(filing, county) == (0, 0, 0)
    assert (texts(filing), filing.edits.count()) == (before, edits)


def test_values_can_be_merged_later(county: County) -> None:
    filing = carried_over(county)
    assert carry_over(filing, county, Choice(names=False, targets=True)) == (0, 3, 0)
    assert [row.target for row in drafts.document(filing).indicators] == [target for _, _, target in ROWS]


def test_without_names_no_row_is_named(county: County) -> None:
    filing = carried_over(county)
    save(filing, county, (f"indicators[{key(1)}].name", "接收档案", ""))
    carry_over(filing, county, replace(NOTHING, targets=True))
    row = next(row for row in drafts.raw(filing).indicators if row.key == key(1))
    assert (row.name, row.target) == ("", "≥500卷")


def test_cells_with_white_space_or_a_numeral_only_are_blank(county: County) -> None:
    filing = carried_over(county)
    save(filing, county, ("goals[0]", GOAL, " \n"), (str(duty(key(101))), DUTIES[0], "（一） "))
    assert carry_over(filing, county, Choice()) == (0, 2, 0)
    assert (drafts.raw(filing).goal, duties(filing)) == (GOAL, list(DUTIES))


def test_a_blank_row_that_is_filled_is_not_replaced_by_another(county: County) -> None:
    form = county.cycle.edition.definition()
    of_one_class = (("OUT.QTY", "接收档案", "≥500卷"), ("OUT.QTY", "整理档案", "≥300卷"))
    approve(county, last_document(form, county.cycle.year - 1, *of_one_class), form)
    filing = county.started()
    carry_over(filing, county, Choice())
    rank = drafts.load(filing).stored.text(Place("indicators", key(2))) or ""
    save(filing, county, (f"indicators[{key(1)}].name", "接收档案", ""), (f"indicators[{key(2)}]", rank, ""))
    carry_over(filing, county, Choice())
    quantity = [(row.key, row.name) for row in drafts.raw(filing).indicators if row.node == "OUT.QTY"]
    assert quantity == [(key(1), "接收档案"), (key(2), "整理档案")]


def test_a_removed_row_is_restored_with_the_chosen_content_only(county: County, filing: Filing) -> None:
    carry_over(filing, county)
    place = Place("indicators", key(1))
    save(filing, county, (f"{place}.name", "接收档案", "改过的"), client_id="one")
    save(filing, county, (str(place), drafts.load(filing).stored.text(place) or "", ""), client_id="two")
    carry_over(filing, county, Choice())
    stored = drafts.load(filing).stored
    assert (stored.text(indicator(key(1), "name")), stored.text(indicator(key(1), "target"))) == ("接收档案", "")


def test_new_duties_continue_the_numerals(county: County, filing: Filing) -> None:
    first = drafts.raw(filing).duties[0].key
    save(filing, county, (str(duty(first)), "（一）", "1.保管 档案。"))
    carry_over(filing, county)
    assert duties(filing) == ["1.保管 档案。", "2.收集档案。"]


def test_duties_with_other_numerals_are_not_renumbered(county: County, filing: Filing) -> None:
    first = drafts.raw(filing).duties[0].key
    save(filing, county, (str(duty(first)), "（一）", "（五）编史修志。"))
    carry_over(filing, county)
    assert duties(filing) == ["（五）编史修志。", *DUTIES]


def test_a_blank_duty_between_others_is_not_replaced(county: County, filing: Filing) -> None:
    first = drafts.raw(filing).duties[0].key
    second = Place("duties", key(300))
    save(filing, county, (str(second), "", "2"), (f"{second}.text", "", "（二）编史。"))
    carry_over(filing, county)
    assert duties(filing) == ["（一）", "（二）编史。", "（三）收集档案。", "（四）保管档案。"]
    assert drafts.raw(filing).duties[0].key == first


def test_exceeding_the_limit_of_rows_changes_nothing(county: County, filing: Filing) -> None:
    for number in range(59):
        filing.duties.create(key=f"more{number}", rank=str(10 + number), raw=f"（{number}）职责")
    before = texts(filing)
    with pytest.raises(StepRefused, match=r"已有 60 行，最多 60 行，不能再加 2 行。"):
        carry_over(filing, county)
    assert (texts(filing), filing.edits.count(), filing.points.count()) == (before, 0, 0)


def test_temporary_keys_are_replaced(county: County) -> None:
    form = county.cycle.edition.definition()
    document = last_document(form, county.cycle.year - 1, *ROWS)
    keyed = tuple(replace(row, key=f"r{index}") for index, row in enumerate(document.indicators))
    approve(county, replace(document, indicators=keyed), form)
    filing = county.started()
    assert carry_over(filing, county) == (5, 4, 0)
    assert carry_over(filing, county) == (0, 0, 0)


def test_rows_with_the_same_content_are_matched_in_order(county: County) -> None:
    form = county.cycle.edition.definition()
    alike = [("OUT.QTY", "接收档案", target) for target in ("≥500卷", "≥600卷", "≥700卷")]
    document = last_document(form, county.cycle.year - 1, *alike)
    keyed = tuple(replace(row, key=f"r{index}") for index, row in enumerate(document.indicators))
    approve(county, replace(document, indicators=keyed), form)
    filing = county.started()
    carry_over(filing, county, Choice())
    carry_over(filing, county, replace(NOTHING, names=True, targets=True))
    quantity = [(row.node, row.name, row.target) for row in drafts.raw(filing).indicators if row.node == "OUT.QTY"]
    assert quantity == alike
