"""The browser of the journeys: Debian's Chromium, which asks nothing of any other host."""

import os
import shutil
from collections.abc import Iterator
from threading import Condition
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from filings.models import Filing
from filings.tests.browser.window import Window
from filings.tests.county import County, found_county

# Playwright's synchronous interface runs an event loop in the test's own thread, where Django refuses the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    # The same engine without a window's machinery takes a third less of the processor.
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed")
    # Chromium's sandbox does not start for root.
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    return browser_type_launch_args | {"executable_path": chromium, "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {"locale": "zh-CN", "viewport": {"width": 1366, "height": 768}}


class UnderWay:
    """How many requests the live server is answering at this moment."""

    def __init__(self) -> None:
        self.count = 0
        self.changed = Condition()
        request_started.connect(self.begun)
        request_finished.connect(self.ended)

    def begun(self, **_: object) -> None:
        self._change(1)

    def ended(self, **_: object) -> None:
        self._change(-1)

    def _change(self, by: int) -> None:
        with self.changed:
            self.count += by
            self.changed.notify_all()

    def wait_for_none(self) -> bool:
        with self.changed:
            return self.changed.wait_for(lambda: self.count == 0, timeout=30)


@pytest.fixture(autouse=True)
def no_request_outlives_its_test(transactional_db: None, browser: Browser) -> Iterator[None]:
    """A page that saves as the test ends would write into tables that are being emptied."""
    under_way = UnderWay()
    yield
    for context in browser.contexts:
        for page in context.pages:
            page.close()
    assert under_way.wait_for_none()


@pytest.fixture
def county(transactional_db: None) -> County:
    return found_county()


@pytest.fixture
def filing(county: County) -> Filing:
    """A draft without errors."""
    return county.filled()


@pytest.fixture
def officer(page: Page, live_server: LiveServer, county: County, filing: Filing) -> Window:
    """The filler's window on the draft."""
    window = Window(page, live_server.url, filing)
    window.open(county.filler)
    return window


@pytest.fixture
def window(officer: Window) -> Page:
    return officer.page
