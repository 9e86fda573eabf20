"""The buttons of the demonstration exist in the demonstration alone."""

import pytest
from django.test import Client, override_settings

from filings.models import User
from filings.tests.county import County
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html


@pytest.fixture
def demo_filler(county: County) -> User:
    User.objects.filter(pk=county.filler.pk).update(username="demo-filler", is_demo=True)
    return User.objects.get(username="demo-filler")


def logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@override_settings(DEMO=True)
def test_a_button_logs_a_demonstration_person_in(demo_filler: User) -> None:
    client = Client()
    assert 'action="/demo-login/demo-filler/"' in html(client.get("/accounts/login/"))
    answer = client.post("/demo-login/demo-filler/")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200


@override_settings(DEMO=False)
def test_elsewhere_neither_buttons_nor_address_exist(demo_filler: User) -> None:
    client = Client()
    assert "demo-login" not in html(client.get("/accounts/login/"))
    assert client.post("/demo-login/demo-filler/").status_code == 404
    assert not logged_in(client)


@override_settings(DEMO=True)
def test_nobody_else_is_logged_in_by_it(county: County) -> None:
    for username in (county.head.username, "no-such-person"):
        client = Client()
        assert client.post(f"/demo-login/{username}/").status_code == 404
        assert not logged_in(client)


@override_settings(DEMO=True)
def test_it_is_posted_not_got(demo_filler: User) -> None:
    client = Client()
    assert client.get("/demo-login/demo-filler/").status_code == 405
    assert not logged_in(client)


@override_settings(DEMO=False)
def test_a_demonstration_person_who_is_in_is_shown_out(demo_filler: User, client_of: ClientOf) -> None:
    client = client_of(demo_filler)
    answer = client.get("/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")
    assert not logged_in(client)
