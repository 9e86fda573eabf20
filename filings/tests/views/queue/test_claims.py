"""Claims on pages: claiming, taking over, handing over, releasing, deciding over a claim, and open review pages."""

import pytest
from django.utils.timezone import localtime

from filings.choices import Action, Role, Stage
from filings.lifecycle import claims
from filings.models import Filing, OpenPage, PendingApproval, Review, User
from filings.tests.county import County, create_user, found_county, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, take, words


@pytest.fixture
def county(db: None) -> County:
    return found_county((Stage.SECTION, Stage.PERFORMANCE))


@pytest.fixture
def colleague(county: County) -> User:
    return create_user("colleague", Role.REVIEWER, county.section)


def reviewer() -> User | None:
    return Filing.objects.get().reviewer


def test_claiming_in_the_queue(county: County, client_of: ClientOf) -> None:
    filing = county.in_review()
    client = client_of(county.section_reviewer)
    address = f"/filings/{filing.pk}/review/claim/"
    assert f'formaction="{address}">认领' in html(client.get("/review/", follow=True))
    answer = client.post(address, follow=True)
    assert answer.redirect_chain[0] == ("/review/", 302)
    assert "「县档案馆」已认领，归您审核。" in words(answer)
    assert "本人" in words(answer)
    assert reviewer() == county.section_reviewer
    assert "您已办理过这一步" in words(client.post(address, follow=True))
    assert client.post(address, {"back": "review"}).url == f"/filings/{filing.pk}/review/"  # type: ignore[attr-defined]


def test_taking_over_asks_first(county: County, client_of: ClientOf, colleague: User) -> None:
    filing = county.in_review()
    claims.claim(filing, by=colleague)
    client = client_of(county.section_reviewer)
    page = words(client.get(f"/filings/{filing.pk}/review/reviewer/?back=review"))
    assert "从 colleague甲 处接手 返回审核页" in page
    answer = client.post(f"/filings/{filing.pk}/review/claim/", {"back": "review"})
    assert answer.status_code == 409
    assert "colleague甲" in words(answer)
    assert "认领，是否由您接手？" in words(answer)
    assert f'name="over" value="{colleague.pk}"' in html(answer)
    assert 'name="back" value="review"' in html(answer)
    assert reviewer() == colleague
    taken = client.post(f"/filings/{filing.pk}/review/claim/", {"over": colleague.pk}, follow=True)
    assert "「县档案馆」已从 colleague甲 处接手，归您审核。" in words(taken)
    assert reviewer() == county.section_reviewer
    history = words(client.get(f"/filings/{filing.pk}/"))
    assert "业务股室认领，原由 colleague甲 审核" in history


def test_handing_over_and_releasing(county: County, client_of: ClientOf, colleague: User) -> None:
    filing = county.in_review()
    claims.claim(filing, by=county.section_reviewer)
    client = client_of(county.section_reviewer)
    page = html(client.get(f"/filings/{filing.pk}/review/reviewer/"))
    assert f'<option value="{colleague.pk}">colleague甲</option>' in page
    assert "performance_reviewer" not in page
    over = {"over": county.section_reviewer.pk}
    address = f"/filings/{filing.pk}/review/hand-over/"
    for to, sentence in (("", "请选择移交给谁。"), (county.performance_reviewer.pk, "不是当前审核环节的审核人")):
        answer = client.post(address, {**over, "to": to})
        assert (answer.status_code, sentence in words(answer)) == (400, True)
    client.post(address, {**over, "to": colleague.pk})
    assert reviewer() == colleague
    assert client.post(address, {**over, "to": county.section_reviewer.pk}).status_code == 403
    manager = client_of(county.manager)
    assert manager.post(f"/filings/{filing.pk}/review/release/", over).status_code == 409
    manager.post(f"/filings/{filing.pk}/review/release/", {"over": colleague.pk})
    assert reviewer() is None


def test_a_decision_over_a_claim_asks_first_and_keeps_what_was_typed(
    county: County, client_of: ClientOf, colleague: User
) -> None:
    filing = county.in_review()
    claims.claim(filing, by=colleague)
    client = client_of(county.section_reviewer)
    filing.refresh_from_db()
    when = localtime(filing.claimed_at).strftime("%Y-%m-%d %H:%M")
    page = client.get(f"/filings/{filing.pk}/review/")
    assert words(page).count(f"colleague甲 {when} 认领") == 3
    assert f"colleague甲 {when} 认领，正在审核 接手" in words(page)
    assert words(page).count("由本人从 colleague甲 处接手办理") == 2
    assert 'data-reviewer="colleague甲"' in html(page)
    answer = take(client, filing, "return", reason="请补充依据")
    assert answer.status_code == 409
    assert "请补充依据" in words(answer)
    assert f'name="over" value="{colleague.pk}"' in html(answer)
    assert not Review.objects.exists()
    answer = take(client, filing, "return", reason="请补充依据", over=colleague.pk)
    assert "已从 colleague甲 处接手。" in words(client.get(answer["Location"], follow=True))
    assert Review.objects.get().by == county.section_reviewer
    assert list(filing.events.order_by("number").values_list("action", flat=True))[-2:] == ["claim", "return"]


def test_a_refused_decision_takes_over_nothing(county: County, client_of: ClientOf, colleague: User) -> None:
    filing = county.in_review()
    claims.claim(filing, by=colleague)
    refused = take(client_of(county.section_reviewer), filing, "pass", grade="poor", over=colleague.pk)
    assert refused.status_code == 409
    assert "等级为「差」" in words(refused)
    assert reviewer() == colleague
    assert filing.events.filter(action=Action.CLAIM).count() == 1


def test_the_last_approval_over_a_claim_asks_first(county: County, client_of: ClientOf) -> None:
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.section_reviewer)
    colleague = create_user("colleague", Role.REVIEWER, county.performance)
    claims.claim(filing, by=colleague)
    client = client_of(county.performance_reviewer)
    assert take(client, filing, "pass").status_code == 409
    assert reviewer() == colleague
    answer = take(client, filing, "pass", over=colleague.pk)
    assert answer.url == f"/filings/{filing.pk}/approve/"
    assert "已从 colleague甲 处接手，归您审核。" in words(client.get(answer.url))
    assert reviewer() == county.performance_reviewer
    claims.claim(filing, by=colleague, over=county.performance_reviewer.pk)
    page = client.get(f"/filings/{filing.pk}/approve/")
    seen = page.context["seen"]
    refused = client.post(f"/filings/{filing.pk}/approve/", {"lock": filing.lock, "seen": seen})
    assert (refused.status_code, "colleague甲" in words(refused)) == (409, True)
    assert not PendingApproval.objects.exists()


def test_open_review_pages_are_reported(county: County, client_of: ClientOf, colleague: User) -> None:
    filing = county.in_review()
    address = f"/filings/{filing.pk}/review/open/"
    assert client_of(county.section_reviewer).post(address).json() == {
        "others": [],
        "reviewer": "",
        "lock": filing.lock,
    }
    claims.claim(filing, by=county.section_reviewer)
    assert client_of(colleague).post(address).json() == {
        "others": ["section_reviewer甲"],
        "reviewer": "section_reviewer甲",
        "lock": filing.lock,
    }
    assert OpenPage.objects.count() == 2
    assert client_of(colleague).get(address).status_code == 405
