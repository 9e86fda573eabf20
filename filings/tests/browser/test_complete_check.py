"""核对全表 and refused submissions with scripts: the page stays, with its undo history; messages cover no field."""

import re

import pytest
from playwright.sync_api import Locator, expect

from filings.models import Filing
from filings.tests.browser.window import Window
from filings.tests.county import County

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

GOAL, PROJECT = "整体绩效目标", "项目支出，万元"
CHECKED = re.compile(r"^已按 \d+ 条规则核对全表（\d\d:\d\d）：暂不能提交：\d 项须改正")
OVERLAPS = """field => {
  const [one, other] = [field, document.getElementById("toast")].map((part) => part.getBoundingClientRect());
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}"""
SHOWS_ALL = "field => field.scrollWidth <= field.clientWidth"


@pytest.fixture
def filing(county: County) -> Filing:
    return county.started()


def groups(officer: Window) -> list[str]:
    return officer.page.locator("#findings h3").all_inner_texts()


def focused(officer: Window) -> Locator:
    return officer.page.locator(":focus")


def test_nothing_is_reported_as_a_mistake_until_the_table_is_checked(officer: Window) -> None:
    expect(officer.page.locator("#verdict")).to_have_text("尚有 5 项待填")
    officer.cell("数量指标第 1 行，三级指标").fill("接收档案")
    officer.expect_saved()
    expect(officer.page.locator("#findings")).to_contain_text("指标「接收档案」的指标值未填写")
    expect(officer.page.locator("#verdict")).to_have_text("尚有 5 项待填")
    assert [name.split()[0] for name in groups(officer)] == ["待填"]
    expect(officer.page.locator(".note.error, .note.warning")).to_have_count(0)


def test_a_check_stays_on_the_page_and_keeps_the_undo_history(officer: Window) -> None:
    officer.cell(GOAL).fill("先写一半")
    officer.page.get_by_role("button", name="核对全表").click()
    expect(officer.page.locator("#verdict")).to_have_text(CHECKED)
    expect(officer.page.get_by_role("heading", name="核对结果")).to_be_focused()
    assert "待填" not in "".join(groups(officer))
    officer.expect_saved()
    officer.page.get_by_role("button", name="撤销", exact=True).first.click()
    expect(officer.cell(GOAL)).to_have_value("")
    officer.expect_saved()
    expect(officer.page.locator("#verdict")).to_have_text(CHECKED)
    expect(officer.page.locator("#findings")).to_contain_text("整体绩效目标尚未填写。")


def test_a_checked_page_stays_checked_when_reloaded_and_forgets_it_when_left(officer: Window) -> None:
    officer.page.get_by_role("button", name="核对全表").click()
    expect(officer.page.locator("#verdict")).to_have_text(CHECKED)
    officer.page.reload()
    officer.wait_until_ready()
    expect(officer.page.locator("#verdict")).to_have_text(CHECKED)
    officer.page.get_by_role("link", name="可恢复的版本").click()
    officer.page.get_by_role("link", name="返回填报表").click()
    expect(officer.page.locator("#verdict")).to_have_text("尚有 5 项待填")


def test_a_refused_submission_stays_on_the_page(officer: Window) -> None:
    officer.cell(GOAL).fill("先写一半")
    officer.page.get_by_role("button", name="提交送签").click()
    officer.expect_toast("未提交，须改正的内容见核对结果")
    expect(officer.page.get_by_role("heading", name="核对结果")).to_be_focused()
    expect(officer.page.get_by_role("button", name="撤销", exact=True).first).to_be_enabled()


def test_without_a_connection_nothing_is_checked(officer: Window) -> None:
    officer.page.context.set_offline(True)
    officer.page.get_by_role("button", name="核对全表").click()
    officer.expect_toast("网络中断，未核对，请稍后重试")
    expect(officer.page.locator("#verdict")).to_have_text("尚有 5 项待填")


@pytest.mark.parametrize("size", [(1366, 768), (900, 700), (390, 844), (390, 420)])
def test_a_message_never_covers_the_field_with_the_focus(officer: Window, size: tuple[int, int]) -> None:
    officer.page.set_viewport_size({"width": size[0], "height": size[1]})
    last = officer.cell("社会公众或服务对象满意度第 1 行，三级指标")
    last.focus()
    officer.press("Control+Enter", "Alt+Delete")
    officer.expect_toast("已删去")
    expect(last).to_be_focused()
    for block in ("start", "center", "end"):
        officer.page.evaluate("block => document.activeElement.scrollIntoView({ block })", block)
        officer.page.wait_for_timeout(100)
        assert not last.evaluate(OVERLAPS)
    officer.page.locator("#toast").get_by_role("button", name="撤销").click()
    expect(officer.cell("社会公众或服务对象满意度第 2 行，三级指标")).to_be_focused()
    expect(officer.page.locator("#toast")).not_to_be_empty()
    assert not focused(officer).evaluate(OVERLAPS)


def test_the_box_that_corrects_a_target_shows_the_whole_number(officer: Window) -> None:
    officer.cell("数量指标第 1 行，指标值及单位").fill("≥12345678.55元")
    officer.expect_saved()
    officer.page.locator(".target-hint", has_text="12345678.55").click()
    expect(officer.cell("数值")).to_have_value("12345678.55")
    assert officer.cell("数值").evaluate(SHOWS_ALL)
