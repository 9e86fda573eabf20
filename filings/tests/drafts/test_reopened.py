"""A partially reopened table refuses changes elsewhere, on every path by which changes are saved."""

from uuid import uuid4

import pytest
from django.utils import timezone

from filings import drafts
from filings.document import place
from filings.document.place import Place
from filings.drafts import Change
from filings.drafts.apply import apply_changes
from filings.drafts.carried_over import confirm
from filings.drafts.reopened import CLOSED, CLOSED_FOR_ROWS, changed_closed_rows, open_places
from filings.drafts.restore import restore_draft
from filings.errors import StepRefused
from filings.models import ControlFigure, Filing
from filings.tests.county import County
from filings.tests.reviewing.returns import returned, reviewed_by_performance

pytestmark = pytest.mark.django_db

GOAL = ("goals[0]", "保障单位运转，管好县档案。", "管好县档案，服务全县。")
OPEN_TARGET = ("indicators[i0].target", "≥500卷", "≥600卷")
CLOSED_TARGET = ("indicators[i1].target", "≥300人次", "≥400人次")


@pytest.fixture
def county() -> County:
    return reviewed_by_performance()


def save(county: County, filing: Filing, *changes: tuple[str, str, str]) -> tuple[list[str], dict[str, str]]:
    """Save changes and return the applied places, and the reasons of the refused ones by place."""
    listed = [Change(*change) for change in changes]
    saved = drafts.save(filing, listed, by=county.filler, client_id=uuid4().hex)
    assert not saved.conflicts
    return [item.place for item in saved.applied], {item.change.place: item.reason for item in saved.refusals}


def new_row(section: str = "indicators") -> str:
    return str(Place(section, str(uuid4())))


def test_only_the_remarked_row_is_changed_and_the_refusal_gives_the_reason(county: County) -> None:
    filing = returned(county, "indicators[i0]")
    applied, refused = save(
        county, filing, OPEN_TARGET, CLOSED_TARGET, GOAL, ("indicators[i0].name", "接收档案", "接收")
    )
    assert applied == ["indicators[i0].target", "indicators[i0].name"]
    assert refused == {"indicators[i1].target": CLOSED, "goals[0]": CLOSED}
    assert filing.texts.get(place="goals[0]").raw == GOAL[1]
    assert filing.indicators.get(key="i1").target == "≥300人次"


def test_a_remarked_row_is_removed_and_restored_but_others_are_neither_removed_nor_moved(county: County) -> None:
    filing = returned(county, "indicators[i0]")
    assert save(county, filing, ("indicators[i0]", "20", "")) == (["indicators[i0]"], {})
    assert save(county, filing, ("indicators[i0]", "", "20")) == (["indicators[i0]"], {})
    assert save(county, filing, ("indicators[i1]", "21", ""), ("duties[d1]", "2", "3")) == (
        [],
        {"indicators[i1]": CLOSED, "duties[d1]": CLOSED},
    )


def test_rows_are_added_only_where_a_class_or_section_has_a_remark(county: County) -> None:
    filing = returned(county, "nodes[OUT]", "duties[d1].text")
    row, other, duty = new_row(), new_row(), new_row("duties")
    applied, refused = save(
        county, filing,
        (row, "", "30"), (f"{row}.node", "", "OUT.QUAL"), (f"{row}.name", "", "档案完好率"),
        (other, "", "31"), (f"{other}.node", "", "BEN.SOC"), (f"{other}.name", "", "查档人次"),
        (duty, "", "4"), (f"{duty}.text", "", "（二）其他。"),
    )  # fmt: skip
    assert applied == [row, f"{row}.node", f"{row}.name"]
    assert set(refused) == {other, f"{other}.node", f"{other}.name", duty, f"{duty}.text"}
    assert set(refused.values()) == {CLOSED_FOR_ROWS}
    assert save(county, filing, (f"{row}.name", "档案完好率", "档案完好比率"))[1] == {}
    assert save(county, filing, (f"{row}.node", "OUT.QUAL", "BEN.SOC"))[1] == {f"{row}.node": CLOSED_FOR_ROWS}


def test_a_remarked_row_is_moved_to_any_class_but_others_only_to_classes_that_take_rows(county: County) -> None:
    filing = returned(county, "indicators[i0]", "nodes[BEN.SOC]")
    moved = [("indicators[i0].node", "OUT.QTY", "OUT.QUAL")]
    row = new_row()
    assert save(county, filing, *moved, (row, "", "30"), (f"{row}.node", "", "OUT.QUAL")) == (
        ["indicators[i0].node"],
        {row: CLOSED_FOR_ROWS, f"{row}.node": CLOSED_FOR_ROWS},
    )
    assert changed_closed_rows(filing, drafts.document(filing)) == []
    assert save(county, filing, ("indicators[i1].node", "BEN.SOC", "OUT.QUAL"))[1] == {
        "indicators[i1].node": CLOSED_FOR_ROWS
    }


def test_explanations_links_and_numerals_are_always_open(county: County) -> None:
    filing = returned(county, "indicators[i0]")
    links = ("links[i1].money", "", "EXP.BASIC")
    duty = "负责全县档案的收集和保管。"
    assert save(county, filing, links, ("duties[d1].text", f"（一）{duty}", f"（二）{duty}"))[1] == {}


def test_a_remarked_amount_opens_all_amounts_so_that_the_correction_can_be_completed(county: County) -> None:
    filing = returned(county, "amounts[INC.GENERAL]")
    lines = ("INC.GENERAL", "TOTAL", "EXP.BASIC")
    assert save(county, filing, *((f"amounts[{line}]", "100", "120") for line in lines))[1] == {}


def test_a_place_with_an_error_in_the_returned_table_is_open(county: County) -> None:
    filing = returned(county, "indicators[i0]")
    total = ("amounts[TOTAL]", "100", "90")
    assert save(county, filing, total)[1] == {"amounts[TOTAL]": CLOSED}
    ControlFigure.objects.create(
        cycle=county.cycle, department=county.department, fen=90_000_000, by=county.manager, at=timezone.now()
    )
    assert save(county, filing, total)[1] == {}


def test_an_error_made_after_the_return_opens_nothing(county: County) -> None:
    filing = returned(county, "indicators[i0]")
    filing.indicators.filter(key="i1").update(node=filing.indicators.get(key="i0").node)
    copied = (("indicators[i0].name", "接收档案", "查阅人次"), ("indicators[i0].target", "≥500卷", "≥300人次"))
    assert save(county, filing, *copied)[1] == {}
    assert save(county, filing, CLOSED_TARGET)[1] == {"indicators[i1].target": CLOSED}


def test_a_closed_duty_takes_another_numeral_only_whatever_the_page_claims_to_have_seen(county: County) -> None:
    filing = returned(county, "indicators[i0]")
    duty = "负责全县档案的收集和保管。"
    for number, (before, after) in enumerate(
        ((f"（一）{duty}", f"（二）{duty}"), ("（二）完全不同。", "（三）完全不同。")), start=1
    ):
        change = Change("duties[d1].text", before, after)
        saved = drafts.save(filing, [change], by=county.filler, client_id=f"0123456789abcdef-{number}", since=0)
    assert [refusal.reason for refusal in saved.refusals] == [CLOSED]
    assert filing.duties.get(key="d1").raw == f"（二）{duty}"


def test_a_closed_cell_is_set_back_to_what_was_returned(county: County) -> None:
    filing = returned(county, "indicators[i0]")
    filing.indicators.filter(key="i1").update(target="≥1人次", rank="")
    assert changed_closed_rows(filing, drafts.document(filing)) == [Place("indicators", "i1")]
    back = (("indicators[i1]", "", "21"), ("indicators[i1].target", "≥1人次", "≥300人次"))
    assert save(county, filing, *back)[1] == {}
    assert changed_closed_rows(filing, drafts.document(filing)) == []


def test_an_import_that_changes_closed_rows_changes_nothing(county: County) -> None:
    filing = returned(county, "indicators[i0]")
    changes = [Change(*change) for change in (OPEN_TARGET, CLOSED_TARGET, GOAL)]
    with pytest.raises(StepRefused, match="有 2 处在未被退回的行，不能改，本次未保存"):
        apply_changes(filing, changes, {}, by=county.filler, client_id=uuid4().hex)
    apply_changes(filing, changes[:1], {}, by=county.filler, client_id=uuid4().hex)
    assert filing.indicators.get(key="i0").target == "≥600卷"


def test_a_restore_point_restores_open_rows_only(county: County) -> None:
    filing = county.started()
    blank = filing.points.create(kind="opened", by=county.filler, at=timezone.now(), texts="{}")
    filing = returned(county, "indicators[i0]")
    saved = restore_draft(filing, blank, by=county.filler, client_id=uuid4().hex)
    assert [change.place for change in saved.applied] == ["indicators[i0]"]
    assert {item.reason for item in saved.refusals} == {CLOSED}


def test_confirming_a_closed_text_changes_nothing_and_is_allowed(county: County) -> None:
    filing = returned(county, "indicators[i0]")
    assert save(county, filing, (GOAL[0], GOAL[1], GOAL[1]))[1] == {}
    assert confirm(filing, place.goal(), by=county.filler) == 0


def test_the_guard_reads_the_present_state_of_the_filing(county: County) -> None:
    outdated = county.started()
    returned(county, "indicators[i0]")
    assert save(county, outdated, GOAL)[1] == {"goals[0]": CLOSED}


def test_a_table_without_partial_reopening_is_open(county: County) -> None:
    filing = county.filled()
    reopened = open_places(filing, drafts.load(filing))
    assert reopened.is_whole
    assert reopened.has(Place.parse("goals[0]"))
    assert reopened.takes_rows(Place("duties"))
