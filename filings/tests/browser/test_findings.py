"""Findings with scripts: explanations saved while typing, quick fixes, examples for vague targets."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from filings import drafts
from filings.models import Filing, LibraryEntry
from filings.tests.browser.window import Window

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

PROJECT, BASIC = "项目支出，万元", "基本支出，万元"
NAME, VALUE = "数量指标第 1 行，三级指标", "数量指标第 1 行，指标值及单位"


def asks_for_an_explanation(officer: Window) -> None:
    officer.cell(BASIC).fill("60")
    officer.cell(PROJECT).fill("40")
    officer.page.get_by_role("button", name="核对全表").click()
    officer.expect_saved()
    expect(officer.page.locator("#findings .explanation textarea")).to_be_visible()


def explained(filing: Filing) -> list[str]:
    return list(filing.texts.filter(place__startswith="explanations").values_list("raw", flat=True))


def test_an_explanation_is_saved_and_stays_when_the_list_is_replaced(officer: Window, filing: Filing) -> None:
    asks_for_an_explanation(officer)
    explanation = officer.page.locator("#findings .explanation textarea")
    explanation.click()
    officer.type("用于新馆搬迁")
    officer.expect_saved()
    expect(explanation).to_be_focused()
    officer.type("，见批复")
    officer.cell(NAME).click()
    officer.expect_saved()
    assert explained(filing) == ["用于新馆搬迁，见批复"]
    expect(officer.page.locator("#verdict")).to_contain_text("（1 项需说明，已说明 1 项）")
    expect(explanation).to_have_value("用于新馆搬迁，见批复")
    officer.page.reload()
    officer.wait_until_ready()
    expect(officer.page.locator("#findings .explanation textarea")).to_have_value("用于新馆搬迁，见批复")


def test_enter_in_an_explanation_breaks_the_line_and_goes_nowhere(officer: Window, filing: Filing) -> None:
    asks_for_an_explanation(officer)
    officer.page.locator("#findings .explanation textarea").click()
    officer.type("一")
    officer.press("Enter")
    officer.type("二")
    officer.expect_saved()
    assert explained(filing) == ["一\n二"]


def test_a_quick_fix_is_one_click_and_one_undo_step(officer: Window, filing: Filing) -> None:
    officer.cell(NAME).fill("查阅满足率")
    officer.cell(VALUE).fill("≥100%")
    officer.cell(NAME).click()
    officer.expect_saved()
    officer.page.locator("#findings").get_by_role("button", name="改为 =100%").click()
    expect(officer.cell(VALUE)).to_have_value("=100%")
    officer.expect_saved()
    expect(officer.page.get_by_role("button", name="改为 =100%")).to_have_count(0)
    assert drafts.raw(filing).indicators[0].target == "=100%"
    officer.press("Control+Z")
    expect(officer.cell(VALUE)).to_have_value("≥100%")


def test_a_vague_target_is_marked_and_has_examples(officer: Window, filing: Filing) -> None:
    LibraryEntry.objects.create(
        name="接收进馆档案",
        canonical="OUT.QTY",
        comparator="≥",
        unit="卷",
        values=["≥5000卷"],
        source="演示",
        at=timezone.now(),
    )
    officer.cell(NAME).fill("接收进馆档案")
    officer.cell(VALUE).fill("稳步提高")
    officer.cell(NAME).click()
    officer.expect_saved()
    officer.cell(VALUE).focus()
    officer.page.get_by_role("button", name="表述不够具体，查看参考写法").click()
    officer.page.get_by_role("button", name="≥5000卷").click()
    expect(officer.cell(VALUE)).to_have_value("≥5000卷")
    officer.expect_saved()
    assert drafts.raw(filing).indicators[0].target == "≥5000卷"
    expect(officer.page.locator(".examples")).to_have_count(0)


def test_the_funding_row_is_updated_by_each_save(officer: Window, filing: Filing) -> None:
    asks_for_an_explanation(officer)
    expect(officer.page.locator("#funding")).to_contain_text("项目支出 40.00 尚无对应指标")
    officer.cell(PROJECT).fill("30")
    officer.cell(NAME).click()
    expect(officer.page.locator("#funding")).to_contain_text("项目支出 30.00 尚无对应指标")
