"""Merging a document into a draft: added, differing and oversized texts, and restoring the draft."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from django.db import connection

from filings import drafts
from filings.choices import PointKind, Status
from filings.document import canonical_json
from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument, IndicatorRow, compose
from filings.document.place import Place
from filings.drafts.apply import preview_changes
from filings.drafts.restore import restore_draft
from filings.errors import StepRefused
from filings.formats.readers.sandbox.file_type import FileType
from filings.formats.uploads import Upload
from filings.importing.candidates import find_candidates
from filings.importing.merge_plan import MergePlan, merge_document, plan_merge
from filings.models import Filing
from filings.table.layout.document import lay_out
from filings.tests.county import County, found_county
from filings.tests.drafting import duties, rows, save
from filings.tests.founding import EDITION, founding_document, with_indicators
from filings.tests.last_year import ROWS, last_document, texts

pytestmark = pytest.mark.django_db

GOAL = "goals[0]"


@pytest.fixture
def county() -> County:
    return found_county()


@pytest.fixture
def fresh(county: County) -> Filing:
    return county.started()


@pytest.fixture
def filled(county: County) -> Filing:
    """A draft with two indicators and a duty, without blank rows."""
    filing = county.filled()
    filing.duties.exclude(key="d1").delete()
    filing.indicators.filter(name="").delete()
    return filing


def document_of(
    *indicators: tuple[str | None, str, str], duties: Sequence[str] = (), goal: str = "", department: str = "县档案馆"
) -> FilingDocument:
    return compose(
        EDITION,
        year=2022,
        fields={"department": department, "filing_unit": "县档案馆"},
        amounts={},
        duties=[(f"r{number}", text) for number, text in enumerate(duties, start=1)],
        goals=[goal],
        indicators=[
            IndicatorRow(f"r{number}", node, "", "", name, target)
            for number, (node, name, target) in enumerate(indicators, start=1)
        ],
    )


def planned(filing: Filing, document: FilingDocument) -> MergePlan:
    return plan_merge(filing, drafts.load(filing), document)


def everything(filing: Filing) -> dict[Place, str]:
    return drafts.load(filing).stored.texts()


def test_a_fresh_draft_becomes_the_document(county: County, fresh: Filing) -> None:
    document = replace(founding_document(), fields={"department": "县档案馆", "filing_unit": "县档案馆"})
    count = merge_document(fresh, document, (), by=county.filler)
    assert drafts.document(fresh) == replace(document, year=county.cycle.year)
    # A class, a name and a target for each of 12 rows, 13 duties, the goal and the amounts.
    assert count == 12 * 3 + 13 + 1 + sum(bool(text) for text in document.amounts.values())
    assert [bool(row.name) for row in drafts.raw(fresh).indicators].count(True) == 12


def test_differing_texts_are_kept_unless_taken(county: County, filled: Filing) -> None:
    document = replace(founding_document(), duties=(), indicators=())
    before = texts(filled)
    differing = [(change.place, change.before) for change in planned(filled, document).differing]
    assert differing == [
        ("fields[department]", "县档案馆"),
        ("amounts[TOTAL]", "100"),
        ("amounts[INC.GENERAL]", "100"),
        ("amounts[EXP.BASIC]", "100"),
        (GOAL, "保障单位运转，管好县档案。"),
    ]
    merge_document(filled, document, ["amounts[TOTAL]", GOAL], by=county.filler)
    taken = {"amounts[TOTAL]": "550.13", GOAL: document.goal, "amounts[EXP.PROJECT]": "233"}
    assert texts(filled) == before | taken


def test_a_place_that_does_not_differ_cannot_be_taken(county: County, filled: Filing) -> None:
    before = texts(filled)
    taken = ["indicators[i0].name", "fields[nonsense]", "nonsense"]
    assert merge_document(filled, document_of(), taken, by=county.filler) == 0
    assert texts(filled) == before


def test_existing_rows_are_filled_and_not_duplicated(county: County, filled: Filing) -> None:
    save(filled, county, ("indicators[i0].target", "≥500卷", ""))
    document = document_of(
        ("OUT.QTY", "接 收档案", "≥600卷"), ("OUT.QUAL", "接收档案", "100%"), ("BEN.SOC", "查阅人次", "≥9人")
    )
    plan = planned(filled, document)
    assert (plan.added, plan.filled) == (1, 1)
    assert [(change.place, change.after) for change in plan.differing] == [
        ("indicators[i0].name", "接 收档案"),
        ("indicators[i1].target", "≥9人"),
    ]
    merge_document(filled, document, (), by=county.filler)
    raw = [(row.node, row.name, row.target) for row in drafts.raw(filled).indicators]
    assert raw == [
        ("OUT.QTY", "接收档案", "≥600卷"),
        ("OUT.QUAL", "接收档案", "100%"),
        ("BEN.SOC", "查阅人次", "≥300人次"),
    ]


def test_existing_duties_are_not_duplicated(county: County, filled: Filing) -> None:
    document = document_of(duties=["1.负责全县档案的收集和保管。", "2.编史修志。"])
    merge_document(filled, document, (), by=county.filler)
    assert duties(filled) == ["（一）负责全县档案的收集和保管。", "（二）编史修志。"]


@pytest.mark.parametrize("start", [County.started, County.filled])
def test_merging_a_document_again_adds_nothing(county: County, start: object) -> None:
    filing: Filing = start(county)  # type: ignore[operator]
    document = replace(
        founding_document(),
        indicators=(*founding_document().indicators, IndicatorRow("r13", None, "甲", "乙", "丙", "丁")),
    )
    merge_document(filing, document, (), by=county.filler)
    before = everything(filing)
    plan = planned(filing, document)
    assert (plan.changes, plan.added, plan.filled) == ((), 0, 0)
    assert merge_document(filing, document, (), by=county.filler) == 0
    assert everything(filing) == before
    assert (filing.edits.count(), filing.points.count()) == (1, 1)


def test_the_labels_of_a_missing_class_are_kept(county: County, fresh: Filing) -> None:
    lost = replace(
        document_of((None, "社会成本", "可控")).indicators[0], first_level="成本指标", second_level="社会成本"
    )
    document = replace(document_of(("OUT.QTY", "接收档案", "≥500卷")), indicators=(lost,))
    plan = planned(fresh, document)
    preview = preview_changes(fresh, drafts.load(fresh), plan.changes, plan.labels)
    merge_document(fresh, document, (), by=county.filler)
    for draft in (preview, drafts.load(fresh)):
        (row,) = draft.document.indicators
        assert (row.node, row.first_level, row.second_level) == (None, "成本指标", "社会成本")
        assert (row.name, row.target) == ("社会成本", "可控")


def test_oversized_texts_are_listed_and_not_merged(county: County, filled: Filing) -> None:
    document = document_of(
        ("OUT.TIME", "长" * 201, "100%"), duties=["职" * 5001], goal="目" * 5001, department="馆" * 200
    )
    plan = planned(filled, document)
    listed = [(item.place.section, item.place.column, len(item.text), item.longest) for item in plan.too_long]
    assert listed == [("duties", "text", 5001, 5000), ("indicators", "name", 201, 200), ("goals", "", 5001, 5000)]
    assert [change.place for change in plan.differing] == ["fields[department]"]
    before = texts(filled)
    merge_document(filled, document, [GOAL], by=county.filler)
    assert {place: text for place, text in texts(filled).items() if before.get(place) != text} == {
        str(Place("indicators", key, "target")): "100%"
        for key in [row.key for row in drafts.raw(filled).indicators if row.node == "OUT.TIME"]
    }


def test_more_rows_than_the_maximum_are_refused(county: County, filled: Filing) -> None:
    before = everything(filled)
    document = with_indicators(299)
    for attempt in (lambda: planned(filled, document), lambda: merge_document(filled, document, (), by=county.filler)):
        with pytest.raises(StepRefused, match="已有 2 行，最多 300 行，不能再加 299 行。"):
            attempt()
    assert (everything(filled), filled.edits.count(), filled.points.count()) == (before, 0, 0)


def test_the_maximum_of_rows_is_merged(county: County, fresh: Filing) -> None:
    document = with_indicators(300)
    merge_document(fresh, document, (), by=county.filler)
    assert drafts.document(fresh).indicators == document.indicators


def test_a_merge_is_one_save_with_a_restore_point(county: County, filled: Filing) -> None:
    before = everything(filled)
    merge_document(filled, founding_document(), [GOAL, "amounts[TOTAL]"], by=county.filler)
    (point,) = filled.points.all()
    (edit,) = filled.edits.all()
    assert (point.kind, point.by, edit.by) == (PointKind.IMPORT, county.filler, county.filler)
    assert everything(filled) != before
    assert restore_draft(filled, point, by=county.filler, client_id="back").is_whole
    assert everything(filled) == before


def test_the_preview_equals_the_stored_draft(county: County, filled: Filing) -> None:
    draft = drafts.load(filled)
    before = draft.stored.texts()
    plan = planned(filled, founding_document())
    preview = preview_changes(filled, draft, plan.changes, plan.labels)
    assert draft.stored.texts() == before == everything(filled)
    merge_document(filled, founding_document(), (), by=county.filler)
    assert preview.document == drafts.document(filled)


@pytest.mark.parametrize("carries", [True, False])
def test_a_table_of_another_edition_is_merged_by_its_labels(county: County, fresh: Filing, carries: bool) -> None:
    edition = editions()["standard-2024"]
    other = last_document(edition, county.cycle.year, *ROWS)
    opened = Upload(FileType.PDF, document=other) if carries else Upload(FileType.PDF, (lay_out(other, edition),))
    (candidate,) = find_candidates(opened, EDITION).tables
    merge_document(fresh, candidate.document, (), by=county.filler)
    document = drafts.document(fresh)
    assert [(row.node, row.name, row.target) for row in document.indicators] == [
        ("OUT.QTY", "接收档案", "≥500卷"),
        ("BEN.SOC", "查阅人次", "≥300人次"),
        (None, "控制成本", "≤90万元"),
    ]
    assert (document.goal, document.amounts["TOTAL"], len(document.duties)) == (other.goal, "90", 2)


def test_an_altered_document_stores_only_valid_texts(county: County, filled: Filing) -> None:
    """The browser posts the document, and a user can change it there."""
    before = texts(filled)
    odd = FilingDocument(
        edition="x",
        edition_sha256="",
        year=None,
        fields={"x[y": "甲", "": "乙"},
        amounts={"NONE": "1"},
        indicators=(IndicatorRow("i0]", "NO.SUCH", "甲" * 300, "乙", "丙\x00", "丁", {"other": "戊"}),),
    )
    assert canonical_json.loads(canonical_json.dumps(odd)) == odd
    merge_document(filled, odd, ["x[y", "fields[x[y]"], by=county.filler)
    row = drafts.document(filled).indicators[-1]
    assert (row.node, row.first_level, row.second_level, row.name, row.target) == (None, "甲" * 200, "乙", "丙", "丁")
    added = {place: text for place, text in texts(filled).items() if place not in before}
    assert sorted(added.values()) == ["丁", "丙"]


def test_a_submitted_table_is_not_changed(county: County, filled: Filing) -> None:
    before = everything(filled)
    Filing.objects.filter(pk=filled.pk).update(status=Status.SIGNING)
    with pytest.raises(StepRefused, match="已经提交"):
        merge_document(filled, founding_document(), [GOAL], by=county.filler)
    assert (everything(filled), filled.edits.count(), filled.points.count()) == (before, 0, 0)


def test_texts_typed_since_the_preview_are_kept(county: County, fresh: Filing) -> None:
    document = document_of(("OUT.QTY", "接收档案", "≥500卷"), goal="文件里的目标。")
    assert planned(fresh, document).differing == ()
    save(fresh, county, (GOAL, "", "刚写的目标。"))
    merge_document(fresh, document, (), by=county.filler)
    assert (drafts.raw(fresh).goal, rows(fresh)[0]) == ("刚写的目标。", ("OUT.QTY", "接收档案"))


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_number_of_queries_does_not_depend_on_the_rows(
    county: County, fresh: Filing, django_assert_num_queries: object, count: int
) -> None:
    # SQLite limits the values of a statement, so that 300 rows take five statements.
    more = 4 if count == 300 and connection.vendor == "sqlite" else 0
    with django_assert_num_queries(15 + more):  # type: ignore[operator]
        merge_document(fresh, with_indicators(count), (), by=county.filler)


def test_a_row_without_a_name_is_not_added_again(county: County, filled: Filing) -> None:
    document = document_of(("OUT.QTY", "", "≥7个"))
    merge_document(filled, document, (), by=county.filler)
    assert merge_document(filled, document, (), by=county.filler) == 0
    assert [row.target for row in drafts.raw(filled).indicators].count("≥7个") == 1
