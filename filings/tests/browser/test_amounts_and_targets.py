"""Amounts and targets while typing: gaps, units, 元 typed for 万元, and hints that show how a target was parsed."""

import pytest
from playwright.sync_api import expect

from filings import drafts
from filings.models import Filing
from filings.tests.browser.window import Window

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

TOTAL, BASIC, PROJECT = "资金总额，万元", "基本支出，万元", "项目支出，万元"
VALUE = "数量指标第 2 行，指标值及单位"


def test_the_gap_is_shown_with_size_and_direction_and_assigned_to_a_line(officer: Window, filing: Filing) -> None:
    split = officer.page.locator("#sums .split").nth(1)
    officer.cell(BASIC).fill("97")
    expect(split).to_contain_text("按支出性质分合计")
    expect(split).to_contain_text("97.00")
    expect(split).to_contain_text("比资金总额少 3.00 万元")
    officer.cell(PROJECT).fill("1")
    split.get_by_role("button", name="差额记入「项目支出」").click()
    expect(officer.cell(PROJECT)).to_have_value("3.00")
    expect(split).to_contain_text("与资金总额相符")
    officer.expect_saved()
    assert drafts.raw(filing).amounts["EXP.PROJECT"] == "3.00"
    officer.cell(BASIC).fill("300")
    expect(split).to_contain_text("比资金总额多 203.00 万元")
    split.get_by_role("button", name="差额记入「基本支出」").click()
    expect(officer.cell(BASIC)).to_have_value("97.00")
    officer.press("Control+Z")
    expect(officer.cell(BASIC)).to_have_value("300")


def test_large_sums_have_separators_and_are_repeated_in_yi(officer: Window, filing: Filing) -> None:
    total, split = officer.page.locator("#sums .total"), officer.page.locator("#sums .split").nth(1)
    officer.cell(TOTAL).fill("12550")
    officer.cell(BASIC).fill("1300.5")
    expect(total.locator(".figure")).to_have_text("12,550.00")
    expect(total.locator(".in-yi")).to_have_text("1.26 亿元")
    expect(split.locator(".figure")).to_have_text("1,300.50")
    expect(split.locator(".in-yi")).to_be_hidden()
    expect(split).to_contain_text("比资金总额少 11,249.50 万元（1.12 亿元）")
    split.get_by_role("button", name="差额记入「项目支出」").click()
    expect(officer.cell(PROJECT)).to_have_value("11249.50")
    officer.expect_saved()
    assert drafts.raw(filing).amounts["EXP.PROJECT"] == "11249.50"
    officer.page.reload()
    expect(total.locator(".in-yi")).to_have_text("1.26 亿元")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("5501300", "5,501,300"),
        ("1000", "1,000"),
        ("12345.6", "12,345.6"),
        ("999.99", ""),
        ("1,234.5", ""),
        ("３０００", ""),
    ],
)
def test_a_large_amount_has_separators_while_its_cell_is_not_edited(
    officer: Window, filing: Filing, typed: str, shown: str
) -> None:
    cell, goal = officer.cell(TOTAL), officer.cell("整体绩效目标")
    separated = officer.page.locator("td", has=cell).locator(".grouped")
    is_covered = "field => getComputedStyle(field).color === 'rgba(0, 0, 0, 0)'"
    cell.fill(typed)
    assert (separated.is_visible(), cell.evaluate(is_covered)) == (False, False)
    goal.focus()
    assert (separated.inner_text(), cell.evaluate(is_covered)) == (shown, bool(shown))
    officer.press("Control+Z")
    expect(cell).to_have_value("100")
    officer.press("Control+Y")
    expect(cell).to_have_value(typed)
    officer.expect_saved()
    officer.page.reload()
    officer.wait_until_ready()
    expect(separated).to_have_text(shown)
    expect(cell).to_have_value(typed)
    assert drafts.raw(filing).amounts["TOTAL"] == typed


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("30,000元", "＝ 3.00 万元"),
        ("0.01亿元", "＝ 100.00 万元"),
        ("１２３．４５", "＝ 123.45 万元"),
        ("1,234.5", "＝ 1,234.50 万元"),
        ("3.5", ""),
        ("1e5", ""),
        ("NaN", ""),
        ("∞", ""),
        ("2026-11-25", ""),
        ("😀", ""),
    ],
)
def test_amounts_are_shown_converted_or_kept_as_typed(officer: Window, filing: Filing, typed: str, shown: str) -> None:
    officer.cell(PROJECT).fill(typed)
    line = officer.page.locator("td", has=officer.cell(PROJECT)).locator(".converted")
    expect(line).to_have_text(shown)
    officer.expect_saved()
    assert drafts.raw(filing).amounts["EXP.PROJECT"] == typed
    if not shown and typed != "3.5":
        notes = officer.page.locator("#at-amounts-EXP-PROJECT-notes")
        expect(notes).to_contain_text(f"项目支出填的是「{typed}」，无法识别金额。")


def test_yuan_for_wan_yuan_is_a_finding_with_a_quick_fix(officer: Window, filing: Filing) -> None:
    officer.cell(TOTAL).fill("550.13")
    officer.cell(BASIC).fill("317.13")
    officer.cell(PROJECT).fill("2330000")
    cell = officer.page.locator("td", has=officer.cell(PROJECT))
    expect(cell).to_contain_text("疑似将「元」误作「万元」填写。")
    cell.get_by_role("button", name="改为 233.00 万元").click()
    expect(officer.cell(PROJECT)).to_have_value("233.00")
    officer.expect_saved()
    assert drafts.raw(filing).amounts["EXP.PROJECT"] == "233.00"


def test_a_table_in_yuan_is_converted_by_one_click_and_one_undo_step(officer: Window, filing: Filing) -> None:
    in_yuan = {TOTAL: "5501300", "一般公共预算，万元": "5501300", BASIC: "3171300", PROJECT: "2330000"}
    for label, text in in_yuan.items():
        officer.cell(label).fill(text)
    officer.expect_saved()
    label = "全部按元换算为万元（资金总额 5501300 → 550.13，共 4 处）"
    officer.page.locator("#findings").get_by_role("button", name=label).click()
    for cell, text in zip(in_yuan, ("550.13", "550.13", "317.13", "233.00"), strict=True):
        expect(officer.cell(cell)).to_have_value(text)
    expect(officer.page.get_by_text("已改 4 处")).to_be_visible()
    officer.expect_saved()
    expect(officer.page.get_by_role("button", name=label)).to_have_count(0)
    amounts = drafts.raw(filing).amounts
    assert [amounts[line] for line in ("TOTAL", "INC.GENERAL", "EXP.BASIC", "EXP.PROJECT")] == [
        "550.13",
        "550.13",
        "317.13",
        "233.00",
    ]
    officer.press("Control+Z")
    for cell, text in in_yuan.items():
        expect(officer.cell(cell)).to_have_value(text)


def test_the_hint_of_a_target_corrects_it_by_three_inputs(officer: Window, filing: Filing) -> None:
    cell = officer.page.locator("td", has=officer.cell(VALUE))
    line = cell.locator(".target-hint")
    expect(line).to_have_text("识别为 ≥ 500 卷")
    officer.cell(VALUE).fill("不低于９０％")
    expect(line).to_have_text("识别为 ≥ 90 %")
    officer.cell(VALUE).fill("予以保障")
    expect(line).to_contain_text("定性")
    officer.cell(VALUE).fill("500")
    expect(line).to_have_text("识别为 500 （无单位）")
    line.click()
    cell.get_by_label("符号", exact=True).select_option("≤")
    cell.get_by_label("单位", exact=True).fill("卷次")
    officer.press("Tab")
    expect(officer.cell(VALUE)).to_have_value("≤500卷次")
    expect(line).to_have_text("识别为 ≤ 500 卷次")
    expect(officer.page.get_by_label("符号", exact=True)).to_have_count(0)
    officer.cell(VALUE).focus()
    line.click()
    officer.press("Escape")
    expect(officer.cell(VALUE)).to_be_focused()
    officer.expect_saved()
    assert filing.indicators.get(key="i0").target == "≤500卷次"
    assert filing.indicators.get(key="i0").unit == "卷次"


def test_the_row_menu_opens_the_inputs(officer: Window) -> None:
    officer.cell(VALUE).focus()
    officer.press("Alt+.")
    officer.page.locator(".row-menu[open]").get_by_role("button", name="更正指标值识别结果").click()
    expect(officer.page.get_by_label("符号", exact=True)).to_be_focused()


def test_a_finding_links_to_its_cell(officer: Window) -> None:
    officer.cell(VALUE).fill("")
    finding = officer.page.locator("#findings li", has_text="指标「接收档案」的指标值未填写")
    finding.get_by_role("link").click()
    expect(officer.cell(VALUE)).to_be_focused()
    officer.page.locator("#sections").get_by_role("link", name="整体绩效目标 已完成").click()
    expect(officer.cell("整体绩效目标")).to_be_focused()
    expect(officer.page.locator("#sections")).to_contain_text("项待填")


def test_the_print_preview_is_a_tab_and_is_updated_by_each_save(officer: Window, filing: Filing) -> None:
    for number in range(2, 40):
        text = f"{number}.负责全县档案的第 {number} 项工作。" * 3
        filing.duties.create(key=f"d{number}", rank=str(number + 5), raw=text)
    officer.page.reload()
    officer.wait_until_ready()
    officer.cell("整体绩效目标").fill("还没存上的目标。")
    officer.page.get_by_role("tab", name="打印样张").click()
    pages = officer.page.get_by_role("tabpanel", name="打印样张")
    # Rendering three pages takes a while on a busy machine.
    expect(pages.get_by_role("img", name="第 1 页，共 3 页")).to_be_visible(timeout=30_000)
    width = pages.get_by_role("img").first.evaluate("picture => picture.naturalWidth")
    assert width > 1000
    assert drafts.raw(filing).goal == "还没存上的目标。"
    link = pages.locator("figcaption a").first
    words = link.inner_text()
    link.click()
    focused = officer.page.evaluate("document.activeElement.value")
    assert words.rstrip("…") in focused
    expect(officer.page.get_by_text("第 2 页从这里开始")).to_be_visible()


def test_a_restore_point_is_previewed_and_restored(officer: Window, filing: Filing) -> None:
    officer.cell("整体绩效目标").fill("改坏了。")
    officer.cell("数量指标第 2 行，三级指标").focus()
    officer.press("Alt+Delete")
    officer.expect_saved()
    officer.page.get_by_role("link", name="可恢复的版本").click()
    row = officer.page.get_by_role("row", name="编辑前，改动整体绩效目标 1 处").first
    expect(row).to_contain_text("处不同")
    row.get_by_role("link", name="查看").click()
    expect(officer.page.locator(".official")).to_contain_text("接收档案")
    expect(officer.page.locator(".official")).to_contain_text("现在 「改坏了。」")
    officer.page.get_by_role("button", name="恢复到此版本").click()
    expect(officer.cell("整体绩效目标")).to_have_value("保障单位运转，管好县档案。")
    expect(officer.cell("数量指标第 2 行，三级指标")).to_have_value("接收档案")
    assert [point.kind for point in filing.points.all()] == ["restore", "opened"]
