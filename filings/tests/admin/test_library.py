"""Managers edit the library; initials are computed and values are typed one per line."""

import pytest
from django.test import Client

from filings import manager_group
from filings.models import LibraryEntry
from filings.tests.county import found_county
from filings.tests.library.seeded import entry

pytestmark = [pytest.mark.django_db, pytest.mark.both]
TYPED = {
    "name": " 长期 影响 ",
    "canonical": "BEN.SUST",
    "comparator": "≥",
    "unit": "年",
    "written": "不少于１０年\n\n≥5年\n≥5年",
    "source": "县财政局",
}


@pytest.fixture
def client() -> Client:
    county = found_county()
    manager_group.sync(county.manager)
    client = Client()
    client.force_login(county.manager)
    return client


def test_an_entry_is_added_and_changed(client: Client) -> None:
    assert client.post("/admin/filings/libraryentry/add/", TYPED).status_code == 302
    made = LibraryEntry.objects.get()
    assert (made.name, made.initials, made.values) == ("长期 影响", "cqyx", ["不少于10年", "≥5年"])
    assert (str(made.by), made.comparator, made.revision) == ("manager甲", "≥", None)
    created_at = made.at
    change = f"/admin/filings/libraryentry/{made.pk}/change/"
    assert "不少于10年\n≥5年</textarea>" in client.get(change).content.decode()
    assert client.post(change, TYPED | {"name": "重点", "written": ""}).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.initials, made.values, made.at) == ("重点", "zd", [], created_at)


def test_too_many_values_and_the_same_name_again_are_refused(client: Client) -> None:
    entry("重点", "BEN.SUST")
    for wrong in ({"written": "\n".join(map(str, range(31)))}, {"written": "9" * 201}, {"name": "重点"}):
        answer = client.post("/admin/filings/libraryentry/add/", TYPED | wrong)
        assert (answer.status_code, LibraryEntry.objects.count()) == (200, 1)


def test_the_list_is_searched_by_initials(client: Client) -> None:
    entry("重点", "BEN.SUST", "≥3年")
    entry("长期", "BEN.SUST")
    entry("重点", "OUT.QTY", "≥4年")
    page = client.get("/admin/filings/libraryentry/?q=zd&class=BEN.SUST").content.decode()
    assert "≥4年" not in page
    assert ("重点" in page, "≥3年" in page, "可持续影响指标" in page, ">长期<" in page) == (True, True, True, False)
