"""Pages of the restore points: the list, the comparison with the current table, and restoration."""

import pytest
from django.test import Client
from django.utils import timezone

from filings import drafts
from filings.choices import Action, PointKind
from filings.drafts.restore_points import keep_restore_point
from filings.models import Filing, RestorePoint
from filings.tests.county import County, step
from filings.tests.drafting import save
from filings.tests.views.pages import html, words

pytestmark = pytest.mark.django_db

GOAL = "保障单位运转，管好县档案。"


@pytest.fixture
def filing(client: Client, county: County) -> Filing:
    client.force_login(county.filler)
    return county.filled()


@pytest.fixture
def point(county: County, filing: Filing) -> RestorePoint:
    """A restore point from before the goal was changed and a row removed."""
    keep_restore_point(filing, PointKind.OPENED, drafts.load(filing), by=county.filler)
    save(filing, county, ("goals[0]", GOAL, "<b>改了</b>"), ("indicators[i0]", "20", ""))
    return filing.points.get()


def test_the_list_has_name_user_and_number_of_differences(client: Client, filing: Filing, point: RestorePoint) -> None:
    shown = words(client.get(f"/filings/{filing.pk}/fill/points/"))
    name = "编辑前，改动整体绩效目标 1 处、部门整体支出年度绩效指标 1 处"
    assert f"{timezone.localtime(point.at):%H:%M} {name} filler甲 2 处不同 查看 ：{name}" in shown


def test_an_empty_list_has_a_message(client: Client, filing: Filing) -> None:
    assert "尚无可恢复的版本" in words(client.get(f"/filings/{filing.pk}/fill/points/"))


def test_a_point_shows_the_earlier_table_with_current_texts(
    client: Client, filing: Filing, point: RestorePoint
) -> None:
    answer = client.get(f"/filings/{filing.pk}/fill/points/{point.pk}/")
    assert "接收档案" in words(answer)
    assert "现在 「<b>改了</b>」" in words(answer)
    assert "<b>改了</b>" not in html(answer)
    assert "现在 没有这一行" in words(answer)


def test_a_point_lists_the_rows_that_restoring_removes(
    client: Client, county: County, filing: Filing, point: object
) -> None:
    new = "indicators[00000000-0000-4000-8000-000000000001]"
    changes = [
        (new, "", "30"),
        (f"{new}.node", "", "OUT.QTY"),
        (f"{new}.name", "", "后来加的"),
        ("duties[d1]", "2", "9"),
    ]
    save(filing, county, *changes, client_id="two")
    shown = words(client.get(f"/filings/{filing.pk}/fill/points/{filing.points.get().pk}/"))
    assert "恢复后会删去现在的 1 行： 后来加的" in shown
    assert "现在 次序不同" in shown
    assert "「9」" not in shown


def test_restoring_redirects_to_the_restored_table(client: Client, filing: Filing, point: RestorePoint) -> None:
    answer = client.post(f"/filings/{filing.pk}/fill/points/{point.pk}/restore/", follow=True)
    assert answer.redirect_chain == [(f"/filings/{filing.pk}/fill/", 302)]
    assert "已恢复，改动了 2 处。" in words(answer)
    assert drafts.raw(filing).goal == GOAL


def test_a_submitted_table_is_not_restored(client: Client, county: County, filing: Filing, point: RestorePoint) -> None:
    save(filing, county, ("indicators[i0]", "", "20"), client_id="two")
    step(Action.SUBMIT, filing, county.filler)
    address = f"/filings/{filing.pk}/fill/points/{point.pk}/"
    assert "恢复到此版本" not in words(client.get(address))
    answer = client.post(f"{address}restore/", follow=True)
    assert answer.redirect_chain == [(f"/filings/{filing.pk}/", 302)]
    assert "已经提交" in words(answer)


def test_the_point_of_another_filing_is_not_found(
    client: Client, county: County, filing: Filing, point: RestorePoint
) -> None:
    other = drafts.start(county.cycle, county.supervising)[0]
    RestorePoint.objects.filter(pk=point.pk).update(filing=other)
    for address in ("", "restore/"):
        path = f"/filings/{filing.pk}/fill/points/{point.pk}/{address}"
        assert (client.post(path) if address else client.get(path)).status_code == 404
    assert client.get(f"/filings/{filing.pk}/fill/points/{'9' * 30}/").status_code == 404
