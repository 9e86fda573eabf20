"""Edits made while a save is in progress or after a save by another user; saves are held back to force the order."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from filings import drafts
from filings.choices import Role, Status
from filings.drafts import Change
from filings.models import Filing
from filings.tests.browser.gate import Gate
from filings.tests.browser.window import Window, gone
from filings.tests.county import County, create_user
from filings.tests.drafting import rows

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

TOTAL, GOAL = "资金总额，万元", "整体绩效目标"
NAME, VALUE = "数量指标第 2 行，三级指标", "数量指标第 2 行，指标值及单位"
OLD = "保障单位运转，管好县档案。"

Theirs = Callable[..., None]


@pytest.fixture
def theirs(county: County, filing: Filing) -> Theirs:
    """Save as another user, unknown to the page."""
    other = create_user("other", Role.FILLER, county.department)
    numbers = iter(range(1, 99))

    def save(*changes: tuple[str, str, str]) -> None:
        fresh = Filing.objects.get(pk=filing.pk)
        listed = [Change(*change) for change in changes]
        assert drafts.save(fresh, listed, by=other, client_id=f"theirs-{next(numbers)}").is_whole

    return save


def goal(filing: Filing) -> str:
    return drafts.raw(filing).goal


def begin_to_save(officer: Window, gate: Gate, text: str = "甲") -> None:
    """Start saving the goal and move the caret to another cell."""
    with officer.page.expect_request("**/fill/changes/"):
        officer.cell(GOAL).fill(text)
        officer.cell(NAME).focus()
    officer.press("End")


def test_text_typed_into_a_cell_in_conflict_is_kept(officer: Window, theirs: Theirs, filing: Filing) -> None:
    theirs(("amounts[TOTAL]", "100", "110"))
    officer.cell(TOTAL).fill("120")
    officer.expect_status("待您选择")
    officer.cell(TOTAL).fill("125")
    officer.page.get_by_role("button", name="采用本人填写").click()
    officer.expect_saved()
    assert drafts.raw(filing).amounts["TOTAL"] == "125"


def test_keeping_theirs_takes_their_latest_text(officer: Window, theirs: Theirs, filing: Filing) -> None:
    theirs(("amounts[TOTAL]", "100", "110"))
    officer.cell(TOTAL).fill("120")
    officer.expect_status("待您选择")
    theirs(("amounts[TOTAL]", "110", "115"))
    officer.cell(GOAL).fill("别处。")
    expect(officer.page.locator("#toast")).to_be_visible(visible=False)
    officer.expect_status("有 1 处未保存")
    officer.page.get_by_role("button", name="采用对方填写").click()
    expect(officer.cell(TOTAL)).to_have_value("115")


def test_a_row_being_edited_stays_when_another_user_removes_it(
    officer: Window, gate: Gate, theirs: Theirs, filing: Filing
) -> None:
    theirs(("indicators[i0]", "20", ""))
    begin_to_save(officer, gate)
    officer.type("和整理")
    gate.open()
    expect(officer.page.get_by_text("删去了这一行，您填的「接收档案和整理」未保存。")).to_be_visible()
    expect(officer.cell(NAME)).to_have_value("接收档案和整理")
    officer.page.get_by_role("button", name="采用对方填写").click()
    expect(officer.cell(NAME)).to_have_count(0)
    officer.press("Control+Z")
    officer.expect_saved()
    assert ("OUT.QTY", "接收档案和整理") in rows(filing)


def test_changes_of_others_wait_for_the_end_of_a_composition(
    officer: Window, gate: Gate, theirs: Theirs, filing: Filing
) -> None:
    session = officer.page.context.new_cdp_session(officer.page)
    theirs(("indicators[i0].name", "接收档案", "他们的名称"), ("indicators[i1]", "21", ""))
    begin_to_save(officer, gate)
    session.send("Input.imeSetComposition", {"text": "dang'an", "selectionStart": 7, "selectionEnd": 7})
    gate.open()
    officer.page.wait_for_function("document.querySelector('#save-status').textContent.includes('正在保存')")
    expect(officer.cell(NAME)).to_have_value("接收档案dang'an")
    session.send("Input.insertText", {"text": "档案"})
    expect(officer.page.get_by_text("已改为「他们的名称」，您填的「接收档案档案」未保存。")).to_be_visible()
    officer.page.get_by_role("button", name="采用本人填写").click()
    officer.cell(TOTAL).fill("77")
    officer.expect_saved()
    assert drafts.raw(filing).amounts["TOTAL"] == "77"
    assert filing.indicators.get(key="i0").name == "接收档案档案"


def test_an_edit_undone_while_being_sent_is_undone_on_the_server(officer: Window, gate: Gate, filing: Filing) -> None:
    begin_to_save(officer, gate)
    officer.press("Control+Z")
    expect(officer.cell(GOAL)).to_have_value(OLD)
    assert "甲" not in officer.page.evaluate("JSON.stringify(Object.values(localStorage))").replace("甲\\", "")
    gate.open()
    officer.expect_saved()
    assert goal(filing) == OLD


def test_the_answer_to_a_save_on_hiding_the_page_is_handled(officer: Window, gate: Gate, filing: Filing) -> None:
    begin_to_save(officer, gate)
    officer.cell(GOAL).fill("甲乙")
    hide = "Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true });"
    with officer.page.expect_request("**/fill/changes/"):
        officer.page.evaluate(f"{hide} document.dispatchEvent(new Event('visibilitychange'))")
    officer.page.evaluate("delete document.visibilityState")
    officer.press("Control+Z", "Control+Z")
    expect(officer.cell(GOAL)).to_have_value(OLD)
    gate.open()
    officer.expect_saved()
    assert goal(filing) == OLD


def test_a_submission_waits_for_edits_made_during_a_save(officer: Window, gate: Gate, filing: Filing) -> None:
    begin_to_save(officer, gate, "先存的。")
    officer.type("（全部）")
    officer.page.get_by_role("button", name="提交送签").click()
    gate.open()
    officer.page.get_by_role("button", name="确认提交").click()
    expect(officer.page.get_by_role("status").filter(has_text="已提交")).to_be_visible()
    filing.refresh_from_db()
    assert filing.status == Status.SIGNING
    assert "接收档案（全部）" in [row.name for row in drafts.document(filing).indicators]


def test_a_submission_overwrites_nothing_by_another_user(officer: Window, theirs: Theirs, filing: Filing) -> None:
    officer.cell(GOAL).fill("甲")
    officer.expect_saved()
    theirs(("goals[0]", "甲", OLD))
    officer.page.get_by_role("button", name="提交送签").click()
    expect(officer.page.get_by_role("alert").filter(has_text="other甲已于")).to_be_visible()
    assert goal(filing) == OLD


def test_a_cell_of_a_row_removed_at_once_does_not_block_saving(officer: Window, theirs: Theirs, filing: Filing) -> None:
    theirs(("indicators[i0].name", "接收档案", "他们的名称"))
    officer.page.context.set_offline(True)
    officer.cell(NAME).fill("我的名称")
    officer.press("Alt+Delete")
    officer.expect_status("未保存")
    officer.page.context.set_offline(False)
    officer.expect_status("有 2 处未保存")
    expect(officer.page.get_by_text("已改为「他们的名称」")).to_be_visible()
    for _ in range(2):
        officer.page.get_by_role("button", name="采用对方填写").first.click()
    officer.expect_saved()
    assert filing.indicators.get(key="i0").name == "他们的名称"


def test_undoing_a_row_leaves_it_when_another_user_has_written_in_it(
    officer: Window, theirs: Theirs, filing: Filing
) -> None:
    officer.cell(VALUE).focus()
    officer.press("Control+Enter")
    officer.expect_saved()
    added = [row.key for row in drafts.raw(filing).indicators if row.node == "OUT.QTY"][-1]
    theirs((f"indicators[{added}].name", "", "他们写的"))
    officer.cell(GOAL).fill("别处。")
    expect(officer.cell("数量指标第 3 行，三级指标")).to_have_value("他们写的")
    officer.press("Control+Z", "Control+Z")
    officer.expect_toast("后来又有改动，保持不变")
    officer.expect_saved()
    assert ("OUT.QTY", "他们写的") in rows(filing)


def test_undo_does_not_overwrite_another_user(officer: Window, gate: Gate, theirs: Theirs, filing: Filing) -> None:
    officer.cell(TOTAL).focus()
    officer.press("End")
    officer.type("5")
    theirs(("goals[0]", OLD, "他们的目标。"))
    gate.open()
    officer.expect_saved()
    expect(officer.cell(GOAL)).to_have_value("他们的目标。")
    officer.cell(GOAL).focus()
    officer.press("Control+End")
    officer.type("我加的。")
    officer.press("Control+Z")
    expect(officer.cell(GOAL)).to_have_value("他们的目标。")


def test_a_pasted_image_changes_nothing(officer: Window) -> None:
    officer.cell(NAME).focus()
    officer.press("Control+A")
    officer.page.evaluate(
        "document.activeElement.dispatchEvent(new ClipboardEvent('paste',"
        " { clipboardData: new DataTransfer(), bubbles: true, cancelable: true }))"
    )
    expect(officer.cell(NAME)).to_have_value("接收档案")


def test_an_abandoned_composition_does_not_block_earlier_edits(officer: Window, filing: Filing) -> None:
    session = officer.page.context.new_cdp_session(officer.page)
    goal_cell = officer.cell(GOAL)
    goal_cell.focus()
    officer.press("Control+End")
    officer.type("又一句。")
    session.send("Input.imeSetComposition", {"text": "x", "selectionStart": 1, "selectionEnd": 1})
    session.send("Input.imeSetComposition", {"text": "", "selectionStart": 0, "selectionEnd": 0})
    officer.expect_saved()
    assert goal(filing) == f"{OLD}又一句。"


def test_copies_of_two_crashed_windows_are_offered_one_after_another(
    officer: Window, county: County, filing: Filing
) -> None:
    copy = '{"at": %d, "cells": [{"place": "goals[0]", "before": "旧", "after": "%s", "sent": null, "row": null}]}'
    key = f"perf-targets-draft/{county.filler.pk}/{filing.pk}"
    for number, text in ((1, "先关的。"), (2, "后关的。")):
        officer.page.evaluate(
            "([key, value]) => localStorage.setItem(key, value)", [f"{key}/w{number}", copy % (number, text)]
        )
    officer.page.reload()
    offer = officer.page.locator("#recovery")
    expect(offer).to_contain_text("先关的。")
    offer.get_by_role("button", name="放弃这些填写").click()
    expect(offer).to_contain_text("后关的。")
    offer.get_by_role("button", name="恢复这些填写").click()
    officer.page.get_by_role("button", name="采用本人填写").click()
    officer.expect_saved()
    assert goal(filing) == "后关的。"
    assert officer.page.evaluate("localStorage.length") == 0


def test_recovering_a_cell_of_a_removed_row_restores_the_row(
    officer: Window, theirs: Theirs, county: County, filing: Filing
) -> None:
    officer.page.context.set_offline(True)
    officer.cell(VALUE).fill("≥700卷")
    officer.expect_status("未保存")
    again = gone(officer)
    again.page.context.set_offline(False)
    theirs(("indicators[i0]", "20", ""))
    again.open(county.filler)
    again.page.get_by_role("button", name="恢复这些填写").click()
    again.page.get_by_role("button", name="采用本人填写").click()
    again.expect_saved()
    row = next(row for row in drafts.raw(filing).indicators if row.key == "i0")
    assert (row.node, row.name, row.target) == ("OUT.QTY", "接收档案", "≥700卷")
    expect(again.cell(NAME)).to_have_value("接收档案")
