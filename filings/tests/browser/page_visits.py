"""Bring a page of the program into the browser in one of its states."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.test.signals import template_rendered
from playwright.sync_api import Page, Route, expect
from pytest_django import Settings

from filings.models import Filing
from filings.tests.county import County
from filings.tests.views.page_forms import posted
from filings.tests.views.setup.test_imports import signed

ANONYMOUS = ""
About = TypeVar("About")


@dataclass(frozen=True)
class PageVisit:
    """A browser page, the site, the county and its users; `rendered` collects the names of rendered templates."""

    page: Page
    site: str
    county: County
    settings: Settings
    rendered: list[str] = field(default_factory=list, repr=False)

    def bring(self, state: Callable[[County], About]) -> About:
        """Create a state and return its object. One transaction: separate writes would each wait for the disk."""
        with transaction.atomic():
            return state(self.county)

    def client(self, user: str) -> Client:
        """Return a client logged in as a user of the county, or anonymous."""
        client = Client()
        if user:
            client.force_login(getattr(self.county, user))
        return client

    def go(self, address: str, user: str = ANONYMOUS) -> None:
        name = configured.SESSION_COOKIE_NAME
        if user:
            value = self.client(user).cookies[name].value
            self.page.context.add_cookies([{"name": name, "value": value, "url": self.site}])
        self.page.goto(self.site + address)

    def show(self, answer: HttpResponseBase) -> None:
        """Display a response to a request that an address alone cannot make."""

        def fulfil(route: Route) -> None:
            route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.getvalue())

        self.page.route(f"{self.site}/shown/", fulfil)
        self.page.goto(f"{self.site}/shown/")

    @contextmanager
    def recorded_templates(self) -> Iterator[None]:
        """Record the names of the templates rendered meanwhile."""

        def record(template: Any, **_: object) -> None:
            self.rendered.append(str(template.name))

        template_rendered.connect(record)
        try:
            yield
        finally:
            template_rendered.disconnect(record)


PageState = Callable[[PageVisit], None]
# Brings the county into a state and returns an object; `{0.pk}` in an address is its primary key.
State = Callable[[County], object]
Fields = dict[str, str]


def page_at(address: str, user: str = ANONYMOUS, state: State | None = None) -> PageState:
    """Show the page at an address."""

    def show(visit: PageVisit) -> None:
        about = visit.bring(state) if state else None
        visit.go(address.format(about), user)

    return show


def response_to(
    address: str, user: str, typed: Mapping[str, str], state: State | None = None, *, late: State | None = None
) -> PageState:
    """Show the response to a posted form; `late` changes the state after the form was displayed."""

    def show(visit: PageVisit) -> None:
        about = visit.bring(state) if state else None
        data = {name: text.format(about) for name, text in typed.items()}
        if late:
            late(visit.county)
        visit.show(visit.client(user).post(address.format(about), data))

    return show


def kept_after_login(address: str, user: str, typed: Mapping[str, str], state: State) -> PageState:
    """Show the form that was posted after the login had expired, after the next login."""

    def show(visit: PageVisit) -> None:
        about = visit.bring(state)
        client = visit.client(user)
        client.get("/")
        del client.cookies[configured.SESSION_COOKIE_NAME]
        client.post(address.format(about), typed)
        client.force_login(getattr(visit.county, user))
        visit.rendered.clear()
        visit.show(client.get("/kept/"))

    return show


def response_to_upload(address: str, user: str, content: bytes, state: State, *, name: str = "table.xlsx") -> PageState:
    """Show the response to an uploaded file."""

    def show(visit: PageVisit) -> None:
        about = visit.bring(state)
        file = SimpleUploadedFile(name, content)
        visit.show(visit.client(user).post(address.format(about), {"file": file}))

    return show


def response_to_preview(
    preview: str, adopt: str, user: str, content: bytes, typed: Mapping[str, str], state: State
) -> PageState:
    """Show the response to a preview of an uploaded file that is adopted with these fields."""

    def show(visit: PageVisit) -> None:
        about = visit.bring(state)
        client = visit.client(user)
        file = SimpleUploadedFile("table.xlsx", content)
        page = client.post(preview.format(about), {"file": file}).content.decode()
        visit.rendered.clear()
        visit.show(client.post(adopt.format(about), {"preview": signed(page), **typed}))

    return show


def response_to_draft(
    address: str, state: Callable[[County], Filing], change: Callable[[Fields], None], *, late: State | None = None
) -> PageState:
    """Show the response to the form of the fill-in page after a change of its fields."""

    def show(visit: PageVisit) -> None:
        filing = visit.bring(state)
        client = visit.client("filler")
        fields = posted(client.get(f"/filings/{filing.pk}/fill/").content.decode())
        visit.rendered.clear()
        change(fields)
        if late:
            late(visit.county)
        visit.show(client.post(address.format(filing), fields))

    return show


def on_a_phone(page_state: PageState) -> PageState:
    def show(visit: PageVisit) -> None:
        visit.page.set_viewport_size({"width": 390, "height": 844})
        page_state(visit)

    return show


def with_details_open(page_state: PageState) -> PageState:
    """Open all details elements."""

    def show(visit: PageVisit) -> None:
        page_state(visit)
        assert visit.page.evaluate("[...document.querySelectorAll('details')].map(part => part.open = true).length")

    return show


def after_keys(keys: str, page_state: PageState) -> PageState:
    """Press keys once the scripts of the page are ready."""

    def show(visit: PageVisit) -> None:
        page_state(visit)
        expect(visit.page.locator("html[data-ready]")).to_have_count(1)
        for key in keys:
            visit.page.keyboard.press(key)

    return show


def with_dialog(name: str, page_state: PageState) -> PageState:
    def show(visit: PageVisit) -> None:
        page_state(visit)
        visit.page.evaluate("name => document.getElementById(name).showModal()", name)

    return show


def with_tab(name: str, page_state: PageState) -> PageState:
    """Show the panel of this tab once the scripts of the page are ready."""

    def show(visit: PageVisit) -> None:
        page_state(visit)
        expect(visit.page.locator("html[data-ready]")).to_have_count(1)
        visit.page.get_by_role("tab", name=name).click()

    return show


def with_preview(page_state: PageState) -> PageState:
    """Show the print preview instead of the table."""

    def show(visit: PageVisit) -> None:
        page_state(visit)
        visit.page.get_by_role("tab", name="打印样张").click()
        expect(visit.page.locator("#pages img")).to_be_visible(timeout=20_000)

    return show
