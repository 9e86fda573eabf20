"""The whole table of 2022 filled in and submitted without a mouse."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from filings import drafts
from filings.choices import Status
from filings.models import Filing
from filings.tests.browser.window import Window
from filings.tests.county import County
from filings.tests.founding import EDITION, founding_document

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

NAMES = {"filing_unit": "县档案馆", "department": "县档案馆"}
DOCUMENT = replace(founding_document(), fields=NAMES)
MOST_TABS = 200


@pytest.fixture
def filing(county: County) -> Filing:
    """A draft with only the name of the department."""
    return county.started()


def tab_to(officer: Window, label: str, key: str = "Tab") -> None:
    """Press Tab until the field has the focus."""
    there = "label => [document.activeElement.ariaLabel, document.activeElement.textContent.trim()].includes(label)"
    for _ in range(MOST_TABS):
        if officer.page.evaluate(there, label):
            return
        officer.press(key)
    raise AssertionError(f"{label} is not reached")


def rows_of(node: str) -> list[tuple[str, str]]:
    return [(row.name, row.target) for row in DOCUMENT.indicators if row.node == node]


def type_amounts(officer: Window) -> None:
    tab_to(officer, "资金总额，万元")
    for line in EDITION.lines:
        label = line.label.rstrip("：")
        if typed := DOCUMENT.amounts[line.key]:
            tab_to(officer, f"{label}，万元", "Tab" if not line.key.startswith("INC") else "Enter")
            officer.type(typed)
        if line.key == "INC.GENERAL":
            officer.press("Tab")


def type_class(officer: Window, label: str, rows: list[tuple[str, str]]) -> None:
    for number, (name, target) in enumerate(rows):
        if number:
            officer.press("Control+Enter")
        expect(officer.cell(f"{label}第 {number + 1} 行，三级指标")).to_be_focused()
        officer.type(name)
        tab_to(officer, f"{label}第 {number + 1} 行，指标值及单位")
        officer.type(target)


def explain_and_confirm(officer: Window) -> None:
    """Explain the only warning that needs it, and submit."""
    for _ in range(MOST_TABS):
        officer.press("Tab")
        if officer.page.evaluate("document.activeElement.tagName === 'TEXTAREA'"):
            break
    officer.type("项目支出另有专项绩效目标。")
    tab_to(officer, "确认提交")
    officer.press("Enter")


def paste_the_rest(officer: Window, from_: int) -> None:
    """The lower half of the table as copied from last year's workbook, with classes."""
    lines = []
    for first, second in list(EDITION.leaves())[from_:]:
        for name, target in rows_of(second.key):
            labels = ("".join(first.label.split()), "".join(second.label.split()))
            lines.append("\t".join((*labels, name, target)))
    officer.paste("\r\n".join(lines) + "\r\n")
    officer.expect_toast("已粘贴")


def test_the_whole_sample_by_keyboard_only(officer: Window, filing: Filing) -> None:
    type_amounts(officer)
    tab_to(officer, "职责第 1 条")
    officer.paste("\n".join(duty.text for duty in DOCUMENT.duties))
    officer.expect_toast("已按序号贴成 13 条")
    tab_to(officer, "整体绩效目标")
    officer.paste(DOCUMENT.goal)
    classes = list(EDITION.leaves())
    for first_level, second in classes[:4]:
        assert "".join(first_level.label.split()) == "产出指标"
        label = "".join(second.label.split())
        tab_to(officer, f"{label}第 1 行，三级指标", "Enter" if label == "数量指标" else "Tab")
        type_class(officer, label, rows_of(second.key))
    tab_to(officer, "经济效率指标第 1 行，三级指标")
    paste_the_rest(officer, from_=4)
    officer.expect_saved()
    assert drafts.document(filing) == replace(DOCUMENT, year=filing.cycle.year)
    tab_to(officer, "提交送签", "Shift+Tab")
    officer.press("Enter")
    expect(officer.page.get_by_role("heading", name="确认提交")).to_be_visible()
    explain_and_confirm(officer)
    expect(officer.page.get_by_role("status").filter(has_text="已提交，等单位负责人审签。")).to_be_visible()
    filing.refresh_from_db()
    assert filing.status == Status.SIGNING
    assert [point.kind for point in filing.points.order_by("id")] == ["opened", "paste", "paste", "submission"]
