"""A returned table with scripts: closed rows, answers that are posted with the form."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from filings.choices import Action, RemarkState, Stage
from filings.models import Filing, Remark
from filings.tests.browser.window import Window
from filings.tests.county import County, found_county, step

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


def test_a_choice_is_saved_with_the_form(officer: Window) -> None:
    remark = officer.page.locator(".answers > li").nth(1)
    remark.get_by_label("不改，说明").check()
    remark.locator("textarea").fill("按规划填写。")
    officer.page.get_by_role("button", name="保存", exact=True).click()
    expect(officer.page.get_by_text("已保存。")).to_be_visible()
    stored = Remark.objects.get(place="goals[0]")
    assert (stored.state, stored.answer) == (RemarkState.DECLINED, "按规划填写。")
    expect(officer.page.locator(".answers > li").nth(1).get_by_label("不改，说明")).to_be_checked()


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
