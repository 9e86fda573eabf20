"""A returned table with scripts: closed rows, answers that are saved while one types."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from filings.choices import Action, RemarkState, Role, Stage
from filings.drafts.remark_answers import answer
from filings.models import Filing, Remark
from filings.tests.browser.commits import waiting_for
from filings.tests.browser.window import Window
from filings.tests.county import County, create_user, found_county, step

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def county(transactional_db: None) -> County:
    return found_county((Stage.PERFORMANCE,))


@pytest.fixture
def filing(county: County) -> Filing:
    remarks = (("amounts[INC.GENERAL]", "请核对。"), ("goals[0]", "太笼统。"))
    return step(Action.RETURN, county.in_review(), county.performance_reviewer, remarks=remarks)


@pytest.fixture
def officer(page: Page, live_server: LiveServer, county: County, filing: Filing) -> Window:
    window = Window(page, live_server.url, filing)
    window.open(county.filler)
    return window


def test_closed_rows_stay_under_their_labels(officer: Window, filing: Filing) -> None:
    filing.duties.create(key="d9", rank="99", raw="（二）负责档案数字化。")
    node = filing.indicators.get(key="i0").node
    filing.indicators.create(key="i9", rank="99", node=node, name="数字化数量", target="≥9卷")
    officer.page.reload()
    officer.wait_until_ready()
    rows = officer.page.locator("tr.duties")
    expect(rows).to_have_count(filing.duties.count())
    expect(rows.first.locator("th")).to_have_attribute("rowspan", str(filing.duties.count()))
    names = officer.page.locator("tr.indicators .cell[id$=-name]")
    expect(names).to_have_count(filing.indicators.count())
    names.first.press("Alt+Delete")
    expect(names).to_have_count(filing.indicators.count())


def test_an_answer_is_saved_while_one_types_and_on_leaving(officer: Window) -> None:
    remark = officer.page.locator(".answers > li").nth(1)
    status = officer.page.locator("#answers-status")
    remark.get_by_label("不改，说明").check()
    remark.locator("textarea").fill("按规划😀。")
    expect(status).to_contain_text("已保存")
    expect(remark).to_contain_text("说明有 1 个字符无法打印：「😀」")
    stored = Remark.objects.get(place="goals[0]")
    assert (stored.state, stored.answer) == (RemarkState.DECLINED, "按规划😀。")
    with waiting_for(Remark):
        remark.locator("textarea").fill("按规划填写。")
        officer.page.goto("about:blank")
    assert Remark.objects.get(place="goals[0]").answer == "按规划填写。"


def test_an_answer_that_is_too_long_stays_whole_and_does_not_hold_up_others(officer: Window) -> None:
    first, second = (officer.page.locator(".answers > li").nth(index) for index in (0, 1))
    first.locator("textarea").fill("长" * 1001)
    expect(first).to_contain_text("未保存：说明共 1001 字，请缩短到 1000 字以内。")
    second.locator("textarea").fill("按规划填写。")
    second.locator("textarea").blur()
    expect(officer.page.locator("#answers-status")).to_contain_text("有说明过长，未保存")
    first.locator("textarea").fill("长" * 1000)
    expect(officer.page.locator("#answers-status")).to_contain_text("已保存")
    expect(first).not_to_contain_text("未保存")
    assert sorted(len(remark.answer) for remark in Remark.objects.all()) == [6, 1000]


# Let the next request reach the server, and keep its response from the page.
HOLD = """() => {
    const send = window.fetch;
    window.fetch = async (...request) => {
        window.fetch = send;
        await send(...request);
        return new Promise(() => {});
    };
}"""


def test_what_is_typed_while_an_answer_is_being_saved_is_saved_on_leaving(officer: Window) -> None:
    page, text = officer.page, officer.page.locator(".answers > li").nth(1).locator("textarea")
    page.evaluate(HOLD)
    with waiting_for(Remark):
        text.fill("按规划")
    with waiting_for(Remark):
        text.fill("按规划填写。")
        page.goto("about:blank")
    assert Remark.objects.get(place="goals[0]").answer == "按规划填写。"


def test_an_answer_of_another_user_is_shown_before_it_is_replaced(
    officer: Window, filing: Filing, county: County
) -> None:
    colleague = create_user("colleague", Role.FILLER, county.department)
    remark = officer.page.locator(".answers > li").nth(1)
    answer(filing, {Remark.objects.get(place="goals[0]").pk: "已与股室沟通。"}, by=colleague)
    remark.locator("textarea").fill("按规划填写。")
    expect(remark).to_contain_text("已将说明改为「已与股室沟通。」，您填写的内容未保存。")
    officer.page.get_by_role("button", name="保存", exact=True).click()
    officer.expect_toast("尚有内容未保存")
    assert Remark.objects.get(place="goals[0]").answer == "已与股室沟通。"
    remark.get_by_role("button", name="采用本人填写").click()
    expect(officer.page.locator("#answers-status")).to_contain_text("已保存")
    assert Remark.objects.get(place="goals[0]").answer == "按规划填写。"


# Names of the fields in each row and the number of its cells, as sent by the server or as scripts have arranged them.
ROWS = """async (isSent) => {
    const sent = async () => new DOMParser().parseFromString(await (await fetch(location)).text(), "text/html");
    const root = isSent ? await sent() : document;
    return [...root.querySelectorAll("tr.duties, tr.indicators")].map((row) =>
        [...row.querySelectorAll("[name]")].map((field) => field.name).join() + row.cells.length);
}"""


def test_closed_rows_keep_their_places(officer: Window) -> None:
    assert officer.page.evaluate(ROWS, False) == officer.page.evaluate(ROWS, True)
    row = officer.cell("数量指标第 2 行，三级指标")
    expect(row).to_have_value("接收档案")
    expect(row).not_to_be_editable()
    row.press("Alt+Delete")
    expect(row).to_have_value("接收档案")
