"""Where pages are looked at, and the ways to bring one before the browser in one of its states."""

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

NOBODY = ""
About = TypeVar("About")


@dataclass(frozen=True)
class Desk:
    """The browser's window, the site, and the county whose people look. `rendered` names the templates meanwhile."""

    page: Page
    site: str
    county: County
    settings: Settings
    rendered: list[str] = field(default_factory=list, repr=False)

    def bring(self, state: Callable[[County], About]) -> About:
        """What an address is about, in its state. Written together, for each row by itself would wait for the disk."""
        with transaction.atomic():
            return state(self.county)

    def client(self, person: str) -> Client:
        """A client that this person of the county, or nobody, is logged in with."""
        client = Client()
        if person:
            client.force_login(getattr(self.county, person))
        return client

    def go(self, address: str, person: str = NOBODY) -> None:
        name = configured.SESSION_COOKIE_NAME
        if person:
            value = self.client(person).cookies[name].value
            self.page.context.add_cookies([{"name": name, "value": value, "url": self.site}])
        self.page.goto(self.site + address)

    def show(self, answer: HttpResponseBase) -> None:
        """What was answered to something that a browser does not ask for by an address alone."""

        def fulfil(route: Route) -> None:
            route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.getvalue())

        self.page.route(f"{self.site}/shown/", fulfil)
        self.page.goto(f"{self.site}/shown/")

    @contextmanager
    def noting_templates(self) -> Iterator[None]:
        def note(template: Any, **_: object) -> None:
            self.rendered.append(str(template.name))

        template_rendered.connect(note)
        try:
            yield
        finally:
            template_rendered.disconnect(note)


Sight = Callable[[Desk], None]
# Brings the county into a state, and gives what an address is about: `{0.pk}` in it is that object's number.
State = Callable[[County], object]
Fields = dict[str, str]


def seen(address: str, person: str = NOBODY, state: State | None = None) -> Sight:
    """What stands at an address."""

    def look(desk: Desk) -> None:
        about = desk.bring(state) if state else None
        desk.go(address.format(about), person)

    return look


def answered(
    address: str, person: str, typed: Mapping[str, str], state: State | None = None, *, late: State | None = None
) -> Sight:
    """What is answered to what a person types, when something has happened too `late` for them to see."""

    def look(desk: Desk) -> None:
        about = desk.bring(state) if state else None
        data = {name: text.format(about) for name, text in typed.items()}
        if late:
            late(desk.county)
        desk.show(desk.client(person).post(address.format(about), data))

    return look


def uploaded(address: str, person: str, content: bytes, state: State) -> Sight:
    """What is answered to a file."""

    def look(desk: Desk) -> None:
        about = desk.bring(state)
        file = SimpleUploadedFile("table.xlsx", content)
        desk.show(desk.client(person).post(address.format(about), {"file": file}))

    return look


def filled_in(
    address: str, state: Callable[[County], Filing], change: Callable[[Fields], None], *, late: State | None = None
) -> Sight:
    """What is answered to the form of the fill-in page, after a change of its fields."""

    def look(desk: Desk) -> None:
        filing = desk.bring(state)
        client = desk.client("filler")
        fields = posted(client.get(f"/filings/{filing.pk}/fill/").content.decode())
        desk.rendered.clear()
        change(fields)
        if late:
            late(desk.county)
        desk.show(client.post(address.format(filing), fields))

    return look


def on_a_phone(sight: Sight) -> Sight:
    def look(desk: Desk) -> None:
        desk.page.set_viewport_size({"width": 390, "height": 844})
        sight(desk)

    return look


def unfolded(sight: Sight) -> Sight:
    """With everything open that folds."""

    def look(desk: Desk) -> None:
        sight(desk)
        assert desk.page.evaluate("[...document.querySelectorAll('details')].map(part => part.open = true).length")

    return look


def in_dialog(name: str, sight: Sight) -> Sight:
    def look(desk: Desk) -> None:
        sight(desk)
        desk.page.evaluate("name => document.getElementById(name).showModal()", name)

    return look


def as_printed(sight: Sight) -> Sight:
    """With the pictures of the pages in the table's place."""

    def look(desk: Desk) -> None:
        sight(desk)
        desk.page.get_by_role("tab", name="打印样张").click()
        expect(desk.page.locator("#pages img")).to_be_visible(timeout=20_000)

    return look
