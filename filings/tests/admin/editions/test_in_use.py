"""Editions of submitted filings cannot be changed; only managers have access."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from filings.editions.store import add
from filings.models import FormEdition
from filings.tests.admin.pages import copy_of, open_edition, page, rows, stored
from filings.tests.county import County

pytestmark = pytest.mark.django_db


def test_an_edition_in_use_is_read_only(client: Client, county: County, edition: FormEdition) -> None:
    opened = open_edition(client, edition)
    county.signing()
    before = rows()
    shown = open_edition(client, edition)
    assert "已有申报表按「湖南县级部门整体支出绩效目标表（2022年）」提交，这份表样不能再改" in shown.text
    assert 'name="_save"' not in shown.text
    assert [name for name in shown.values if "_FORMS" not in name] == ["csrfmiddlewaretoken"]
    changed = {"name": "改名", f"{opened.row('质量指标')}-label": "品质指标"}
    assert opened.send(changed).status_code == 403
    assert client.post(page("delete", edition), {"post": "yes"}).status_code == 403
    several = {"action": "delete_selected", "_selected_action": str(edition.pk), "post": "yes"}
    assert client.post(reverse("admin:filings_formedition_changelist"), several).status_code == 200
    assert rows() == before


def test_an_edition_in_use_can_be_copied_and_its_copy_changed(
    client: Client, county: County, edition: FormEdition
) -> None:
    county.signing()
    made = copy_of(client, edition)
    assert open_edition(client, made).send({"name": "改名"}).status_code == 302
    assert stored(made).name == "改名"


def test_an_unused_edition_can_be_deleted(client: Client, edition: FormEdition) -> None:
    row = add(replace(edition.definition(), version=9))
    assert client.post(page("delete", row), {"post": "yes"}).status_code == 302
    assert list(FormEdition.objects.all()) == [edition]


@pytest.mark.parametrize("name", ["change", "copy", "preview", "pdf"])
@pytest.mark.parametrize("who", ["performance_reviewer", "filler", None])
def test_only_managers_have_access(county: County, edition: FormEdition, name: str, who: str | None) -> None:
    stranger = Client()
    if who:
        stranger.force_login(getattr(county, who))
    before = rows()
    for answer in (stranger.get(page(name, edition)), stranger.post(page(name, edition), {"code": "x"})):
        assert answer.status_code in (302, 403)
        assert "绩效目标表" not in answer.content.decode()
    assert rows() == before
