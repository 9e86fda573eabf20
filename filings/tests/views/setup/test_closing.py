"""The page that closes a cycle and reopens it, and the choice of a cycle afterwards."""

import pytest
from django.test import Client
from django.utils import timezone

from filings.choices import Action
from filings.cycles import closing
from filings.lifecycle import approvals
from filings.local_time import moment
from filings.models import Cycle, ReviewDraft
from filings.reviewing.draft_content import DraftContent
from filings.tests.county import County, open_cycle, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words


@pytest.fixture
def client(county: County, client_of: ClientOf) -> Client:
    """Log in the manager."""
    return client_of(county.manager)


def close(county: County) -> None:
    closing.close(county.cycle, by=county.manager, now=timezone.now())


def test_the_page_counts_what_is_unfinished_and_asks(county: County, client: Client) -> None:
    county.started()
    address = f"/cycles/{county.cycle.pk}/setup/close/"
    page = words(client.get(address))
    assert "已批复 0 个单位，下列单位未办结： 状态 单位 未开始 2 个单位 填报中 1 个单位" in page
    assert "请先勾选这一项。" in words(client.post(f"{address}now/"))
    assert Cycle.objects.filter(closed_at=None).exists()
    page = words(client.post(f"{address}now/", {"confirmed": "on"}, follow=True))
    assert "已结束，不再办理和催办。" in page
    assert "manager甲结束" in page
    assert "不需要重复结束" in words(client.post(f"{address}now/", {"confirmed": "on"}))


def test_approvals_that_wait_are_named_with_their_time(county: County, client: Client) -> None:
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.supervisor_reviewer)
    filing = step(Action.APPROVE_STAGE, filing, county.section_reviewer)
    waiting = approvals.queue(filing, by=county.performance_reviewer, expected_lock=filing.lock, content=DraftContent())
    time = moment(waiting.due_at)
    refused = client.post(f"/cycles/{county.cycle.pk}/setup/close/now/", {"confirmed": "on"})
    assert refused.status_code == 409
    assert f"请等盖章完成（{time}）后再结束，或撤销批复后再结束。" in words(refused)
    assert f'<a href="/filings/{filing.pk}/">县档案馆</a> performance_reviewer甲批复' in html(refused)
    assert "撤销批复" in words(client.get(f"/filings/{filing.pk}/"))


def test_reopening_needs_a_reason_and_keeps_what_was_typed(county: County, client: Client) -> None:
    close(county)
    address = f"/cycles/{county.cycle.pk}/setup/close/reopen/"
    refused = client.post(address, {"reason": "长" * 501})
    assert "长" * 501 in html(refused)
    assert "共 501 字，请缩短到 500 字以内" in words(refused)
    page = words(client.post(address, {"reason": "两个单位补报"}, follow=True))
    assert "manager甲重新开启：两个单位补报" in page


def test_a_closed_cycle_is_not_chosen_by_itself_but_can_be_chosen(county: County, client_of: ClientOf) -> None:
    earlier = open_cycle()
    Cycle.objects.filter(pk=earlier.pk).update(name="去年", year=earlier.year - 1)
    close(county)
    client = client_of(county.section_reviewer)
    page = html(client.get("/filings/"))
    assert f'<option value="{earlier.pk}" selected>' in page
    assert "目标表（已结束）</option>" in page
    assert f'<option value="{county.cycle.pk}" selected>' in html(client.get(f"/filings/?cycle={county.cycle.pk}"))
    assert f"cycle={earlier.pk}" in client_of(county.section_reviewer).get("/review/").headers["Location"]


def test_the_page_of_a_started_table_explains_the_refusal(county: County, client_of: ClientOf) -> None:
    filing = county.filled()
    close(county)
    client = client_of(county.filler)
    assert "可以开始填报" not in words(client.get("/"))
    assert "结束，不再办理" in words(client.get(f"/filings/{filing.pk}/"))
    for page in ("fill/", "fill/pages/", "fill/last-year/", "fill/import/", "fill/form/"):
        assert "结束，不再办理" in words(client.get(f"/filings/{filing.pk}/{page}", follow=True))
    page = words(client.get(f"/filings/{filing.pk}/fill/", follow=True))
    assert "结束，不再办理；确需办理的，请管理员重新开启批次。" in page
    refused = client.post(f"/filings/{filing.pk}/submit/", {"lock": filing.lock})
    assert refused.status_code in (403, 409)
    assert "结束，不再办理" in words(refused)


def test_board_and_review_name_who_closed_the_cycle_and_offer_nothing(county: County, client_of: ClientOf) -> None:
    filing = county.in_review()
    close(county)
    board = words(client_of(county.manager).get(f"/cycles/{county.cycle.pk}/board/?sort=-since"))
    assert "已由manager甲于" in board
    assert "催办" not in board.replace("最近催办", "")
    review = words(client_of(county.supervisor_reviewer).get(f"/filings/{filing.pk}/review/"))
    assert "已由manager甲于" in review
    assert "审核通过" not in review


def test_remarks_are_kept_when_the_cycle_is_closed_before_the_decision(county: County, client_of: ClientOf) -> None:
    filing = county.in_review()
    client = client_of(county.supervisor_reviewer)
    close(county)
    answer = client.post(f"/filings/{filing.pk}/return/", {"lock": filing.lock, "reason": "口径不清。"})
    assert answer.status_code == 403
    assert "请管理员重新开启批次。您写的意见已保存。" in words(answer)
    assert ReviewDraft.objects.get().content["reason"] == "口径不清。"
