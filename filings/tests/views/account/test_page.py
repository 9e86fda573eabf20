"""The user's own page: roles, telephone, and sessions that the user can end."""

from datetime import timedelta
from html import unescape

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from filings.choices import Role
from filings.models import User
from filings.tests.county import County, add_membership
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words
from filings.views.account.devices import UNKNOWN, device_of

EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0"
WECHAT = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/107.0 Mobile Safari/537.36 MicroMessenger/8.0.42"


def log_in(user: User, agent: str) -> Client:
    # A new hash would end the sessions that the user has.
    if not user.password:
        user.set_password("Xue-hai-78321")
        user.save(update_fields=["password"])
    client = Client(headers={"user-agent": agent})
    client.post("/accounts/login/", {"login": user.username, "password": "Xue-hai-78321"})
    return client


def test_all_roles_are_listed(county: County, client_of: ClientOf) -> None:
    add_membership(county.filler, Role.HEAD, county.supervising)
    page = words(client_of(county.filler).get("/account/"))
    assert "任职 县档案馆 填报人 县委办公室 单位负责人" in page


@pytest.mark.parametrize("telephone", ["0734-5220000 转 8001", "13800001234", ""])
def test_users_change_their_own_telephone(county: County, client_of: ClientOf, telephone: str) -> None:
    client = client_of(county.filler)
    assert client.post("/account/telephone/", {"telephone": telephone})["Location"] == "/account/"
    assert User.objects.get(pk=county.filler.pk).telephone == telephone
    assert "电话已保存。" in words(client.get("/account/"))
    assert User.objects.get(pk=county.head.pk).telephone == ""


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("同前", "「同前」中只有 0 个数字，不是电话号码。请填写固定电话或手机号码，或者留空。"),
        ("1" * 31, "电话有 31 个字，最多 30 个。请缩短。"),
        ("<b>12</b>", "「<b>12</b>」中只有 2 个数字"),
    ],
)
def test_other_texts_are_refused_and_kept(county: County, client_of: ClientOf, typed: str, sentence: str) -> None:
    answer = client_of(county.filler).post("/account/telephone/", {"telephone": typed})
    assert answer.status_code == 400
    assert sentence in unescape(html(answer))
    assert "<b>12</b>" not in html(answer)
    assert User.objects.get(pk=county.filler.pk).telephone == ""


def test_other_sessions_are_listed_and_ended(county: County) -> None:
    here, there = log_in(county.filler, EDGE), log_in(county.filler, WECHAT)
    stranger = log_in(county.stranger, EDGE)
    page = words(here.get("/account/"))
    assert "登录情况 2 处" in page
    assert "Edge，Windows 本机 127.0.0.1" in page
    assert "微信，安卓手机 127.0.0.1" in page
    assert "已退出其他 1 处登录。" in words(here.post("/account/sessions/end/", follow=True))
    assert there.get("/")["Location"].startswith("/accounts/login/")
    assert here.get("/").status_code == 200
    assert stranger.get("/").status_code == 200
    alone = here.get("/account/")
    assert "登录情况 1 处" in words(alone)
    assert "/account/sessions/end/" not in html(alone)


def test_sessions_without_a_record_are_listed_and_ended(county: County) -> None:
    """As those that were open when the program began to record them."""
    here, there, stranger = Client(), Client(), Client()
    for client, user in ((here, county.filler), (there, county.filler), (stranger, county.stranger)):
        client.force_login(user)
    page = words(here.get("/account/"))
    assert "登录情况 2 处" in page
    assert f"{UNKNOWN} — — " in page
    assert "已退出其他 1 处登录。" in words(here.post("/account/sessions/end/", follow=True))
    assert there.get("/")["Location"].startswith("/accounts/login/")
    assert (here.get("/").status_code, stranger.get("/").status_code) == (200, 200)
    assert "登录情况 1 处" in words(here.get("/account/"))


def test_the_last_use_is_recorded_every_few_minutes(county: County) -> None:
    client = log_in(county.filler, EDGE)
    earlier = timezone.now() - timedelta(hours=2)
    UserSession.objects.update(last_seen_at=earlier)
    client.get("/")
    assert UserSession.objects.get().last_seen_at == earlier
    User.objects.filter(pk=county.filler.pk).update(last_login=timezone.now() - timedelta(minutes=6))
    client.get("/")
    recorded = UserSession.objects.get().last_seen_at
    assert recorded > earlier
    client.get("/")
    assert UserSession.objects.get().last_seen_at == recorded


@pytest.mark.parametrize(
    ("agent", "device"), [(EDGE, "Edge，Windows"), (WECHAT, "微信，安卓手机"), ("curl/8", UNKNOWN), ("", UNKNOWN)]
)
def test_devices_are_named(agent: str, device: str) -> None:
    assert device_of(agent) == device
