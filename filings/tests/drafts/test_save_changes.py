"""Saving changes: any text is accepted, conflicts are named, repeats have no effect, the number of queries is fixed."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from filings import drafts
from filings.choices import Role, Status
from filings.document.bundled_editions import editions
from filings.document.content import MOST_DUTIES, MOST_INDICATORS
from filings.document.place import SECTIONS, Place
from filings.drafts import Change
from filings.errors import StepRefused
from filings.formats import text
from filings.models import Duty, Edit, Filing, Indicator, User
from filings.table.reading.read_table import read_table
from filings.tests.county import County, create_user, found_county
from filings.tests.drafting import add_row, duties, import_document, remove_row, rows, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return found_county()


@pytest.fixture
def filing(county: County) -> Filing:
    return drafts.start(county.cycle, county.department)[0]


def sample() -> str:
    path = Path(settings.BASE_DIR, "fixtures", "samples", "2022-hengdong-organization-department.txt")
    return path.read_text(encoding="utf-8")


def test_a_draft_starts_with_names_and_a_blank_row_for_each_class(county: County, filing: Filing) -> None:
    draft = drafts.load(filing)
    assert draft.raw.fields == {"filing_unit": "县档案馆", "department": "县档案馆"}
    assert [row.node for row in draft.raw.indicators] == [second.key for _, second in draft.edition.leaves()]
    assert duties(filing) == ["（一）"]
    empty = draft.document
    assert (empty.indicators, empty.duties, empty.goals) == ((), (), ())
    assert drafts.start(county.cycle, county.department) == (filing, False)
    assert filing.indicators.count() == len(draft.raw.indicators)


def test_amounts_are_stored_as_typed_and_parsed(county: County, filing: Filing) -> None:
    saved = save(filing, county, ("amounts[TOTAL]", "", "五百多"), ("amounts[EXP.BASIC]", "", "７,２42,318元"))
    assert saved.is_whole
    assert list(filing.amounts.values_list("line", "raw", "fen")) == [
        ("EXP.BASIC", "７,２42,318元", 724231800),
        ("TOTAL", "五百多", None),
    ]
    save(filing, county, ("amounts[EXP.BASIC]", "７,２42,318元", "-3"), client_id="two")
    assert filing.amounts.get(line="EXP.BASIC").fen is None
    assert drafts.document(filing).amounts["EXP.BASIC"] == "-3"


def test_a_target_is_stored_as_typed_and_parsed(county: County, filing: Filing) -> None:
    key = drafts.raw(filing).indicators[0].key
    save(filing, county, (f"indicators[{key}].target", "", "不低于９０％"))
    row = filing.indicators.get(key=key)
    assert (row.target, row.kind, row.comparator, row.number, row.unit) == ("不低于９０％", "number", "≥", "90", "%")


def test_control_characters_and_lone_surrogates_are_removed(county: County, filing: Filing) -> None:
    save(filing, county, ("goals[0]", "", "一\x00二\x07\ud800三\r\n四\u200b"))
    assert filing.texts.get(place="goals[0]").raw == "一二三\n四\u200b"
    assert drafts.document(filing).goals == ("一二三\n四",)


def test_a_cell_changed_by_another_user_is_a_conflict_that_names_them(county: County, filing: Filing) -> None:
    other = create_user("other", Role.FILLER, county.department)
    theirs = drafts.save(filing, [Change("amounts[TOTAL]", "", "100")], by=other, client_id="theirs")
    mine = save(filing, county, ("amounts[TOTAL]", "", "200"), ("goals[0]", "", "保障运转。"))
    assert [change.place for change in mine.applied] == ["goals[0]"]
    (conflict,) = mine.conflicts
    assert (conflict.stored, conflict.by, conflict.at) == ("100", other.name, theirs.at)
    assert filing.amounts.get().raw == "100"


def test_typing_the_stored_text_is_no_conflict(county: County, filing: Filing) -> None:
    save(filing, county, ("amounts[TOTAL]", "", "100"))
    assert save(filing, county, ("amounts[TOTAL]", "", "100"), client_id="two").is_whole


def test_a_change_in_a_removed_row_names_who_removed_it(county: County, filing: Filing) -> None:
    key = drafts.raw(filing).indicators[0].key
    other = create_user("other", Role.FILLER, county.department)
    remove_row(filing, Place("indicators", key), by=other)
    (conflict,) = save(filing, county, (f"indicators[{key}].name", "", "编制人数")).conflicts
    assert (conflict.stored, conflict.by) == (None, other.name)


def import_of_an_earlier_version(filing: Filing, by: User) -> Edit:
    """Store an edit that lists whole sections as changed places."""
    changes = [{"place": section, "before": "", "after": ""} for section in SECTIONS]
    return Edit.objects.create(filing=filing, client_id="import", by=by, at=timezone.now(), changes=changes)


def test_a_conflict_with_an_import_of_an_earlier_version_names_its_user(county: County, filing: Filing) -> None:
    other = create_user("other", Role.FILLER, county.department)
    save(filing, county, ("amounts[TOTAL]", "", "100"))
    edit = import_of_an_earlier_version(filing, other)
    (conflict,) = save(filing, county, ("amounts[TOTAL]", "", "200"), client_id="two").conflicts
    assert (conflict.stored, conflict.by, conflict.at) == ("100", other.name, edit.at)


def test_the_sections_of_an_import_of_an_earlier_version_are_no_news(county: County, filing: Filing) -> None:
    import_of_an_earlier_version(filing, county.filler)
    change = Change("goals[0]", "", "保障运转。")
    assert drafts.save(filing, [change], by=county.filler, client_id="page-1", since=0).news == {}


def test_a_repeated_save_changes_nothing_and_has_the_same_result(county: County, filing: Filing) -> None:
    save(filing, county, ("goals[0]", "", "甲"), client_id="before")
    changes = (("amounts[TOTAL]", "", "100"), ("goals[0]", "", "乙"), ("amounts[NONE]", "", "1"))
    first = save(filing, county, *changes)
    save(filing, county, ("amounts[TOTAL]", "100", "150"), client_id="after")
    lock = Filing.objects.get().lock
    assert save(filing, county, *changes) == first
    assert filing.amounts.get().raw == "150"
    assert Filing.objects.get().lock == lock
    assert Edit.objects.count() == 3


@pytest.mark.parametrize(
    ("place", "longest"), [("amounts[TOTAL]", 60), ("fields[department]", 200), ("goals[0]", 5000)]
)
def test_a_text_that_is_too_long_is_refused_and_the_rest_saved(
    county: County, filing: Filing, place: str, longest: int
) -> None:
    before = "县档案馆" if place.startswith("fields") else ""
    saved = save(filing, county, (place, before, "9" * (longest + 1)), ("amounts[EXP.BASIC]", "", "3"))
    assert [change.place for change in saved.applied] == ["amounts[EXP.BASIC]"]
    assert [(refusal.change.place, f"最多 {longest} 个" in refusal.reason) for refusal in saved.refusals] == [
        (place, True)
    ]
    assert save(filing, county, (place, before, "9" * longest), client_id="two").is_whole


@pytest.mark.parametrize(
    "place", ["", "amounts[NONE]", "indicators[x].position", "goals[1]", "nodes[OUT]", "duties[x]", "fields[x]"]
)
def test_a_place_that_the_edition_lacks_is_refused(county: County, filing: Filing, place: str) -> None:
    saved = save(filing, county, (place, "", "1"))
    assert [refusal.reason for refusal in saved.refusals] == ["表中没有这一栏，请刷新页面。"]
    assert saved.applied == ()


def test_a_row_changes_its_class_by_a_save(county: County, filing: Filing) -> None:
    key = drafts.raw(filing).indicators[0].key
    save(
        filing,
        county,
        (f"indicators[{key}].node", "OUT.QTY", "OUT.TIME"),
        (f"indicators[{key}].name", "", "预算完成率"),
    )
    assert rows(filing)[2:4] == [("OUT.TIME", "预算完成率"), ("OUT.TIME", "")]
    refused = save(filing, county, (f"indicators[{key}].node", "OUT.TIME", "OUT"), client_id="two")
    assert len(refused.refusals) == 1


@pytest.mark.parametrize(
    ("section", "model", "most"), [("duties", Duty, MOST_DUTIES), ("indicators", Indicator, MOST_INDICATORS)]
)
def test_a_row_beyond_the_limit_is_refused(
    county: County, filing: Filing, section: str, model: type[Duty] | type[Indicator], most: int
) -> None:
    for number in range(most - drafts.load(filing).stored.count(section)):
        model.objects.create(filing=filing, key=f"n{number}", rank=str(100 + number))
    saved = save(filing, county, (f"{section}[00000000-0000-4000-8000-000000000001]", "", "999"))
    assert [f"{most} 行" in refusal.reason for refusal in saved.refusals] == [True]
    assert drafts.load(filing).stored.count(section) == most


@pytest.mark.parametrize("status", [Status.SIGNING, Status.APPROVED])
def test_a_submitted_draft_cannot_be_changed(county: County, filing: Filing, status: Status) -> None:
    Filing.objects.update(status=status)
    row = f"indicators[{drafts.raw(filing).indicators[0].key}]"
    for step in (
        lambda: save(filing, county, ("goals[0]", "", "甲")),
        lambda: save(filing, county, (row, "1", "")),
        lambda: save(filing, county, ("duties[00000000-0000-4000-8000-000000000001]", "", "2")),
        lambda: import_document(filing, county, drafts.document(filing)),
    ):
        with pytest.raises(StepRefused, match="已经提交"):
            step()
    assert Edit.objects.count() == 0
    assert Filing.objects.get().lock == 0


def test_every_save_increments_the_counter_that_submitting_compares(county: County, filing: Filing) -> None:
    save(filing, county, ("goals[0]", "", "甲"))
    add_row(filing, "duties", by=county.filler)
    assert filing.lock == Filing.objects.get().lock == 2


def test_the_founding_table_is_unchanged_after_an_import(county: County, filing: Filing) -> None:
    document = read_table(text.read(sample()), editions()["hunan-county-2022"]).document
    import_document(filing, county, document)
    stored = drafts.document(filing)
    assert (stored.amounts, stored.duties, stored.goals) == (document.amounts, document.duties, document.goals)
    assert stored.indicators == document.indicators
    assert {len(row.key) for row in stored.indicators} == {36}
    keys = [row.key for row in stored.indicators]
    import_document(filing, county, stored)
    assert [row.key for row in drafts.document(filing).indicators] == keys


def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(county: County, filing: Filing) -> None:
    key = drafts.raw(filing).indicators[0].key

    def queries(before: str, after: str) -> int:
        fresh = Filing.objects.select_related("cycle__edition", "department").get(pk=filing.pk)
        changes = [("goals[0]", before, after), (f"indicators[{key}].name", before, after)]
        with CaptureQueriesContext(connection) as asked:
            drafts.document(fresh)
            saved = save(fresh, county, *changes, client_id=after)
        assert saved.is_whole
        return len(asked)

    queries("", "甲")
    few = queries("甲", "乙")
    Indicator.objects.bulk_create(Indicator(filing=filing, key=f"i{rank}", rank=str(rank)) for rank in range(9, 301))
    assert queries("乙", "丙") == few <= 22


@pytest.mark.django_db(transaction=True)
def test_simultaneous_saves_are_serialised(county: County, filing: Filing) -> None:
    """Of several changes based on the same text only the first is applied and stored; it is stored once."""

    def send(number: int) -> drafts.SaveResult:
        try:
            change = Change("amounts[TOTAL]", "", str(100 + number // 2))
            return drafts.save(
                Filing.objects.get(pk=filing.pk), [change], by=county.filler, client_id=f"n{number // 2}"
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(send, range(8)))
    assert [len(set(answers[index : index + 2])) for index in (0, 2, 4, 6)] == [1, 1, 1, 1]
    assert len({answer.applied for answer in answers if answer.applied}) == 1
    assert filing.amounts.count() == 1
    assert filing.edits.count() == 1
