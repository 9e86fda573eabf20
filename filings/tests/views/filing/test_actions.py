"""POST of each action: performed once, refused with a sentence, and input is kept."""

import pytest

from filings.choices import Action, Status
from filings.models import Event, Filing
from filings.tests.county import County, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, take, words

pytestmark = pytest.mark.both


def status_of(filing: Filing) -> str:
    return Filing.objects.get(pk=filing.pk).status


def test_sending_back_needs_a_reason(county: County, client_of: ClientOf) -> None:
    filing = county.signing()
    client = client_of(county.head)
    answer = take(client, filing, "send-back", reason="  ")
    assert answer.status_code == 400
    assert "操作未完成。 请写明原因" in words(answer)
    assert 'aria-invalid="true"' in html(answer)
    assert status_of(filing) == Status.SIGNING
    assert take(client, filing, "send-back", reason="职责写少了。").status_code == 302
    assert status_of(filing) == Status.DRAFT
    assert "职责写少了。" in words(client_of(county.filler).get(f"/filings/{filing.pk}/"))


def test_withdrawing_is_possible_until_the_first_review(county: County, client_of: ClientOf) -> None:
    filing = county.in_review()
    client = client_of(county.filler)
    assert f'action="/filings/{filing.pk}/withdraw/"' in html(client.get(f"/filings/{filing.pk}/"))
    assert take(client, filing, "withdraw").status_code == 302
    assert status_of(filing) == Status.DRAFT
    step(Action.SUBMIT, filing, county.filler)
    step(Action.SIGN, filing, county.head)
    step(Action.APPROVE_STAGE, filing, county.supervisor_reviewer)
    assert f"/filings/{filing.pk}/withdraw/" not in html(client.get(f"/filings/{filing.pk}/"))
    answer = take(client, filing, "withdraw")
    assert answer.status_code == 409
    assert "已经有人审核，不能撤回" in words(answer)


def test_adjusting_needs_a_reason_and_leaves_the_copy_in_force(county: County, client_of: ClientOf) -> None:
    filing = county.in_review()
    for reviewer in (county.supervisor_reviewer, county.section_reviewer, county.performance_reviewer):
        step(Action.APPROVE_STAGE, filing, reviewer)
    client = client_of(county.filler)
    assert take(client, filing, "adjust").status_code == 400
    assert take(client, filing, "adjust", reason="年中追加预算。").status_code == 302
    assert status_of(filing) == Status.DRAFT
    assert Filing.objects.get(pk=filing.pk).live_copy() is not None


def test_a_second_click_is_shown_as_done(county: County, client_of: ClientOf) -> None:
    filing = county.signing()
    client = client_of(county.filler)
    lock = Filing.objects.get(pk=filing.pk).lock
    take(client, filing, "withdraw", lock=lock)
    events = Event.objects.count()
    again = client.post(f"/filings/{filing.pk}/withdraw/", {"lock": lock}, follow=True)
    assert "您已办理过这一步，不需要重复办理。" in words(again)
    assert Event.objects.count() == events


def test_a_conflict_names_the_other_user_and_keeps_the_input(county: County, client_of: ClientOf) -> None:
    filing = county.signing()
    lock = Filing.objects.get(pk=filing.pk).lock
    step(Action.WITHDRAW, filing, county.filler)
    step(Action.SUBMIT, filing, county.filler)
    answer = take(client_of(county.head), filing, "send-back", lock=lock, reason="绩效目标太笼统。")
    assert answer.status_code == 409
    assert f"{county.filler.name}已于" in words(answer)
    assert "绩效目标太笼统。</textarea>" in html(answer)
    assert f'name="lock" value="{lock + 2}"' in html(answer)
    assert status_of(filing) == Status.SIGNING


@pytest.mark.parametrize(
    ("action", "user", "sentence"),
    [
        ("submit", "filler", "只有填报中或被退回的申报表可以提交。"),
        ("sign", "head", "只有待单位审签的申报表可以审签。"),
        ("send-back", "head", "只有待单位审签的申报表可以退回填报人。"),
        ("adjust", "filler", "只有已批复的申报表可以调整。"),
    ],
)
def test_an_action_out_of_turn_is_refused(
    county: County, client_of: ClientOf, action: str, user: str, sentence: str
) -> None:
    filing = county.in_review()
    events = Event.objects.count()
    answer = take(client_of(getattr(county, user)), filing, action, reason="原因")
    assert answer.status_code == 409
    assert sentence in words(answer)
    assert (status_of(filing), Event.objects.count()) == (Status.IN_REVIEW, events)


@pytest.mark.parametrize(
    ("action", "user"),
    [("submit", "head"), ("withdraw", "manager"), ("adjust", "observer"), ("sign", "filler"), ("send-back", "filler")],
)
def test_an_action_of_another_role_is_forbidden(county: County, client_of: ClientOf, action: str, user: str) -> None:
    reach = {"submit": county.filled, "adjust": county.filled}.get(action, county.signing)
    filing = reach()
    if action == "adjust":
        Filing.objects.update(status=Status.APPROVED)
    before, events = status_of(filing), Event.objects.count()
    answer = take(client_of(getattr(county, user)), filing, action, reason="原因")
    assert answer.status_code == 403
    assert "这一步由「县档案馆」的" in words(answer)
    assert (status_of(filing), Event.objects.count()) == (before, events)


def test_a_post_without_a_valid_lock_is_refused(county: County, client_of: ClientOf) -> None:
    filing = county.signing()
    answer = client_of(county.head).post(f"/filings/{filing.pk}/send-back/", {"lock": "x"})
    assert answer.status_code == 400
    assert "这一页不完整，请刷新后再办。" in words(answer)
    assert status_of(filing) == Status.SIGNING


def test_actions_need_a_csrf_token(county: County, client_of: ClientOf) -> None:
    filing = county.signing()
    client = client_of(county.head)
    client.handler.enforce_csrf_checks = True
    answer = take(client, filing, "send-back")
    assert answer.status_code == 403
    assert "页面已过期，操作未完成" in words(answer)
    assert status_of(filing) == Status.SIGNING
