"""Carrying over last year's table: its source, the chosen parts, one save, content without a place."""

import json
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from filings import drafts
from filings.checks import context
from filings.choices import Action, PointKind, Status
from filings.document.bundled_editions import editions
from filings.document.links import Links
from filings.drafts.apply import preview_changes
from filings.drafts.last_year import Choice, adopt, approved, plan
from filings.drafts.restore import restore_draft
from filings.editions.store import store
from filings.errors import StepRefused
from filings.models import Cycle, Filing, IssuedCopy
from filings.tests.county import County, found_county, step
from filings.tests.last_year import (
    DUTIES,
    EVERYTHING,
    GOAL,
    NOTHING,
    ROWS,
    approve,
    carried_over,
    carry_over,
    key,
    last_document,
    on_another_form,
    table,
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


def test_last_years_table_is_the_issued_copy_in_force(county: County, filing: Filing) -> None:
    last = approved(filing)
    assert last
    assert (last.table.document.year, last.copy.revision.number) == (county.cycle.year - 1, 2)
    known = context.read(filing, Links()).known.last_year
    assert known == last.table
    IssuedCopy.objects.update(live=False)
    assert approved(filing) is None


def test_an_earlier_year_is_ignored(filing: Filing) -> None:
    Cycle.objects.filter(pk=approved(filing).copy.filing.cycle_id).update(year=2000)  # type: ignore[union-attr]
    assert approved(filing) is None


def test_by_default_names_and_duties_are_carried_over_without_values_and_money(county: County) -> None:
    filing = carried_over(county)
    raw = drafts.raw(filing)
    named = [(row.key, row.node, row.name, row.target) for row in raw.indicators if row.name]
    assert named == [(key(number), node, name, "") for number, (node, name, _) in enumerate(ROWS, start=1)]
    assert [(row.key, row.text) for row in raw.duties] == [(key(101), DUTIES[0]), (key(102), DUTIES[1])]
    assert raw.goal == GOAL
    assert set(raw.amounts.values()) == {""}


def test_everything_can_be_carried_over(county: County, filing: Filing) -> None:
    assert carry_over(filing, county) == (5, 4, 0)
    last = table(filing).document
    assert drafts.document(filing) == replace(last, year=county.cycle.year)
    assert [row.key for row in drafts.document(filing).indicators] == [row.key for row in last.indicators]


def test_choosing_nothing_changes_nothing(county: County, filing: Filing) -> None:
    before, lock = texts(filing), filing.edits.count()
    assert carry_over(filing, county, NOTHING) == (0, 0, 0)
    assert (texts(filing), filing.edits.count(), filing.points.count()) == (before, lock, 0)


@pytest.mark.parametrize(
    ("part", "places"),
    [
        ("goal", ["goals[0]"]),
        ("money", ["amounts[EXP.BASIC]", "amounts[INC.GENERAL]", "amounts[TOTAL]"]),
        ("duties", [f"duties[{key(101)}].text", f"duties[{key(102)}].text"]),
        ("names", [f"indicators[{key(number)}].name" for number in (1, 2, 3)]),
        ("targets", []),
    ],
)
def test_each_part_can_be_chosen_separately(county: County, filing: Filing, part: str, places: list[str]) -> None:
    before = set(texts(filing))
    carry_over(filing, county, replace(NOTHING, **{part: True}))
    assert sorted(set(texts(filing)) - before) == places


def test_the_filing_is_locked_before_the_draft_is_read(county: County, filing: Filing) -> None:
    last = table(filing)
    with CaptureQueriesContext(connection) as asked:
        adopt(filing, last, Choice(), by=county.filler)
    first = next(query["sql"] for query in asked if "filings_" in query["sql"])
    assert first.startswith('UPDATE "filings_filing"')


def test_rows_of_a_missing_class_come_last_with_its_labels(county: County) -> None:
    filing = on_another_form(county)
    carry_over(filing, county)
    *_, row = drafts.document(filing).indicators
    assert (row.key, row.node, row.first_level, row.second_level) == (key(2), None, "成本指标", "社会成本指标")
    assert (row.name, row.target) == ("社会成本", "控制在预算内")
    assert [row.node for row in drafts.document(filing).indicators] == ["OUT.QTY", "BEN.SAT", None]


def started_on(county: County, code: str, *of_last_year: tuple[str, str, str]) -> Filing:
    """Start a draft on another edition than the founding one, the same as last year's."""
    form = editions()[code]
    approve(county, last_document(form, county.cycle.year - 1, *of_last_year), form)
    county.cycle.edition = store(form)
    county.cycle.save()
    return county.started()


def test_further_columns_are_carried_over_with_the_names(county: County) -> None:
    filing = started_on(county, "standard-2024", ("OUT.QTY", "接收档案", "≥500卷"))
    carry_over(filing, county, Choice())
    (row,) = drafts.document(filing).indicators
    assert (row.name, row.target, row.more) == ("接收档案", "", {"weight": "10"})


def test_fields_are_carried_over_without_the_date(county: County) -> None:
    filing = started_on(county, "standard-2024")
    assert carry_over(filing, county, replace(NOTHING, fields=True)) == (0, 1, 0)
    assert (drafts.raw(filing).fields["filler"], drafts.raw(filing).fields["filled_on"]) == ("王敏", "")


def test_amounts_of_tasks_are_carried_over_with_the_money(county: County) -> None:
    filing = started_on(county, "task-table")
    carry_over(filing, county, Choice())
    cells = {"name": "档案进馆", "content": "接收到期档案", "amount": ""}
    assert [(task.key, task.cells) for task in drafts.raw(filing).tasks] == [(key(200), cells)]
    carry_over(filing, county, Choice(money=True))
    assert [task.cells for task in drafts.raw(filing).tasks] == [cells | {"amount": "30"}]


@pytest.mark.parametrize(
    ("choice", "places"),
    [
        (NOTHING, []),
        (replace(NOTHING, fields=True), ["fields[filler]"]),
        (replace(NOTHING, tasks=True), [f"tasks[{key(200)}].name", f"tasks[{key(200)}].content"]),
        (replace(NOTHING, money=True), [f"tasks[{key(200)}].amount"]),
    ],
)
def test_chosen_content_without_a_place_is_listed(county: County, choice: Choice, places: list[str]) -> None:
    filing = on_another_form(county, "task-table")
    planned = plan(drafts.load(filing), table(filing), choice)
    assert [str(item.place) for item in planned.unmapped] == places


def test_the_preview_equals_the_stored_draft(county: County) -> None:
    filing = on_another_form(county)
    draft = drafts.load(filing)
    before = json.dumps({str(place): text for place, text in draft.stored.texts().items()})
    planned = plan(draft, table(filing), EVERYTHING)
    shown = preview_changes(filing, draft, planned.changes, planned.labels)
    assert json.dumps({str(place): text for place, text in draft.stored.texts().items()}) == before
    carry_over(filing, county)
    assert shown.raw == drafts.raw(filing)
    assert shown.stored.texts() == drafts.load(filing).stored.texts()


def test_carrying_over_is_one_save_that_can_be_undone(county: County, filing: Filing) -> None:
    before = drafts.load(filing).stored.texts()
    carry_over(filing, county)
    point = filing.points.get()
    assert (point.kind, filing.edits.count()) == (PointKind.LAST_YEAR, 1)
    assert restore_draft(filing, point, by=county.filler, client_id="back").is_whole
    assert drafts.load(filing).stored.texts() == before


def test_a_submitted_table_is_refused(county: County, filing: Filing) -> None:
    Filing.objects.filter(pk=filing.pk).update(status=Status.SIGNING)
    before = texts(filing)
    with pytest.raises(StepRefused, match="已经提交"):
        carry_over(filing, county)
    assert texts(filing) == before


def test_a_submitted_table_has_last_years_row_keys(county: County, filing: Filing) -> None:
    carry_over(filing, county)
    step(Action.SUBMIT, filing, county.filler)
    frozen = filing.revisions.get().document()
    assert [row.key for row in frozen.indicators] == [key(number) for number in (1, 2, 3)]
