"""The fill-in page in a browser: live sums, gaps, autosave, rows, without scripts, on a phone."""

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

from filings import drafts
from filings.models import Filing
from filings.tests.browser.window import Window
from filings.tests.county import County

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


def test_sums_are_live_and_typing_is_saved(officer: Window, window: Page, filing: Filing) -> None:
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        complaints.append(message.text)

    window.on("console", note)
    window.on("pageerror", lambda error: complaints.append(str(error)))
    split = window.locator("#sums .split").nth(1)
    expect(split).to_contain_text("相符")
    window.get_by_label("项目支出，万元").fill("3.5")
    expect(split).to_contain_text("多 3.50")
    window.get_by_label("基本支出，万元").fill("９0")
    expect(split).to_contain_text("少 6.50")
    officer.expect_saved()
    sentence = "基本支出 90.00 ＋ 项目支出 3.50 ＝ 93.50，比资金总额 100.00 少 6.50 万元。"
    expect(window.locator("#at-amounts-TOTAL-notes")).to_contain_text(sentence)
    expect(window.locator("#findings")).to_contain_text(sentence)
    expect(window.locator("#sections")).to_contain_text("1 处问题")
    window.get_by_label("基本支出，万元").fill("96.5")
    expect(split).to_contain_text("相符")
    expect(window.locator("#at-amounts-TOTAL-notes")).to_be_empty()
    assert filing.amounts.get(line="EXP.BASIC").raw == "96.5"
    assert complaints == []


def test_an_unreadable_amount_is_kept_and_reported(window: Page, filing: Filing) -> None:
    window.get_by_label("项目支出，万元").fill("三百")
    expect(window.locator("#sums .split").nth(1)).to_contain_text("有金额无法识别")
    expect(window.locator("#at-amounts-EXP-PROJECT-notes")).to_contain_text("无法识别金额")
    assert filing.amounts.get(line="EXP.PROJECT").raw == "三百"


def test_a_typed_unit_replaces_the_unit_of_the_edition(window: Page) -> None:
    amount = window.get_by_label("项目支出，万元")
    unit = window.locator("td", has=amount).locator(".unit")
    for text, is_shown in (("", True), ("3", True), ("3万元", False), ("30,000元", False), ("４", True)):
        amount.fill(text)
        expect(unit).to_be_visible(visible=is_shown)
    duty = window.locator("tr", has=window.get_by_label("职责第 1 条"))
    duty.locator("summary").click()
    expect(duty.get_by_role("button", name="按序号分成几条")).to_be_visible()


def test_rows_are_added_filled_moved_and_removed(officer: Window, window: Page, filing: Filing) -> None:
    window.get_by_label("整体绩效目标", exact=True).fill("先写一半")
    window.get_by_role("button", name="质量指标 ＋加一行").click()
    added = window.get_by_label("质量指标第 2 行，三级指标")
    expect(added).to_be_focused()
    added.fill("档案完好率")
    window.get_by_label("质量指标第 2 行，指标值及单位").fill("≥99%")
    officer.expect_saved()
    row = window.locator("tr", has=added)
    row.locator("summary").click()
    row.get_by_role("button", name="上移").click()
    expect(window.get_by_label("质量指标第 1 行，三级指标")).to_have_value("档案完好率")
    row = window.locator("tr", has=window.get_by_label("质量指标第 2 行，三级指标"))
    row.locator("summary").click()
    row.get_by_role("button", name="删去这一行").click()
    expect(window.get_by_label("质量指标第 2 行，三级指标")).to_have_count(0)
    document = drafts.document(filing)
    assert [(row.node, row.name, row.target) for row in document.indicators][:2] == [
        ("OUT.QTY", "接收档案", "≥500卷"),
        ("OUT.QUAL", "档案完好率", "≥99%"),
    ]
    assert document.goal == "先写一半"


def test_it_all_works_without_scripts(
    browser: Browser, live_server: LiveServer, county: County, filing: Filing
) -> None:
    context = browser.new_context(locale="zh-CN", java_script_enabled=False, viewport={"width": 1366, "height": 768})
    page = context.new_page()
    Window(page, live_server.url, filing).enter(county.filler)
    page.goto(f"{live_server.url}/filings/{filing.pk}/fill/")
    page.get_by_label("项目支出，万元").fill("3")
    page.get_by_role("button", name="提交送签").click()
    expect(page.locator("#submit-refused")).to_contain_text("未提交，填写的内容已保存。")
    expect(page.get_by_role("heading", name="核对结果")).to_be_focused()
    expect(page.locator("#findings")).to_contain_text("多 3.00 万元")
    page.get_by_label("项目支出，万元").fill("")
    # Playwright parses the page as if scripts were enabled: the text of noscript is in the page but not displayed.
    assert "增加、删除、移动行和粘贴多行，须先启用脚本" in page.content()
    expect(page.locator(".row-menu:visible, .add-row:visible")).to_have_count(0)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    page.get_by_role("button", name="提交送签").click()
    page.get_by_role("button", name="确认提交").click()
    expect(page.get_by_text("已提交，等单位负责人审签。")).to_be_visible()


def test_the_page_is_no_wider_than_a_phone(
    browser: Browser, live_server: LiveServer, county: County, filing: Filing
) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844})
    page = context.new_page()
    Window(page, live_server.url, filing).open(county.filler)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    expect(page.get_by_role("button", name="提交送签")).to_be_in_viewport()
