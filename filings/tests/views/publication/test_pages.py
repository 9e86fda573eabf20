"""公开: the list, the selection with its checks, the job, and the page of one table."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from filings.choices import JobState, Role, Stage
from filings.models import CopyJob, Department, Filing, Publication, WrongWord
from filings.publication.public import live
from filings.publication.publish import publish, unpublish
from filings.publication.reissue import print_again, reissue
from filings.tests.county import County, add_membership, fixed_bytes, found_county
from filings.tests.publication.published import adjusted, approved, copied
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words
from filings.tests.worker import work

CONFIRMED = {"confirmed": ["0", "1"]}


@pytest.fixture
def county(db: None) -> County:
    return found_county((Stage.PERFORMANCE,))


@pytest.fixture
def filing(county: County) -> Filing:
    return approved(county)


@pytest.fixture
def manager(county: County, client_of: ClientOf) -> Client:
    return client_of(county.manager)


def address(county: County, page: str = "") -> str:
    return f"/cycles/{county.cycle.pk}/publication/{page}"


def post(client: Client, county: County, page: str, **typed: Any) -> Any:
    return client.post(address(county, page), typed)


def copy_of(filing: Filing) -> str:
    return str(filing.issued_copies.get(live=True).pk)


def seen(*filings: Filing) -> dict[str, list[str]]:
    """Return what the page of a selection posts."""
    return {"copy": [f"{filing.pk}-{copy_of(filing)}" for filing in filings]}


def public() -> list[int]:
    return list(live().order_by("filing").values_list("filing", flat=True))


def test_the_list_shows_states_and_the_time_left(county: County, filing: Filing, manager: Client) -> None:
    page = words(manager.get(address(county)))
    assert "全部公开（1 份待公开）" in page
    assert "县档案馆 101 第 1 版" in page
    assert "公开还剩 20 个工作日" in page
    publish(filing.pk, by=county.manager, now=timezone.now())
    page = words(manager.get(address(county)))
    assert f"已公开 manager甲 {timezone.localdate()}" in page
    assert "全部公开" not in page
    assert "没有符合条件的定稿" in words(manager.get(address(county, "?state=awaiting")))
    assert "公开" in words(manager.get(f"/cycles/{county.cycle.pk}/board/"))


def test_the_pages_of_a_filing_lead_to_each_other(
    county: County, filing: Filing, manager: Client, client_of: ClientOf
) -> None:
    read, publishing = f"/filings/{filing.pk}/", f'href="{address(county, f"{filing.pk}/")}">办理公开'
    public_page = f'href="/public/{county.cycle.year}/{filing.pk}/">查看公开页'
    page = html(manager.get(read))
    assert (page.count(publishing), public_page in page) == (2, False)
    publish(filing.pk, by=county.manager, now=timezone.now())
    page = html(client_of(county.filler).get(read))
    assert (publishing in page, page.count(public_page)) == (False, 2)
    assert public_page in html(manager.get(address(county, f"{filing.pk}/")))


def test_the_list_without_copies_names_what_is_to_come(county: County, manager: Client) -> None:
    assert "本批次尚无已批复的申报表，批复后在此公开。" in words(manager.get(address(county)))


def test_only_those_who_publish_see_the_pages(county: County, filing: Filing, client_of: ClientOf) -> None:
    for user, status in ((county.performance_reviewer, 200), (county.section_reviewer, 403), (county.head, 403)):
        client = client_of(user)
        assert client.get(address(county)).status_code == status
        assert client.get(address(county, f"{filing.pk}/")).status_code == status
        assert post(client, county, "selected/publish/", all="1").status_code == status
    add_membership(county.performance_reviewer, Role.OBSERVER, county.department)
    client = client_of(county.performance_reviewer)
    assert client.get(address(county, f"{filing.pk}/")).status_code == 403
    assert post(client, county, f"{filing.pk}/publish/", **CONFIRMED).status_code == 403
    assert public() == []


def test_all_copies_are_published_after_their_checks(county: County, filing: Filing, manager: Client) -> None:
    other = copied(filing, county, "300")
    page = words(post(manager, county, "selected/publish/", all="1"))
    assert "可以公开 2 份" in page
    assert "提醒 定稿没有印章。应先补办用印，再公开。" in page
    assert public() == []
    ready = seen(filing, other)
    refused = post(manager, county, "selected/publish/start/", **ready, confirmed=["0"])
    assert (refused.status_code, "公开前须勾选确认：公开内容已经审签。" in words(refused)) == (409, True)
    answer = post(manager, county, "selected/publish/start/", **ready, **CONFIRMED)
    job = CopyJob.objects.get()
    assert answer["Location"] == address(county, f"jobs/{job.pk}/")
    page = html(manager.get(answer["Location"]))
    assert "等待办理，共 2 份" in page
    assert "data-unfinished" in page
    work()
    assert public() == [filing.pk, other.pk]
    (state,) = manager.get(address(county, f"jobs/{job.pk}/progress/")).json()["jobs"]
    assert state == {"id": job.pk, "state": "已完成，已办 2 份。", "done": 2, "total": 2, "unfinished": False}
    assert "批量公开 manager甲" in words(manager.get(address(county)))


def test_what_the_checks_stop_is_published_with_a_note_only(county: County, filing: Filing, manager: Client) -> None:
    WrongWord.objects.create(word="保管", instead="保存", at=timezone.now())
    page = words(post(manager, county, "selected/publish/", filing=[filing.pk]))
    assert "须逐份核对，本次不公开 1 份" in page
    assert "中有「保管」，应改为「保存」。" in page
    table = address(county, f"{filing.pk}/")
    assert "逐项核对上面的结果" in words(manager.get(table))
    confirmed = {**CONFIRMED, "copy": copy_of(filing)}
    assert f"/filings/{filing.pk}/copies/" in html(manager.get(table))
    assert "公开还剩 20 个工作日" in words(manager.get(table))
    refused = manager.post(f"{table}publish/", confirmed)
    assert "请在该单位的公开页" not in words(refused)
    assert (refused.status_code, "须核对后公开" in words(refused)) == (409, True)
    assert manager.post(f"{table}publish/", {**confirmed, "note": "职责原文如此。"}).status_code == 302
    assert Publication.objects.get().note == "职责原文如此。"


def test_one_copy_is_published_withdrawn_and_withheld(county: County, filing: Filing, manager: Client) -> None:
    table = address(county, f"{filing.pk}/")
    assert "公开前须勾选确认" in words(manager.post(f"{table}publish/"))
    copy = {"copy": copy_of(filing)}
    page = manager.post(f"{table}publish/", {**CONFIRMED, **copy}, follow=True)
    assert "已公开。" in words(page)
    assert public() == [filing.pk]
    refused = manager.post(f"{table}unpublish/", {**copy, "withdrawn-reason": ""})
    assert (refused.status_code, "请写明撤下的理由" in words(refused)) == (409, True)
    page = manager.post(f"{table}unpublish/", {**copy, "withdrawn-reason": "金额有误"}, follow=True)
    assert "已撤下，公众不能再查看。" in words(page)
    assert "manager甲撤下：金额有误" in words(page)
    refused = manager.post(f"{table}withhold/", {"basis": "other", "withheld-note": ""})
    assert "请写明不予公开的具体情形" in words(refused)
    assert '<option value="other" selected>' in html(refused)
    page = manager.post(f"{table}withhold/", {"basis": "secret"}, follow=True)
    assert "涉及国家秘密，manager甲" in words(page)
    page = manager.post(f"{table}disclose/", {"lifted-reason": "已解密"}, follow=True)
    assert "已取消不予公开，可以公开。" in words(page)
    again = manager.post(f"{table}disclose/", {"lifted-reason": "已解密"}, follow=True)
    assert "不需要重复办理" in words(again)


def test_a_copy_that_the_page_has_not_shown_is_not_published(county: County, filing: Filing, manager: Client) -> None:
    shown, table = copy_of(filing), address(county, f"{filing.pk}/")
    assert f'name="copy" value="{shown}"' in html(manager.get(table))
    adjusted(county)
    refused = manager.post(f"{table}publish/", {**CONFIRMED, "copy": shown})
    assert (refused.status_code, "「县档案馆」的定稿已更换，请核对新的定稿后再办。" in words(refused)) == (409, True)
    assert f'name="copy" value="{copy_of(filing)}"' in html(refused)
    assert manager.post(f"{table}publish/", CONFIRMED).status_code == 409
    assert public() == []


def test_a_copy_that_the_page_has_not_shown_is_not_withdrawn(county: County, filing: Filing, manager: Client) -> None:
    publish(filing.pk, by=county.manager, now=timezone.now())
    shown, table = copy_of(filing), address(county, f"{filing.pk}/")
    publish(adjusted(county).pk, by=county.manager, now=timezone.now())
    reason = {"withdrawn-reason": "金额有误"}
    assert "定稿已更换" in words(manager.post(f"{table}unpublish/", {**reason, "copy": shown}))
    assert public() == [filing.pk]
    manager.post(f"{table}unpublish/", {**reason, "copy": copy_of(filing)})
    assert public() == []


def test_many_copies_are_withdrawn_with_a_reason(county: County, filing: Filing, manager: Client) -> None:
    publish(filing.pk, by=county.manager, now=timezone.now())
    other = copied(filing, county, "300")
    chosen = {"filing": [filing.pk, other.pk]}
    page = words(post(manager, county, "selected/unpublish/", **chosen))
    assert ("将撤下 1 份" in page, "单位300 待公开" in page) == (True, True)
    refused = post(manager, county, "selected/unpublish/start/", **seen(filing, other), reason="")
    assert (refused.status_code, CopyJob.objects.count()) == (409, 0)
    assert f'name="copy" value="{filing.pk}-{copy_of(filing)}"' in html(refused)
    post(manager, county, "selected/unpublish/start/", **seen(filing, other), reason="格式更新")
    work()
    assert (public(), Publication.objects.get().end_reason) == ([], "格式更新")


def test_copies_without_their_seal_are_issued_again(county: County, filing: Filing, manager: Client) -> None:
    chosen = {"filing": [filing.pk]}
    assert "该单位没有可用的印章图片，请先上传印章。" in words(post(manager, county, "selected/reissue/", **chosen))
    Department.objects.filter(pk=county.department.pk).update(seal="seals/missing.png")
    assert "将补办 1 份" in words(post(manager, county, "selected/reissue/", **chosen))
    answer = post(manager, county, "selected/reissue/start/", **seen(filing))
    work()
    page = words(manager.get(answer["Location"]))
    assert "已完成，已办 0 份，1 份未办理。" in page
    assert "县档案馆 「县档案馆」的定稿未能补办：" in page
    assert "印章图片文件已不存在" in page


def test_a_job_is_stopped_and_continued(county: County, filing: Filing, manager: Client) -> None:
    post(manager, county, "selected/publish/start/", **seen(filing), **CONFIRMED)
    job = CopyJob.objects.get()
    page = manager.post(address(county, f"jobs/{job.pk}/stop/"), follow=True)
    assert "等待办理，共 1 份，正在停止" in words(page)
    work()
    assert "已停止，已办 0 份，余下 1 份。" in words(manager.get(address(county, f"jobs/{job.pk}/")))
    manager.post(address(county, f"jobs/{job.pk}/resume/"))
    work()
    assert public() == [filing.pk]
    repeated = manager.post(address(county, f"jobs/{job.pk}/resume/"), follow=True)
    assert "没有余下的" in words(repeated)
    assert CopyJob.objects.get().state == JobState.DONE


def test_a_selection_without_ticks_or_of_others_is_refused(county: County, filing: Filing, manager: Client) -> None:
    assert "尚未勾选单位" in words(post(manager, county, "selected/publish/"))
    assert "勾选的单位无法识别" in words(post(manager, county, "selected/publish/", filing=["x"]))
    unknown = post(manager, county, "selected/publish/", filing=[filing.pk + 1])
    assert "选中的定稿都不能办理" in words(unknown)
    assert "勾选的单位无法识别" in words(post(manager, county, "selected/publish/start/", copy=[f"{filing.pk}"]))
    assert post(manager, county, "selected/other/", filing=[filing.pk]).status_code == 404


def test_typed_marks_are_text(county: County, filing: Filing, manager: Client) -> None:
    WrongWord.objects.create(word="<b>保管</b>", note="<script>", at=timezone.now())
    assert "<script>" not in html(manager.get("/wrong-words/")).split("</head>")[1].split('type="module"')[0]
    table = address(county, f"{filing.pk}/")
    refused = html(manager.post(f"{table}withhold/", {"basis": "", "withheld-note": "<i>x</i>"}))
    assert "&lt;i&gt;x&lt;/i&gt;" in refused


def test_the_number_of_queries_does_not_grow(county: County, filing: Filing, manager: Client) -> None:
    others = [copied(filing, county, f"30{number}").pk for number in range(5)]
    job = CopyJob.objects.create(
        cycle=county.cycle, kind="publish", filings=[], by=county.manager, at=timezone.now(), finished_at=timezone.now()
    )

    def queries() -> dict[str, int]:
        found = {}
        for path in (address(county, f"{filing.pk}/"), address(county, f"jobs/{job.pk}/"), "/wrong-words/"):
            with CaptureQueriesContext(connection) as context:
                assert manager.get(path).status_code == 200
            found[path.replace(str(filing.pk), "x")] = len(context)
        return found

    def grow(number: int) -> None:
        """Publish and withdraw the table so often, and add as many failures and words."""
        for _ in range(number):
            publish(filing.pk, by=county.manager, now=timezone.now(), note="已核对")
            unpublish(filing.pk, "有误", by=county.manager, now=timezone.now())
        CopyJob.objects.update(failures=[[key, "未办理。"] for key in others[:number]], total=number, done=number)
        WrongWord.objects.all().delete()
        WrongWord.objects.bulk_create(WrongWord(word=f"错词{each}", at=timezone.now()) for each in range(number))

    grow(1)
    few = queries()
    grow(5)
    assert queries() == few
    assert list(few.values()) == [12, 9, 8]


def test_a_copy_issued_again_is_named_as_such(county: County, filing: Filing, manager: Client) -> None:
    copy = filing.issued_copies.select_related("revision__filing__cycle__edition").get()
    reissue(copy, print_again(copy, fixed_bytes), "", by=county.manager, now=timezone.now())
    page = words(manager.get(f"/filings/{filing.pk}/"))
    assert "补办用印签名，由新定稿取代" in page
    assert "由第 1 版定稿取代" not in page
