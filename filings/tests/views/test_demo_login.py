"""The demonstration's login buttons exist only in the demonstration."""

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
def test_a_button_logs_a_demonstration_user_in(demo_filler: User) -> None:
    client = Client()
    assert 'action="/demo-login/demo-filler/"' in html(client.get("/accounts/login/"))
    answer = client.post("/demo-login/demo-filler/")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200


@override_settings(DEMO=False)
def test_without_demo_neither_buttons_nor_url_exist(demo_filler: User) -> None:
    client = Client()
    assert "demo-login" not in html(client.get("/accounts/login/"))
    assert client.post("/demo-login/demo-filler/").status_code == 404
    assert not logged_in(client)


@override_settings(DEMO=True)
def test_other_users_cannot_log_in_with_it(county: County) -> None:
    for username in (county.head.username, "no-such-user"):
        client = Client()
        assert client.post(f"/demo-login/{username}/").status_code == 404
        assert not logged_in(client)


@override_settings(DEMO=True)
def test_a_get_request_is_refused(demo_filler: User) -> None:
    client = Client()
    assert client.get("/demo-login/demo-filler/").status_code == 405
    assert not logged_in(client)


@override_settings(DEMO=False)
def test_without_demo_a_logged_in_demonstration_user_is_logged_out(demo_filler: User, client_of: ClientOf) -> None:
    client = client_of(demo_filler)
    answer = client.get("/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")
    assert not logged_in(client)
