"""An adjustment begun by mistake is cancelled: the copy stays in force, and what was typed can be restored."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from filings.tests.browser import states
from filings.tests.browser.window import Window
from filings.tests.county import County

pytestmark = [pytest.mark.browser, pytest.mark.once]
GOAL = "整体绩效目标"


def test_an_adjustment_is_begun_cancelled_and_begun_again(page: Page, live_server: LiveServer, county: County) -> None:
    window = Window(page, live_server.url, states.approved(county))
    window.enter(county.filler)
    begin(window)
    page.get_by_role("link", name="继续填报").click()
    window.wait_until_ready()
    former = window.cell(GOAL).input_value()
    window.cell(GOAL).fill("错改的目标。")
    window.expect_saved()

    page.get_by_role("link", name="取消调整").click()
    expect(page.get_by_role("main")).to_contain_text("已作调整1 行")
    page.get_by_role("button", name="确认取消调整").click()
    expect(page.get_by_role("status")).to_contain_text("已取消调整，原定稿继续有效。")
    expect(page.locator(".state").first).to_have_text("已批复")
    expect(page.get_by_role("table").first).to_contain_text(former)
    page.get_by_role("link", name=window.filing.issued_copies.get().code[:4]).click()
    expect(page.get_by_role("main")).to_contain_text("现行有效")

    begin(window)
    page.goto(f"{window.site}/filings/{window.filing.pk}/fill/points/")
    page.get_by_role("row", name="取消调整前").get_by_role("link", name="查看").click()
    page.get_by_role("button", name="恢复").click()
    window.wait_until_ready()
    expect(window.cell(GOAL)).to_have_value("错改的目标。")


def begin(window: Window) -> None:
    window.page.goto(f"{window.site}/filings/{window.filing.pk}/")
    window.page.get_by_label("调整理由（须写明）").fill("预算调整。")
    window.page.get_by_role("button", name="申请调整").click()
    expect(window.page.get_by_role("status")).to_contain_text("已开始调整")
