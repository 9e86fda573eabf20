"""The review page by keys: its draft survives leaving, an expired login and another window; decisions open the next."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from filings.choices import Action, ApprovalState, Role, Stage, Status
from filings.lifecycle import workflow
from filings.models import Department, Enrolment, Filing, PendingApproval, Review, ReviewDraft
from filings.tests.browser.commits import waiting_for
from filings.tests.browser.window import Window
from filings.tests.county import County, add_membership, answer_remarks, fill, found_county, step

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

PASSWORD = "zhang-san-feng-42"
REMARK = "对「接收档案」的意见"


class ReviewWindow(Window):
    """The review page of one reviewer."""

    def review(self, filing: Filing, query: str = "") -> None:
        self.page.goto(f"{self.site}/filings/{filing.pk}/review/{query}")
        self.wait_until_ready()

    def choose(self, text: str) -> None:
        """Click the cell with this text."""
        self.page.locator("#sheet td", has_text=text).first.click(position={"x": 4, "y": 4})

    def expect_heading(self, name: str) -> None:
        expect(self.page.locator(".review-bar h1")).to_have_text(name)


@pytest.fixture
def county(transactional_db: None) -> County:
    return found_county((Stage.SECTION, Stage.PERFORMANCE))


@pytest.fixture
def filing(county: County) -> Filing:
    return county.in_review()


@pytest.fixture
def reviewer(page: Page, live_server: LiveServer, county: County, filing: Filing) -> ReviewWindow:
    window = ReviewWindow(page, live_server.url, filing)
    window.enter(county.section_reviewer)
    window.review(filing)
    return window


def another_filing(county: County, code: str, target: str = "≥500卷") -> Filing:
    department = Department.objects.create(code=code, name=f"单位{code}", section=county.section)
    Enrolment.objects.create(cycle=county.cycle, department=department)
    for user, role in ((county.filler, Role.FILLER), (county.head, Role.HEAD)):
        add_membership(user, role, department)
    filing = workflow.start(county.cycle, department, by=county.filler)
    fill(filing)
    filing.indicators.filter(key="i0").update(target=target)
    return step(Action.SIGN, step(Action.SUBMIT, filing, county.filler), county.head)


def test_two_keys_pass_a_clean_filing_and_the_next_one_opens(reviewer: ReviewWindow, county: County) -> None:
    another_filing(county, "301")
    reviewer.review(reviewer.filing, "?queue=tab%3Dmine%26sort%3Ddepartment")
    reviewer.press("a", "Enter")
    reviewer.expect_heading("单位301")
    expect(reviewer.page.get_by_role("status").filter(has_text="县档案馆：已审核通过。")).to_be_visible()
    assert Filing.objects.get(pk=reviewer.filing.pk).stage == Stage.PERFORMANCE
    reviewer.wait_until_ready()
    reviewer.press("a", "a")
    expect(reviewer.page).to_have_url(f"{reviewer.site}/review/?tab=mine&sort=department")
    assert set(Filing.objects.values_list("stage", flat=True)) == {Stage.PERFORMANCE}


def test_a_remark_is_written_and_returned_by_keys(reviewer: ReviewWindow) -> None:
    reviewer.choose("接收档案")
    reviewer.press("c")
    expect(reviewer.page.get_by_label(REMARK)).to_be_focused()
    reviewer.type("n 和 a 在这里是文字。")
    reviewer.press("Escape", "r")
    dialog = reviewer.page.get_by_role("dialog")
    expect(dialog).to_contain_text("n 和 a 在这里是文字。")
    expect(dialog).to_contain_text("退回后单位可以修改：「接收档案」")
    reviewer.press("Enter")
    expect(reviewer.page).to_have_url(re.compile(f"^{reviewer.site}/review/"))
    assert Review.objects.get().remarks.get().text == "n 和 a 在这里是文字。"
    assert not ReviewDraft.objects.exists()


def test_findings_are_visited_and_become_remarks(reviewer: ReviewWindow, county: County) -> None:
    filing = another_filing(county, "301", target="若干")
    reviewer.review(filing)
    reviewer.press("n")
    mark = reviewer.page.locator("a.mark:focus")
    expect(mark).to_have_count(1)
    current = reviewer.page.locator("#panel .stop.current")
    expect(current).to_be_visible()
    finding, message, place = (current.get_attribute(f"data-{name}") for name in ("finding", "message", "place"))
    reviewer.press("f")
    field = reviewer.page.locator(".remark-field[open] textarea")
    expect(field).to_be_focused()
    expect(field).to_have_value(str(message))
    reviewer.expect_saved()
    assert ReviewDraft.objects.get().content["remarks"][place]["finding"] == finding


def test_a_remark_on_the_first_row_of_a_class_is_about_that_row(reviewer: ReviewWindow, county: County) -> None:
    reviewer.review(another_filing(county, "302", target="500卷"))
    reviewer.page.locator("#panel .stop[data-place='indicators[i0]'] a").first.click()
    reviewer.press("c")
    expect(reviewer.page.locator(":focus")).to_have_attribute("name", "remark:indicators[i0]")


def test_a_reason_code_fills_in_the_rows_name_and_value(reviewer: ReviewWindow) -> None:
    reviewer.choose("接收档案")
    reviewer.press("c")
    reviewer.page.locator(".remark-field[open] select").select_option("measure")
    expect(reviewer.page.get_by_label(REMARK)).to_have_value(
        "「接收档案」的指标值是「≥500卷」，无法考核，请改为可以计量的数值。"
    )
    reviewer.page.get_by_role("button", name="完成").click()
    expect(reviewer.page.get_by_label(REMARK)).to_be_hidden()
    expect(reviewer.page.locator("#remark-count")).to_have_text("1")


def test_a_remark_on_the_whole_table_reopens_all_of_it(reviewer: ReviewWindow) -> None:
    reviewer.page.locator(".whole-table summary").click()
    reviewer.page.get_by_label("对「全表」的意见").fill("请按新的口径重填。")
    reviewer.press("Escape", "r")
    expect(reviewer.page.get_by_role("dialog")).to_contain_text("退回后整张表都可以修改。")
    reviewer.press("Enter")
    expect(reviewer.page).to_have_url(re.compile(f"^{reviewer.site}/review/"))
    assert list(Review.objects.get().remarks.values_list("place", "text")) == [("table", "请按新的口径重填。")]


def test_the_items_without_points_take_the_proposed_ones(reviewer: ReviewWindow) -> None:
    reviewer.page.get_by_role("tab", name="审核表").click()
    first = reviewer.page.locator(".score-points").first
    first.fill("3")
    reviewer.page.get_by_role("button", name="全部按建议填写").click()
    reviewer.expect_saved()
    scores = ReviewDraft.objects.get().content["scores"]
    points = [scores[item.key]["points"] for item in reviewer.filing.cycle.review_policy().score_sheet.items]
    assert points == ["3", "10", "15", "15", "15", "15", "10", "10"]


def test_a_claim_made_meanwhile_is_shown(reviewer: ReviewWindow) -> None:
    present = {"others": [], "reviewer": "吴涛", "lock": reviewer.filing.lock}
    reviewer.page.route("**/review/open/", lambda route: route.fulfill(json=present))
    reviewer.review(reviewer.filing)
    expect(reviewer.page.locator("#open-elsewhere")).to_have_text("吴涛 刚认领了这份申报表，请刷新页面后再办。")


def test_the_keys_1_to_4_change_what_is_shown(reviewer: ReviewWindow) -> None:
    reviewer.press("4")
    expect(reviewer.page).to_have_url(f"{reviewer.site}/filings/{reviewer.filing.pk}/review/?mode=marked")
    reviewer.wait_until_ready()
    reviewer.press("1")
    expect(reviewer.page).to_have_url(f"{reviewer.site}/filings/{reviewer.filing.pk}/review/?mode=now")


def test_a_draft_survives_leaving_the_page(reviewer: ReviewWindow) -> None:
    reviewer.choose("接收档案")
    reviewer.press("c")
    with waiting_for(ReviewDraft):
        reviewer.type("离开前写的。")
        reviewer.page.goto(f"{reviewer.site}/")
    reviewer.review(reviewer.filing)
    expect(reviewer.page.locator(".remark-field summary", has_text="离开前写的。")).to_be_visible()
    expect(reviewer.page.locator("#remark-count")).to_have_text("1")


def test_an_expired_login_is_renewed_in_place_and_the_save_goes_on(reviewer: ReviewWindow, county: County) -> None:
    county.section_reviewer.set_password(PASSWORD)
    county.section_reviewer.save()
    Session.objects.all().delete()
    reviewer.choose("接收档案")
    reviewer.press("c")
    reviewer.type("口径不清。")
    dialog = reviewer.page.get_by_role("dialog")
    dialog.get_by_label("section_reviewer甲 的密码").fill(PASSWORD)
    dialog.get_by_role("button", name="登录并继续保存").click()
    reviewer.expect_saved()
    assert ReviewDraft.objects.get().content["remarks"]["indicators[i0]"]["text"] == "口径不清。"


def test_two_windows_of_a_reviewer_are_merged(reviewer: ReviewWindow, browser: Browser, county: County) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
    second = ReviewWindow(context.new_page(), reviewer.site, reviewer.filing)
    second.enter(county.section_reviewer)
    second.review(reviewer.filing)
    for window, row, text in ((second, "查阅人次", "第二个窗口写的。"), (reviewer, "接收档案", "第一个窗口写的。")):
        window.choose(row)
        window.press("c")
        window.type(text)
        window.expect_saved()
    reviewer.expect_toast("您在另一个窗口")
    expect(reviewer.page.locator("#remark-count")).to_have_text("2")
    texts = {place: remark["text"] for place, remark in ReviewDraft.objects.get().content["remarks"].items()}
    assert texts == {"indicators[i0]": "第一个窗口写的。", "indicators[i1]": "第二个窗口写的。"}


def test_texts_of_two_windows_on_one_row_are_both_kept(
    reviewer: ReviewWindow, browser: Browser, county: County
) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
    second = ReviewWindow(context.new_page(), reviewer.site, reviewer.filing)
    second.enter(county.section_reviewer)
    second.review(reviewer.filing)
    second.choose("接收档案")
    second.press("c")
    second.type("第二个窗口写的。")
    second.expect_saved()
    reviewer.choose("接收档案")
    reviewer.press("c")
    reviewer.type("第一个窗口")
    reviewer.expect_toast("两边都改过的文字一并保留")
    reviewer.type("写的。")
    reviewer.expect_saved()
    (remark,) = ReviewDraft.objects.get().content["remarks"].values()
    assert remark["text"] == "第一个窗口写的。\n第二个窗口写的。"


def test_after_a_withdrawal_nothing_typed_is_lost(reviewer: ReviewWindow, county: County) -> None:
    reviewer.choose("接收档案")
    reviewer.press("c")
    step(Action.WITHDRAW, reviewer.filing, county.filler)
    reviewer.type("写了一半")
    reviewer.expect_toast("撤回修改这份申报表")
    reviewer.expect_saved()
    reviewer.type("，又写一半。")
    reviewer.press("Escape", "r", "Enter")
    expect(reviewer.page.get_by_role("heading", name="县档案馆的申报表现不由您审核")).to_be_visible()
    expect(reviewer.page.get_by_text("写了一半，又写一半。")).to_be_visible()
    assert Filing.objects.get().status == Status.DRAFT


def test_a_resubmission_opens_on_the_answers_and_a_key_accepts_them(reviewer: ReviewWindow, county: County) -> None:
    filing = step(Action.RETURN, reviewer.filing, county.section_reviewer, remarks=(("goals[0]", "太笼统。"),))
    step(Action.SIGN, step(Action.SUBMIT, answer_remarks(filing, county.filler), county.filler), county.head)
    reviewer.review(filing)
    tab = reviewer.page.get_by_role("tab", name="意见")
    expect(tab).to_have_attribute("aria-selected", "true")
    expect(tab).to_contain_text("待认定 1")
    expect(reviewer.page.get_by_text("单位答复", exact=True)).to_be_visible()
    reviewer.press("y")
    reviewer.expect_toast("请先按 n 选中一条单位已答复")
    reviewer.press("r")
    dialog = reviewer.page.get_by_role("dialog")
    expect(dialog).to_contain_text("单位已答复的意见还有 1 条尚未认定。")
    dialog.get_by_role("link", name="整体绩效目标").click()
    expect(dialog).to_be_hidden()
    reviewer.press("y")
    expect(tab.get_by_text("待认定")).to_be_hidden()
    reviewer.expect_saved()
    assert list(ReviewDraft.objects.get().content["settled"].values()) == ["accepted"]
    reviewer.press("r")
    expect(dialog.get_by_text("尚未认定")).to_be_hidden()


def test_the_last_approval_is_confirmed_by_keys_and_cancelled_from_the_next_page(
    reviewer: ReviewWindow, county: County
) -> None:
    step(Action.APPROVE_STAGE, reviewer.filing, county.section_reviewer)
    reviewer.enter(county.performance_reviewer)
    reviewer.review(reviewer.filing)
    reviewer.press("a")
    expect(reviewer.page.locator(".approval-decide button")).to_be_focused()
    reviewer.press("Enter")
    reviewer.page.get_by_role("button", name="撤销批复").click()
    expect(reviewer.page.get_by_text("已撤销，未盖章。")).to_be_visible()
    assert PendingApproval.objects.get().state == ApprovalState.CANCELLED
