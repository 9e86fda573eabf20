"""A browser window with the fill-in page: opened without the login page, with clipboard and status checks."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from filings.models import Filing, User

SAVED = re.compile(r"^已保存 \d\d:\d\d$")
# Plain text and HTML, as Excel writes them; plain text alone if there is no HTML.
_COPY = """async ([plain, html]) => {
  const kinds = { "text/plain": new Blob([plain], { type: "text/plain" }) };
  if (html) kinds["text/html"] = new Blob([html], { type: "text/html" });
  await navigator.clipboard.write([new ClipboardItem(kinds)]);
}"""


@dataclass(frozen=True)
class Window:
    """The page of one user, its site and its filing."""

    page: Page
    site: str
    filing: Filing

    def open(self, user: User) -> None:
        """Open the fill-in page and wait for its scripts."""
        self.enter(user)
        self.page.goto(f"{self.site}/filings/{self.filing.pk}/fill/")
        self.wait_until_ready()

    def enter(self, user: User) -> None:
        """Log in by setting the session cookie."""
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.site}])

    def wait_until_ready(self) -> None:
        expect(self.page.locator("html[data-ready]")).to_have_count(1)

    def cell(self, label: str) -> Locator:
        return self.page.get_by_label(label, exact=True)

    def expect_saved(self) -> None:
        expect(self.page.locator("#save-status")).to_have_text(SAVED)

    def expect_status(self, text: str) -> None:
        """Expect a text in the save status line."""
        expect(self.page.locator("#save-status")).to_contain_text(text)

    def expect_toast(self, text: str) -> None:
        """Expect a text in the toast."""
        expect(self.page.locator("#toast [role=status]")).to_contain_text(text)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def copy(self, plain: str, html: str = "") -> None:
        """Fill the clipboard as another program would."""
        self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page.evaluate(_COPY, [plain, html])

    def paste(self, plain: str, html: str = "") -> None:
        self.copy(plain, html)
        self.press("Control+V")

    def names(self) -> list[str]:
        """Return the indicator names displayed in the table."""
        values: list[str] = self.page.locator(".official td.name .cell:not(select)").evaluate_all(
            "fields => fields.map((field) => field.value)"
        )
        return values


def gone(window: Window) -> Window:
    """Close the window as in a crash, without a last save; return another tab of the same browser."""
    page = window.page.context.new_page()
    window.page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('gone')); }")
    window.page.close(run_before_unload=False)
    return Window(page, window.site, window.filing)


def another(browser: Browser, window: Window, user: User) -> Window:
    """Open the same filing in a separate browser."""
    context: BrowserContext = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
    opened = Window(context.new_page(), window.site, window.filing)
    opened.open(user)
    return opened
