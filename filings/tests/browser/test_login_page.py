"""The login page in a browser."""

import pytest
from playwright.sync_api import ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


def test_the_login_page_keeps_to_its_content_policy_and_to_its_host(page: Page, live_server: LiveServer) -> None:
    complaints: list[str] = []
    requested: list[str] = []
    page.on("console", lambda message: note(message, complaints))
    page.on("request", lambda request: requested.append(request.url))
    page.goto(f"{live_server.url}/accounts/login/")
    assert page.locator("input[name=login]").is_visible()
    assert complaints == []
    assert [url for url in requested if not url.startswith((live_server.url, "data:"))] == []


def note(message: ConsoleMessage, complaints: list[str]) -> None:
    if message.type == "error":
        complaints.append(message.text)
