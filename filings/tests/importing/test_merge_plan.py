"""A document that was read lands in a draft: what is added, what is asked, what stays out, and the way back."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from django.db import connection

from filings import drafts
from filings.choices import PointKind, Status
from filings.document import canonical
from filings.document.content import FilingDocument, IndicatorRow, compose
from filings.document.place import Place
from filings.document.shipped import editions
from filings.drafts.apply import previewed
from filings.drafts.restore import go_back
from filings.errors import StepRefused
from filings.formats.readers.sandbox.file_type import FileType
from filings.formats.uploads import Upload
from filings.importing import candidates
from filings.importing.merge_plan import Landing, adopt, land
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
    """A draft with two indicators and a duty, and no blank rows."""
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


def landed(filing: Filing, document: FilingDocument) -> Landing:
    return land(filing, drafts.load(filing), document)


def everything(filing: Filing) -> dict[Place, str]:
    return drafts.load(filing).stored.texts()


def test_a_fresh_draft_becomes_the_document(county: County, fresh: Filing) -> None:
    document = replace(founding_document(), fields={"department": "县档案馆", "filing_unit": "县档案馆"})
    count = adopt(fresh, document, (), by=county.filler)
    assert drafts.document(fresh) == replace(document, year=county.cycle.year)
    # A class, a name and a target for each of 12 rows, 13 duties, the goal, and what was there of the money.
    assert count == 12 * 3 + 13 + 1 + sum(bool(text) for text in document.amounts.values())
    assert [bool(row.name) for row in drafts.raw(fresh).indicators].count(True) == 12


def test_what_differs_stays_unless_it_is_taken(county: County, filled: Filing) -> None:
    document = replace(founding_document(), duties=(), indicators=())
    before = texts(filled)
    differing = [(change.place, change.before) for change in landed(filled, document).differing]
    assert differing == [
        ("fields[department]", "县档案馆"),
        ("amounts[TOTAL]", "100"),
        ("amounts[INC.GENERAL]", "100"),
        ("amounts[EXP.BASIC]", "100"),
        (GOAL, "保障单位运转，管好县档案。"),
    ]
    adopt(filled, document, ["amounts[TOTAL]", GOAL], by=county.filler)
    taken = {"amounts[TOTAL]": "550.13", GOAL: document.goal, "amounts[EXP.PROJECT]": "233"}
    assert texts(filled) == before | taken


def test_a_place_that_does_not_differ_cannot_be_taken(county: County, filled: Filing) -> None:
    before = texts(filled)
    taken = ["indicators[i0].name", "fields[nonsense]", "nonsense"]
    assert adopt(filled, document_of(), taken, by=county.filler) == 0
    assert texts(filled) == before


def test_rows_that_are_there_are_filled_and_not_doubled(county: County, filled: Filing) -> None:
    save(filled, county, ("indicators[i0].target", "≥500卷", ""))
    document = document_of(
        ("OUT.QTY", "接 收档案", "≥600卷"), ("OUT.QUAL", "接收档案", "100%"), ("BEN.SOC", "查阅人次", "≥9人")
    )
    found = landed(filled, document)
    assert (found.added, found.filled) == (1, 1)
    assert [(change.place, change.after) for change in found.differing] == [
        ("indicators[i0].name", "接 收档案"),
        ("indicators[i1].target", "≥9人"),
    ]
    adopt(filled, document, (), by=county.filler)
    raw = [(row.node, row.name, row.target) for row in drafts.raw(filled).indicators]
    assert raw == [
        ("OUT.QTY", "接收档案", "≥600卷"),
        ("OUT.QUAL", "接收档案", "100%"),
        ("BEN.SOC", "查阅人次", "≥300人次"),
    ]


def test_duties_that_are_there_are_not_doubled(county: County, filled: Filing) -> None:
    document = document_of(duties=["1.负责全县档案的收集和保管。", "2.编史修志。"])
    adopt(filled, document, (), by=county.filler)
    assert duties(filled) == ["（一）负责全县档案的收集和保管。", "（二）编史修志。"]


@pytest.mark.parametrize("start", [County.started, County.filled])
def test_a_second_time_adds_nothing(county: County, start: object) -> None:
    filing: Filing = start(county)  # type: ignore[operator]
    document = replace(
        founding_document(),
        indicators=(*founding_document().indicators, IndicatorRow("r13", None, "甲", "乙", "丙", "丁")),
    )
    adopt(filing, document, (), by=county.filler)
    before = everything(filing)
    found = landed(filing, document)
    assert (found.changes, found.added, found.filled) == ((), 0, 0)
    assert adopt(filing, document, (), by=county.filler) == 0
    assert everything(filing) == before
    assert (filing.edits.count(), filing.points.count()) == (1, 1)


def test_the_labels_of_a_class_that_is_gone_are_kept(county: County, fresh: Filing) -> None:
    lost = replace(
        document_of((None, "社会成本", "可控")).indicators[0], first_level="成本指标", second_level="社会成本"
    )
    document = replace(document_of(("OUT.QTY", "接收档案", "≥500卷")), indicators=(lost,))
    shown = landed(fresh, document)
    preview = previewed(fresh, drafts.load(fresh), shown.changes, shown.labels)
    adopt(fresh, document, (), by=county.filler)
    for draft in (preview, drafts.load(fresh)):
        (row,) = draft.document.indicators
        assert (row.node, row.first_level, row.second_level) == (None, "成本指标", "社会成本")
        assert (row.name, row.target) == ("社会成本", "可控")


def test_what_is_too_long_stays_out_and_is_told(county: County, filled: Filing) -> None:
    document = document_of(
        ("OUT.TIME", "长" * 201, "100%"), duties=["职" * 5001], goal="目" * 5001, department="馆" * 200
    )
    found = landed(filled, document)
    told = [(at.place.section, at.place.column, len(at.text), at.longest) for at in found.too_long]
    assert told == [("duties", "text", 5001, 5000), ("indicators", "name", 201, 200), ("goals", "", 5001, 5000)]
    assert [change.place for change in found.differing] == ["fields[department]"]
    before = texts(filled)
    adopt(filled, document, [GOAL], by=county.filler)
    assert {at: text for at, text in texts(filled).items() if before.get(at) != text} == {
        str(Place("indicators", key, "target")): "100%"
        for key in [row.key for row in drafts.raw(filled).indicators if row.node == "OUT.TIME"]
    }


def test_more_rows_than_there_is_room_for_are_refused(county: County, filled: Filing) -> None:
    before = everything(filled)
    document = with_indicators(299)
    for attempt in (lambda: landed(filled, document), lambda: adopt(filled, document, (), by=county.filler)):
        with pytest.raises(StepRefused, match="已有 2 行，最多 300 行，不能再加 299 行。"):
            attempt()
    assert (everything(filled), filled.edits.count(), filled.points.count()) == (before, 0, 0)


def test_as_many_rows_as_there_is_room_for_come(county: County, fresh: Filing) -> None:
    document = with_indicators(300)
    adopt(fresh, document, (), by=county.filler)
    assert drafts.document(fresh).indicators == document.indicators


def test_it_is_one_save_that_one_can_go_back_before(county: County, filled: Filing) -> None:
    before = everything(filled)
    adopt(filled, founding_document(), [GOAL, "amounts[TOTAL]"], by=county.filler)
    (point,) = filled.points.all()
    (edit,) = filled.edits.all()
    assert (point.kind, point.by, edit.by) == (PointKind.IMPORT, county.filler, county.filler)
    assert everything(filled) != before
    assert go_back(filled, point, by=county.filler, client_id="back").is_whole
    assert everything(filled) == before


def test_the_preview_is_what_is_then_stored(county: County, filled: Filing) -> None:
    draft = drafts.load(filled)
    before = draft.stored.texts()
    shown = landed(filled, founding_document())
    preview = previewed(filled, draft, shown.changes, shown.labels)
    assert draft.stored.texts() == before == everything(filled)
    adopt(filled, founding_document(), (), by=county.filler)
    assert preview.document == drafts.document(filled)


@pytest.mark.parametrize("carries", [True, False])
def test_a_table_on_another_form_comes_in_by_its_labels(county: County, fresh: Filing, carries: bool) -> None:
    form = editions()["standard-2024"]
    other = last_document(form, county.cycle.year, *ROWS)
    opened = Upload(FileType.PDF, document=other) if carries else Upload(FileType.PDF, (lay_out(other, form),))
    (candidate,) = candidates.of(opened, EDITION).tables
    adopt(fresh, candidate.document, (), by=county.filler)
    document = drafts.document(fresh)
    assert [(row.node, row.name, row.target) for row in document.indicators] == [
        ("OUT.QTY", "接收档案", "≥500卷"),
        ("BEN.SOC", "查阅人次", "≥300人次"),
        (None, "控制成本", "≤90万元"),
    ]
    assert (document.goal, document.amounts["TOTAL"], len(document.duties)) == (other.goal, "90", 2)


def test_a_document_that_anybody_has_written_does_no_harm(county: County, filled: Filing) -> None:
    """It comes back from the page, where everything can be changed."""
    before = texts(filled)
    odd = FilingDocument(
        edition="x",
        edition_sha256="",
        year=None,
        fields={"x[y": "甲", "": "乙"},
        amounts={"NONE": "1"},
        indicators=(IndicatorRow("i0]", "NO.SUCH", "甲" * 300, "乙", "丙\x00", "丁", {"other": "戊"}),),
    )
    assert canonical.loads(canonical.dumps(odd)) == odd
    adopt(filled, odd, ["x[y", "fields[x[y]"], by=county.filler)
    row = drafts.document(filled).indicators[-1]
    assert (row.node, row.first_level, row.second_level, row.name, row.target) == (None, "甲" * 200, "乙", "丙", "丁")
    added = {at: text for at, text in texts(filled).items() if at not in before}
    assert sorted(added.values()) == ["丁", "丙"]


def test_a_submitted_table_is_left_alone(county: County, filled: Filing) -> None:
    before = everything(filled)
    Filing.objects.filter(pk=filled.pk).update(status=Status.SIGNING)
    with pytest.raises(StepRefused, match="已经提交"):
        adopt(filled, founding_document(), [GOAL], by=county.filler)
    assert (everything(filled), filled.edits.count(), filled.points.count()) == (before, 0, 0)


def test_what_another_has_typed_since_the_preview_stays(county: County, fresh: Filing) -> None:
    document = document_of(("OUT.QTY", "接收档案", "≥500卷"), goal="文件里的目标。")
    assert landed(fresh, document).differing == ()
    save(fresh, county, (GOAL, "", "刚写的目标。"))
    adopt(fresh, document, (), by=county.filler)
    assert (drafts.raw(fresh).goal, rows(fresh)[0]) == ("刚写的目标。", ("OUT.QTY", "接收档案"))


@pytest.mark.parametrize("count", [1, 3, 300])
def test_it_takes_as_many_questions_however_many_rows(
    county: County, fresh: Filing, django_assert_num_queries: object, count: int
) -> None:
    # SQLite takes so many values in a statement that 300 rows are written in five.
    more = 4 if count == 300 and connection.vendor == "sqlite" else 0
    with django_assert_num_queries(15 + more):  # type: ignore[operator]
        adopt(fresh, with_indicators(count), (), by=county.filler)


def test_a_row_without_a_name_is_not_added_a_second_time(county: County, filled: Filing) -> None:
    document = document_of(("OUT.QTY", "", "≥7个"))
    adopt(filled, document, (), by=county.filler)
    assert adopt(filled, document, (), by=county.filler) == 0
    assert [row.target for row in drafts.raw(filled).indicators].count("≥7个") == 1
