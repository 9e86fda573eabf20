"""Time keys on a page in Chromium, by the clock in the page (probe.js) and by Chromium's performance counters."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright

# Faster than typing, yet each key has its own frame.
PAUSE_MS = 40
TIMEOUT_MS = 30_000
PROBE = Path(__file__).with_name("probe.js").read_text(encoding="utf-8")
RECORD_READY = """new MutationObserver(() => {
  if (document.documentElement?.hasAttribute("data-ready")) window.readyAt ??= performance.now();
}).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-ready"] })"""
RESPONSE_END = "performance.getEntriesByType('navigation')[0].responseEnd"
Durations = dict[str, list[float]]


@contextmanager
def window(site: str, session: str) -> Iterator[Page]:
    """Open a page with the session of a logged-in user."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell") or shutil.which("chromium"), args=["--no-sandbox"]
        )
        context = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
        context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
        context.add_init_script(RECORD_READY)
        yield context.new_page()
        browser.close()


def measure_opening(page: Page, address: str) -> tuple[float, float]:
    """Open a page; return the milliseconds until the server had answered and until the page could be filled in."""
    page.goto(address)
    expect(page.locator("html[data-ready]")).to_have_count(1, timeout=TIMEOUT_MS)
    return page.evaluate(RESPONSE_END), page.evaluate("window.readyAt")


def measure_keys(
    page: Page, first: str, last: str, keys: list[str], before_each: Callable[[], object] = lambda: None
) -> Durations:
    """Press keys and return the milliseconds of each, from one event to another; call `before_each` before each key."""
    page.evaluate(PROBE, [first, last])
    for key in keys:
        before_each()
        page.keyboard.press(key)
        page.wait_for_timeout(PAUSE_MS)
    durations: Durations = page.evaluate("window.took")
    return durations


class Counters:
    """Processor time of the page's thread in milliseconds since it was opened, by Chromium's metric names."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def read(self) -> dict[str, float]:
        answer: Any = self._session.send("Performance.getMetrics")
        return {item["name"]: item["value"] * 1000 for item in answer["metrics"]}
