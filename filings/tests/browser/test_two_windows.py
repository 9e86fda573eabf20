"""Two people in one filing, and one person in two windows: what differs merges, the same cell asks."""

import pytest
from playwright.sync_api import Browser, expect

from filings import drafts
from filings.choices import Role
from filings.models import Filing
from filings.tests.browser.window import Window, another
from filings.tests.county import County, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TOTAL = "资金总额，万元"


def amount(filing: Filing) -> str:
    return drafts.raw(filing).amounts["TOTAL"]


@pytest.fixture
def theirs(officer: Window, browser: Browser, county: County) -> Window:
    return another(browser, officer, person("other", Role.FILLER, county.department))


def clash(officer: Window, theirs: Window) -> None:
    theirs.cell(TOTAL).fill("110")
    theirs.is_saved()
    officer.cell(TOTAL).fill("120")
    officer.says("有 1 处没有保存，等您决定")
    cell = officer.page.locator("td", has=officer.cell(TOTAL))
    expect(cell).to_contain_text("other甲")
    expect(cell).to_contain_text("已改为「110」，您填的「120」没有保存")
    expect(officer.cell(TOTAL)).to_have_value("120")


def test_the_same_cell_asks_and_mine_is_taken(officer: Window, theirs: Window, filing: Filing) -> None:
    clash(officer, theirs)
    officer.cell("整体绩效目标").fill("别的格照样保存。")
    officer.says("有 1 处没有保存")
    expect(officer.cell(TOTAL)).to_have_value("120")
    assert amount(filing) == "110"
    officer.page.get_by_role("button", name="用我的").click()
    officer.is_saved()
    assert (amount(filing), drafts.raw(filing).goal) == ("120", "别的格照样保存。")


def test_the_same_cell_asks_and_theirs_is_kept(officer: Window, theirs: Window, filing: Filing) -> None:
    clash(officer, theirs)
    officer.page.get_by_role("button", name="用对方的").click()
    expect(officer.cell(TOTAL)).to_have_value("110")
    officer.is_saved()
    assert amount(filing) == "110"
    officer.press("Control+Z")
    expect(officer.cell(TOTAL)).to_have_value("120")


def test_typing_on_does_not_write_over_what_another_has_saved(officer: Window, theirs: Window, filing: Filing) -> None:
    clash(officer, theirs)
    officer.cell(TOTAL).fill("125")
    officer.page.get_by_role("button", name="保存", exact=True).click()
    officer.cell("整体绩效目标").fill("又改了一处。")
    expect(officer.page.locator("#findings")).to_be_visible()
    officer.says("有 1 处没有保存")
    assert amount(filing) == "110"


def test_different_cells_merge_and_each_sees_the_others(officer: Window, theirs: Window, filing: Filing) -> None:
    theirs.page.get_by_role("button", name="质量指标 ＋加一行").click()
    theirs.type("档案完好率")
    theirs.is_saved()
    officer.cell("整体绩效目标").fill("我改目标。")
    officer.is_saved()
    officer.tells("别人刚保存了")
    expect(officer.cell("质量指标第 2 行，三级指标")).to_have_value("档案完好率")
    theirs.cell(TOTAL).fill("101")
    expect(theirs.cell("整体绩效目标")).to_have_value("我改目标。")


def test_a_row_that_another_has_changed_is_not_removed_without_asking(
    officer: Window, theirs: Window, filing: Filing
) -> None:
    theirs.cell("数量指标第 2 行，指标值及单位").fill("≥600卷")
    theirs.is_saved()
    officer.cell("数量指标第 2 行，三级指标").focus()
    officer.press("Alt+Delete")
    officer.says("有 1 处没有保存")
    expect(officer.page.get_by_text("改过这一行，没有删去。")).to_be_visible()
    expect(officer.cell("数量指标第 2 行，指标值及单位")).to_have_value("≥600卷")
    officer.page.get_by_role("button", name="用我的").click()
    officer.is_saved()
    assert "接收档案" not in [row.name for row in drafts.raw(filing).indicators]


def test_a_row_that_another_has_removed_asks_whoever_writes_in_it(
    officer: Window, theirs: Window, filing: Filing
) -> None:
    theirs.cell("数量指标第 2 行，三级指标").focus()
    theirs.press("Alt+Delete")
    theirs.is_saved()
    officer.cell("数量指标第 2 行，三级指标").fill("接收各类档案")
    expect(officer.page.get_by_text("删去了这一行，您填的「接收各类档案」没有保存。")).to_be_visible()
    officer.page.get_by_role("button", name="用我的").click()
    officer.is_saved()
    assert "接收各类档案" in [row.name for row in drafts.raw(filing).indicators]


def test_one_person_in_two_windows_is_told_that_it_was_they(
    officer: Window, browser: Browser, county: County, filing: Filing
) -> None:
    second = another(browser, officer, county.filler)
    second.cell(TOTAL).fill("110")
    second.is_saved()
    officer.cell(TOTAL).fill("120")
    expect(officer.page.get_by_text("您自己（另一个窗口）")).to_be_visible()
