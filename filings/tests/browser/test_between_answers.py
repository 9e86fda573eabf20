"""What a person does while a save is under way or after another was there: held back here, so that it comes between."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from filings import drafts
from filings.choices import Role, Status
from filings.drafts import Change
from filings.models import Filing
from filings.tests.browser.window import Window, gone
from filings.tests.county import County, person
from filings.tests.drafting import rows

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

TOTAL, GOAL = "资金总额，万元", "整体绩效目标"
NAME, VALUE = "数量指标第 2 行，三级指标", "数量指标第 2 行，指标值及单位"
OLD = "保障单位运转，管好县档案。"

Theirs = Callable[..., None]


class Gate:
    """Holds back what the page saves until it is opened."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.held: list[Route] = []
        self.is_open = False
        page.route("**/fill/changes/", self.pass_or_hold)

    def pass_or_hold(self, route: Route) -> None:
        if self.is_open:
            route.continue_()
        else:
            self.held.append(route)

    def open(self) -> None:
        self.is_open = True
        for route in self.held:
            route.continue_()


@pytest.fixture
def gate(officer: Window) -> Gate:
    return Gate(officer.page)


@pytest.fixture
def theirs(county: County, filing: Filing) -> Theirs:
    """Another person's save, unseen by the page."""
    other = person("other", Role.FILLER, county.department)
    numbers = iter(range(1, 99))

    def save(*changes: tuple[str, str, str]) -> None:
        fresh = Filing.objects.get(pk=filing.pk)
        listed = [Change(*change) for change in changes]
        assert drafts.save(fresh, listed, by=other, client_id=f"theirs-{next(numbers)}").is_whole

    return save


def goal(filing: Filing) -> str:
    return drafts.raw(filing).goal


def begin_to_save(officer: Window, gate: Gate, text: str = "甲") -> None:
    """The goal is under way to the server, and the caret elsewhere."""
    with officer.page.expect_request("**/fill/changes/"):
        officer.cell(GOAL).fill(text)
        officer.cell(NAME).focus()
    officer.press("End")


def test_what_is_typed_on_in_a_cell_that_asks_is_what_is_kept(officer: Window, theirs: Theirs, filing: Filing) -> None:
    theirs(("amounts[TOTAL]", "100", "110"))
    officer.cell(TOTAL).fill("120")
    officer.says("等您决定")
    officer.cell(TOTAL).fill("125")
    officer.page.get_by_role("button", name="用我的").click()
    officer.is_saved()
    assert drafts.raw(filing).amounts["TOTAL"] == "125"


def test_theirs_is_what_they_have_written_last(officer: Window, theirs: Theirs, filing: Filing) -> None:
    theirs(("amounts[TOTAL]", "100", "110"))
    officer.cell(TOTAL).fill("120")
    officer.says("等您决定")
    theirs(("amounts[TOTAL]", "110", "115"))
    officer.cell(GOAL).fill("别处。")
    expect(officer.page.locator("#toast")).to_be_visible(visible=False)
    officer.says("有 1 处没有保存")
    officer.page.get_by_role("button", name="用对方的").click()
    expect(officer.cell(TOTAL)).to_have_value("115")


def test_a_row_in_which_somebody_types_stays_when_another_removes_it(
    officer: Window, gate: Gate, theirs: Theirs, filing: Filing
) -> None:
    theirs(("indicators[i0]", "20", ""))
    begin_to_save(officer, gate)
    officer.type("和整理")
    gate.open()
    expect(officer.page.get_by_text("删去了这一行，您填的「接收档案和整理」没有保存。")).to_be_visible()
    expect(officer.cell(NAME)).to_have_value("接收档案和整理")
    officer.page.get_by_role("button", name="用对方的").click()
    expect(officer.cell(NAME)).to_have_count(0)
    officer.press("Control+Z")
    officer.is_saved()
    assert ("OUT.QTY", "接收档案和整理") in rows(filing)


def test_news_waits_for_whoever_composes(officer: Window, gate: Gate, theirs: Theirs, filing: Filing) -> None:
    session = officer.page.context.new_cdp_session(officer.page)
    theirs(("indicators[i0].name", "接收档案", "他们的名称"), ("indicators[i1]", "21", ""))
    begin_to_save(officer, gate)
    session.send("Input.imeSetComposition", {"text": "dang'an", "selectionStart": 7, "selectionEnd": 7})
    gate.open()
    officer.page.wait_for_function("document.querySelector('#save-status').textContent.includes('正在保存')")
    expect(officer.cell(NAME)).to_have_value("接收档案dang'an")
    session.send("Input.insertText", {"text": "档案"})
    expect(officer.page.get_by_text("已改为「他们的名称」，您填的「接收档案档案」没有保存。")).to_be_visible()
    officer.page.get_by_role("button", name="用我的").click()
    officer.cell(TOTAL).fill("77")
    officer.is_saved()
    assert drafts.raw(filing).amounts["TOTAL"] == "77"
    assert filing.indicators.get(key="i0").name == "接收档案档案"


def test_what_is_taken_back_while_it_is_under_way_is_taken_back_at_the_server_too(
    officer: Window, gate: Gate, filing: Filing
) -> None:
    begin_to_save(officer, gate)
    officer.press("Control+Z")
    expect(officer.cell(GOAL)).to_have_value(OLD)
    assert "甲" not in officer.page.evaluate("JSON.stringify(Object.values(localStorage))").replace("甲\\", "")
    gate.open()
    officer.is_saved()
    assert goal(filing) == OLD


def test_what_was_sent_on_hiding_the_page_is_heard_of_too(officer: Window, gate: Gate, filing: Filing) -> None:
    begin_to_save(officer, gate)
    officer.cell(GOAL).fill("甲乙")
    hide = "Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true });"
    with officer.page.expect_request("**/fill/changes/"):
        officer.page.evaluate(f"{hide} document.dispatchEvent(new Event('visibilitychange'))")
    officer.page.evaluate("delete document.visibilityState")
    officer.press("Control+Z", "Control+Z")
    expect(officer.cell(GOAL)).to_have_value(OLD)
    gate.open()
    officer.is_saved()
    assert goal(filing) == OLD


def test_a_submission_waits_for_what_was_typed_while_a_save_was_under_way(
    officer: Window, gate: Gate, filing: Filing
) -> None:
    begin_to_save(officer, gate, "先存的。")
    officer.type("（全部）")
    officer.page.get_by_role("button", name="提交送签").click()
    gate.open()
    expect(officer.page.get_by_role("status").filter(has_text="已提交")).to_be_visible()
    filing.refresh_from_db()
    assert filing.status == Status.SIGNING
    assert "接收档案（全部）" in [row.name for row in drafts.document(filing).indicators]


def test_a_submission_posts_nothing_over_what_another_has_written(
    officer: Window, theirs: Theirs, filing: Filing
) -> None:
    officer.cell(GOAL).fill("甲")
    officer.is_saved()
    theirs(("goals[0]", "甲", OLD))
    officer.page.get_by_role("button", name="提交送签").click()
    expect(officer.page.get_by_role("alert").filter(has_text="other甲在")).to_be_visible()
    assert goal(filing) == OLD


def test_a_cell_of_a_row_that_is_removed_at_once_holds_nothing_up(
    officer: Window, theirs: Theirs, filing: Filing
) -> None:
    theirs(("indicators[i0].name", "接收档案", "他们的名称"))
    officer.page.context.set_offline(True)
    officer.cell(NAME).fill("我的名称")
    officer.press("Alt+Delete")
    officer.says("未保存")
    officer.page.context.set_offline(False)
    officer.says("有 2 处没有保存")
    expect(officer.page.get_by_text("已改为「他们的名称」")).to_be_visible()
    for _ in range(2):
        officer.page.get_by_role("button", name="用对方的").first.click()
    officer.is_saved()
    assert filing.indicators.get(key="i0").name == "他们的名称"


def test_taking_back_a_row_leaves_it_when_another_has_written_in_it(
    officer: Window, theirs: Theirs, filing: Filing
) -> None:
    officer.cell(VALUE).focus()
    officer.press("Control+Enter")
    officer.is_saved()
    added = [row.key for row in drafts.raw(filing).indicators if row.node == "OUT.QTY"][-1]
    theirs((f"indicators[{added}].name", "", "他们写的"))
    officer.cell(GOAL).fill("别处。")
    expect(officer.cell("数量指标第 3 行，三级指标")).to_have_value("他们写的")
    officer.press("Control+Z", "Control+Z")
    officer.tells("后来又改过，没有动")
    officer.is_saved()
    assert ("OUT.QTY", "他们写的") in rows(filing)


def test_one_step_back_does_not_reach_over_what_another_has_written(
    officer: Window, gate: Gate, theirs: Theirs, filing: Filing
) -> None:
    officer.cell(TOTAL).focus()
    officer.press("End")
    officer.type("5")
    theirs(("goals[0]", OLD, "他们的目标。"))
    gate.open()
    officer.is_saved()
    expect(officer.cell(GOAL)).to_have_value("他们的目标。")
    officer.cell(GOAL).focus()
    officer.press("Control+End")
    officer.type("我加的。")
    officer.press("Control+Z")
    expect(officer.cell(GOAL)).to_have_value("他们的目标。")


def test_a_pasted_picture_changes_nothing(officer: Window) -> None:
    officer.cell(NAME).focus()
    officer.press("Control+A")
    officer.page.evaluate(
        "document.activeElement.dispatchEvent(new ClipboardEvent('paste',"
        " { clipboardData: new DataTransfer(), bubbles: true, cancelable: true }))"
    )
    expect(officer.cell(NAME)).to_have_value("接收档案")


def test_a_composition_that_is_given_up_does_not_hold_up_what_was_typed_before(officer: Window, filing: Filing) -> None:
    session = officer.page.context.new_cdp_session(officer.page)
    goal_cell = officer.cell(GOAL)
    goal_cell.focus()
    officer.press("Control+End")
    officer.type("又一句。")
    session.send("Input.imeSetComposition", {"text": "x", "selectionStart": 1, "selectionEnd": 1})
    session.send("Input.imeSetComposition", {"text": "", "selectionStart": 0, "selectionEnd": 0})
    officer.is_saved()
    assert goal(filing) == f"{OLD}又一句。"


def test_what_two_crashed_windows_have_left_is_offered_one_after_another(
    officer: Window, county: County, filing: Filing
) -> None:
    copy = '{"at": %d, "cells": [{"place": "goals[0]", "before": "旧", "after": "%s", "sent": null, "row": null}]}'
    key = f"perf-targets-draft/{county.filler.pk}/{filing.pk}"
    for at, text in ((1, "先关的。"), (2, "后关的。")):
        officer.page.evaluate("([key, value]) => localStorage.setItem(key, value)", [f"{key}/w{at}", copy % (at, text)])
    officer.page.reload()
    offer = officer.page.locator("#recovery")
    expect(offer).to_contain_text("先关的。")
    offer.get_by_role("button", name="不要了").click()
    expect(offer).to_contain_text("后关的。")
    offer.get_by_role("button", name="恢复这些填写").click()
    officer.page.get_by_role("button", name="用我的").click()
    officer.is_saved()
    assert goal(filing) == "后关的。"
    assert officer.page.evaluate("localStorage.length") == 0


def test_what_was_left_in_a_row_that_is_gone_brings_it_back(
    officer: Window, theirs: Theirs, county: County, filing: Filing
) -> None:
    officer.page.context.set_offline(True)
    officer.cell(VALUE).fill("≥700卷")
    officer.says("未保存")
    again = gone(officer)
    again.page.context.set_offline(False)
    theirs(("indicators[i0]", "20", ""))
    again.open(county.filler)
    again.page.get_by_role("button", name="恢复这些填写").click()
    again.page.get_by_role("button", name="用我的").click()
    again.is_saved()
    row = next(row for row in drafts.raw(filing).indicators if row.key == "i0")
    assert (row.node, row.name, row.target) == ("OUT.QTY", "接收档案", "≥700卷")
    expect(again.cell(NAME)).to_have_value("接收档案")
