"""A page in Chromium, and what its keys take: by the clock in the page (probe.js), and by Chromium's own counters."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright

# Faster than anybody types, and so that each key has a frame of its own.
PAUSE_MS = 40
PATIENCE_MS = 30_000
PROBE = Path(__file__).with_name("probe.js").read_text(encoding="utf-8")
NOTICE_READY = """new MutationObserver(() => {
  if (document.documentElement?.hasAttribute("data-ready")) window.readyAt ??= performance.now();
}).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-ready"] })"""
ANSWERED = "performance.getEntriesByType('navigation')[0].responseEnd"
Took = dict[str, list[float]]


@contextmanager
def window(site: str, session: str) -> Iterator[Page]:
    """A window of somebody who is logged in."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        context = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
        context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
        context.add_init_script(NOTICE_READY)
        yield context.new_page()
        browser.close()


def opening(page: Page, address: str) -> tuple[float, float]:
    """Milliseconds until the server had answered, and until the page could be filled in."""
    page.goto(address)
    expect(page.locator("html[data-ready]")).to_have_count(1, timeout=PATIENCE_MS)
    return page.evaluate(ANSWERED), page.evaluate("window.readyAt")


def measured(page: Page, first: str, last: str, keys: list[str], each: Callable[[], object] = lambda: None) -> Took:
    """Milliseconds that each of these keys took, from one event to another; `each` is done before every one."""
    page.evaluate(PROBE, [first, last])
    for key in keys:
        each()
        page.keyboard.press(key)
        page.wait_for_timeout(PAUSE_MS)
    took: Took = page.evaluate("window.took")
    return took


class Counters:
    """How long the page's thread was at work, in milliseconds since it was opened, by Chromium's names."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def read(self) -> dict[str, float]:
        found: Any = self._session.send("Performance.getMetrics")
        return {item["name"]: item["value"] * 1000 for item in found["metrics"]}
