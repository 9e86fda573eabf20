"""A link that is pressed while the answer to a save replaces it keeps its click."""

import pytest
from playwright.sync_api import Locator, expect

from filings.tests.browser.gate import Gate
from filings.tests.browser.window import Window

pytestmark = [pytest.mark.browser, pytest.mark.once]


def test_a_section_pressed_while_a_save_is_answered_leads_to_its_cell(officer: Window, gate: Gate) -> None:
    link = officer.page.locator("#sections").get_by_role("link", name="整体绩效目标 已完成")
    press_during_save(officer, gate, link)
    expect(officer.cell("整体绩效目标")).to_be_focused()
    expect(officer.page.locator("#sections")).to_contain_text("项待填")


def test_a_finding_pressed_while_a_save_is_answered_leads_to_its_cell(officer: Window, gate: Gate) -> None:
    link = officer.page.locator("#findings a[href^='#at-']").first
    target = officer.page.locator(f"[id='{(link.get_attribute('href') or '')[1:]}']")
    press_during_save(officer, gate, link)
    expect(target).to_be_focused()
    expect(officer.page.locator("#findings")).to_contain_text("指标「接收档案」的指标值未填写")


def press_during_save(officer: Window, gate: Gate, link: Locator) -> None:
    """Press the mouse on a link before the answer to a save, and release it afterwards."""
    officer.cell("数量指标第 2 行，指标值及单位").fill("")
    link.hover()
    officer.page.mouse.down()
    gate.open()
    officer.expect_saved()
    officer.page.mouse.up()
