"""Editions with tasks and with targets in three columns, filled in in a browser."""

import pytest
from hypothesis import strategies as st
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from filings import drafts
from filings.document import target
from filings.models import Filing
from filings.tests.browser.js_modules import answers, examples
from filings.tests.browser.window import Window
from filings.tests.county import County
from filings.tests.county_editions import (
    PARTED,
    TASKS,
    on_form,
    tasks,
)

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

NAME, CONTENT, AMOUNT = (f"任务第 {{}} 行，{head}" for head in ("任务名称", "主要内容", "预算金额（万元）"))
QUANTITY, VALUE, WEIGHT = (f"数量指标第 {{}} 行，{head}" for head in ("三级指标", "指标值", "分值（90）"))


@pytest.fixture
def form() -> str:
    return TASKS


@pytest.fixture
def filing(county: County, form: str) -> Filing:
    return on_form(county, form)


@pytest.fixture
def officer(page: Page, live_server: LiveServer, county: County, filing: Filing) -> Window:
    window = Window(page, live_server.url, filing)
    window.open(county.filler)
    return window


on_values_in_three_columns = pytest.mark.parametrize("form", [PARTED])


def values(filing: Filing) -> list[tuple[str, str, str]]:
    """Return name, target and weight of each indicator that has any."""
    rows = drafts.raw(filing).indicators
    values = [(row.name, row.target, row.more.get("weight", "")) for row in rows]
    return [row for row in values if any(row)]


def test_tasks_are_added_moved_removed_and_undone_by_keys(officer: Window, filing: Filing) -> None:
    officer.cell(NAME.format(1)).fill("甲")
    officer.press("Control+Enter")
    expect(officer.cell(NAME.format(2))).to_be_focused()
    officer.expect_toast("已增加第 2 项任务")
    officer.type("乙")
    officer.press("Alt+ArrowUp")
    expect(officer.cell(NAME.format(1))).to_have_value("乙")
    officer.expect_saved()
    assert [name for name, *_ in tasks(filing)] == ["乙", "甲"]
    label = officer.page.locator("th.label", has_text="年度主要")
    # Column heads, two tasks, the total.
    expect(label).to_have_attribute("rowspan", "4")
    officer.press("Alt+Delete")
    expect(label).to_have_attribute("rowspan", "3")
    expect(officer.cell(NAME.format(1))).to_have_value("甲")
    officer.press("Control+Z")
    expect(officer.cell(NAME.format(1))).to_have_value("乙")
    officer.press("Control+Z", "Control+Z")
    officer.expect_saved()
    assert [name for name, *_ in tasks(filing)] == ["甲", ""]


def test_all_tasks_are_removed_and_added_by_buttons(officer: Window, filing: Filing) -> None:
    officer.cell(NAME.format(1)).fill("甲")
    officer.page.locator("th.label", has_text="年度主要").get_by_role("button").click()
    expect(officer.cell(NAME.format(2))).to_be_focused()
    for _ in range(2):
        officer.page.locator("tr.tasks .row-menu summary").first.click()
        officer.page.locator("tr.tasks .row-menu[open]").get_by_role("button", name="删去这一行").click()
    expect(officer.cell(NAME.format(1))).to_have_count(0)
    officer.expect_saved()
    assert tasks(filing) == []
    expect(officer.cell("金额合计，万元")).to_be_visible()
    officer.page.locator("th.label", has_text="年度主要").get_by_role("button").click()
    officer.type("丙")
    officer.expect_saved()
    assert tasks(filing) == [("丙", "", "")]


def test_the_sum_of_the_tasks_is_live_and_can_be_put_into_the_total(officer: Window, filing: Filing) -> None:
    split = officer.page.locator("#sums .split")
    expect(split).to_have_count(1)
    expect(split).to_contain_text("未填写")
    officer.cell(AMOUNT.format(1)).fill("30")
    officer.press("Control+Enter")
    officer.cell(AMOUNT.format(2)).fill("12.5万")
    expect(split).to_contain_text("42.50")
    officer.cell("金额合计，万元").fill("40")
    expect(split).to_contain_text("比金额合计多 2.50 万元")
    officer.cell(AMOUNT.format(2)).fill("很多")
    expect(split).to_contain_text("有金额无法识别")
    officer.cell(AMOUNT.format(2)).fill("5")
    expect(split).to_contain_text("比金额合计少 5.00 万元")
    split.get_by_role("button", name="金额合计填 35.00 万元").click()
    expect(officer.cell("金额合计，万元")).to_have_value("35.00")
    expect(split).to_contain_text("与金额合计相符")
    officer.cell(NAME.format(2)).focus()
    officer.press("Alt+Delete")
    expect(split).to_contain_text("比金额合计少")
    expect(split).to_contain_text("30.00")
    officer.expect_saved()
    assert drafts.raw(filing).amounts["TOTAL"] == "35.00"


def test_the_side_panels_are_the_same_after_a_reload(officer: Window) -> None:
    officer.cell(AMOUNT.format(1)).fill("30")
    officer.cell("金额合计，万元").fill("40")
    officer.expect_saved()
    words = officer.page.locator("#sums").inner_text()
    with_scripts = officer.page.context.browser
    assert with_scripts
    plain = with_scripts.new_context(java_script_enabled=False)
    plain.add_cookies(officer.page.context.cookies())  # type: ignore[arg-type]
    page = plain.new_page()
    page.goto(officer.page.url)
    button = officer.page.locator("#sums button").inner_text()
    assert page.locator("#sums").inner_text().split() == words.replace(button, "").split()
    plain.close()


def test_tasks_are_pasted_with_their_heads_and_their_total(officer: Window, filing: Filing) -> None:
    officer.cell(NAME.format(1)).focus()
    heads = "任务名称\t主要内容\t预算金额（万元）"
    officer.paste(f"{heads}\r\n单位运转\t人员工资\t30\r\n档案进馆\t\t12\r\n合计\t\t42\r\n")
    officer.expect_toast("已粘贴 6 个栏目，新增 1 行")
    officer.expect_saved()
    assert tasks(filing) == [("单位运转", "人员工资", "30"), ("档案进馆", "", "12")]
    assert drafts.raw(filing).amounts["TOTAL"] == "42"
    officer.press("Control+Z")
    officer.expect_saved()
    assert tasks(filing) == [("", "", "")]


def test_tasks_are_pasted_from_the_caret_on_over_others_only_when_asked(officer: Window, filing: Filing) -> None:
    officer.cell(CONTENT.format(1)).fill("旧")
    officer.paste("新\t8\r\n又\t9\r\n")
    dialog = officer.page.locator("#paste")
    expect(dialog).to_contain_text("其中 1 个栏目将覆盖已有内容")
    expect(dialog).to_contain_text("新的任务")
    dialog.locator("[data-paste]").click()
    officer.expect_toast("已粘贴 4 个栏目")
    officer.expect_saved()
    assert tasks(filing) == [("", "新", "8"), ("", "又", "9")]


def test_lines_without_a_table_are_one_content(officer: Window, filing: Filing) -> None:
    officer.cell(CONTENT.format(1)).focus()
    officer.paste("接收到期档案；\r\n清点入库。\r\n")
    officer.expect_saved()
    assert tasks(filing) == [("", "接收到期档案；\n清点入库。", "")]
    officer.press("Control+A")
    officer.paste("甲\r\n乙\r\n", "<table><tr><td>甲</td></tr><tr><td>乙</td></tr></table>")
    officer.page.locator("#paste [data-paste]").click()
    officer.expect_toast("已粘贴")
    officer.expect_saved()
    assert tasks(filing) == [("", "甲", ""), ("", "乙", "")]


@on_values_in_three_columns
def test_targets_in_three_columns_are_joined_and_weights_pasted(officer: Window, filing: Filing) -> None:
    officer.cell(QUANTITY.format(1)).focus()
    heads = "一级指标\t二级指标\t三级指标\t计算符号\t指标值\t计量单位\t分值（90）"
    lines = (
        "产出指标\t数量指标\t接收档案\t≥\t500\t卷\t10",
        "\t\t利用档案\t≥\t300人次\t人次\t5",
        "\t质量指标\t完好率\t=\t100\t%\t",
        "效益指标\t可持续影响指标\t管理制度\t定性\t健全\t/\t8",
    )
    officer.paste("\r\n".join([heads, *lines]))
    officer.expect_toast("新增 1 行")
    officer.expect_saved()
    assert values(filing) == [
        ("接收档案", "≥500卷", "10"),
        ("利用档案", "≥300人次", "5"),
        ("完好率", "=100%", ""),
        ("管理制度", "健全", "8"),
    ]


@on_values_in_three_columns
@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        # As printed; as displayed; a number without a comparator.
        ("接收\t≥\t500\t卷\t10\r\n利用\t≤\t3\t次\t8", [("接收", "≥500卷", "10"), ("利用", "≤3次", "8")]),
        ("接收\t≥500卷\t10\r\n利用\t≤3次\t8", [("接收", "≥500卷", "10"), ("利用", "≤3次", "8")]),
        ("接收\t500\t卷\t10\r\n利用\t3\t次\t8", [("接收", "500卷", "10"), ("利用", "3次", "8")]),
        ("接收\t≥500卷\r\n利用\t≤3次", [("接收", "≥500卷", ""), ("利用", "≤3次", "")]),
    ],
)
def test_blocks_without_heads(
    officer: Window, filing: Filing, pasted: str, expected: list[tuple[str, str, str]]
) -> None:
    officer.cell(QUANTITY.format(1)).focus()
    officer.paste(pasted)
    officer.expect_toast("新增 1 行")
    officer.expect_saved()
    assert values(filing) == expected


@on_values_in_three_columns
def test_a_column_of_weights_is_pasted_where_the_caret_is(officer: Window, filing: Filing) -> None:
    officer.cell(QUANTITY.format(1)).fill("接收")
    officer.press("Control+Enter")
    officer.type("利用")
    officer.cell(WEIGHT.format(1)).focus()
    officer.paste("10\r\n8\r\n")
    officer.expect_saved()
    assert values(filing) == [("接收", "", "10"), ("利用", "", "8")]


@on_values_in_three_columns
def test_the_hint_of_a_target_in_three_columns_corrects_it(officer: Window, filing: Filing) -> None:
    value = officer.cell("数量指标第 1 行，指标值")
    value.fill("500卷")
    officer.expect_saved()
    cell = officer.page.locator("td.target", has=value)
    line = cell.locator(".target-hint")
    expect(line).to_contain_text("500")
    line.click()
    cell.get_by_label("符号", exact=True).select_option("≥")
    expect(value).to_have_value("≥500卷")
    officer.expect_saved()
    assert values(filing) == [("", "≥500卷", "")]


def test_a_note_is_typed_saved_and_undone(officer: Window, filing: Filing) -> None:
    note = officer.cell("数量指标第 1 行，备注")
    note.fill("以系统为准")
    officer.expect_saved()
    officer.press("Control+Z")
    expect(note).to_have_value("")
    officer.expect_saved()
    officer.press("Control+Y")
    officer.expect_saved()
    assert [row.more for row in drafts.raw(filing).indicators if row.more] == [{"note": "以系统为准"}]


def test_parts_of_a_target_are_joined_as_they_are_split(officer: Window) -> None:
    values = [
        *examples(st.text(max_size=12), 150),
        "≥90%",
        "不低于 90％",
        "28人",
        "≤3.5元/亩",
        "予以保障",
        "2024年12月底前",
    ]
    inputs = [target.split_target(value) for value in values]
    assert answers(officer.page, "paste/target_parts.js", "of.joinTarget(...it)", inputs) == [
        "".join(parts) for parts in inputs
    ]


def test_placeholders_around_a_target_are_left_out(officer: Window) -> None:
    """As the import of files does."""
    expected = {
        ("≥", "90", "%"): "≥90%",
        ("≥", "90%", "%"): "≥90%",
        ("≥", "90%", "％"): "≥90%",
        ("定性", "优良", "/"): "优良",
        ("——", "持续改善", "无"): "持续改善",
        (" ＞ ", " 5 ", " 件 "): "＞5件",
        ("", "28", "人"): "28人",
        ("≥", "", ""): "≥",
    }
    assert answers(officer.page, "paste/target_parts.js", "of.joinTarget(...it)", list(expected)) == list(
        expected.values()
    )


def test_columns_of_comparators_and_units_are_recognized(officer: Window) -> None:
    columns = [["≥", "", "≤"], ["定性", "/"], ["不低于", ">="], ["", ""], ["≥90%"], ["甲"], ["1"]]
    assert answers(officer.page, "paste/target_parts.js", "of.areComparators(it)", columns) == [True] * 3 + [False] * 4
    units = [["%", "元/亩", ""], ["人次"], ["10", "5"], ["5分"], ["按省定标准执行并报备案"]]
    assert answers(officer.page, "paste/target_parts.js", "of.areUnits(it)", units) == [True, True, False, False, False]
