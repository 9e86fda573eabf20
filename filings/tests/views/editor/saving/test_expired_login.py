"""Forms of the fill-in page posted after the login has expired."""

import pytest
from django.test import Client

from filings.models import Edit
from filings.tests.county import County
from filings.tests.views.page_forms import posted
from filings.tests.views.pages import words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("step", ["save", "submit", "check"])
def test_typed_texts_are_shown_and_not_stored(client: Client, county: County, step: str) -> None:
    client.force_login(county.filler)
    filing = county.filled()
    data = posted(client.get(f"/filings/{filing.pk}/fill/").content.decode())
    client.logout()
    typed = {"amounts-EXP.PROJECT": "三百", "texts-goal:0": "<b>保障运转。</b>"}
    answer = client.post(f"/filings/{filing.pk}/fill/{step}/", data | typed)
    assert answer.status_code == 403
    assert "登录已经过期，您填写的内容尚未提交。" in words(answer)
    html = answer.content.decode()
    shown = {part.partition("</dd>")[0] for part in html.split("<dd>")[1:]}
    assert shown == {"三百", "&lt;b&gt;保障运转。&lt;/b&gt;"}
    assert county.department.name not in html
    assert not Edit.objects.exists()


def test_without_typed_texts_the_login_page_follows(client: Client, county: County) -> None:
    client.force_login(county.filler)
    filing = county.filled()
    data = posted(client.get(f"/filings/{filing.pk}/fill/").content.decode())
    client.logout()
    answer = client.post(f"/filings/{filing.pk}/fill/save/", data)
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/accounts/login/")
