"""Request every URL without login, as a stranger and in each role. A new URL fails until url_answers.py lists it."""

import re
from collections.abc import Iterator
from types import ModuleType
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse

from filings.choices import Action, AttachmentKind
from filings.lifecycle import attachments
from filings.models import Filing, User
from filings.tests.county import County, found_county, step
from filings.tests.url_answers import ANSWERS, PEOPLE, PUBLIC

pytestmark = pytest.mark.once

_CONVERTER = re.compile(r"<[^>]+>")


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    """Yield (name, route, pattern) of every URL below some patterns."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        else:
            yield str(pattern.name), route, pattern


def filled(name: str, pattern: URLPattern, filing: Filing) -> str:
    values = {
        "filing_id": filing.pk,
        "number": 1,
        "point_id": 2**63,
        "membership_id": 2**63,
        "consultation_id": 2**63,
        "message_id": 2**63,
        "approval_id": 2**63,
        "attachment_id": filing.attachments.get().pk,
        "kind": "json",
        "key": "unknown",
        "export_id": 2**63,
        "day_id": 2**63,
        "office_id": 2**63,
        "job_id": 2**63,
        "word_id": 2**63,
        "code": "AAAABBBBCCCC",
        "sha256": "0" * 64,
        "username": "unknown",
        "cycle_id": filing.cycle_id,
        "year": filing.cycle.year,
        "name": "tables",
        "department_id": filing.department_id,
    }
    if name == "receipt":
        values["number"] = filing.events.get(action=Action.SUBMIT).number
    return reverse(name, kwargs={key: values[key] for key in pattern.pattern.converters})


def ours() -> list[tuple[str, URLPattern]]:
    """List every URL outside the admin."""
    urls = addresses(get_resolver().url_patterns)
    return [(name, pattern) for name, route, pattern in urls if not route.startswith("admin/")]


def answer(client: Client, address: str) -> int:
    status = client.get(address).status_code
    return client.post(address).status_code if status == 405 else status


def unguarded(filing: Filing) -> list[str]:
    """List the URLs that answer something other than the login page without login."""
    login = reverse("account_login")
    names = []
    for name, pattern in ours():
        address = filled(name, pattern, filing)
        for reply in (Client().get(address), Client().post(address)):
            leads_to_login = reply.status_code == 302 and reply["Location"].startswith(f"{login}?")
            # Scripts get 401 and open the login on their page.
            is_refused = reply.status_code == 401 and set(reply.json()) == {"refusal"}
            if name not in PUBLIC and not leads_to_login and not is_refused and reply.status_code != 405:
                names.append(name)
    return names


@pytest.fixture
def county(db: None) -> County:
    return found_county()


@pytest.fixture
def filing(county: County) -> Filing:
    """Return a filing in review with an attachment."""
    filing = county.filled()
    attachments.add(filing, AttachmentKind.BUDGET, "批复.pdf", b"%PDF-1.7", by=county.filler)
    return step(Action.SIGN, step(Action.SUBMIT, filing, county.filler), county.head)


def test_every_url_leads_to_the_login(filing: Filing) -> None:
    assert unguarded(filing) == []


# Scripts post to these addresses only; an expired login answers 401, or opens no page.
SCRIPT_POSTS = {"review_open", "review_draft", "fill_changes", "fill_answers", "demo_login"}


def test_after_a_login_no_post_leads_to_an_address_that_accepts_only_posts(county: County, filing: Filing) -> None:
    manager = Client()
    manager.force_login(county.manager)
    wrong = []
    for name, pattern in ours():
        reply = Client().post(filled(name, pattern, filing))
        if name in PUBLIC or name in SCRIPT_POSTS or reply.status_code == 405:
            continue
        page = parse_qs(urlsplit(reply["Location"]).query)["next"][0]
        if manager.get(page).status_code == 405:
            wrong.append(name)
    assert wrong == []


def test_an_address_without_a_guard_is_found(filing: Filing) -> None:
    def unprotected(request: HttpRequest) -> HttpResponse:
        return HttpResponse("everything")

    root = get_resolver().url_patterns
    planted = ModuleType("planted")
    planted.urlpatterns = [*root, path("open/", unprotected, name="unprotected")]  # type: ignore[attr-defined]
    with override_settings(ROOT_URLCONF=planted):
        assert unguarded(filing) == ["unprotected", "unprotected"]


def test_the_table_lists_every_url() -> None:
    assert sorted(name for name, _ in ours()) == sorted([*PUBLIC, *ANSWERS])


@pytest.mark.parametrize("name", PUBLIC)
def test_public_urls_reveal_no_department(filing: Filing, name: str) -> None:
    (pattern,) = (pattern for listed, pattern in ours() if listed == name)
    reply = Client().get(filled(name, pattern, filing))
    assert reply.status_code == PUBLIC[name]
    assert filing.department.name not in reply.content.decode()


@pytest.mark.parametrize("index", range(len(PEOPLE)), ids=PEOPLE)
def test_each_role_gets_the_status_of_the_table(county: County, filing: Filing, index: int) -> None:
    user: User = getattr(county, PEOPLE[index])
    client = Client()
    client.force_login(user)
    before = Filing.objects.values().get()
    answers = {name: answer(client, filled(name, pattern, filing)) for name, pattern in ours() if name in ANSWERS}
    assert answers == {name: expected[index] for name, expected in ANSWERS.items()}
    assert Filing.objects.values().get() == before


def test_the_admin_is_for_staff(county: County) -> None:
    routes = [route for name, route, _ in addresses(get_resolver().url_patterns) if route.startswith("admin/")]
    assert len(routes) > len(settings.INSTALLED_APPS)
    filler = Client()
    filler.force_login(county.filler)
    for client in (Client(), filler):
        for route in routes:
            address = "/" + _CONVERTER.sub("1", route).removesuffix("(?P<url>.*)$")
            assert client.get(address).status_code in (302, 403, 404), address
