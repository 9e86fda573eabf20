"""Saves of the draft by the page's script and by its plain form, an expired login, and drafts on earlier revisions."""

from typing import Any

import pytest
from django.test import Client

from filings.choices import Action, Role
from filings.lifecycle import workflow
from filings.models import Department, Filing, Review, ReviewDraft
from filings.tests.county import County, add_membership, fill, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words
from filings.tests.views.review.drafts import content, page_form, send

pytestmark = pytest.mark.both

ROW = "remark:indicators[i0]"
# More than waits in a session.
LONG = {f"remark:duties[d{number}].text": "长" * 2000 for number in range(40)}


@pytest.fixture
def filing(county: County) -> Filing:
    return county.in_review()


def opened(county: County, department: Department) -> Filing:
    """Return a filing of another department in review at the same supervising department."""
    Department.objects.filter(pk=department.pk).update(supervisor=county.supervising)
    add_membership(county.head, Role.HEAD, department)
    filing = workflow.start(county.cycle, department, by=county.stranger)
    fill(filing)
    step(Action.SUBMIT, filing, county.stranger)
    return step(Action.SIGN, filing, county.head)


def test_a_saved_draft_is_shown_again(county: County, client_of: ClientOf, filing: Filing) -> None:
    client = client_of(county.supervisor_reviewer)
    fields = {ROW: "<b>口径</b>", "code:indicators[i0]": "measure", "reason": "总体。", "grade": "fair"}
    answer = send(client, filing, fields)
    assert answer.status_code == 200
    assert set(answer.json()) == {"saved_at", "notice"}
    page = html(client_of(county.supervisor_reviewer).get(f"/filings/{filing.pk}/review/"))
    assert "&lt;b&gt;口径&lt;/b&gt;</textarea>" in page
    assert '<option value="measure" selected>' in page
    assert "总体。</textarea>" in page
    assert '<option value="fair" selected>' in page
    assert "口径" not in html(client_of(county.filler).get(f"/filings/{filing.pk}/"))


def test_a_remark_over_the_limit_is_stored_with_a_message(county: County, client_of: ClientOf, filing: Filing) -> None:
    answer = send(client_of(county.supervisor_reviewer), filing, {ROW: "长" * 1001})
    assert "共 1001 字，请缩短到 1000 字以内。" in answer.json()["notice"]
    assert ReviewDraft.objects.get().content["remarks"]["indicators[i0]"]["text"] == "长" * 1001


def test_a_save_of_another_window_is_answered_with_its_fields(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    client = client_of(county.supervisor_reviewer)
    send(client, filing, {ROW: "另一个窗口。"}, number=3)
    answer = send(client, filing, {ROW: "这个窗口。"}, number=3)
    assert answer.status_code == 409
    assert answer.json()["newer"]["number"] == 3
    assert answer.json()["newer"]["fields"] == {ROW: "另一个窗口。"}


@pytest.mark.parametrize(
    "data", [{"fields": 5}, {"number": "x"}, {"number": -1}, {"number": 2**53}, {"revision": None}, {"lock": "x"}]
)
def test_a_malformed_save_is_refused(county: County, client_of: ClientOf, filing: Filing, data: dict[str, Any]) -> None:
    answer = send(client_of(county.supervisor_reviewer), filing, {ROW: "写。"}, **data)
    assert answer.status_code == 400
    assert not ReviewDraft.objects.exists()


def test_nothing_is_saved_under_the_name_of_another_user(county: County, client_of: ClientOf, filing: Filing) -> None:
    answer = send(client_of(county.supervisor_reviewer), filing, {ROW: "写。"}, person=county.head.pk)
    assert (answer.status_code, ReviewDraft.objects.count()) == (403, 0)
    assert "本页由其他用户打开，未保存" in answer.json()["refusal"]


def test_without_scripts_the_form_saves_the_draft(county: County, client_of: ClientOf, filing: Filing) -> None:
    client = client_of(county.supervisor_reviewer)
    form = page_form(client, filing) | {ROW: "口径不清。", "reason": "总体。"}
    answer = client.post(f"/filings/{filing.pk}/review/draft/save/", form, follow=True)
    assert "已保存。" in words(answer)
    assert "口径不清。</textarea>" in html(answer)
    assert content(county.supervisor_reviewer).reason == "总体。"


def test_without_scripts_two_windows_are_merged(county: County, client_of: ClientOf, filing: Filing) -> None:
    client = client_of(county.supervisor_reviewer)
    first = page_form(client, filing)
    client.post(f"/filings/{filing.pk}/review/draft/save/", first | {ROW: "先写的。"})
    answer = client.post(f"/filings/{filing.pk}/review/draft/save/", first | {ROW: "后写的。"}, follow=True)
    assert "您在另一个窗口也写了内容" in words(answer)
    assert content(county.supervisor_reviewer).remarks["indicators[i0]"].text == "后写的。\n先写的。"


def test_a_decision_waits_for_the_draft_of_another_window(county: County, client_of: ClientOf, filing: Filing) -> None:
    client = client_of(county.supervisor_reviewer)
    form = page_form(client, filing)
    send(client, filing, {ROW: "另一个窗口写的。"})
    answer = client.post(f"/filings/{filing.pk}/pass/", form)
    assert answer.status_code == 409
    assert "您在另一个窗口也写了内容" in words(answer)
    assert "另一个窗口写的。</textarea>" in html(answer)
    assert not Review.objects.exists()


@pytest.mark.parametrize("action", ["return", "pass", "review/draft/save"])
def test_after_an_expired_login_the_page_opens_with_what_was_typed(
    county: County, client_of: ClientOf, filing: Filing, action: str
) -> None:
    form = page_form(client_of(county.supervisor_reviewer), filing) | {ROW: "口径不清。"}
    client = Client()
    answer = client.post(f"/filings/{filing.pk}/{action}/", form)
    assert answer["Location"] == f"/accounts/login/?next=/filings/{filing.pk}/review/"
    client.force_login(county.supervisor_reviewer)
    answer = client.get(f"/filings/{filing.pk}/review/")
    assert "已恢复登录过期前填写的内容" in words(answer)
    assert "口径不清。</textarea>" in html(answer)
    assert not Review.objects.exists()


def test_what_was_typed_waits_until_its_own_filing_is_opened(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    other = opened(county, Department.objects.get(memberships__user=county.stranger))
    forms = {
        each: page_form(client_of(county.supervisor_reviewer), each) | {ROW: f"写在{each.department}。"}
        for each in (filing, other)
    }
    client = Client()
    for each, form in forms.items():
        client.post(f"/filings/{each.pk}/return/", form)
    client.force_login(county.supervisor_reviewer)
    for each in (other, filing):
        answer = client.get(f"/filings/{each.pk}/review/")
        assert "已恢复登录过期前填写的内容" in words(answer)
        assert f"写在{each.department}。</textarea>" in html(answer)
    assert "登录过期前" not in words(client.get(f"/filings/{filing.pk}/review/"))


@pytest.mark.parametrize(
    "changed", [{"signature": ""}, {"signature": "x:y"}, {"person": "1"}, {"reason": "长" * 2000, **LONG}]
)
def test_an_anonymous_post_without_signature_or_space_is_not_kept(
    county: County, client_of: ClientOf, filing: Filing, changed: dict[str, str]
) -> None:
    form = page_form(client_of(county.supervisor_reviewer), filing) | {ROW: "口径<不清>。"}
    client = Client()
    answer = client.post(f"/filings/{filing.pk}/return/", form | changed)
    assert answer.status_code == 403
    assert "口径&lt;不清&gt;。" in html(answer)
    assert not client.session.keys()


def test_what_another_user_typed_before_the_login_is_dropped(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    form = page_form(client_of(county.supervisor_reviewer), filing) | {ROW: "口径不清。"}
    client = Client()
    client.post(f"/filings/{filing.pk}/return/", form)
    step(Action.APPROVE_STAGE, filing, county.supervisor_reviewer)
    client.force_login(county.section_reviewer)
    assert "口径不清。" not in html(client.get(f"/filings/{filing.pk}/review/"))
    assert not ReviewDraft.objects.exists()


def test_a_refused_decision_keeps_the_draft_and_a_successful_one_deletes_it(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    client = client_of(county.supervisor_reviewer)
    form = page_form(client, filing) | {ROW: "口径不清。"}
    assert client.post(f"/filings/{filing.pk}/return/", form | {"lock": "0"}).status_code == 409
    assert content(county.supervisor_reviewer).count == 1
    assert client.post(f"/filings/{filing.pk}/return/", form).status_code == 302
    assert not ReviewDraft.objects.exists()
    assert Review.objects.get().remarks.get().text == "口径不清。"


def resubmitted_with_an_older_draft(county: County, client: Client, filing: Filing) -> None:
    send(client, filing, {ROW: "口径不清。"})
    step(Action.WITHDRAW, filing, county.filler)
    step(Action.SUBMIT, filing, county.filler)
    step(Action.SIGN, filing, county.head)


@pytest.mark.parametrize(("address", "count"), [("take", 1), ("drop", 0)])
def test_a_draft_on_an_earlier_revision_is_offered(
    county: County, client_of: ClientOf, filing: Filing, address: str, count: int
) -> None:
    client = client_of(county.supervisor_reviewer)
    resubmitted_with_an_older_draft(county, client, filing)
    assert "您在第 1 版上还有 1 条未提交的意见 接收档案 口径不清。" in words(
        client.get(f"/filings/{filing.pk}/review/")
    )
    form = page_form(client, filing) | {"reason": "这一版写的。"}
    answer = client.post(f"/filings/{filing.pk}/review/draft/{address}/", form, follow=True)
    assert "您在第 1 版上还有" not in words(answer)
    moved = "已将第 1 版上的 1 条意见（「接收档案」）移到本版，请逐条核对。"
    assert (moved in words(answer)) == (address == "take")
    kept = content(county.supervisor_reviewer)
    assert (kept.count, kept.reason) == (count, "这一版写的。")
