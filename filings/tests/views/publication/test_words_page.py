"""The page 错敏词: who edits the list, and its pages."""

import pytest
from django.test import Client
from django.utils import timezone

from filings.choices import Stage
from filings.models import WrongWord
from filings.tests.county import County, found_county
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words

CONFIRMED = {"confirmed": ["0", "1"]}


@pytest.fixture
def county(db: None) -> County:
    return found_county((Stage.PERFORMANCE,))


@pytest.fixture
def manager(county: County, client_of: ClientOf) -> Client:
    return client_of(county.manager)


def test_wrong_words_are_edited_by_managers(county: County, manager: Client, client_of: ClientOf) -> None:
    assert "列表中没有词语。" in words(client_of(county.performance_reviewer).get("/wrong-words/"))
    page = manager.post("/wrong-words/add/", {"text": "按装=安装=常见\n帐号=账号"}, follow=True)
    assert "已增加或更新 2 个词。" in words(page)
    refused = manager.post("/wrong-words/add/", {"text": "对=对"})
    assert (refused.status_code, "对=对" in html(refused)) == (409, True)
    word = WrongWord.objects.get(word="按装")
    assert 'value="按装"' in html(manager.get(f"/wrong-words/{word.pk}/"))
    refused = manager.post(f"/wrong-words/{word.pk}/save/", {"word": "帐号"})
    assert (refused.status_code, "「帐号」已在列表中" in words(refused)) == (409, True)
    manager.post(f"/wrong-words/{word.pk}/save/", {"word": "按 装", "instead": "安装"})
    manager.post(f"/wrong-words/{word.pk}/remove/")
    assert list(WrongWord.objects.values_list("word", flat=True)) == ["帐号"]


def test_the_words_are_listed_in_pages(manager: Client) -> None:
    now = timezone.now()
    WrongWord.objects.bulk_create(WrongWord(word=f"错词{number:03}", at=now) for number in range(101))
    first, second = manager.get("/wrong-words/"), manager.get("/wrong-words/?page=2")
    assert ("列表 101 个" in words(first), "错词100" in words(first), "错词100" in words(second)) == (True, False, True)
    refused = manager.post("/wrong-words/add/", {"text": "对=对"})
    assert "下一页" in words(first)
    assert "下一页" not in words(refused)
