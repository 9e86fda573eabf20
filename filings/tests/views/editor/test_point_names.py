"""Names of restore points."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from filings import drafts
from filings.choices import Action, PointKind
from filings.drafts import Change
from filings.drafts.restore import restore_draft
from filings.drafts.restore_points import keep_restore_point
from filings.importing.merge_plan import merge_document
from filings.models import Edit, Filing, RestorePoint
from filings.tests.county import County, step

pytestmark = pytest.mark.django_db
NOON = timezone.make_aware(datetime(2026, 3, 2, 12, 0))


@pytest.fixture
def filing(client: Client, county: County) -> Filing:
    client.force_login(county.filler)
    return county.filled()


def names(client: Client, filing: Filing) -> list[str]:
    """The names in the list, the newest first."""
    return [item.name for item in client.get(f"/filings/{filing.pk}/fill/points/").context["points"]]


def goal(filing: Filing, county: County, text: str, *, point: PointKind | None = None) -> None:
    change = Change("goals[0]", drafts.raw(filing).goal, text)
    drafts.save(filing, [change], by=county.filler, client_id=str(uuid4()), point=point)


def at(filing: Filing, *minutes: int) -> None:
    """Date the saves of the filing, in minutes after noon; the points just before their saves."""
    for edit, minute in zip(filing.edits.order_by("id"), minutes, strict=True):
        Edit.objects.filter(pk=edit.pk).update(at=NOON + timedelta(minutes=minute))


def test_an_editing_session_has_its_times_and_what_was_changed(client: Client, county: County, filing: Filing) -> None:
    Edit.objects.all().delete()
    RestorePoint.objects.all().delete()
    goal(filing, county, "一", point=PointKind.OPENED)
    goal(filing, county, "二")
    RestorePoint.objects.update(at=NOON)
    at(filing, 0, 32)
    assert names(client, filing) == ["12:00–12:32 编辑前，改动整体绩效目标 1 处"]
    goal(filing, county, "三", point=PointKind.OPENED)
    RestorePoint.objects.filter(pk=RestorePoint.objects.latest("id").pk).update(at=NOON + timedelta(days=1))
    at(filing, 0, 32, 24 * 60 + 5)
    assert names(client, filing) == [
        "编辑前，改动整体绩效目标 1 处",
        "12:00–12:32 编辑前，改动整体绩效目标 1 处",
    ]


def test_an_editing_session_names_its_users_unless_it_is_the_one_of_the_point(
    client: Client, county: County, filing: Filing
) -> None:
    RestorePoint.objects.all().delete()
    goal(filing, county, "一", point=PointKind.OPENED)
    Edit.objects.update(by=county.manager)
    assert names(client, filing) == ["manager甲 编辑前，改动整体绩效目标 1 处"]


def test_a_point_without_later_changes_is_named_after_its_cause(client: Client, county: County, filing: Filing) -> None:
    RestorePoint.objects.all().delete()
    keep_restore_point(filing, PointKind.OPENED, drafts.load(filing), by=county.filler)
    assert names(client, filing) == ["打开填报时"]


def test_pastes_imports_and_restorations_have_different_names(client: Client, county: County, filing: Filing) -> None:
    RestorePoint.objects.all().delete()
    goal(filing, county, "一", point=PointKind.PASTE)
    document = drafts.document(filing)
    goal(filing, county, "二")
    merge_document(filing, document, ["goals[0]"], by=county.filler, source="2021年<绩效>目标表.docx")
    first = filing.points.earliest("id")
    restore_draft(filing, first, by=county.filler, client_id=str(uuid4()))
    time = f"{timezone.localtime(first.at):%Y-%m-%d %H:%M}"
    assert names(client, filing) == [
        f"恢复前（恢复到 {time} 的内容），改动整体绩效目标 1 处",
        "导入前（2021年<绩效>目标表.docx），改动整体绩效目标 1 处",
        "粘贴前，改动整体绩效目标 1 处",
    ]
    shown = client.get(f"/filings/{filing.pk}/fill/points/").content.decode()
    assert "2021年&lt;绩效&gt;目标表.docx" in shown
    assert "<绩效>" not in shown


def test_submissions_have_their_version_and_returns_precede_the_next_session(client: Client, county: County) -> None:
    client.force_login(county.filler)
    filing = step(Action.SEND_BACK, county.signing(), county.head, reason="金额再核一遍。")
    goal(filing, county, "改过。", point=PointKind.OPENED)
    step(Action.SUBMIT, Filing.objects.get(pk=filing.pk), county.filler)
    found = names(client, filing)
    assert found[0] == "提交时（第 2 版）"
    assert found[1] == "单位负责人退回后，编辑前，改动整体绩效目标 1 处"
    assert found[2] == "提交时（第 1 版）"


def test_a_long_file_name_is_cut(client: Client, county: County, filing: Filing) -> None:
    keep_restore_point(filing, PointKind.IMPORT, drafts.load(filing), by=county.filler, detail="长" * 500)
    assert filing.points.latest("id").detail == "长" * 199 + "…"
