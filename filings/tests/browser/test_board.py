"""The board and the page of exports with scripts: counts of the selection, copied texts, progress."""

import pytest
from django.db import transaction
from playwright.sync_api import Dialog, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from filings.choices import ExportKind
from filings.models import EnrolmentEvent
from filings.tests.browser.page_visits import PageVisit
from filings.tests.county import found_county
from filings.tests.worker import work

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visit(page: Page, live_server: LiveServer, settings: Settings) -> PageVisit:
    with transaction.atomic():
        return PageVisit(page, live_server.url, found_county(), settings)


def test_a_selection_is_counted_reminded_and_copied(visit: PageVisit) -> None:
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=visit.site)
    visit.go(f"/cycles/{visit.county.cycle.pk}/board/", "manager")
    page.get_by_label("选中县档案馆").check()
    expect(page.get_by_role("button", name="催办（1）")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_label("选中本页").check()
    page.get_by_role("button", name="催办（3）").click()
    page.get_by_label("内容（各单位通用）").fill("{单位}：请填报")
    page.get_by_role("button", name="发给这 3 个单位").click()
    page.get_by_role("button", name="复制全部").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").splitlines() == [
        "县委办公室：请填报",
        "县档案馆：请填报",
        "县教育局：请填报",
    ]
    assert EnrolmentEvent.objects.count() == 3


def test_the_progress_of_an_export_is_followed(visit: PageVisit) -> None:
    page = visit.page
    visit.go(f"/cycles/{visit.county.cycle.pk}/exports/", "manager")
    page.locator(f"#kind-{ExportKind.AMOUNTS}").check()
    page.get_by_role("button", name="开始导出").click()
    expect(page.get_by_text("等待导出")).to_be_visible()
    work()
    expect(page.get_by_text("已完成，3 个单位")).to_be_visible(timeout=10_000)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载").click()
    assert download.value.suggested_filename.endswith(".xlsx")


def test_a_changed_form_is_not_left_without_a_question(visit: PageVisit) -> None:
    page, asked = visit.page, stays_when_asked(visit.page)
    visit.go(f"/cycles/{visit.county.cycle.pk}/setup/policy/", "manager")
    opinion = page.locator("table.fields textarea").first
    opinion.fill("请写明依据。")
    page.get_by_role("link", name="单位").first.click()
    expect(opinion).to_have_value("请写明依据。")
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="保存").first.click()
    expect(page.get_by_text("已保存").first).to_be_visible()
    assert asked == ["beforeunload"]


def test_what_a_refused_post_has_typed_is_not_left_without_a_question(visit: PageVisit) -> None:
    filing = visit.county.filled()
    page, asked = visit.page, stays_when_asked(visit.page)
    visit.go(f"/filings/{filing.pk}/submit/", "filler")
    page.locator("#id_note").fill("字\U0002a6d6")
    page.get_by_role("button", name="确认提交").click()
    expect(page.get_by_text("无法打印").first).to_be_visible()
    assert asked == []
    # Browsers ask only on pages that have been used.
    page.locator("#id_note").focus()
    page.keyboard.press("End")
    page.get_by_role("link", name="申报表", exact=True).first.click()
    expect(page.locator("#id_note")).to_have_value("字\U0002a6d6")
    assert asked == ["beforeunload"]


def stays_when_asked(page: Page) -> list[str]:
    """Dismiss the questions of the page, and return the list that takes their types."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    return asked
