"""The keys of the review queue: move, select, open, search, help; none of them while typing."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from filings.tests.browser.window import Window
from filings.tests.county import County
from filings.tests.reviewing.queued import signed

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def queue_page(page: Page, county: County, live_server: LiveServer) -> Page:
    """The queue of a reviewer with three filings, in the order of their codes."""
    first, *_others = [signed(county, name) for name in ("甲局", "乙局", "丙局")]
    Window(page, live_server.url, first).enter(county.section_reviewer)
    page.goto(f"{live_server.url}/review/?tab=mine&sort=department")
    expect(page.get_by_role("button", name="快捷键")).to_be_visible()
    return page


def test_keys_move_select_and_open(queue_page: Page) -> None:
    press = queue_page.keyboard.press
    link = queue_page.get_by_role("link", name="甲局", exact=True)
    press("j")
    expect(link).to_be_focused()
    press("j")
    press("j")
    press("j")
    expect(queue_page.get_by_role("link", name="丙局", exact=True)).to_be_focused()
    press("x")
    expect(queue_page.get_by_role("checkbox", name="选择丙局")).to_be_checked()
    expect(queue_page.get_by_role("status")).to_have_text("已选 1 份")
    press("k")
    press("x")
    expect(queue_page.get_by_role("status")).to_have_text("已选 2 份")
    press("x")
    expect(queue_page.get_by_role("checkbox", name="选择乙局")).not_to_be_checked()
    press("k")
    press("Enter")
    expect(queue_page).to_have_url(re.compile(r"/filings/\d+/review/\?queue=tab%3Dmine%26"))


def test_keys_search_and_help_and_not_while_typing(queue_page: Page) -> None:
    press = queue_page.keyboard.press
    press("?")
    dialog = queue_page.get_by_role("dialog", name="快捷键")
    expect(dialog).to_be_visible()
    press("j")
    press("Escape")
    expect(dialog).to_be_hidden()
    press("/")
    search = queue_page.get_by_role("searchbox")
    expect(search).to_be_focused()
    queue_page.keyboard.type("jx?/")
    expect(search).to_have_value("jx?/")
    expect(dialog).to_be_hidden()


def test_all_rows_of_the_page_are_selected_at_once(queue_page: Page) -> None:
    queue_page.get_by_label("全选本页").check()
    expect(queue_page.get_by_role("status")).to_have_text("已选 3 份")
    queue_page.get_by_role("button", name="批量通过").click()
    expect(queue_page.get_by_role("heading", name="可以通过 3 份")).to_be_visible()
