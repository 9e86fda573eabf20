"""Getting in, and staying out."""

import pytest
from django.test import Client

from filings.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "first-password-of-2022"
LOGIN = "/accounts/login/"


@pytest.fixture
def person() -> User:
    return User.objects.create_user(username="filler", password=PASSWORD, name="张三")


def log_in(client: Client, password: str) -> str:
    """Where the login page sends somebody on to; empty when it keeps them."""
    return client.post(LOGIN, {"login": "filler", "password": password}).headers.get("Location", "")


def test_a_person_gets_in_by_user_name(client: Client, person: User) -> None:
    assert log_in(client, PASSWORD) == "/"
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_stopped_account_is_told_so_and_stays_out(client: Client, person: User) -> None:
    User.objects.update(is_active=False)
    assert log_in(client, PASSWORD) == LOGIN
    assert "_auth_user_id" not in client.session
    assert "这个账号已经停用" in client.get(LOGIN).content.decode()


def test_after_five_wrong_passwords_even_the_right_one_waits(client: Client, person: User) -> None:
    assert [log_in(client, "wrong") for _ in range(5)] == [""] * 5
    assert log_in(client, PASSWORD) == ""
    assert "_auth_user_id" not in client.session


def test_changing_the_first_password_lifts_the_duty_to_change_it(client: Client, person: User) -> None:
    User.objects.update(must_change_password=True)
    client.force_login(person)
    assert client.get("/")["Location"] == "/accounts/password/change/"
    new = "my-own-password-of-2022"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/accounts/password/change/", form)["Location"] == "/"
    person.refresh_from_db()
    assert (person.must_change_password, person.check_password(new)) == (False, True)


def test_a_session_ends_with_the_browser(client: Client, person: User) -> None:
    log_in(client, PASSWORD)
    assert client.session.get_expire_at_browser_close()


def test_an_account_without_a_password_is_told_that_there_is_none_to_change(client: Client, person: User) -> None:
    person.set_unusable_password()
    person.save()
    client.force_login(person)
    reply = client.get("/accounts/password/change/")
    assert reply.status_code == 403
    assert "没有密码" in reply.content.decode()
