"""导出: start, progress, download; who gets which file."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from filings.choices import ExportKind, JobState, Role
from filings.exports.files import delete_old
from filings.models import Export, User
from filings.tests.county import County, create_user
from filings.tests.exports.cycle_exports import content, exported
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words
from filings.tests.worker import work


def address(county: County, page: str = "") -> str:
    return f"/cycles/{county.cycle.pk}/exports/{page}"


def start(client: Client, county: County, kind: str = ExportKind.AMOUNTS, **typed: Any) -> Any:
    return client.post(address(county, "start/"), {"kind": kind, **typed})


def test_an_export_is_started_followed_and_downloaded(county: County, client_of: ClientOf) -> None:
    client = client_of(county.manager)
    assert "尚无导出记录。" in words(client.get(address(county)))
    assert start(client, county)["Location"] == address(county)
    assert "资金汇总表 manager甲" in words(client.get(address(county)))
    export = Export.objects.get()
    (state,) = client.get(address(county, "progress/")).json()["jobs"]
    assert state == {"id": export.pk, "state": "等待导出", "done": 0, "total": 0, "unfinished": True, "address": ""}
    Export.objects.update(state=JobState.RUNNING, done=1, total=3)
    assert "正在导出，1 / 3 个单位" in words(client.get(address(county)))
    work()
    (state,) = client.get(address(county, "progress/")).json()["jobs"]
    assert (state["state"], state["unfinished"]) == ("已完成，3 个单位", False)
    answer = client.get(state["address"])
    assert b"".join(answer) == content(Export.objects.get())
    assert "attachment; filename*=utf-8''" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_what_failed_is_counted(county: County, client_of: ClientOf) -> None:
    exported(county, ExportKind.COPIES)
    assert "已完成，3 个单位，其中 3 个没有列入，见压缩包里的错误清单.txt" in words(
        client_of(county.manager).get(address(county))
    )
    Export.objects.update(state=JobState.FAILED, error="导出未成功。", file="")
    page = words(client_of(county.manager).get(address(county)))
    assert "导出未成功。" in page


def test_a_refusal_keeps_the_pattern(county: County, client_of: ClientOf) -> None:
    answer = start(client_of(county.manager), county, ExportKind.COPIES, pattern="{姓名}<b>")
    assert answer.status_code == 409
    assert "文件名里的 {姓名} 无法识别" in words(answer)
    assert 'value="{姓名}&lt;b&gt;"' in html(answer)
    assert start(client_of(county.manager), county, "everything").status_code == 409
    assert not Export.objects.exists()


def test_a_file_is_for_its_user_and_managers(county: County, client_of: ClientOf) -> None:
    export = exported(county, ExportKind.AMOUNTS, by=county.section_reviewer)
    file = address(county, f"{export.pk}/")
    colleague = create_user("colleague", Role.REVIEWER, county.section)
    answers = {user: client_of(user).get(file).status_code for user in (county.section_reviewer, county.manager)}
    assert set(answers.values()) == {200}
    for user, status in ((colleague, 404), (county.performance_reviewer, 404), (county.filler, 403)):
        assert client_of(user).get(file).status_code == status
    assert "尚无导出记录。" in words(client_of(colleague).get(address(county)))
    other = county.cycle
    other.pk, other._state.adding = None, True
    other.save()
    assert client_of(county.manager).get(address(county, f"{export.pk}/")).status_code == 404


def test_a_user_who_has_left_the_bureau_gets_no_file(county: County, client_of: ClientOf) -> None:
    export = exported(county, ExportKind.AMOUNTS, by=county.section_reviewer)
    User.objects.get(pk=county.section_reviewer.pk).memberships.all().delete()
    assert client_of(county.section_reviewer).get(address(county, f"{export.pk}/")).status_code == 403


@pytest.mark.parametrize("export_id", [1, 2**63])
def test_an_unknown_export_is_not_found(county: County, client_of: ClientOf, export_id: int) -> None:
    assert client_of(county.manager).get(address(county, f"{export_id}/")).status_code == 404
    assert client_of(county.manager).get("/cycles/999/exports/").status_code == 404


def test_a_deleted_file_is_explained(county: County, client_of: ClientOf) -> None:
    export = exported(county, ExportKind.AMOUNTS)
    Export.objects.update(finished_at=timezone.now() - timedelta(days=8))
    delete_old(timezone.now())
    client = client_of(county.manager)
    assert "已完成，3 个单位；文件已满 7 天删除" in words(client.get(address(county)))
    answer = client.get(address(county, f"{export.pk}/"), follow=True)
    assert "这个导出没有文件：尚未完成，或者已满 7 天删除。需要的请重新导出。" in words(answer)


def test_the_list_takes_few_queries(county: County, client_of: ClientOf, django_assert_max_num_queries: Any) -> None:
    client = client_of(county.manager)
    for _number in range(40):
        Export.objects.create(
            cycle=county.cycle, kind=ExportKind.AMOUNTS, by=county.manager, at=timezone.now(), state=JobState.DONE
        )
    with django_assert_max_num_queries(15):
        assert html(client.get(address(county))).count("data-job=") == 30
