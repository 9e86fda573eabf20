"""Input methods, simulated with the DevTools protocol: unfinished compositions are never stored, checked or moved."""

import json

import pytest
from playwright.sync_api import CDPSession, expect

from filings.models import Filing
from filings.tests.browser.window import Window

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

GOAL = "整体绩效目标"


def compose(session: CDPSession, text: str) -> None:
    session.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})


def commit(session: CDPSession, text: str) -> None:
    session.send("Input.insertText", {"text": text})


@pytest.fixture
def session(officer: Window) -> CDPSession:
    return officer.page.context.new_cdp_session(officer.page)


def stored(filing: Filing) -> list[str]:
    """Return every saved text."""
    return [item["after"] for edit in filing.edits.all() for item in edit.changes]


def copies(officer: Window) -> str:
    copies = officer.page.evaluate("JSON.stringify(Object.entries(localStorage))")
    return json.dumps(json.loads(copies), ensure_ascii=False)


def test_a_composition_is_stored_as_a_whole(officer: Window, session: CDPSession, filing: Filing) -> None:
    """Meanwhile the save of another cell is due and the autosave timer fires."""
    officer.cell("项目支出，万元").fill("3")
    goal = officer.cell(GOAL)
    goal.focus()
    officer.press("Control+A")
    for text in ("b", "ba", "bao", "bao'zh", "bao'zhang"):
        compose(session, text)
    expect(goal).to_have_value("bao'zhang")
    # Longer than the delay of autosave.
    officer.page.evaluate("() => new Promise((resolve) => setTimeout(resolve, 2500))")
    officer.page.evaluate("dispatchEvent(new Event('online'))")
    assert "bao" not in copies(officer)
    assert not any("bao" in text for text in stored(filing))
    commit(session, "保障")
    officer.expect_saved()
    expect(goal).to_have_value("保障")
    assert filing.texts.get(place="goals[0]").raw == "保障"
    assert not any("bao" in text for text in stored(filing))


def test_enter_and_the_arrows_belong_to_the_input_method(officer: Window, session: CDPSession) -> None:
    name = officer.cell("数量指标第 2 行，三级指标")
    name.focus()
    officer.press("End")
    compose(session, "dang'an")
    for key, code in (("Enter", 13), ("ArrowDown", 40), ("Escape", 27)):
        # Keys as the browser sends them during a composition: marked as composing.
        name.evaluate(
            "(field, [key, code]) => field.dispatchEvent("
            "new KeyboardEvent('keydown', {key, keyCode: code, isComposing: true, bubbles: true, cancelable: true}))",
            [key, code],
        )
    expect(name).to_be_focused()
    expect(name).to_have_value("接收档案dang'an")
    commit(session, "档案")
    expect(name).to_have_value("接收档案档案")


def test_a_composition_is_one_undo_step(officer: Window, session: CDPSession) -> None:
    goal = officer.cell(GOAL)
    goal.focus()
    officer.press("Control+End")
    for text in ("m", "mu", "mu'biao"):
        compose(session, text)
    commit(session, "目标")
    expect(goal).to_have_value("保障单位运转，管好县档案。目标")
    officer.press("Control+Z")
    expect(goal).to_have_value("保障单位运转，管好县档案。")


def test_an_amount_that_is_being_composed_is_not_added_up(officer: Window, session: CDPSession) -> None:
    amount = officer.cell("项目支出，万元")
    amount.focus()
    compose(session, "yi")
    expect(officer.page.locator("#sums .split").nth(1)).to_contain_text("与资金总额相符")
    commit(session, "一")
    expect(officer.page.locator("#sums .split").nth(1)).to_contain_text("有金额无法识别")
