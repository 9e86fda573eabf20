"""Login, disabled accounts, rate limit, password change."""

import pytest
from django.test import Client

from filings.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "first-password-of-2022"
LOGIN = "/accounts/login/"


@pytest.fixture
def user() -> User:
    return User.objects.create_user(username="filler", password=PASSWORD, name="张三")


def log_in(client: Client, password: str) -> str:
    """Post the login form; return the redirect's target, empty if the login was refused."""
    return client.post(LOGIN, {"login": "filler", "password": password}).headers.get("Location", "")


def test_login_by_user_name(client: Client, user: User) -> None:
    assert log_in(client, PASSWORD) == "/"
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_disabled_account_cannot_log_in_and_sees_why(client: Client, user: User) -> None:
    User.objects.update(is_active=False)
    assert log_in(client, PASSWORD) == LOGIN
    assert "_auth_user_id" not in client.session
    assert "这个账号已经停用" in client.get(LOGIN).content.decode()


def test_after_five_wrong_passwords_the_right_one_is_refused_too(client: Client, user: User) -> None:
    assert [log_in(client, "wrong") for _ in range(5)] == [""] * 5
    assert log_in(client, PASSWORD) == ""
    assert "_auth_user_id" not in client.session


def test_changing_the_first_password_clears_must_change_password(client: Client, user: User) -> None:
    User.objects.update(must_change_password=True)
    client.force_login(user)
    assert client.get("/")["Location"] == "/accounts/password/change/"
    new = "my-own-password-of-2022"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/accounts/password/change/", form)["Location"] == "/"
    user.refresh_from_db()
    assert (user.must_change_password, user.check_password(new)) == (False, True)


def test_a_session_ends_with_the_browser(client: Client, user: User) -> None:
    log_in(client, PASSWORD)
    assert client.session.get_expire_at_browser_close()


def test_an_account_without_a_password_cannot_change_it(client: Client, user: User) -> None:
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    reply = client.get("/accounts/password/change/")
    assert reply.status_code == 403
    assert "没有密码" in reply.content.decode()
