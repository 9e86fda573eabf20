"""The table on a phone, where each row is a card, and printed by the browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from filings.models import Filing
from filings.tests.browser import states
from filings.tests.browser.window import Window
from filings.tests.county import County, fill
from filings.tests.last_year import with_last_year

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

PHONE: ViewportSize = {"width": 390, "height": 844}
# All that can be pressed but links within a sentence.
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, summary, select, input, textarea')]
  .filter((element) => element.checkVisibility() && !element.matches('.skip-link, [type=hidden]'))
  .filter((element) => getComputedStyle(element).display !== 'inline' ||
    [...element.parentElement.childNodes].every((node) => node === element || node.textContent.trim().length < 2))
  .map((element) => [element, element.getBoundingClientRect()])
  .filter(([, { width, height }]) => width < 24 || height < 24)
  .map(([element]) => `${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 20)}`)"""
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
    assert page.evaluate(SMALL_TARGETS) == []
    page.get_by_role("button", name="质量指标 ＋加一行").click()
    added = page.locator("tr", has=officer.cell("质量指标第 1 行，三级指标"))
    assert [cell.get_attribute("data-label") for cell in added.locator("td").all()] == ["三级指标", "指标值及单位"]
    for field in added.locator("textarea").all():
        box = field.bounding_box()
        assert box is not None
        assert (box["width"] > 280, box["height"] >= 44) == (True, True)


def test_on_a_phone_all_targets_have_24_px(page: Page, live_server: LiveServer, county: County) -> None:
    filing = states.returned(county)
    page.set_viewport_size(PHONE)
    Window(page, live_server.url, filing).enter(county.filler)
    for address in ("", "fill/", "fill/links/", "fill/points/", "attachments/", "submit/"):
        page.goto(f"{live_server.url}/filings/{filing.pk}/{address}")
        assert (address, page.evaluate(SMALL_TARGETS)) == (address, [])


def test_on_a_phone_years_and_links_are_cards(page: Page, live_server: LiveServer, county: County) -> None:
    filing = with_last_year(county)
    fill(filing)
    page.set_viewport_size(PHONE)
    Window(page, live_server.url, filing).enter(county.filler)
    page.goto(f"{live_server.url}/filings/{filing.pk}/years/")
    for section in page.locator("main section").all():
        assert section.evaluate("section => section.scrollWidth - section.clientWidth") == 0
    assert [cell.get_attribute("data-label") for cell in page.locator("tr.total td").all()] == [
        "2025年",
        "2026年",
        "增减",
    ]
    page.goto(f"{live_server.url}/filings/{filing.pk}/fill/links/")
    row = page.locator(".links-table tbody tr").first
    assert all(cell.evaluate("cell => cell.clientWidth") > 250 for cell in row.locator("> *").all())


def test_on_a_phone_the_list_is_sorted_by_a_choice(page: Page, live_server: LiveServer, county: County) -> None:
    county.started()
    county.cycle.filings.create(department=county.supervising)
    Window(page, live_server.url, county.cycle.filings.get(department=county.department)).enter(county.manager)
    page.goto(f"{live_server.url}/filings/")
    order = page.get_by_label("排序")
    expect(order).to_be_hidden()
    page.set_viewport_size(PHONE)
    names = page.locator(".overview td.name")
    for label, first in (("编码，降序", "县档案馆"), ("编码，升序", "县委办公室")):
        order.select_option(label)
        page.get_by_role("button", name="查找").click()
        expect(names.first).to_have_text(first)
    expect(order).to_have_value("code")


def test_on_a_touch_screen_a_row_menu_names_no_keys_and_the_duties_are_a_card(
    new_window: Callable[..., Page], live_server: LiveServer, county: County, filing: Filing
) -> None:
    page = new_window(has_touch=True, is_mobile=True, viewport=PHONE)
    Window(page, live_server.url, filing).open(county.filler)
    page.locator("tr.indicators .row-menu summary").first.tap()
    expect(page.locator(".row-menu[open] .row-step").first).to_be_visible()
    expect(page.locator(".row-menu[open] kbd").first).to_be_hidden()
    borders = page.locator("tr.duties").evaluate_all(
        """rows => rows.map((row) => {
          const [card, text] = [getComputedStyle(row), getComputedStyle(row.lastElementChild)];
          return [card.borderLeftWidth, text.borderBottomWidth];
        })"""
    )
    assert borders == [["1px", "0px"]] * (len(borders) - 1) + [["1px", "1px"]]


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
