"""No text is lost when the server is killed, the network fails, the login expires or the window closes while typing."""

import socket
from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from filings import drafts
from filings.models import Edit, Filing
from filings.tests.browser.commits import waiting_for
from filings.tests.browser.server_process import ServerProcess, running_server
from filings.tests.browser.window import Window, gone
from filings.tests.county import County
from filings.tests.drafting import duties, rows

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

GOAL = "整体绩效目标"
OFFLINE = "未保存：网络中断，已存本机"
PASSWORD = "zhang-san-feng-42"


@pytest.fixture
def server(county: County, filing: Filing) -> Iterator[ServerProcess]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with running_server(port) as server:
        yield server


def goal(filing: Filing) -> str:
    return drafts.raw(filing).goal


def test_the_server_is_killed_and_restarted_while_typing(
    page: Page, server: ServerProcess, county: County, filing: Filing
) -> None:
    officer = Window(page, server.site, filing)
    officer.open(county.filler)
    officer.cell(GOAL).fill("已经存上的。")
    officer.expect_saved()
    officer.type("正在打")
    server.kill()
    assert goal(filing).startswith("已经存上的。")
    officer.type("的字，")
    officer.expect_status(OFFLINE)
    officer.type("接着打。")
    officer.cell("职责第 2 条").focus()
    officer.press("Control+Enter")
    officer.type("（新职责）")
    officer.cell("质量指标第 1 行，三级指标").focus()
    officer.press("Control+Enter")
    officer.type("没有网时加的行")
    officer.expect_status(OFFLINE)
    server.start()
    officer.expect_saved()
    assert goal(filing) == "已经存上的。正在打的字，接着打。"
    assert duties(filing)[-1].endswith("（新职责）")
    assert rows(filing).count(("OUT.QUAL", "没有网时加的行")) == 1


def test_a_window_that_crashed_while_the_server_was_down_is_recovered(
    page: Page, server: ServerProcess, county: County, filing: Filing
) -> None:
    officer = Window(page, server.site, filing)
    officer.open(county.filler)
    server.kill()
    officer.cell(GOAL).fill("崩溃前填的。")
    officer.cell("质量指标第 1 行，三级指标").focus()
    officer.press("Control+Enter")
    officer.type("崩溃前加的行")
    officer.expect_status(OFFLINE)
    again = gone(officer)
    server.start()
    again.open(county.filler)
    offer = again.page.get_by_role("alert").filter(has_text="未保存的")
    expect(offer).to_contain_text("崩溃前填的。")
    assert goal(filing) == "保障单位运转，管好县档案。"
    offer.get_by_role("button", name="恢复这些填写").click()
    again.expect_saved()
    assert goal(filing) == "崩溃前填的。"
    assert ("OUT.QUAL", "崩溃前加的行") in rows(filing)
    again.page.reload()
    again.wait_until_ready()
    expect(again.page.locator("#recovery")).to_be_hidden()


def test_the_network_fails_and_recovers(officer: Window, filing: Filing) -> None:
    officer.page.context.set_offline(True)
    officer.cell(GOAL).fill("断网时填的。")
    officer.expect_status(OFFLINE)
    officer.cell("项目支出，万元").fill("三百")
    officer.expect_status(OFFLINE)
    officer.page.context.set_offline(False)
    officer.expect_saved()
    assert goal(filing) == "断网时填的。"
    assert drafts.raw(filing).amounts["EXP.PROJECT"] == "三百"
    assert officer.page.evaluate("localStorage.length") == 0


def test_recovery_asks_about_cells_changed_since(officer: Window, county: County, filing: Filing) -> None:
    officer.page.context.set_offline(True)
    officer.cell(GOAL).fill("断网时填的。")
    officer.cell("项目支出，万元").fill("1")
    officer.expect_status(OFFLINE)
    again = gone(officer)
    page = again.page
    page.context.set_offline(False)
    filing.texts.filter(place="goals[0]").update(raw="后来别处改的。")
    again.open(county.filler)
    page.get_by_role("button", name="恢复这些填写").click()
    expect(page.get_by_text("您填写的是「断网时填的。」，现为「后来别处改的。」。")).to_be_visible()
    again.expect_status("有 1 处未保存，待您选择")
    assert (goal(filing), drafts.raw(filing).amounts["EXP.PROJECT"]) == ("后来别处改的。", "1")
    page.get_by_role("button", name="采用本人填写").click()
    again.expect_saved()
    assert goal(filing) == "断网时填的。"


def test_a_local_copy_can_be_discarded_and_is_private_to_its_user(
    officer: Window, county: County, filing: Filing
) -> None:
    officer.page.context.set_offline(True)
    officer.cell(GOAL).fill("不要的。")
    officer.expect_status(OFFLINE)
    again = gone(officer)
    page = again.page
    page.context.set_offline(False)
    again.open(county.filler)
    page.get_by_role("button", name="放弃这些填写").click()
    page.reload()
    again.wait_until_ready()
    expect(page.locator("#recovery")).to_be_hidden()
    expect(again.cell(GOAL)).to_have_value("保障单位运转，管好县档案。")


def test_another_open_window_is_not_offered_for_recovery(officer: Window, county: County, filing: Filing) -> None:
    officer.page.context.set_offline(True)
    officer.cell(GOAL).fill("这一页还开着。")
    officer.expect_status(OFFLINE)
    officer.page.context.set_offline(False)
    second = Window(officer.page.context.new_page(), officer.site, filing)
    second.open(county.filler)
    expect(second.page.locator("#recovery")).to_be_hidden()


def test_an_expired_login_is_renewed_in_place_and_the_save_goes_on(
    officer: Window, county: County, filing: Filing
) -> None:
    county.filler.set_password(PASSWORD)
    county.filler.save()
    Session.objects.all().delete()
    officer.cell(GOAL).fill("登录过期时填的。")
    dialog = officer.page.get_by_role("dialog", name="登录已过期")
    expect(dialog).to_contain_text("已存在本机")
    officer.expect_status("未保存：登录已过期，已存本机")
    dialog.get_by_label("filler甲 的密码").fill("不对的密码")
    officer.press("Enter")
    expect(dialog.get_by_role("alert")).not_to_be_empty()
    dialog.get_by_label("filler甲 的密码").fill(PASSWORD)
    officer.press("Enter")
    expect(dialog).to_be_hidden()
    officer.expect_saved()
    expect(officer.cell(GOAL)).to_be_focused()
    officer.type("接着填。")
    officer.expect_saved()
    assert goal(filing) == "登录过期时填的。接着填。"


def test_text_is_not_saved_under_the_name_of_another_user_logged_in_since(
    officer: Window, county: County, filing: Filing
) -> None:
    officer.enter(county.head)
    officer.cell(GOAL).fill("是我填的。")
    expect(officer.page.locator("#save-status")).to_have_class("save-status care")
    assert goal(filing) == "保障单位运转，管好县档案。"
    assert "是我填的。" in officer.page.evaluate("JSON.stringify(Object.values(localStorage))")


def test_the_latest_text_is_saved_when_the_page_is_left(officer: Window, filing: Filing) -> None:
    # The browser sends the save while it opens the next page: that page's answer may come first.
    with waiting_for(Edit):
        officer.cell(GOAL).fill("离开前最后一句。")
        officer.page.goto(f"{officer.site}/")
    expect(officer.page.get_by_role("heading", name="待办")).to_be_visible()
    officer.page.goto(f"{officer.site}/filings/{filing.pk}/fill/")
    expect(officer.cell(GOAL)).to_have_value("离开前最后一句。")
    assert goal(filing) == "离开前最后一句。"
    assert filing.edits.count() == 1
