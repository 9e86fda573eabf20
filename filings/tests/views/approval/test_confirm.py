"""批复: the page that sums up what is approved, the queued approval on the filing's pages, and its cancellation."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from filings.choices import Action, ApprovalState, Role, Stage, Status
from filings.formats.pdf import seal
from filings.models import Cycle, Filing, PendingApproval, Remark, Review, ReviewDraft
from filings.tests.county import County, create_user, found_county, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import confirm, html, take, words
from filings.tests.views.review.drafts import page_form
from filings.tests.worker import work


@pytest.fixture
def county(db: None) -> County:
    return found_county((Stage.PERFORMANCE,))


@pytest.fixture
def filing(county: County) -> Filing:
    return county.in_review()


@pytest.fixture
def client(county: County, client_of: ClientOf) -> Client:
    return client_of(county.performance_reviewer)


def pass_with(client: Client, filing: Filing, **typed: Any) -> Any:
    return take(client, filing, "pass", **typed)


def test_the_page_sums_up_what_is_approved(client: Client, filing: Filing) -> None:
    page = words(client.get(f"/filings/{filing.pk}/approve/"))
    assert "批复 县档案馆" in page
    assert "第 1 版 · filler甲" in page
    assert "100.00 万元" in page
    assert "部门职责 1 条" in page
    assert "三级指标 2 条（产出指标 1，效益指标 1）" in page
    assert "等级 不评 优 良 中 差 总体意见 未写" in page
    assert "没有印章图片，定稿 不盖章" in page
    assert "批复后通知：filler甲、head甲。" in page
    assert "点「批复」后 10 秒内可以撤销" in page


@pytest.mark.parametrize(
    "content",
    [{"settled": {"abc": "accepted"}}, {"settled": {"9" * 30: "accepted"}}, {"remarks": {"x": 7}}, [], {"grade": 5}],
)
def test_a_damaged_draft_is_read_as_far_as_possible(
    county: County, client: Client, filing: Filing, content: object
) -> None:
    ReviewDraft.objects.create(
        revision=filing.revisions.get(), by=county.performance_reviewer, content=content, saved_at=timezone.now()
    )
    assert "批复 县档案馆" in words(client.get(f"/filings/{filing.pk}/approve/"))


def test_the_seal_is_shown_small(client: Client, filing: Filing) -> None:
    filing.department.seal.save("seal.png", ContentFile(seal.draw("县档案馆")))
    page = html(client.get(f"/filings/{filing.pk}/approve/"))
    image = re.search(r'src="data:image/png;base64,([^"]+)"', page)
    assert image
    assert len(image[1]) < 60_000
    page = html(client.get(f"/filings/{filing.pk}/approve/"))
    assert "批复并盖章</button>" in page
    assert page.index('class="sealed-preview"') < page.index("批复并盖章</button>")


def test_passing_the_last_stage_leads_to_the_confirmation_with_what_was_typed(client: Client, filing: Filing) -> None:
    typed = {"grade": "good", "reason": "同意批复。", "remark:indicators[i0]": "明年请细化。"}
    assert pass_with(client, filing, **typed)["Location"] == f"/filings/{filing.pk}/approve/"
    answer = client.get(f"/filings/{filing.pk}/approve/")
    assert '<option value="good" selected>良</option>' in html(answer)
    page = words(answer)
    assert "总体意见 同意批复。" in page
    assert "接收档案 明年请细化。" in page
    assert "本次写的意见「明年请细化。」，通过后单位不再修改。" in page
    confirm(client, filing, exception_reason="只作提示。")
    work(ahead=True)
    review = Review.objects.get()
    assert (review.grade, review.reason, review.exception_reason) == ("good", "同意批复。", "只作提示。")
    assert Remark.objects.get().text == "明年请细化。"


def test_confirming_queues_the_approval_and_the_page_shows_how_to_cancel_it(client: Client, filing: Filing) -> None:
    answer = confirm(client, filing)
    assert answer["Location"] == "/review/"
    approval = PendingApproval.objects.get()
    assert Filing.objects.get().status == Status.IN_REVIEW
    page = words(client.get(f"/filings/{filing.pk}/"))
    assert f"批复中：performance_reviewer甲于 {timezone.localtime(approval.queued_at):%H:%M:%S} 批复" in page
    assert re.search(r"\d+ 秒内可以撤销。", page)
    assert client.get(f"/filings/{filing.pk}/approve/")["Location"] == f"/filings/{filing.pk}/"
    work(ahead=True)
    page = words(client.get(f"/filings/{filing.pk}/"))
    assert "批复中" not in page
    assert "已批复" in page


def test_a_cancelled_approval_leads_back_to_the_review(client: Client, filing: Filing) -> None:
    confirm(client, filing)
    approval = PendingApproval.objects.get()
    address = f"/filings/{filing.pk}/approve/{approval.pk}/cancel/"
    assert client.post(address)["Location"] == f"/filings/{filing.pk}/review/"
    work(ahead=True)
    approval.refresh_from_db()
    assert (approval.state, Filing.objects.get().status) == (ApprovalState.CANCELLED, Status.IN_REVIEW)
    assert "已撤销，未盖章" in words(client.get(f"/filings/{filing.pk}/"))


def test_a_late_cancellation_explains_what_can_be_done(client: Client, filing: Filing) -> None:
    confirm(client, filing)
    work(ahead=True)
    answer = client.post(f"/filings/{filing.pk}/approve/{PendingApproval.objects.get().pk}/cancel/", follow=True)
    assert "已经盖章，不能再撤销。需要收回的，请在申报表页办理「撤回批复」" in words(answer)


def test_only_the_approver_and_managers_see_the_button_and_may_cancel(
    county: County, client: Client, client_of: ClientOf, filing: Filing
) -> None:
    second = create_user("second", Role.REVIEWER, county.performance)
    confirm(client, filing)
    address = f"/filings/{filing.pk}/approve/{PendingApproval.objects.get().pk}/cancel/"
    for user, allowed in ((second, False), (county.head, False), (county.manager, True)):
        page = html(client_of(user).get(f"/filings/{filing.pk}/"))
        assert "批复中：" in page
        assert (address in page) == allowed
        assert client_of(user).post(address).status_code == (302 if allowed else 403)


def test_what_the_policy_asks_for_is_demanded_before_it_is_queued(client: Client, filing: Filing) -> None:
    pass_with(client, filing, grade="poor")
    refused = confirm(client, filing)
    assert refused.status_code == 409
    assert "尚有 1 项未办结：等级为「差」。确需通过的，请写明理由。" in words(refused)
    assert confirm(client, filing, exception_reason="县领导批示。").status_code == 302
    assert PendingApproval.objects.get().decision["exception_reason"] == "县领导批示。"


def test_what_the_policy_refuses_has_no_button(client: Client, filing: Filing) -> None:
    cycle = Cycle.objects.get()
    cycle.policy["open_remarks"] = "refuse"
    cycle.save()
    pass_with(client, filing, **{"remark:indicators[i0]": "请细化。"})
    page = html(client.get(f"/filings/{filing.pk}/approve/"))
    assert "按本批次的审核办法不能批复" in page
    assert "批复</button>" not in page
    assert confirm(client, filing, exception_reason="仍要").status_code == 409


def test_the_grade_is_chosen_on_the_page(client: Client, filing: Filing) -> None:
    assert confirm(client, filing, grade="good").status_code == 302
    work(ahead=True)
    assert Review.objects.get().grade == "good"


def test_a_chosen_grade_that_needs_a_reason_is_kept_while_the_page_asks_for_it(client: Client, filing: Filing) -> None:
    refused = confirm(client, filing, grade="poor")
    assert refused.status_code == 409
    assert '<option value="poor" selected>差</option>' in html(refused)
    assert "仍要批复的理由" in words(refused)
    assert confirm(client, filing, grade="poor", exception_reason="县领导批示。").status_code == 302
    assert PendingApproval.objects.get().decision["grade"] == "poor"


def test_a_grade_that_the_policy_refuses_can_be_chosen_again(client: Client, filing: Filing) -> None:
    cycle = Cycle.objects.get()
    cycle.policy["low_grade"] = "refuse"
    cycle.save()
    refused = confirm(client, filing, grade="poor")
    assert "按本批次的审核办法不能批复" in words(refused)
    assert "批复</button>" in html(refused)
    assert confirm(client, filing, grade="good").status_code == 302


def test_a_draft_changed_in_another_window_is_not_approved_unseen(client: Client, filing: Filing) -> None:
    pass_with(client, filing, grade="good")
    page = html(client.get(f"/filings/{filing.pk}/approve/"))
    fields = dict(re.findall(r'name="(lock|seen)" value="([^"]*)"', page))
    pass_with(client, filing, grade="excellent")
    answer = client.post(f"/filings/{filing.pk}/approve/", fields)
    assert answer.status_code == 409
    assert "您的审核意见在另一个窗口改动过" in words(answer)
    assert '<option value="excellent" selected>优</option>' in html(answer)
    assert not PendingApproval.objects.exists()


def test_a_failed_approval_is_explained_on_the_page(client: Client, filing: Filing, county: County) -> None:
    confirm(client, filing)
    PendingApproval.objects.update(state=ApprovalState.FAILED, error="定稿未能生成。")
    assert "的批复未完成。 定稿未能生成。" in words(client.get(f"/filings/{filing.pk}/review/"))


def test_a_withdrawal_is_named_and_what_was_typed_is_stored(county: County, client: Client, filing: Filing) -> None:
    form = page_form(client, filing) | {"remark:goals[0]": "请看。", "exception_reason": "先写的理由。"}
    client.post(f"/filings/{filing.pk}/pass/", form)
    step(Action.WITHDRAW, filing, county.filler)
    answers = [
        client.get(f"/filings/{filing.pk}/approve/"),
        client.post(f"/filings/{filing.pk}/approve/", {"lock": "1", "exception_reason": "先写的理由。另有说明。"}),
    ]
    for answer, typed in zip(answers, ("请看。 先写的理由。", "请看。 先写的理由。另有说明。"), strict=True):
        assert answer.status_code == 404
        assert f"县档案馆的申报表现不由您审核 {county.filler.name}于 " in words(answer)
        assert f"也可以在下面复制。 {typed} 返回待办" in words(answer)


def test_an_incomplete_post_is_refused(client: Client, filing: Filing) -> None:
    assert client.post(f"/filings/{filing.pk}/approve/").status_code == 400
    assert not PendingApproval.objects.exists()


def test_a_filing_at_an_earlier_stage_leads_to_the_review(db: None, client_of: ClientOf) -> None:
    county = found_county()
    filing = county.in_review()
    answer = client_of(county.supervisor_reviewer).get(f"/filings/{filing.pk}/approve/")
    assert answer["Location"] == f"/filings/{filing.pk}/review/"


def test_a_delayed_approval_names_the_worker(client: Client, filing: Filing) -> None:
    confirm(client, filing)
    PendingApproval.objects.update(due_at=timezone.now() - timedelta(minutes=2))
    assert "后台进程可能未运行" in words(client.get(f"/filings/{filing.pk}/"))


def test_the_grade_is_shown_as_the_scores_give_it(
    client: Client, filing: Filing, county: County, client_of: ClientOf
) -> None:
    items = Cycle.objects.get().review_policy().score_sheet.items
    scores = {f"score:{item.key}": str(item.points * 6 / 10) for item in items}
    notes = {f"score-note:{item.key}": "从严。" for item in items}
    pass_with(client, filing, **scores, **notes)
    page = client.get(f"/filings/{filing.pk}/approve/")
    assert "等级 中（按审核表，合计 60 分）" in words(page)
    assert "等级为「中」。" in words(page)
    confirm(client, filing, exception_reason="首年。")
    work(ahead=True)
    assert Review.objects.get().grade == "fair"
    manager_page = html(client_of(county.manager).get(f"/filings/{filing.pk}/"))
    assert f'href="/filings/{filing.pk}/scores/"' in manager_page


def test_incomplete_scores_have_no_button(client: Client, filing: Filing) -> None:
    item = Cycle.objects.get().review_policy().score_sheet.items[0]
    pass_with(client, filing, **{f"score:{item.key}": "1"})
    page = client.get(f"/filings/{filing.pk}/approve/")
    assert "评分尚未完成" in words(page)
    assert "批复</button>" not in html(page)
