"""Fixtures for browser tests: Debian's Chromium, configured to contact no other host."""

import os
import shutil
from collections.abc import Callable, Iterator
from threading import Condition
from typing import Any

import pytest
from django.core.servers.basehttp import WSGIRequestHandler
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from filings.models import Filing
from filings.tests.browser.gate import Gate
from filings.tests.browser.window import Window
from filings.tests.county import County, found_county

# Playwright's synchronous API runs an event loop in the thread of the test, where Django refuses database access.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Headers and body are sent one after the other: with Nagle's algorithm, each answer waits 40 ms for an acknowledgement.
WSGIRequestHandler.disable_nagle_algorithm = True

QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    # The headless shell has the same engine and takes a third less processor time.
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed")
    # Chromium's sandbox does not start as root.
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    return browser_type_launch_args | {"executable_path": chromium, "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {"locale": "zh-CN", "viewport": {"width": 1366, "height": 768}}


class RequestsInProgress:
    """Count the requests that the live server is currently processing."""

    def __init__(self) -> None:
        self.count = 0
        self.changed = Condition()
        request_started.connect(self.started)
        request_finished.connect(self.finished)

    def started(self, **_: object) -> None:
        self._change(1)

    def finished(self, **_: object) -> None:
        self._change(-1)

    def _change(self, by: int) -> None:
        with self.changed:
            self.count += by
            self.changed.notify_all()

    def wait_for_none(self) -> bool:
        with self.changed:
            return self.changed.wait_for(lambda: self.count == 0, timeout=30)


@pytest.fixture(autouse=True)
def requests_end_with_their_test(transactional_db: None, browser: Browser) -> Iterator[None]:
    """Wait for pending requests: a late save would write into tables that are being emptied."""
    requests = RequestsInProgress()
    yield
    for context in browser.contexts:
        for page in context.pages:
            page.close()
    assert requests.wait_for_none()


@pytest.fixture
def new_window(browser: Browser, browser_context_args: dict[str, object]) -> Iterator[Callable[..., Page]]:
    """Open a browser context for each user of a journey."""
    contexts: list[BrowserContext] = []

    def opened(**more: object) -> Page:
        contexts.append(browser.new_context(**{**browser_context_args, **more}))  # type: ignore[arg-type]
        contexts[-1].set_default_timeout(10_000)
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def county(transactional_db: None) -> County:
    return found_county()


@pytest.fixture
def filing(county: County) -> Filing:
    """A draft without errors."""
    return county.filled()


@pytest.fixture
def officer(page: Page, live_server: LiveServer, county: County, filing: Filing) -> Window:
    """A browser window of the filler with the draft open."""
    window = Window(page, live_server.url, filing)
    window.open(county.filler)
    return window


@pytest.fixture
def window(officer: Window) -> Page:
    return officer.page


@pytest.fixture
def gate(officer: Window) -> Gate:
    return Gate(officer.page)
