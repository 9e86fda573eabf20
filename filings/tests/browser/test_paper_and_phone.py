"""The table on a phone, where each row is a card, and printed by the browser."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from filings.models import Filing
from filings.tests.browser import states
from filings.tests.browser.window import Window
from filings.tests.county import County

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

PHONE: ViewportSize = {"width": 390, "height": 844}
SMALL_TARGETS = """selector => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility())
  .map((element) => [element.className, element.getBoundingClientRect()])
  .filter(([, { width, height }]) => width < 24 || height < 24).map(([name]) => name)"""
NARROW_CELLS = """() => [...document.querySelectorAll('.official :is(td, th)')].filter((cell) => cell.checkVisibility())
  .filter((cell) => cell.getBoundingClientRect().width < 300).map((cell) => cell.className)"""
OVERLAPS = """() => [...document.querySelectorAll('.official .cell:not(select)')].flatMap((field) => {
  const text = field.getBoundingClientRect();
  const inside = parseFloat(getComputedStyle(field).paddingRight);
  return [...field.closest('td, p').querySelectorAll('.mark, .row-menu summary, .add-row')]
    .filter((button) => button.checkVisibility()).map((button) => button.getBoundingClientRect())
    .filter((box) => box.left + 4 < text.right - inside && box.right > text.left)
    .filter((box) => box.top < text.bottom && box.bottom > text.top)
    .map(() => field.id);
})"""


@pytest.fixture
def filing(county: County) -> Filing:
    """A draft with errors and warnings."""
    return states.faulty(county)


def test_on_a_phone_a_row_is_a_card_with_the_heads_of_its_columns(officer: Window) -> None:
    page = officer.page
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate(NARROW_CELLS) == []
    assert page.evaluate(SMALL_TARGETS, "main :is(button, summary, .mark, .carried)") == []
    page.get_by_role("button", name="质量指标 ＋加一行").click()
    added = page.locator("tr", has=officer.cell("质量指标第 1 行，三级指标"))
    assert [cell.get_attribute("data-label") for cell in added.locator("td").all()] == ["三级指标", "指标值及单位"]
    for field in added.locator("textarea").all():
        box = field.bounding_box()
        assert box is not None
        assert (box["width"] > 280, box["height"] >= 44) == (True, True)


def test_on_a_phone_the_bar_links_to_the_findings_with_their_numbers(officer: Window) -> None:
    page = officer.page
    link = page.get_by_role("link", name="核对结果")
    expect(link).to_be_hidden()
    page.set_viewport_size(PHONE)
    expect(link).to_contain_text("提醒 1")
    officer.cell("基本支出，万元").fill("200")
    expect(link).to_contain_text("须改正 1 · 提醒 1")
    officer.cell("基本支出，万元").fill("100")
    officer.expect_saved()
    expect(link).not_to_contain_text("须改正")
    link.click()
    heading = page.get_by_role("heading", name="核对结果")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    bars = page.evaluate(
        "() => ['.fill-status', '.fill-steps'].map((bar) => document.querySelector(bar).getBoundingClientRect())"
    )
    assert bars[0]["bottom"] == bars[1]["bottom"] == PHONE["height"]


@pytest.mark.parametrize("width", [390, 1366])
def test_marks_and_buttons_overlap_no_text(officer: Window, width: int) -> None:
    officer.page.set_viewport_size({"width": width, "height": 844})
    officer.page.goto(f"{officer.site}/filings/{officer.filing.pk}/fill/?checked=1")
    assert officer.page.locator(".mark").count() >= 2
    assert officer.page.evaluate(OVERLAPS) == []


def test_on_a_phone_the_table_of_a_reading_page_is_as_wide_as_the_page(
    page: Page, live_server: LiveServer, county: County, filing: Filing
) -> None:
    page.set_viewport_size(PHONE)
    Window(page, live_server.url, filing).enter(county.filler)
    page.goto(f"{live_server.url}/filings/{filing.pk}/")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate(NARROW_CELLS) == []


@pytest.mark.parametrize("address", ["", "fill/"])
def test_the_table_alone_is_printed(
    page: Page, live_server: LiveServer, county: County, filing: Filing, address: str
) -> None:
    Window(page, live_server.url, filing).enter(county.filler)
    page.goto(f"{live_server.url}/filings/{filing.pk}/{address}")
    expect(page.locator(".mark").first).to_be_visible()
    page.emulate_media(media="print")
    visible = page.locator("body *:not(html, body, main)").evaluate_all(
        """elements => elements.filter((element) => element.checkVisibility() && !element.matches('script, option'))
          .filter((element) => !element.closest('.paper') && !element.querySelector('.paper')).length"""
    )
    assert visible == 0
    expect(page.locator(".official")).to_be_visible()
    for hidden in (".mark", ".cell-note", ".row-menu", ".add-row", ".funding"):
        assert page.locator(f"{hidden}:visible").count() == 0
    name = page.locator("td.name").filter(visible=True).first.locator(".cell, .underlined")
    if name.count():
        assert name.first.evaluate("element => getComputedStyle(element).textDecorationLine") == "none"


def test_a_page_without_the_table_is_printed_whole(officer: Window) -> None:
    page = officer.page
    page.goto(f"{officer.site}/filings/{officer.filing.pk}/submit/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="表中内容")).to_be_visible()
    expect(page.get_by_text("部门职责").first).to_be_visible()
