"""Restore points: their content, differences to the draft, restoring, and undoing a restore."""

import pytest

from filings import drafts
from filings.choices import Action, PointKind, Status
from filings.document.place import Place, duty, indicator
from filings.drafts.restore import restore_draft
from filings.drafts.restore_points import differences, draft_at, keep_restore_point
from filings.errors import StepRefused
from filings.models import Filing, RestorePoint
from filings.tests.county import County, found_county, step
from filings.tests.drafting import import_document, save
from filings.tests.founding import founding_document

pytestmark = pytest.mark.django_db

GOAL = "保障单位运转，管好县档案。"


@pytest.fixture
def county() -> County:
    return found_county()


@pytest.fixture
def filing(county: County) -> Filing:
    return county.filled()


def restore_point(filing: Filing, county: County) -> RestorePoint:
    keep_restore_point(filing, PointKind.PASTE, drafts.load(filing), by=county.filler)
    return filing.points.latest("id")


def undo(filing: Filing, point: RestorePoint, county: County, client_id: str = "back") -> drafts.SaveResult:
    return restore_draft(filing, point, by=county.filler, client_id=client_id)


def test_a_restore_brings_back_all_cells_and_rows(county: County, filing: Filing) -> None:
    before = drafts.raw(filing)
    point = restore_point(filing, county)
    new = "indicators[00000000-0000-4000-8000-000000000001]"
    save(filing, county, ("goals[0]", GOAL, "改了"), ("amounts[TOTAL]", "100", ""), ("indicators[i0]", "20", ""))
    save(filing, county, (new, "", "5"), (f"{new}.name", "", "新的"), ("duties[d1]", "2", "0.5"), client_id="two")
    save(filing, county, ("indicators[i1].node", "BEN.SOC", "OUT.QTY"), client_id="three")
    assert drafts.raw(filing) != before
    assert undo(filing, point, county).is_whole
    assert drafts.raw(filing) == before
    assert [row.key for row in drafts.raw(filing).duties] == [row.key for row in before.duties]


def test_a_restore_can_be_undone(county: County, filing: Filing) -> None:
    point = restore_point(filing, county)
    save(filing, county, ("indicators[i0]", "20", ""), ("goals[0]", GOAL, "改了"))
    changed = drafts.raw(filing)
    undo(filing, point, county)
    undone = filing.points.latest("id")
    assert undone.kind == PointKind.RESTORE
    undo(filing, undone, county, "again")
    assert drafts.raw(filing) == changed


def test_a_restored_row_has_its_former_content(county: County, filing: Filing) -> None:
    point = restore_point(filing, county)
    save(filing, county, ("indicators[i0].name", "接收档案", "别的名称"))
    save(filing, county, ("indicators[i0]", "20", ""), client_id="two")
    undo(filing, point, county)
    row = next(row for row in drafts.raw(filing).indicators if row.key == "i0")
    assert row.name == "接收档案"


def test_differences_have_place_and_both_texts(county: County, filing: Filing) -> None:
    point = restore_point(filing, county)
    save(
        filing,
        county,
        (str(duty("d1")), "（一）负责全县档案的收集和保管。", "（一）甲。"),
        ("indicators[i1]", "21", ""),
    )
    current = drafts.load(filing)
    assert differences(current.stored, draft_at(point, current).stored) == [
        (duty("d1"), "（一）甲。", "（一）负责全县档案的收集和保管。"),
        (Place("indicators", "i1"), "", "21"),
    ]
    undo(filing, point, county)
    again = drafts.load(filing)
    assert differences(again.stored, draft_at(point, again).stored) == []


def test_a_submission_keeps_a_restore_point_and_prevents_restores(county: County, filing: Filing) -> None:
    point = restore_point(filing, county)
    save(filing, county, ("goals[0]", GOAL, "改了"))
    step(Action.SUBMIT, filing, county.filler)
    submitted = filing.points.latest("id")
    assert submitted.kind == PointKind.SUBMISSION
    with pytest.raises(StepRefused, match="已经提交"):
        undo(filing, point, county)
    assert Filing.objects.get().status == Status.SIGNING
    assert drafts.raw(filing).goal == "改了"


def test_an_import_can_be_undone_including_labels(county: County) -> None:
    filing = county.started()
    row = filing.indicators.order_by("id")[0]
    filing.indicators.filter(pk=row.pk).update(node=None, name="甲", found_first_level="创新指标", more={"note": "乙"})
    before = drafts.raw(filing)
    import_document(filing, county, founding_document())
    point = filing.points.get()
    assert point.kind == PointKind.IMPORT
    assert drafts.document(filing).goal == founding_document().goal
    assert undo(filing, point, county).is_whole
    assert drafts.raw(filing) == before


def test_a_blank_cell_equals_a_missing_one(county: County, filing: Filing) -> None:
    save(filing, county, ("amounts[EXP.PROJECT]", "", "3"))
    point = restore_point(filing, county)
    save(filing, county, ("amounts[EXP.PROJECT]", "3", ""), ("indicators[i0].target", "≥500卷", ""), client_id="two")
    now = drafts.load(filing)
    assert differences(now.stored, draft_at(point, now).stored) == [
        (Place("amounts", "EXP.PROJECT"), "", "3"),
        (indicator("i0", "target"), "", "≥500卷"),
    ]
