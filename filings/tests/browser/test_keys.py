"""Keyboard commands of the table, as in Excel, in a browser."""

import pytest
from playwright.sync_api import expect

from filings import drafts
from filings.models import Filing
from filings.tests.browser.window import Window
from filings.tests.drafting import duties, rows

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

QUANTITY = "数量指标第 {} 行，三级指标"
VALUE = "数量指标第 {} 行，指标值及单位"


def test_enter_and_the_arrows_go_to_the_same_column_of_the_next_row(officer: Window) -> None:
    officer.cell(VALUE.format(1)).focus()
    for key, label in (
        ("Enter", VALUE.format(2)),
        ("ArrowDown", "质量指标第 1 行，指标值及单位"),
        ("Shift+Enter", VALUE.format(2)),
        ("ArrowUp", VALUE.format(1)),
        ("ArrowUp", "整体绩效目标"),
    ):
        officer.press(key)
        expect(officer.cell(label)).to_be_focused()


def test_amounts_go_down_their_own_column(officer: Window) -> None:
    officer.cell("资金总额，万元").focus()
    officer.press("Enter")
    expect(officer.cell("一般公共预算，万元")).to_be_focused()
    officer.press("Enter")
    expect(officer.cell("政府性基金拨款，万元")).to_be_focused()
    officer.cell("基本支出，万元").focus()
    officer.press("ArrowDown")
    expect(officer.cell("项目支出，万元")).to_be_focused()


def test_arrows_leave_a_cell_only_at_the_end_of_its_text(officer: Window) -> None:
    name, value = officer.cell(QUANTITY.format(2)), officer.cell(VALUE.format(2))
    name.focus()
    officer.press("End", "ArrowLeft", "ArrowRight")
    expect(name).to_be_focused()
    officer.press("ArrowRight")
    expect(value).to_be_focused()
    officer.press("Home", "ArrowLeft")
    expect(name).to_be_focused()
    assert name.evaluate("field => field.selectionStart") == len("接收档案")


def test_inside_a_long_text_the_arrows_go_from_line_to_line(officer: Window) -> None:
    goal = officer.cell("整体绩效目标")
    goal.fill("保障单位运转。" * 20)
    goal.evaluate("field => field.setSelectionRange(0, 0)")
    officer.press("ArrowDown")
    expect(goal).to_be_focused()
    assert goal.evaluate("field => field.selectionStart") > 10
    officer.press("Control+End", "ArrowDown")
    expect(officer.cell(QUANTITY.format(1))).to_be_focused()


def test_enter_neither_submits_nor_deletes_nor_breaks_a_line(officer: Window, filing: Filing) -> None:
    officer.cell("部门名称").focus()
    officer.press("Control+A", "Enter", "Enter")
    expect(officer.cell("部门名称")).to_have_value("县档案馆")
    goal = officer.cell("整体绩效目标")
    goal.focus()
    officer.press("Control+A", "Enter")
    expect(goal).to_have_value("保障单位运转，管好县档案。")
    goal.focus()
    officer.press("End", "Alt+Enter")
    officer.type("第二段。")
    expect(goal).to_have_value("保障单位运转，管好县档案。\n第二段。")
    officer.expect_saved()
    assert officer.page.url.endswith("/fill/")
    assert filing.revisions.count() == 0


def test_enter_in_the_last_duty_adds_one(officer: Window, filing: Filing) -> None:
    goal = officer.cell("整体绩效目标").input_value()
    for label, text in (("职责第 1 条", "（一）甲。"), ("职责第 2 条", "（二）乙。")):
        officer.cell(label).fill(text)
    officer.cell("职责第 1 条").focus()
    officer.press("Enter")
    expect(officer.cell("职责第 2 条")).to_be_focused()
    officer.press("Enter")
    expect(officer.cell("职责第 3 条")).to_be_focused()
    officer.type("丙。")
    officer.expect_saved()
    assert duties(filing) == ["（一）甲。", "（二）乙。", "（三）丙。"]
    assert drafts.raw(filing).goal == goal


def test_typing_after_a_move_never_replaces_a_text_of_several_lines(officer: Window) -> None:
    goal = officer.cell("整体绩效目标")
    for key, label in (("ArrowUp", QUANTITY.format(1)), ("Shift+Enter", QUANTITY.format(1))):
        officer.cell(label).focus()
        officer.press("Home", key)
        expect(goal).to_be_focused()
        officer.type("新")
    expect(goal).to_have_value("保障单位运转，管好县档案。新新")
    officer.press("Enter", "Enter")
    officer.type("新")
    expect(officer.cell(QUANTITY.format(2))).to_have_value("接收档案新")


def test_a_row_is_added_below_and_the_caret_is_there(officer: Window, filing: Filing) -> None:
    officer.cell(VALUE.format(2)).focus()
    officer.press("Control+Enter")
    expect(officer.cell(QUANTITY.format(3))).to_be_focused()
    officer.expect_toast("已在「数量指标」增加一行")
    officer.type("整理档案")
    officer.press("Tab")
    officer.type("≥90%")
    officer.cell("职责第 2 条").focus()
    officer.press("Control+Enter")
    expect(officer.cell("职责第 3 条")).to_be_focused()
    officer.type("提供查阅。")
    officer.expect_saved()
    assert rows(filing)[1:3] == [("OUT.QTY", "接收档案"), ("OUT.QTY", "整理档案")]
    assert duties(filing)[-1].endswith("提供查阅。")


def test_a_row_is_added_directly_below_one_that_shares_its_rank(officer: Window, filing: Filing) -> None:
    """Two users can give the same rank to different rows."""
    filing.indicators.update(rank="20")
    officer.page.reload()
    officer.wait_until_ready()
    first, second, *others = [name for _, name in rows(filing)]
    officer.cell(QUANTITY.format(1)).focus()
    officer.press("Control+Enter")
    expect(officer.cell(QUANTITY.format(2))).to_be_focused()
    officer.type("整理档案")
    expect(officer.cell(QUANTITY.format(3))).to_have_value(second)
    officer.expect_saved()
    assert [name for _, name in rows(filing)] == [first, "整理档案", second, *others]


def test_a_row_moves_past_one_that_shares_its_rank(officer: Window, filing: Filing) -> None:
    filing.indicators.update(rank="20")
    officer.page.reload()
    officer.wait_until_ready()
    first, second, *others = [name for _, name in rows(filing)]
    officer.cell(QUANTITY.format(1)).focus()
    officer.press("Alt+ArrowDown")
    expect(officer.cell(QUANTITY.format(1))).to_have_value(second)
    officer.expect_saved()
    assert [name for _, name in rows(filing)] == [second, first, *others]


def test_duties_are_renumbered_as_rows_are_added_and_removed(officer: Window, filing: Filing) -> None:
    officer.cell("职责第 1 条").fill("（一）甲。")
    officer.cell("职责第 2 条").fill("（二）乙。")
    officer.cell("职责第 1 条").focus()
    officer.press("Control+Enter")
    expect(officer.cell("职责第 2 条")).to_have_value("（二）")
    expect(officer.cell("职责第 3 条")).to_have_value("（三）乙。")
    officer.press("Alt+Delete")
    officer.cell("职责第 2 条").focus()
    officer.press("Alt+ArrowUp")
    officer.expect_saved()
    assert duties(filing) == ["（一）乙。", "（二）甲。"]


def test_rows_move_within_their_class_and_over_its_edge(officer: Window, filing: Filing) -> None:
    officer.cell(VALUE.format(2)).focus()
    officer.press("Alt+ArrowUp")
    expect(officer.cell(VALUE.format(1))).to_be_focused()
    expect(officer.cell(VALUE.format(1))).to_have_value("≥500卷")
    officer.press("Alt+ArrowDown", "Alt+ArrowDown")
    expect(officer.cell("质量指标第 1 行，指标值及单位")).to_be_focused()
    officer.expect_toast("已移到「质量指标」")
    officer.press("Alt+Shift+ArrowDown")
    expect(officer.cell("成本指标第 1 行，指标值及单位")).to_have_value("≥500卷")
    officer.press("Alt+Shift+ArrowUp")
    officer.expect_saved()
    assert ("OUT.QUAL", "接收档案") in rows(filing)


def test_the_menu_puts_a_row_into_any_class(officer: Window, filing: Filing) -> None:
    officer.cell(QUANTITY.format(2)).focus()
    officer.press("Alt+.")
    menu = officer.page.locator(".row-menu[open]")
    menu.get_by_label("所属二级指标").select_option("时效指标")
    menu.get_by_role("button", name="移到所选的二级指标").click()
    officer.expect_saved()
    expect(officer.cell("时效指标第 2 行，三级指标")).to_be_focused()
    assert ("OUT.TIME", "接收档案") in rows(filing)


def test_escape_restores_the_stored_text(officer: Window) -> None:
    name = officer.cell(QUANTITY.format(2))
    name.fill("写错了")
    officer.press("Escape")
    expect(name).to_have_value("接收档案")
    officer.press("Control+Z")
    expect(name).to_have_value("写错了")


def test_a_removed_row_is_restored_in_place(officer: Window, filing: Filing) -> None:
    officer.cell(QUANTITY.format(2)).focus()
    officer.press("Alt+Delete")
    officer.expect_toast("已删去「接收档案」")
    expect(officer.cell(QUANTITY.format(1))).to_be_focused()
    officer.cell("整体绩效目标").fill("先做别的。")
    officer.expect_saved()
    assert ("OUT.QTY", "接收档案") not in rows(filing)
    officer.page.locator("#toast").get_by_role("button", name="撤销").click()
    expect(officer.cell(QUANTITY.format(2))).to_be_focused()
    officer.expect_saved()
    assert rows(filing)[1] == ("OUT.QTY", "接收档案")
    assert drafts.raw(filing).goal == "先做别的。"


def test_a_class_without_rows_keeps_its_label_and_its_button(officer: Window, filing: Filing) -> None:
    officer.cell("质量指标第 1 行，三级指标").focus()
    officer.press("Alt+Delete")
    expect(officer.cell("质量指标第 1 行，三级指标")).to_have_count(0)
    officer.page.get_by_role("button", name="质量指标 ＋加一行").click()
    expect(officer.cell("质量指标第 1 行，三级指标")).to_be_focused()
    officer.type("完好率")
    officer.expect_saved()
    officer.page.reload()
    expect(officer.cell("质量指标第 1 行，三级指标")).to_have_value("完好率")


def test_the_key_help_opens_on_request(officer: Window) -> None:
    officer.cell("整体绩效目标").fill("真的吗？")
    officer.type("?")
    expect(officer.page.locator("#keys")).not_to_be_visible()
    officer.page.get_by_role("heading", name="县档案馆").click()
    officer.press("?")
    expect(officer.page.get_by_role("dialog", name="按键说明")).to_contain_text("Ctrl+Enter")
    officer.press("Escape")
    officer.page.get_by_role("button", name="按键说明").click()
    expect(officer.page.get_by_role("dialog", name="按键说明")).to_be_visible()


def test_a_hundred_steps_are_undone_and_redone(officer: Window, filing: Filing) -> None:
    name, value = officer.cell(QUANTITY.format(2)), officer.cell(VALUE.format(2))
    for number in range(50):
        name.fill(f"名称{number}")
        value.fill(f"{number}卷")
    for _ in range(100):
        officer.press("Control+Z")
    expect(name).to_have_value("接收档案")
    expect(value).to_have_value("≥500卷")
    for _ in range(99):
        officer.press("Control+Y")
    expect(name).to_have_value("名称49")
    expect(value).to_have_value("48卷")
    officer.page.get_by_role("button", name="重做").click()
    expect(value).to_have_value("49卷")
    expect(officer.page.get_by_role("button", name="重做")).to_be_disabled()
    officer.expect_saved()
    assert filing.indicators.get(key="i0").target == "49卷"
