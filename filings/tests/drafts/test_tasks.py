"""Tasks and further columns of a draft: saved, merged, moved, limited and restored."""

import pytest

from filings import drafts
from filings.choices import PointKind, Role
from filings.document.bundled_editions import editions
from filings.document.content import MOST_TASKS
from filings.document.place import Place
from filings.drafts import Change
from filings.drafts.restore import restore_draft
from filings.drafts.restore_points import count_differences, keep_restore_point
from filings.editions.store import store
from filings.models import Filing, Task
from filings.tests.county import County, create_user, found_county
from filings.tests.county_editions import (
    PARTED,
    TASKS,
    first_row,
    first_task,
    on_form,
    tasks,
)
from filings.tests.drafting import add_row, move_row, remove_row, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return found_county()


@pytest.fixture
def filing(county: County) -> Filing:
    return on_form(county, TASKS)


def add(filing: Filing, county: County, name: str, *, above: Place | None = None) -> Place:
    """Add a task of this name below another, or as the last."""
    row = add_row(filing, "tasks", by=county.filler, above=above)
    save(filing, county, (f"{row}.name", "", name), client_id=f"name {name}")
    return row


def named(filing: Filing) -> list[str]:
    return [name for name, *_ in tasks(filing)]


def test_a_new_draft_has_one_blank_task_if_the_edition_has_tasks(county: County, filing: Filing) -> None:
    assert tasks(filing) == [("", "", "")]
    assert drafts.document(filing).tasks == ()
    county.cycle.edition = store(editions()[PARTED])
    county.cycle.save()
    assert tasks(drafts.start(county.cycle, county.supervising)[0]) == []


def test_a_task_is_stored_as_typed_and_its_amount_parsed(county: County, filing: Filing) -> None:
    row = first_task(filing)
    typed = [("name", "档案 进馆"), ("content", "接收到期档案\n清点"), ("amount", "１２.5万元")]
    save(filing, county, *((f"{row}.{column}", "", text) for column, text in typed))
    assert tasks(filing) == [tuple(text for _, text in typed)]
    assert Task.objects.get().fen == 12_500_000
    (task,) = drafts.document(filing).tasks
    assert dict(task.cells) == {"name": "档案 进馆", "content": "接收到期档案清点", "amount": "12.5"}
    save(filing, county, (f"{row}.amount", "１２.5万元", "若干"), client_id="two")
    assert (Task.objects.get().amount, Task.objects.get().fen) == ("若干", None)


def test_tasks_are_added_moved_and_removed(county: County, filing: Filing) -> None:
    first = first_task(filing)
    save(filing, county, (f"{first}.name", "", "甲"))
    last = add(filing, county, "丙")
    add(filing, county, "乙", above=first)
    assert named(filing) == ["甲", "乙", "丙"]
    move_row(filing, last, 1, by=county.filler)
    assert named(filing) == ["甲", "丙", "乙"]
    move_row(filing, first, 1, by=county.filler)
    assert named(filing) == ["丙", "甲", "乙"]
    remove_row(filing, first, by=county.filler)
    assert named(filing) == ["丙", "乙"]
    # It keeps what it held, and comes back to its place.
    rank = "1"
    save(filing, county, (str(first), "", rank), client_id="back")
    assert sorted(named(filing)) == ["丙", "乙", "甲"]


def test_the_number_of_tasks_is_limited(county: County, filing: Filing) -> None:
    for number in range(MOST_TASKS - 1):
        Task.objects.create(filing=filing, key=f"t{number}", rank=str(100 + number))
    new = "tasks[00000000-0000-4000-8000-000000000001]"
    saved = save(filing, county, (new, "", "999"))
    assert [str(MOST_TASKS) in refusal.reason for refusal in saved.refusals] == [True]
    # One goes and one comes in the same save.
    last = f"tasks[t{MOST_TASKS - 2}]"
    saved = save(filing, county, (last, str(98 + MOST_TASKS), ""), (new, "", "999"), client_id="two")
    assert saved.is_whole
    assert len(tasks(filing)) == MOST_TASKS


@pytest.mark.parametrize(("column", "longest"), [("name", 200), ("content", 5000), ("amount", 60)])
def test_a_text_longer_than_its_cell_is_not_stored(county: County, filing: Filing, column: str, longest: int) -> None:
    cell = f"{first_task(filing)}.{column}"
    assert not save(filing, county, (cell, "", "1" * (longest + 1))).is_whole
    assert save(filing, county, (cell, "", "1" * longest), client_id="two").is_whole


def test_changes_of_two_users_in_one_task_are_merged_by_cell(county: County, filing: Filing) -> None:
    row = first_task(filing)
    other = create_user("other", Role.FILLER, county.department)
    theirs = [Change(f"{row}.name", "", "他的"), Change(f"{row}.amount", "", "5")]
    drafts.save(filing, theirs, by=other, client_id="theirs")
    saved = save(filing, county, (f"{row}.name", "", "我的"), (f"{row}.content", "", "内容"))
    (conflict,) = saved.conflicts
    assert (conflict.change.place, conflict.stored, conflict.by) == (f"{row}.name", "他的", "other甲")
    assert tasks(filing) == [("他的", "内容", "5")]


def test_a_task_changed_by_another_user_is_not_removed(county: County, filing: Filing) -> None:
    row = first_task(filing)
    since = save(filing, county, (f"{row}.name", "", "甲")).edit
    other = create_user("other", Role.FILLER, county.department)
    drafts.save(filing, [Change(f"{row}.amount", "", "5")], by=other, client_id="theirs")
    removed = Change(str(row), drafts.load(filing).stored.text(row) or "", "")
    saved = drafts.save(filing, [removed], by=county.filler, client_id="mine", since=since)
    assert [conflict.by for conflict in saved.conflicts] == ["other甲"]
    assert tasks(filing) == [("甲", "", "5")]


def test_tasks_are_restored(county: County, filing: Filing) -> None:
    first = first_task(filing)
    save(filing, county, (f"{first}.name", "", "甲"), (f"{first}.amount", "", "3"))
    second = add(filing, county, "乙", above=first)
    keep_restore_point(filing, PointKind.PASTE, drafts.load(filing), by=county.filler)
    point = filing.points.latest("id")
    remove_row(filing, first, by=county.filler)
    add(filing, county, "丙", above=second)
    save(filing, county, (f"{second}.name", "乙", "改了"), client_id="changed")
    assert count_differences(drafts.load(filing).stored, [point]) == [3]
    assert restore_draft(filing, point, by=county.filler, client_id="back").is_whole
    assert tasks(filing) == [("甲", "", "3"), ("乙", "", "")]
    assert Task.objects.get(key=first.key).fen == 3_000_000


@pytest.mark.parametrize(
    ("code", "own", "lacking"),
    [(PARTED, "weight", ("note", "last_value")), (TASKS, "note", ("weight", "scoring"))],
)
def test_further_columns_that_the_edition_lacks_are_refused(
    county: County, code: str, own: str, lacking: tuple[str, ...]
) -> None:
    filing = on_form(county, code)
    row = first_row(filing, "OUT.QTY")
    saved = save(filing, county, (f"{row}.{own}", "", "10"), *((f"{row}.{column}", "", "8") for column in lacking))
    assert [change.place for change in saved.applied] == [f"{row}.{own}"]
    assert [item.change.place for item in saved.refusals] == [f"{row}.{column}" for column in lacking]
    assert [dict(row.more) for row in drafts.raw(filing).indicators if row.more] == [{own: "10"}]
    # A row with only a weight is not blank.
    assert [dict(row.more) for row in drafts.document(filing).indicators] == [{own: "10"}]


@pytest.mark.parametrize("place", ["tasks[t1].name", "tasks[t1]", "indicators[i1].comparator", "indicators[i1].unit"])
def test_cells_that_the_edition_lacks_are_refused(county: County, place: str) -> None:
    filing = on_form(county, PARTED)
    saved = save(filing, county, (place, "", "5"))
    assert ([change.place for change in saved.applied], len(saved.refusals)) == ([], 1)


def test_further_columns_are_restored_with_their_row(county: County) -> None:
    filing = on_form(county, PARTED)
    row = first_row(filing, "OUT.QTY")
    save(filing, county, (f"{row}.name", "", "接收档案"), (f"{row}.weight", "", "10"))
    keep_restore_point(filing, PointKind.PASTE, drafts.load(filing), by=county.filler)
    point = filing.points.latest("id")
    save(filing, county, (f"{row}.weight", "10", "20"), client_id="two")
    save(filing, county, (f"{row}.node", "OUT.QTY", "OUT.QUAL"), client_id="move")
    assert [one.more.get("weight") for one in drafts.raw(filing).indicators if one.name] == ["20"]
    assert restore_draft(filing, point, by=county.filler, client_id="back").is_whole
    assert [(one.node, one.more.get("weight")) for one in drafts.raw(filing).indicators if one.name] == [
        ("OUT.QTY", "10")
    ]
