"""A filing withdrawn while a reviewer has it open: what is typed is stored, and every answer names who withdrew it."""

import pytest
from django.test import Client

from filings.choices import Action, Role
from filings.local_time import moment
from filings.models import Filing, ReviewDraft
from filings.tests import drafting
from filings.tests.county import County, create_user, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words
from filings.tests.views.review.drafts import content, page_form, send

pytestmark = pytest.mark.both

ROW = "remark:indicators[i0]"
KEPT = "您写的内容已经保存，再次送审时可以移到新版；也可以在下面复制。"


@pytest.fixture
def filing(county: County) -> Filing:
    return county.in_review()


@pytest.fixture
def client(county: County, client_of: ClientOf) -> Client:
    return client_of(county.supervisor_reviewer)


def withdraw(county: County, filing: Filing) -> str:
    """Withdraw the filing, and return the sentence that its reviewer reads."""
    step(Action.WITHDRAW, filing, county.filler)
    event = filing.events.latest("number")
    return f"县档案馆的申报表现不由您审核 {county.filler.name}于 {moment(event.at)} 撤回修改。"


def typed(county: County) -> str:
    return content(county.supervisor_reviewer).remarks["indicators[i0]"].text


def test_a_withdrawn_filing_still_takes_what_is_typed(county: County, client: Client, filing: Filing) -> None:
    lock = Filing.objects.get().lock
    send(client, filing, {ROW: "写了一半"})
    withdraw(county, filing)
    answer = send(client, filing, {ROW: "写完了。"}, number=2, lock=lock)
    assert answer.status_code == 200
    assert answer.json()["notice"].startswith(f"{county.filler.name}于 ")
    assert "撤回修改这份申报表" in answer.json()["notice"]
    assert typed(county) == "写完了。"


def test_the_first_remark_after_the_withdrawal_is_stored(county: County, client: Client, filing: Filing) -> None:
    page = page_form(client, filing)
    withdraw(county, filing)
    answer = send(client, filing, {ROW: "写。"}, lock=page["lock"], signature=page["signature"])
    assert answer.status_code == 200
    assert "撤回修改这份申报表。您写的意见已保存" in answer.json()["notice"]
    assert typed(county) == "写。"


def test_a_remark_typed_after_a_colleagues_decision_is_stored(
    county: County, client: Client, client_of: ClientOf, filing: Filing
) -> None:
    colleague = create_user("colleague", Role.REVIEWER, county.supervising)
    page = page_form(client_of(colleague), filing)
    step(Action.APPROVE_STAGE, filing, county.supervisor_reviewer)
    answer = send(client_of(colleague), filing, {ROW: "写。"}, lock=page["lock"], signature=page["signature"])
    assert (answer.status_code, ReviewDraft.objects.get().by) == (200, colleague)
    assert answer.json()["notice"].startswith("supervisor_reviewer甲于 ")


def test_only_the_user_who_opened_the_page_can_save(
    county: County, client: Client, client_of: ClientOf, filing: Filing
) -> None:
    signature = page_form(client, filing)["signature"]
    withdraw(county, filing)
    colleague = client_of(create_user("colleague", Role.REVIEWER, county.supervising))
    for sender, posted in ((client, {}), (client, {"signature": "x:y"}), (colleague, {"signature": signature})):
        assert send(sender, filing, {ROW: "写。"}, **posted).status_code == 404
    form = {"person": "1", "revision": "1", "number": "0", "signature": signature, ROW: "写。"}
    assert colleague.post(f"/filings/{filing.pk}/review/draft/save/", form).status_code == 404
    assert not ReviewDraft.objects.exists()


@pytest.mark.parametrize("address", ["save", "scores", "canned", "take", "drop"])
@pytest.mark.parametrize("is_returned", [False, True])
def test_a_page_opened_once_reads_nothing_of_a_later_revision(
    county: County, client: Client, filing: Filing, address: str, is_returned: bool
) -> None:
    """A former reviewer, or one of a filing not yet signed again, alters the number of the page's revision."""
    page = page_form(client, filing) | {"place": "indicators[i0]", "code:indicators[i0]": "measure"}
    send(client, filing, {ROW: "第一版的意见。"})
    if is_returned:
        step(Action.RETURN, filing, county.supervisor_reviewer, reason="改")
    else:
        step(Action.WITHDRAW, filing, county.filler)
        county.supervisor_reviewer.memberships.all().delete()
    drafting.save(Filing.objects.get(), county, ("indicators[i0].target", "≥500卷", "≥700卷"))
    step(Action.SUBMIT, filing, county.filler)
    answer = client.post(f"/filings/{filing.pk}/review/draft/{address}/", page | {"revision": "2"}, follow=True)
    assert "700" not in words(answer)
    assert [draft.revision.number for draft in ReviewDraft.objects.all()] == [1]


@pytest.mark.parametrize("address", ["save", "scores", "canned", "take", "drop"])
def test_without_scripts_what_was_typed_is_stored_and_shown(
    county: County, client: Client, filing: Filing, address: str
) -> None:
    page = page_form(client, filing) | {ROW: "口径<不清>。", "reason": "总体。", "place": "indicators[i0]"}
    sentence = withdraw(county, filing)
    answer = client.post(f"/filings/{filing.pk}/review/draft/{address}/", page, follow=True)
    assert answer.status_code == 404
    assert f"{sentence} {KEPT} 口径<不清>。 总体。" in words(answer)
    assert typed(county) == "口径<不清>。"


@pytest.mark.parametrize("action", ["return", "pass", "waive"])
def test_a_decision_is_refused_with_what_was_typed(county: County, client: Client, filing: Filing, action: str) -> None:
    page = page_form(client, filing) | {ROW: "口径不清。"}
    sentence = withdraw(county, filing)
    answer = client.post(f"/filings/{filing.pk}/{action}/", page)
    assert answer.status_code == 404
    assert f"{sentence}操作未完成。 {KEPT} 口径不清。" in words(answer)
    assert typed(county) == "口径不清。"


def test_a_decision_of_another_user_stores_nothing(county: County, client: Client, filing: Filing) -> None:
    page = page_form(client, filing) | {ROW: "口径不清。", "person": str(county.head.pk)}
    withdraw(county, filing)
    answer = client.post(f"/filings/{filing.pk}/return/", page)
    assert "您写的内容在下面，尚未保存" in words(answer)
    assert not ReviewDraft.objects.exists()


def test_the_page_names_who_withdrew_it_until_it_is_signed_again(
    county: County, client: Client, filing: Filing
) -> None:
    sentence = withdraw(county, filing)
    step(Action.SUBMIT, filing, county.filler)
    answer = client.get(f"/filings/{filing.pk}/review/")
    assert (answer.status_code, sentence in words(answer)) == (404, True)
    step(Action.SIGN, filing, county.head)
    assert client.get(f"/filings/{filing.pk}/review/").status_code == 200


def test_a_decision_from_an_unsigned_page_is_refused_with_the_same_sentence(
    county: County, client: Client, filing: Filing
) -> None:
    sentence = withdraw(county, filing)
    answer = client.post(f"/filings/{filing.pk}/return/", {ROW: "口径不清。"})
    assert f"{sentence}操作未完成。 您写的内容在下面，尚未保存" in words(answer)
    assert "口径不清。" in words(answer)
    assert not ReviewDraft.objects.exists()


def test_reviewers_of_later_stages_and_strangers_read_nothing(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    withdraw(county, filing)
    for user in (county.section_reviewer, county.performance_reviewer, county.stranger):
        answer = client_of(user).get(f"/filings/{filing.pk}/review/")
        assert answer.status_code == 404
        assert "档案馆" not in words(answer)


def test_a_filing_withdrawn_before_its_signature_is_not_named(county: County, client: Client) -> None:
    filing = step(Action.WITHDRAW, county.signing(), county.filler)
    assert "档案馆" not in words(client.get(f"/filings/{filing.pk}/review/"))


def test_what_was_typed_before_an_expired_login_is_shown(county: County, client: Client, filing: Filing) -> None:
    page = page_form(client, filing) | {ROW: "口径不清。"}
    expired = Client()
    expired.post(f"/filings/{filing.pk}/return/", page)
    sentence = withdraw(county, filing)
    expired.force_login(county.supervisor_reviewer)
    assert f"{sentence} {KEPT} 口径不清。" in words(expired.get(f"/filings/{filing.pk}/review/"))


def test_pages_that_decide_nothing_are_not_signed(county: County, client_of: ClientOf, filing: Filing) -> None:
    step(Action.APPROVE_STAGE, filing, county.supervisor_reviewer)
    step(Action.RETURN, filing, county.section_reviewer, reason="改")
    page = html(client_of(county.section_reviewer).get(f"/filings/{filing.pk}/review/"))
    assert '<input type="hidden" name="signature" value="">' in page
