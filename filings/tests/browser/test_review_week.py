"""A bureau takes all its departments through review: set-up, filing by script, review by keys, approvals, archive."""

import re
from collections.abc import Callable
from io import StringIO
from math import ceil

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from filings.choices import Action, ApprovalState, OfficeKind, RemarkState, Stage, Status
from filings.lifecycle import issuing
from filings.models import Cycle, Filing, IssuedCopy, Office, PendingApproval, Remark, Review
from filings.tests.browser import large_bureau
from filings.tests.browser.bureau_users import OWN_PASSWORD, KeyboardReviewer, Manager
from filings.tests.browser.large_bureau import (
    APPROVER,
    CODES,
    COUNT,
    LATE,
    NAMES,
    REVIEWER,
    SEALED,
    SECTIONS,
    UNEXPLAINED,
)
from filings.tests.browser.manager_steps import (
    manager_downloads_the_archive,
    manager_imports_the_lists,
    manager_reminds_twelve_and_extends_one,
    manager_sets_up_the_cycle,
    manager_starts_the_cycle,
)
from filings.tests.browser.users import JourneyUser
from filings.tests.county import fixed_bytes, founding_edition
from filings.tests.worker import work

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

NewWindow = Callable[..., Page]
MANAGER = "zhangwei"
REVOCATION = "批复后发现资金总额与预算批复不一致。"
OPINION = "请按《部门职责》补充数量指标。"
EXCEPTION = "该项工作按上级部署推进，同意先通过。"
CODE = "数据有误"


@pytest.fixture
def bureau(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed program: a form edition, the first manager, and the offices."""
    founding_edition()
    monkeypatch.setattr("sys.stdin", StringIO(f"{OWN_PASSWORD}\n"))
    call_command("make_manager", MANAGER, "--name", "张伟", stdout=StringIO())
    Office.objects.create(name="绩效股", kind=OfficeKind.PERFORMANCE)
    Office.objects.bulk_create(Office(name=name, kind=OfficeKind.SECTION) for name in SECTIONS)


def test_all_departments_are_reviewed_in_a_week(
    bureau: None, new_window: NewWindow, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager = Manager(new_window(), live_server.url)
    reviewer = KeyboardReviewer(new_window(), live_server.url)
    approver = KeyboardReviewer(new_window(), live_server.url)
    visitor = JourneyUser(new_window(), live_server.url)

    manager.log_in(MANAGER, OWN_PASSWORD)
    manager_sets_up_the_cycle(manager)
    passwords = manager_imports_the_lists(manager)
    manager_starts_the_cycle(manager)
    cycle = Cycle.objects.get()

    large_bureau.file_tables(cycle, set(CODES) - set(LATE))
    manager_reminds_twelve_and_extends_one(manager, cycle)
    large_bureau.file_tables(cycle, LATE)
    assert in_review(Stage.SECTION) == COUNT

    reviewer.enter_first(REVIEWER, passwords[REVIEWER])
    reviewer_passes_clean_tables_with_two_keys(reviewer)
    reviewer_returns_three_by_keys(reviewer)
    reviewer_returns_seventeen_at_once(reviewer)
    assert Filing.objects.filter(status=Status.RETURNED).count() == 20

    large_bureau.correct_tables(Filing.objects.filter(status=Status.RETURNED).select_related("department", "cycle"))
    reviewer_compares_a_correction_and_accepts_it(reviewer)
    reviewer_accepts_the_other_answers(reviewer)
    reviewer_passes_sixty_at_once(reviewer)
    reviewer_passes_the_others(reviewer)
    assert in_review(Stage.PERFORMANCE) == COUNT

    approver.enter_first(APPROVER, passwords[APPROVER])
    approver_approves_after_a_cancellation(approver)
    # Three copies have been printed; the others would take more than a minute.
    monkeypatch.setattr(issuing, "print_pdf", fixed_bytes)
    approver_approves_the_others(approver)
    assert Filing.objects.filter(status=Status.APPROVED).count() == COUNT

    code = approver_revokes_one(approver)
    visitor_sees_the_revocation(visitor, code)
    manager_downloads_the_archive(manager, cycle)


def in_review(stage: Stage) -> int:
    return Filing.objects.filter(status=Status.IN_REVIEW, stage=stage).count()


def pages(count: int) -> int:
    """Return the number of pages of the queue."""
    return ceil(count / 50)


def reviewer_passes_clean_tables_with_two_keys(reviewer: KeyboardReviewer) -> None:
    reviewer.open_queue()
    reviewer.keys("j", "Enter")
    for code in CODES[:4]:
        reviewer.expect_review_of(NAMES[code])
        reviewer.keys("a", "Enter")
    reviewer.expect_review_of(NAMES[CODES[4]])
    assert in_review(Stage.PERFORMANCE) == 4


def reviewer_returns_three_by_keys(reviewer: KeyboardReviewer) -> None:
    """Return a finding and a row with reason codes, and a whole table with an opinion; the next one opens each time."""
    reviewer.keys("n", "f")
    expect(reviewer.page.locator(".remark-field[open] textarea")).not_to_have_value("")
    reviewer.choose_code("指标不可衡量")
    reviewer.keys("Escape", "r", "Enter")
    reviewer.expect_review_of(NAMES[CODES[5]])
    reviewer.keys("k", "c")
    reviewer.choose_code("标准偏低")
    reviewer.keys("Escape", "r", "Enter")
    reviewer.expect_review_of(NAMES[CODES[6]])
    reviewer.keys("r")
    reviewer.type(OPINION)
    reviewer.tab_to("退回填报单位")
    reviewer.keys("Enter")
    reviewer.expect_review_of(NAMES[CODES[7]])
    codes = Remark.objects.order_by("pk").values_list("code", "finding")
    assert [(code, bool(finding)) for code, finding in codes] == [("measure", True), ("low", False), ("", False)]
    assert "偏低，请参照上年完成情况提高" in Remark.objects.get(code="low").text
    assert Review.objects.get(reason=OPINION).decision == Action.RETURN


def reviewer_returns_seventeen_at_once(reviewer: KeyboardReviewer) -> None:
    reviewer.open_queue()
    reviewer.select_first(17)
    reviewer.bulk("批量退回")
    reviewer.page.get_by_label("原因").select_option(label=CODE)
    reviewer.page.get_by_label("意见").fill("资金来源与批复的预算不一致，请核对。")
    reviewer.page.get_by_role("button", name="确认退回 17 份").press("Enter")
    expect(reviewer.page.get_by_role("heading", name="已退回 17 份")).to_be_visible()
    assert Remark.objects.filter(code="data").count() == 17


def reviewer_compares_a_correction_and_accepts_it(reviewer: KeyboardReviewer) -> None:
    reviewer.open_queue("resubmitted")
    reviewer.keys("j", "Enter")
    reviewer.expect_review_of(NAMES[CODES[4]])
    reviewer.keys("2")
    expect(reviewer.page).to_have_url(re.compile("mode=changes"))
    reviewer.expect_review_of(NAMES[CODES[4]])
    reviewer.keys("n")
    expect(reviewer.page.locator(".official")).to_contain_text(large_bureau.CORRECTED)
    reviewer.accept_answers()
    reviewer.keys("a", "Enter")
    reviewer.expect_review_of(NAMES[CODES[5]])
    remark = Remark.objects.get(filing__department__code=CODES[4])
    assert (remark.state, remark.settled_by_name) == (RemarkState.ACCEPTED, "陈芳")


def reviewer_accepts_the_other_answers(reviewer: KeyboardReviewer) -> None:
    """Go on through the resubmissions, each of which opens after the one before."""
    codes = Filing.objects.filter(round=2, stage=Stage.SECTION).order_by("department__code")
    for code in codes.values_list("department__code", flat=True):
        reviewer.expect_review_of(NAMES[code])
        reviewer.accept_answers()
        reviewer.keys("a", "Enter")
    expect(reviewer.page).to_have_url(re.compile("tab=resubmitted"))


def reviewer_passes_sixty_at_once(reviewer: KeyboardReviewer) -> None:
    """Pass 49 of the first page and 11 of the next: the filing with an unexplained warning is left out and named."""
    before = in_review(Stage.PERFORMANCE)
    left_out = f"{NAMES[UNEXPLAINED[0]]}\t有 1 项提醒须说明而没有说明。"
    assert left_out in reviewer.pass_first_page()
    assert in_review(Stage.PERFORMANCE) == before + 49
    reviewer.open_queue()
    reviewer.select_first(12)
    assert left_out in reviewer.pass_selected()
    assert in_review(Stage.PERFORMANCE) == before + 60


def reviewer_passes_the_others(reviewer: KeyboardReviewer) -> None:
    for _ in range(pages(in_review(Stage.SECTION))):
        reviewer.pass_first_page()
    reviewer.open_queue()
    reviewer.keys("j", "Enter")
    for code in UNEXPLAINED:
        reviewer.expect_review_of(NAMES[code])
        reviewer.pass_with_reason(EXCEPTION)
    expect(reviewer.page.get_by_text("现在没有待您审核的申报表。")).to_be_visible()


def approver_approves_after_a_cancellation(approver: KeyboardReviewer) -> None:
    """Approve three departments, the first one twice; the worker prints and seals three copies."""
    approver.open_queue()
    approver.keys("j", "Enter")
    approver.approve(NAMES[SEALED[0]])
    approver.page.get_by_role("button", name="撤销").press("Enter")
    approver.expect_message("已撤销，未盖章。您写的意见保留在审核页。")
    for code in SEALED:
        approver.approve(NAMES[code])
    assert set(states()) == {ApprovalState.CANCELLED, ApprovalState.WAITING}
    work(ahead=True)
    assert states() == [ApprovalState.CANCELLED, *[ApprovalState.ISSUED] * 3]
    copies = IssuedCopy.objects.filter(filing__department__code__in=SEALED)
    assert [(copy.seal_sha256 != "", issuing.read(copy)[:5]) for copy in copies] == [(True, b"%PDF-")] * 3


def approver_approves_the_others(approver: KeyboardReviewer) -> None:
    for _ in range(pages(in_review(Stage.PERFORMANCE))):
        assert "份通过后即批复" in approver.pass_first_page()
    approver.open_queue()
    approver.keys("j", "Enter")
    for code in UNEXPLAINED:
        approver.expect_review_of(NAMES[code])
        approver.approve_with_reason(EXCEPTION)
    work(ahead=True)


def states() -> list[str]:
    return list(PendingApproval.objects.order_by("pk").values_list("state", flat=True))


def approver_revokes_one(approver: KeyboardReviewer) -> str:
    approver.open_department(NAMES[CODES[0]])
    approver.page.get_by_role("link", name="撤回批复").click()
    approver.page.get_by_label("撤回批复的理由").fill(REVOCATION)
    approver.press("撤回批复")
    copy = IssuedCopy.objects.get(filing__department__code=CODES[0])
    assert (copy.live, copy.revocation_reason) == (False, REVOCATION)
    return copy.code


def visitor_sees_the_revocation(visitor: JourneyUser, code: str) -> None:
    visitor.page.goto(f"{visitor.site}/v/{code}/")
    expect(visitor.page.get_by_role("heading", name="批复已经撤回，定稿不再有效")).to_be_visible()
    expect(visitor.page.locator(".facts")).to_contain_text(REVOCATION)
