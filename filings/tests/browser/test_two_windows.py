"""Two users, or one user with two windows, in one filing: different cells merge, the same cell is a conflict."""

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from filings import drafts
from filings.choices import Role
from filings.cycles import closing
from filings.models import Filing
from filings.tests.browser.window import Window, another
from filings.tests.county import County, create_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TOTAL = "资金总额，万元"


def amount(filing: Filing) -> str:
    return drafts.raw(filing).amounts["TOTAL"]


@pytest.fixture
def theirs(officer: Window, browser: Browser, county: County) -> Window:
    return another(browser, officer, create_user("other", Role.FILLER, county.department))


def clash(officer: Window, theirs: Window) -> None:
    theirs.cell(TOTAL).fill("110")
    theirs.expect_saved()
    officer.cell(TOTAL).fill("120")
    officer.expect_status("有 1 处未保存，待您选择")
    cell = officer.page.locator("td", has=officer.cell(TOTAL))
    expect(cell).to_contain_text("other甲")
    expect(cell).to_contain_text("已改为「110」，您填的「120」未保存")
    expect(officer.cell(TOTAL)).to_have_value("120")


def test_the_same_cell_conflicts_and_mine_is_kept(officer: Window, theirs: Window, filing: Filing) -> None:
    clash(officer, theirs)
    officer.cell("整体绩效目标").fill("别的格照样保存。")
    officer.expect_status("有 1 处未保存")
    expect(officer.cell(TOTAL)).to_have_value("120")
    assert amount(filing) == "110"
    officer.page.get_by_role("button", name="采用本人填写").click()
    officer.expect_saved()
    assert (amount(filing), drafts.raw(filing).goal) == ("120", "别的格照样保存。")


def test_the_same_cell_conflicts_and_theirs_is_kept(officer: Window, theirs: Window, filing: Filing) -> None:
    clash(officer, theirs)
    officer.page.get_by_role("button", name="采用对方填写").click()
    expect(officer.cell(TOTAL)).to_have_value("110")
    officer.expect_saved()
    assert amount(filing) == "110"
    officer.press("Control+Z")
    expect(officer.cell(TOTAL)).to_have_value("120")


def test_further_typing_does_not_overwrite_another_user(officer: Window, theirs: Window, filing: Filing) -> None:
    clash(officer, theirs)
    officer.cell(TOTAL).fill("125")
    officer.page.get_by_role("button", name="保存", exact=True).click()
    officer.cell("整体绩效目标").fill("又改了一处。")
    expect(officer.page.locator("#findings")).to_be_visible()
    officer.expect_status("有 1 处未保存")
    assert amount(filing) == "110"


def test_different_cells_merge_and_each_sees_the_others(officer: Window, theirs: Window, filing: Filing) -> None:
    theirs.page.get_by_role("button", name="质量指标 ＋加一行").click()
    theirs.type("档案完好率")
    theirs.expect_saved()
    officer.cell("整体绩效目标").fill("我改目标。")
    officer.expect_saved()
    officer.expect_toast("他人刚保存")
    expect(officer.cell("质量指标第 2 行，三级指标")).to_have_value("档案完好率")
    theirs.cell(TOTAL).fill("101")
    expect(theirs.cell("整体绩效目标")).to_have_value("我改目标。")


def test_removing_a_row_changed_by_another_user_is_a_conflict(officer: Window, theirs: Window, filing: Filing) -> None:
    theirs.cell("数量指标第 2 行，指标值及单位").fill("≥600卷")
    theirs.expect_saved()
    officer.cell("数量指标第 2 行，三级指标").focus()
    officer.press("Alt+Delete")
    officer.expect_status("有 1 处未保存")
    expect(officer.page.get_by_text("改过这一行，没有删去。")).to_be_visible()
    expect(officer.cell("数量指标第 2 行，指标值及单位")).to_have_value("≥600卷")
    officer.page.get_by_role("button", name="采用本人填写").click()
    officer.expect_saved()
    assert "接收档案" not in [row.name for row in drafts.raw(filing).indicators]


def test_writing_in_a_row_removed_by_another_user_is_a_conflict(
    officer: Window, theirs: Window, filing: Filing
) -> None:
    theirs.cell("数量指标第 2 行，三级指标").focus()
    theirs.press("Alt+Delete")
    theirs.expect_saved()
    officer.cell("数量指标第 2 行，三级指标").fill("接收各类档案")
    expect(officer.page.get_by_text("删去了这一行，您填的「接收各类档案」未保存。")).to_be_visible()
    officer.page.get_by_role("button", name="采用本人填写").click()
    officer.expect_saved()
    assert "接收各类档案" in [row.name for row in drafts.raw(filing).indicators]


def test_a_conflict_names_the_other_window_of_the_same_user(
    officer: Window, browser: Browser, county: County, filing: Filing
) -> None:
    second = another(browser, officer, county.filler)
    second.cell(TOTAL).fill("110")
    second.expect_saved()
    officer.cell(TOTAL).fill("120")
    expect(officer.page.get_by_text("您在另一个窗口")).to_be_visible()


def test_what_is_typed_while_the_cycle_is_closed_is_kept_here(officer: Window, county: County) -> None:
    closing.close(county.cycle, by=county.manager, now=timezone.now())
    officer.cell("整体绩效目标").fill("结束时正在写的。")
    refusal = "结束，不再办理；确需办理的，请管理员重新开启批次。刚才的修改未保存。您填写的内容已存在本机"
    officer.expect_status(refusal)
    officer.page.get_by_role("button", name="保存", exact=True).click()
    officer.expect_toast(refusal)
    officer.page.on("dialog", lambda dialog: dialog.accept())
    # The save on leaving the page would be accepted if it arrived after the cycle was reopened.
    officer.page.route("**/fill/changes/", lambda route: route.abort())
    officer.page.reload()
    expect(officer.page.get_by_text("本机存有您未保存的填写")).to_be_visible()
    officer.page.unroute("**/fill/changes/")
    closing.reopen(county.cycle, "补报", by=county.manager, now=timezone.now())
    officer.open(county.filler)
    expect(officer.page.get_by_role("alert").filter(has_text="未保存的")).to_contain_text("结束时正在写的。")
