"""Findings at cells: marks that enlarge no row, and notes that open over the table."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from filings import drafts
from filings.models import Filing
from filings.tests.browser.window import Window
from filings.tests.county import County, submit_unexplained
from filings.tests.drafting import import_document
from filings.tests.founding import founding_document

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

NAME, VALUE = "数量指标第 1 行，三级指标", "数量指标第 1 行，指标值及单位"
HEIGHTS = "() => [...document.querySelectorAll('.official tr')].map((row) => row.getBoundingClientRect().height)"
BOXES = """() => [...document.querySelectorAll('.official :is(td, th)')].map((cell) => {
  const { x, y, width, height } = cell.getBoundingClientRect();
  return [x, y + scrollY, width, height];
})"""
WITHOUT_FINDINGS = """() => {
  for (const part of document.querySelectorAll('.official :is(.marks, .cell-note)')) part.remove();
  for (const field of document.querySelectorAll('.cell')) {
    field.removeAttribute('data-severity');
    field.removeAttribute('data-crowded');
  }
}"""
# The fields of other cells that the open note covers, and the sums.
COVERED = """() => {
  const note = document.querySelector('.cell-note[data-open]').getBoundingClientRect();
  return [...document.querySelectorAll('.official .cell, p.header .cell, #sums')].filter((field) => {
    const box = field.getBoundingClientRect();
    const isCovered = note.left < box.right && box.left < note.right && note.top < box.bottom && box.top < note.bottom;
    return isCovered && field.checkVisibility();
  }).map((field) => field.id);
}"""
TOTAL, GENERAL = "资金总额，万元", "一般公共预算，万元"
# The most that findings may add to a row: one line of text.
MOST_GROWTH = 24


@pytest.fixture
def filing(county: County) -> Filing:
    """The founding table as a draft; its second value, 予以保障, is a warning."""
    filing = county.started()
    import_document(filing, county, founding_document())
    return filing


@pytest.fixture
def vague(officer: Window) -> Window:
    """The page with the warning in view and the focus outside the table."""
    officer.page.locator("tr.indicators .mark.warning").first.scroll_into_view_if_needed()
    return officer


def opened(page: Page) -> list[str]:
    """Return the ids of the notes that are visible."""
    ids: list[str] = page.locator(".cell-note").evaluate_all(
        "boxes => boxes.filter((box) => box.checkVisibility()).map((box) => box.id)"
    )
    return ids


def has_warning(window: Window) -> str:
    """Return the label of the first field of an indicator with a warning."""
    label = window.page.locator("tr.indicators .cell[data-severity=warning]").first.get_attribute("aria-label")
    return str(label)


def test_findings_enlarge_no_row_by_more_than_a_line(officer: Window) -> None:
    page = officer.page
    assert page.locator("tr.indicators .mark").count() >= 4
    with_findings = page.evaluate(HEIGHTS)
    page.evaluate(WITHOUT_FINDINGS)
    growth = [high - low for high, low in zip(with_findings, page.evaluate(HEIGHTS), strict=True)]
    assert max(growth) <= MOST_GROWTH


def test_the_note_of_the_field_with_the_focus_pushes_and_covers_nothing(vague: Window) -> None:
    page = vague.page
    before = page.evaluate(BOXES)
    field = vague.cell(has_warning(vague))
    field.focus()
    note = page.locator(".cell-note[data-open]")
    expect(note).to_contain_text("提醒")
    assert page.evaluate(BOXES) == before
    assert page.evaluate(COVERED) == []
    vague.cell("整体绩效目标").focus()
    assert opened(page) == []


def test_the_notes_of_an_amount_cover_no_other_cell_and_begin_with_the_errors(officer: Window) -> None:
    for label in (TOTAL, GENERAL):
        officer.cell(label).fill("5501300")
    officer.expect_saved()
    officer.cell(TOTAL).focus()
    note = officer.page.locator(".cell-note[data-open]")
    expect(note.get_by_role("button")).to_be_visible()
    kinds = [text[:2] for text in note.locator(".notes .note").all_inner_texts()]
    assert kinds == sorted(kinds, key=["须改", "提醒", "建议"].index)
    assert kinds[0] == "须改"
    assert officer.page.evaluate(COVERED) == []
    officer.cell(GENERAL).click()
    expect(officer.cell(GENERAL)).to_be_focused()


def test_on_a_phone_a_note_is_inside_its_card(vague: Window) -> None:
    page = vague.page
    page.evaluate("() => { document.documentElement.style.scrollBehavior = 'auto'; }")
    page.set_viewport_size({"width": 390, "height": 844})
    label = has_warning(vague)
    vague.cell(label).focus()
    note = page.locator(".cell-note[data-open]")
    expect(note).to_contain_text("提醒")
    assert page.evaluate(COVERED) == []
    assert page.locator("tr", has=vague.cell(label)).locator(".cell-note[data-open]").count() == 1
    # The next field stays where it was pressed, although the note above it closes.
    following = page.locator("tr.indicators:has(.cell-note[data-open]) + tr .name textarea")
    top = following.evaluate(
        "field => { field.scrollIntoView({ block: 'center' }); return field.getBoundingClientRect().top; }"
    )
    name = following.get_attribute("aria-label")
    following.click()
    assert (opened(page), vague.cell(str(name)).evaluate("field => Math.round(field.getBoundingClientRect().top)")) == (
        [],
        round(top),
    )


def test_the_quick_fix_of_a_note_is_reached_and_pressed_by_keyboard(officer: Window, filing: Filing) -> None:
    officer.cell(NAME).fill("查阅满足率")
    officer.cell(VALUE).fill("≥100%")
    officer.expect_saved()
    expect(officer.page.locator(".cell-note[data-open]")).to_contain_text("改为 =100%")
    officer.press("Tab")
    expect(officer.page.locator(".cell-note[data-open] .quick-fix")).to_be_focused()
    officer.press("Enter")
    expect(officer.cell(VALUE)).to_have_value("=100%")
    expect(officer.cell(VALUE)).to_be_focused()
    officer.expect_saved()
    assert drafts.raw(filing).indicators[0].target == "=100%"


def test_escape_closes_the_note_before_it_restores_the_text(vague: Window) -> None:
    field = vague.cell(has_warning(vague))
    stored = field.input_value()
    field.focus()
    vague.press("End")
    vague.type("一")
    vague.press("Escape")
    assert opened(vague.page) == []
    expect(field).to_have_value(f"{stored}一")
    vague.press("Escape")
    expect(field).to_have_value(stored)
    vague.cell("整体绩效目标").focus()
    field.focus()
    assert len(opened(vague.page)) == 1


def test_a_mark_shows_its_note_while_the_pointer_is_at_it_or_in_the_note(vague: Window) -> None:
    page = vague.page
    mark = page.locator("tr.indicators .mark.warning").first
    mark.hover()
    note = page.locator(".cell-note[data-open]")
    expect(note).to_be_visible()
    note.hover()
    expect(note).to_be_visible()
    page.locator("#sums-title").hover()
    expect(note).to_have_count(0)


def test_a_tap_on_a_mark_opens_its_note_and_no_keyboard(
    new_window: Callable[..., Page], live_server: LiveServer, county: County, filing: Filing
) -> None:
    page = new_window(has_touch=True, viewport={"width": 390, "height": 844})
    Window(page, live_server.url, filing).open(county.filler)
    page.locator("tr.indicators .mark.warning").first.tap()
    note = page.locator(".cell-note[data-open]")
    expect(note).to_be_visible()
    expect(page.locator(".cell:focus")).to_have_count(0)
    box = note.bounding_box()
    assert box is not None
    assert 0 <= box["x"] <= box["x"] + box["width"] <= 390
    page.locator(".paper .title").tap()
    expect(note).to_have_count(0)


def test_marks_of_the_signing_page_open_by_keyboard_and_link_without_scripts(
    browser: Browser, page: Page, live_server: LiveServer, county: County, filing: Filing
) -> None:
    submit_unexplained(filing, county.filler)
    window = Window(page, live_server.url, filing)
    window.enter(county.head)
    address = f"{live_server.url}/filings/{filing.pk}/signing/"
    page.goto(address)
    mark = page.locator(".official .mark.warning").first
    mark.focus()
    expect(page.locator(".cell-note[data-open]")).to_contain_text("提醒")
    window.press("Escape")
    assert opened(page) == []

    plain = browser.new_context(java_script_enabled=False).new_page()
    Window(plain, live_server.url, filing).enter(county.head)
    plain.goto(address)
    plain.screenshot()
    plain.locator(".official .mark.warning").first.click()
    expect(plain.locator("aside li:target")).to_contain_text("提醒")
