"""Suggestions for names while typing: accepted by keys or a click, without affecting the keys of the table."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, expect

from filings.models import Filing
from filings.tests.browser.axe import all_violations
from filings.tests.browser.window import Window
from filings.tests.county import County
from filings.tests.library.seeded import entry

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

NAME = "数量指标第 {} 行，三级指标"
VALUE = "数量指标第 {} 行，指标值及单位"
SATISFACTION = "社会公众或服务对象满意度第 1 行，三级指标"
ITS_VALUE = "社会公众或服务对象满意度第 1 行，指标值及单位"

ON_TOP = """options => options.map((option) => {
  const { left, right, top, bottom } = option.getBoundingClientRect();
  return option.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
})"""
# Distance between the list and its cell.
GAP = """name => {
  const parts = [document.querySelector(".suggestions"), name.closest("td")];
  const [list, cell] = parts.map((part) => part.getBoundingClientRect());
  return Math.min(Math.abs(list.top - cell.bottom), Math.abs(list.bottom - cell.top));
}"""
LAID_OUT = """() => [...document.querySelectorAll(".official td")].map((part) => {
  const { x, y, width, height } = part.getBoundingClientRect();
  return [x, y + scrollY, width, height].map(Math.round);
})"""


@pytest.fixture
def filing(county: County) -> Filing:
    entry("群众满意度", "SAT.SERV", "≥95%", "≥90%")
    entry("群众安全感", "SAT.SERV", "≥98%")
    entry("接收档案进馆", "OUT.QTY", "≥1000卷")
    return county.filled()


def options(officer: Window) -> Locator:
    return officer.page.locator("#suggestions [role=option]")


def typed(officer: Window, label: str, text: str) -> Locator:
    """Replace a name by typing and wait for the suggestions."""
    cell = officer.cell(label)
    cell.focus()
    officer.press("Control+A")
    officer.type(text)
    expect(options(officer).first).to_be_visible()
    return cell


def test_a_suggestion_is_accepted_by_keys_as_one_step(officer: Window, filing: Filing) -> None:
    name, value = typed(officer, SATISFACTION, "qz"), officer.cell(ITS_VALUE)
    expect(options(officer)).to_have_text(["群众安全感≥98%演示编拟", "群众满意度≥95%演示编拟"])
    expect(officer.page.get_by_role("status").filter(has_text="有 2 条可参考，按 ↓ 选用")).to_have_count(1)
    officer.press("ArrowDown", "ArrowDown", "ArrowDown")
    expect(name).to_be_focused()
    expect(name).to_have_attribute("aria-activedescendant", "suggestion-1")
    expect(options(officer).nth(1)).to_have_attribute("aria-selected", "true")
    assert all_violations(officer.page) == []
    officer.press("Enter")
    expect(name).to_be_focused()
    expect(name).to_have_value("群众满意度")
    expect(value).to_have_value("≥95%")
    expect(options(officer)).to_have_count(0)
    officer.press("Control+Z")
    expect(name).to_have_value("qz")
    expect(value).to_have_value("")
    officer.press("Control+Y")
    officer.expect_saved()
    assert filing.indicators.filter(name="群众满意度", target="≥95%").count() == 1


def test_a_click_accepts_and_the_target_stays(officer: Window) -> None:
    laid_out = officer.page.evaluate(LAID_OUT)
    name = typed(officer, NAME.format(2), "接收")
    assert officer.page.evaluate(LAID_OUT) == laid_out
    expect(options(officer).last).to_be_in_viewport(ratio=1)
    options(officer).first.click()
    expect(name).to_have_value("接收档案进馆")
    expect(name).to_be_focused()
    expect(officer.cell(VALUE.format(2))).to_have_value("≥500卷")
    officer.expect_saved()


def test_the_keys_of_the_table_keep_their_work(officer: Window) -> None:
    name = typed(officer, NAME.format(2), "接收")
    officer.press("Escape")
    expect(options(officer)).to_have_count(0)
    expect(name).to_have_value("接收")
    officer.press("Escape")
    expect(name).to_have_value("接收档案")
    for key, label in (("Tab", VALUE.format(2)), ("Enter", "质量指标第 1 行，三级指标"), ("ArrowUp", NAME.format(1))):
        name = typed(officer, NAME.format(2), "接收")
        officer.press(key)
        expect(officer.cell(label)).to_be_focused()
        expect(name).to_have_value("接收")
        expect(options(officer)).to_have_count(0)
    officer.expect_saved()


def test_the_list_stays_at_its_cell_when_the_table_grows_above(officer: Window) -> None:
    name = typed(officer, SATISFACTION, "群众")
    for _time in range(2):
        assert name.evaluate(GAP) <= 1
        officer.page.locator("#at-goals-0-notes").evaluate(
            "notes => notes.closest('td').insertAdjacentHTML('beforeend', '<p>一</p><p>二</p><p>三</p>')"
        )
        officer.page.wait_for_timeout(100)
    assert name.evaluate(GAP) <= 1
    officer.expect_saved()


def test_typing_goes_on_in_the_list_and_the_first_one_leads_back(officer: Window) -> None:
    name = typed(officer, SATISFACTION, "群众")
    officer.press("ArrowDown", "ArrowUp")
    expect(name).not_to_have_attribute("aria-activedescendant", "suggestion-0")
    officer.press("ArrowDown")
    officer.type("满")
    expect(options(officer)).to_have_text(["群众满意度≥95%演示编拟"])
    officer.type("意足")
    expect(options(officer)).to_have_count(0)
    expect(name).to_have_value("群众满意足")
    officer.expect_saved()


def test_on_a_phone_nothing_covers_the_list(officer: Window) -> None:
    officer.page.set_viewport_size({"width": 390, "height": 844})
    officer.cell(SATISFACTION).fill("旧")
    officer.expect_saved()
    # Just above the bar, so that the list does not fit below.
    officer.cell(SATISFACTION).evaluate("cell => scrollBy(0, cell.closest('td').getBoundingClientRect().bottom - 730)")
    typed(officer, SATISFACTION, "群众")
    assert options(officer).evaluate_all(ON_TOP) == [True, True]
    assert officer.page.evaluate("document.documentElement.scrollWidth") == 390
    officer.expect_saved()


def requests_of(officer: Window) -> list[str]:
    """Collect the addresses of requests for suggestions."""
    requested: list[str] = []
    officer.page.on("request", lambda request: requested.append(request.url) if "suggestions/" in request.url else None)
    return requested


def test_a_name_of_spaces_requests_nothing(officer: Window) -> None:
    requested = requests_of(officer)
    officer.cell(SATISFACTION).focus()
    officer.press("Control+A")
    officer.type("  ")
    officer.page.wait_for_timeout(500)
    assert requested == []
    officer.expect_saved()


def test_spaces_around_a_name_are_not_searched_for(officer: Window) -> None:
    requested = requests_of(officer)
    typed(officer, SATISFACTION, " 群众 ")
    searched = [parse_qs(urlsplit(address).query)["q"][0] for address in requested]
    assert searched[-1] in ("群", "群众")
    officer.expect_saved()


def test_a_target_of_spaces_counts_as_blank(officer: Window) -> None:
    officer.cell(ITS_VALUE).fill(" ")
    typed(officer, SATISFACTION, "群众满").press("ArrowDown")
    officer.press("Enter")
    expect(officer.cell(ITS_VALUE)).to_have_value("≥95%")
    officer.expect_saved()


def test_nothing_is_requested_while_an_input_method_composes(officer: Window) -> None:
    requested = requests_of(officer)
    session = officer.page.context.new_cdp_session(officer.page)
    officer.cell(SATISFACTION).focus()
    for text in ("q", "qun", "qun'zh"):
        session.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
        officer.page.wait_for_timeout(300)
    assert requested == []
    session.send("Input.insertText", {"text": "群众"})
    expect(options(officer)).to_have_count(2)
    assert len(requested) == 1
    session.send("Input.imeSetComposition", {"text": "m", "selectionStart": 1, "selectionEnd": 1})
    expect(options(officer)).to_have_count(0)
    session.send("Input.insertText", {"text": "满"})
    officer.expect_saved()
