"""Login, logout, and the change of a first password."""

from django.test import Client

from filings.models import User
from filings.tests.county import County
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words


def with_password(user: User, password: str, *, must_change: bool) -> User:
    user.set_password(password)
    user.must_change_password = must_change
    user.save()
    return user


def test_users_log_in_by_user_name_and_out_by_post(county: County) -> None:
    with_password(county.filler, "Xue-hai-78321", must_change=False)
    client = Client()
    page = html(client.get("/accounts/login/"))
    assert '<html lang="zh-hans">' in page
    assert "注册" not in words(client.get("/accounts/login/"))
    wrong = client.post("/accounts/login/", {"login": "filler", "password": "wrong"})
    assert "_auth_user_id" not in client.session
    assert wrong.status_code == 200
    assert client.post("/accounts/login/", {"login": "filler", "password": "Xue-hai-78321"})["Location"] == "/"
    page = words(client.get("/"))
    assert f"{county.filler.name} 填报人 · 县档案馆" in page
    assert f"{county.filler.name}，您已登录。" in page
    client.post("/accounts/logout/")
    assert client.get("/").status_code == 302


def test_a_first_password_is_changed_before_anything_else(county: County, client_of: ClientOf) -> None:
    client = client_of(with_password(county.filler, "Xue-hai-78321", must_change=True))
    for address in ("/", "/filings/", "/admin/"):
        assert client.get(address)["Location"] == "/accounts/password/change/"
    page = words(client.get("/accounts/password/change/"))
    assert "您使用的是管理员设定的初始密码" in page
    assert "密码不能全是数字。" in page
    assert "你" not in page
    changed = {"oldpassword": "Xue-hai-78321", "password1": "Shan-lu-90114", "password2": "Shan-lu-90114"}
    client.post("/accounts/password/change/", changed)
    assert User.objects.get(pk=county.filler.pk).must_change_password is False
    assert Client().login(username="filler", password="Shan-lu-90114")


def test_errors_of_a_new_password_are_in_chinese(county: County, client_of: ClientOf) -> None:
    client = client_of(with_password(county.filler, "Xue-hai-78321", must_change=True))
    typed = {"oldpassword": "Xue-hai-78321", "password1": "123", "password2": "123"}
    page = words(client.post("/accounts/password/change/", typed))
    assert "密码太短，至少要有 8 个字符。" in page
    assert "This password" not in page


def test_a_user_with_a_first_password_can_log_out(county: County, client_of: ClientOf) -> None:
    client = client_of(with_password(county.filler, "Xue-hai-78321", must_change=True))
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session
