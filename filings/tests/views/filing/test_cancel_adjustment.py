"""取消调整: where it is offered, what its page asks, and how it is answered afterwards."""

import pytest

from filings.choices import Action, Stage, Status
from filings.models import Filing
from filings.tests.county import County, found_county, step, with_reasons
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, take, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return found_county((Stage.PERFORMANCE,))


def adjusting(county: County) -> Filing:
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.performance_reviewer)
    return step(Action.ADJUST, filing, county.filler, reason="预算调整")


def returned(county: County) -> Filing:
    filing = step(Action.SUBMIT, with_reasons(adjusting(county), county.filler), county.filler)
    filing = step(Action.SIGN, filing, county.head)
    return step(Action.RETURN, filing, county.performance_reviewer, reason="不应调整。")


def test_it_is_offered_to_the_filler_of_an_adjustment_only(county: County, client_of: ClientOf) -> None:
    filing = county.started()
    address = f'href="/filings/{filing.pk}/adjust/cancel/"'
    client = client_of(county.filler)
    assert address not in html(client.get(f"/filings/{filing.pk}/fill/"))
    adjusting(county)
    for page in (f"/filings/{filing.pk}/", f"/filings/{filing.pk}/fill/"):
        assert address in html(client.get(page))
    for user in (county.head, county.manager):
        assert address not in html(client_of(user).get(f"/filings/{filing.pk}/"))
        assert client_of(user).get(f"/filings/{filing.pk}/adjust/cancel/").status_code == 403


def test_the_page_of_an_unchanged_adjustment_asks_first(county: County, client_of: ClientOf) -> None:
    filing = adjusting(county)
    client = client_of(county.filler)
    text = words(client.get(f"/filings/{filing.pk}/adjust/cancel/"))
    assert "原定稿继续有效" in text
    assert "取消以后不能撤销；仍需调整的，须重新申请。" in text
    for sentence in ("可恢复的版本", "调整原因不保留", "已取消", "退回的意见"):
        assert sentence not in text
    answer = client.post(f"/filings/{filing.pk}/adjust/cancel/", {"lock": filing.lock}, follow=True)
    assert "已取消调整，原定稿继续有效。" in words(answer)
    assert Filing.objects.get().status == Status.APPROVED


def test_the_page_of_a_returned_adjustment_names_what_is_kept_and_given_up(county: County, client_of: ClientOf) -> None:
    filing = returned(county)
    client = client_of(county.filler)
    text = words(client.get(f"/filings/{filing.pk}/adjust/cancel/"))
    for sentence in (
        "已填写的修改自动存入「可恢复的版本」，再次调整时可以恢复。",
        "尚未提交的调整原因不保留。",
        "本次调整提交过的第 2 版保留备查，标明「已取消」。",
        "退回的意见不再办理，保留备查。",
    ):
        assert sentence in text
    take(client, filing, "adjust/cancel")
    for user in (county.filler, county.manager, county.performance_reviewer):
        page = client_of(user).get(f"/filings/{filing.pk}/")
        assert "取消调整，第 2 版不再办理，恢复第 1 版" in words(page)
        assert "第 2 版 （已取消）" in words(page)
        assert page.context["version"].revision.number == 1
        assert page.context["version"].issued_copy
        assert page.context["remarks"] == []
    copy = filing.issued_copies.get()
    assert "现行有效" in words(client.get(f"/v/{copy.code}/"))
    take(client, filing, "adjust", reason="再调")
    assert "取消调整前" in words(client.get(f"/filings/{filing.pk}/fill/points/"))


def test_a_refusal_explains_itself_on_the_page(county: County, client_of: ClientOf) -> None:
    filing = adjusting(county)
    client, address = client_of(county.filler), f"/filings/{filing.pk}/adjust/cancel/"
    incomplete = client.post(address)
    assert (incomplete.status_code, "这一页不完整" in words(incomplete)) == (400, True)
    step(Action.REVOKE, filing, county.manager, reason="金额有误。")
    late = client.post(address, {"lock": filing.lock})
    assert late.status_code == 409
    assert "撤回批复" in words(late)
    assert "没有可以取消的调整" in words(late)
    answer = client.get(address, follow=True)
    assert "只有正在填报或被退回的调整可以取消。" in words(answer)


def test_a_second_click_is_shown_as_done(county: County, client_of: ClientOf) -> None:
    filing = adjusting(county)
    client = client_of(county.filler)
    client.post(f"/filings/{filing.pk}/adjust/cancel/", {"lock": filing.lock})
    again = client.post(f"/filings/{filing.pk}/adjust/cancel/", {"lock": filing.lock}, follow=True)
    assert "您已办理过这一步" in words(again)
