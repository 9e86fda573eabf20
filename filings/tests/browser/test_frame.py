"""The frame of every page: the header on one line, compact on a phone; one outline for the focus; fields on white."""

import re

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from filings.choices import Role
from filings.models import Filing, Membership
from filings.tests.browser.window import Window
from filings.tests.county import County
from filings.tests.last_year import with_last_year

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

PHONE: ViewportSize = {"width": 390, "height": 844}
LINE = 60


@pytest.fixture
def head(page: Page, live_server: LiveServer, county: County, filing: Filing) -> Page:
    """The page 待办 of a head of two departments with long names."""
    for department, name in (
        (county.department, "中共衡阳县委机构编制委员会办公室"),
        (county.supervising, "县人力资源和社会保障局"),
    ):
        department.name = name
        department.save()
    Membership.objects.create(user=county.head, role=Role.HEAD, department=county.supervising)
    Window(page, live_server.url, filing).enter(county.head)
    page.goto(live_server.url)
    return page


def height(element: Locator) -> float:
    box = element.bounding_box()
    assert box is not None
    return box["height"]


def test_the_header_is_one_line_and_names_the_user_in_plain_words(head: Page) -> None:
    header = head.get_by_role("banner")
    assert height(header) < LINE
    expect(header.locator(".who")).to_have_text(re.compile("^[^·]+ 单位负责人$"))


def test_on_a_phone_the_header_is_compact(head: Page) -> None:
    head.set_viewport_size(PHONE)
    header = head.get_by_role("banner")
    assert height(header) < 2 * LINE
    tops = [
        part.evaluate("part => part.getBoundingClientRect().bottom")
        for part in header.locator(".who, form > .btn").all()
    ]
    assert abs(tops[0] - tops[1]) < LINE / 4
    assert head.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_links_buttons_and_fields_have_the_same_outline(head: Page, live_server: LiveServer) -> None:
    head.goto(f"{live_server.url}/filings/")
    outlines = []
    for element in (
        head.locator("#list-search"),
        head.get_by_role("button", name="查找"),
        head.locator(".filter a").first,
    ):
        element.focus()
        head.keyboard.press("Shift+Tab")
        head.keyboard.press("Tab")
        expect(element).to_be_focused()
        outlines.append(
            element.evaluate(
                "element => { const { outline, boxShadow } = getComputedStyle(element); return [outline, boxShadow]; }"
            )
        )
    assert outlines == [["rgb(194, 133, 0) solid 3px", "none"]] * 3


def test_an_unticked_radio_is_white(page: Page, live_server: LiveServer, county: County) -> None:
    filing = with_last_year(county)
    Window(page, live_server.url, filing).enter(county.filler)
    page.goto(f"{live_server.url}/filings/{filing.pk}/fill/last-year/")
    radio = page.locator(".form-check-input:not(:checked)").first
    assert radio.evaluate("radio => getComputedStyle(radio).backgroundColor") == "rgb(255, 255, 255)"
