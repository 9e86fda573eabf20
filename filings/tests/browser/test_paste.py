"""Pasting: blocks with merged cells, a whole table, over typed text, duties, and malicious content."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from filings import drafts
from filings.models import Filing
from filings.tests.browser.window import Window
from filings.tests.drafting import duties, rows

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

NAME = "数量指标第 {} 行，三级指标"
VALUE = "数量指标第 {} 行，指标值及单位"
# 12 rows and 4 columns, the first and second level merged, as Excel copies the official table.
CLASSES = {"数量指标": 3, "质量指标": 3, "成本指标": 2, "时效指标": 4}


def block() -> tuple[str, str]:
    lines, plain, number = [], [], 0
    for class_, count in CLASSES.items():
        for row in range(count):
            number += 1
            first = "<td rowspan=12 class=xl65>产出<br>\n  指标</td>" if number == 1 else ""
            second = f"<td rowspan={count}>{class_}</td>" if row == 0 else ""
            lines.append(f"<tr height=19>{first}{second}<td>名称{number}</td><td>≥{number}个</td></tr>")
            plain.append("\t".join([first and "产出指标", second and class_, f"名称{number}", f"≥{number}个"]))
    html = f"<html><body><table border=0><!--StartFragment-->{''.join(lines)}<!--EndFragment--></table></body></html>"
    return "\r\n".join(plain) + "\r\n", html


def test_a_block_of_12_by_4_with_merged_cells_is_pasted_by_class_and_undone_as_one_step(
    officer: Window, filing: Filing
) -> None:
    before = officer.names()
    officer.cell(NAME.format(1)).focus()
    officer.paste(*block())
    officer.expect_toast("已粘贴 24 个栏目，新增 8 行")
    expect(officer.cell(VALUE.format(1))).to_have_value("≥1个")
    expect(officer.cell("时效指标第 4 行，三级指标")).to_have_value("名称12")
    officer.expect_saved()
    pasted = [(node, name) for node, name in rows(filing) if name.startswith("名称")]
    numbers = iter(range(1, 13))
    nodes = {"数量指标": "OUT.QTY", "质量指标": "OUT.QUAL", "成本指标": "OUT.COST", "时效指标": "OUT.TIME"}
    expected = [(nodes[class_], f"名称{next(numbers)}") for class_, count in CLASSES.items() for _ in range(count)]
    assert pasted == expected
    labels = officer.page.locator("th.level", has_text=re.compile("数量指标"))
    expect(labels).to_have_attribute("rowspan", "4")
    officer.press("Control+Z")
    assert officer.names() == before
    officer.expect_saved()
    assert [name for _, name in rows(filing) if name] == ["接收档案", "查阅人次"]
    officer.press("Control+Y")
    officer.expect_saved()
    assert len([name for _, name in rows(filing) if name.startswith("名称")]) == 12


def test_a_block_without_classes_fills_the_cell_and_its_neighbours(officer: Window, filing: Filing) -> None:
    officer.cell(NAME.format(1)).focus()
    officer.paste("甲\t≥1个\r\n", "")
    expect(officer.cell(NAME.format(1))).to_have_value("甲")
    expect(officer.cell(VALUE.format(1))).to_have_value("≥1个")
    officer.cell("质量指标第 1 行，三级指标").focus()
    lines = ("<td rowspan=2>合并</td><td>1个</td>", "<td>2个</td>", "<td>丙</td><td>3个</td>")
    html = f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"
    officer.paste("合并\t1个\n\t2个\n丙\t3个", html)
    officer.expect_toast("新增 2 行")
    officer.expect_saved()
    raw = drafts.raw(filing)
    assert [(row.name, row.target) for row in raw.indicators if row.node == "OUT.QUAL"] == [
        ("合并", "1个"),
        ("", "2个"),
        ("丙", "3个"),
    ]


def test_overwriting_typed_text_needs_confirmation(officer: Window, filing: Filing) -> None:
    officer.cell(NAME.format(2)).focus()
    officer.paste("新名\t≥9个\t备注\n又一个\t≥8个\t")
    dialog = officer.page.get_by_role("dialog", name="粘贴前请核对")
    expect(dialog).to_contain_text("将贴入 4 个栏目，新增 1 行，其中 2 个栏目将覆盖已有内容。")
    line = dialog.get_by_role("row", name="数量指标第 2 行，三级指标")
    expect(line).to_contain_text("接收档案")
    expect(line).to_contain_text("新名")
    expect(dialog).to_contain_text("有 1 处没有对应的栏目，不会贴入：「备注」")
    dialog.get_by_role("button", name="不粘贴").click()
    expect(officer.cell(NAME.format(2))).to_be_focused()
    expect(officer.cell(NAME.format(2))).to_have_value("接收档案")
    officer.press("Control+V", "Enter")
    expect(officer.cell(NAME.format(3))).to_have_value("又一个")
    officer.expect_saved()
    assert filing.points.filter(kind="paste").count() == 1
    officer.press("Control+Z")
    expect(officer.cell(NAME.format(2))).to_have_value("接收档案")
    expect(officer.cell(VALUE.format(2))).to_have_value("≥500卷")


def test_amounts_go_down_their_lines_or_to_the_lines_that_are_named(officer: Window, filing: Filing) -> None:
    officer.cell("政府性基金拨款，万元").focus()
    officer.paste("1.5\n2.5\n")
    expect(officer.cell("纳入专户管理的非税收入拨款，万元")).to_have_value("2.5")
    officer.cell("资金总额，万元").focus()
    officer.paste("资金总额：\t550.13\n其中：基本支出：317.13万元\n项目支出\t233")
    officer.page.get_by_role("dialog").get_by_role("button", name="粘贴", exact=True).click()
    expect(officer.cell("项目支出，万元")).to_have_value("233")
    officer.expect_saved()
    amounts = drafts.raw(filing).amounts
    assert (amounts["TOTAL"], amounts["EXP.BASIC"], amounts["EXP.PROJECT"]) == ("550.13", "317.13万元", "233")


def test_duties_are_split_at_their_numerals(officer: Window, filing: Filing) -> None:
    sample = Path(settings.BASE_DIR, "fixtures/samples/2022-hengdong-organization-department.txt").read_text("utf-8")
    text = sample[
        sample.index("（一）") : sample.index("（十三）") + len("（十三）承办县委和上级组织部门交办的其他事项。")
    ]
    officer.cell("职责第 1 条").focus()
    officer.paste(text)
    officer.expect_toast("已按序号贴成 13 条")
    expect(officer.cell("职责第 13 条")).to_have_value("（十三）承办县委和上级组织部门交办的其他事项。")
    officer.expect_saved()
    assert len(duties(filing)) == 14
    officer.press("Control+Z")
    expect(officer.cell("职责第 3 条")).to_have_count(0)
    expect(officer.cell("职责第 1 条")).to_have_value("（一）")


def test_other_numerals_split_too_and_a_text_without_stays_one(officer: Window, filing: Filing) -> None:
    officer.cell("职责第 1 条").fill("")
    officer.paste("① 管档案。② 管查阅。③ 管移交。")
    expect(officer.cell("职责第 3 条")).to_have_value("③ 管移交。")
    expect(officer.cell("职责第 4 条")).to_have_value("④负责全县档案的收集和保管。")
    goal = officer.cell("整体绩效目标")
    goal.focus()
    officer.press("Control+A")
    officer.paste("1.先做这个。\n2.再做那个。", "<p onclick=alert(1)>1.先做这个。</p>")
    expect(goal).to_have_value("1.先做这个。\n2.再做那个。")
    officer.cell(NAME.format(2)).focus()
    officer.press("End")
    officer.paste("（新）\t\r\n", "<table><tr><td>（新）</td><td></td></tr></table>")
    expect(officer.cell(NAME.format(2))).to_have_value("接收档案（新）")
    officer.press("Control+A")
    officer.paste('"甲\n""乙"""\r\n', '<table><tr><td>甲<br>"乙"</td></tr></table>')
    expect(officer.cell(NAME.format(2))).to_have_value('甲\n"乙"')


def test_too_much_is_refused_with_its_numbers_and_changes_nothing(officer: Window, filing: Filing) -> None:
    before = officer.names()
    officer.cell(NAME.format(1)).focus()
    officer.paste("\n".join(f"名称{number}\t≥{number}个" for number in range(2000)))
    officer.expect_toast("需粘贴 2000 行，表中已有 10 行，最多 300 行。未粘贴")
    assert officer.names() == before
    officer.cell("职责第 1 条").focus()
    officer.paste("".join(f"{number}.职责。" for number in range(1, 99)))
    officer.expect_toast("需粘贴 98 行，表中已有 2 行，最多 60 行。未粘贴")
    goal = officer.cell("整体绩效目标")
    goal.focus()
    officer.press("Control+A")
    officer.paste("长" * 200_000)
    expect(officer.page.get_by_text("这里有 200000 个字，最多 5000 个，未保存。")).to_be_visible()
    assert goal.evaluate("field => field.value.length") == 200_000
    assert drafts.raw(filing).goal == "保障单位运转，管好县档案。"
    goal.fill("改短了。")
    officer.expect_saved()
    assert drafts.raw(filing).goal == "改短了。"


def test_no_pasted_markup_runs_and_nothing_is_asked_of_other_hosts(officer: Window, filing: Filing) -> None:
    requested: list[str] = []
    officer.page.on("request", lambda request: requested.append(request.url))
    officer.page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    html = (
        "<table><tr><td>甲<script>alert(1)</script><img src='http://198.51.100.7/x.png' onerror='alert(2)'></td>"
        "<td><svg onload=alert(3)></svg>≥1个<iframe src=javascript:alert(4)></iframe></td></tr>"
        "<tr><td>&lt;b&gt;乙&lt;/b&gt;</td><td>2\u0007个\u0000</td></tr></table>"
    )
    officer.cell("质量指标第 1 行，三级指标").focus()
    officer.paste("甲\t≥1个\n<b>乙</b>\t2个", html)
    expect(officer.cell("质量指标第 2 行，三级指标")).to_have_value("<b>乙</b>")
    officer.expect_saved()
    names = [(row.name, row.target) for row in drafts.raw(filing).indicators if row.node == "OUT.QUAL"]
    assert names == [("甲", "≥1个"), ("<b>乙</b>", "2个")]
    officer.page.reload()
    expect(officer.cell("质量指标第 2 行，三级指标")).to_have_value("<b>乙</b>")
    assert [url for url in requested if not url.startswith((officer.site, "data:"))] == []
