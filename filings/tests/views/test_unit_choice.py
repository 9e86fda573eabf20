"""Users of several units choose the one that 待办 and 申报表 show; what they may do stays the same."""

import pytest

from filings.choices import Role
from filings.models import Filing
from filings.tests.county import County, add_membership
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words


@pytest.fixture
def two_units(county: County) -> County:
    """The filler of the department also fills in for the supervising one, and has started the former's table."""
    add_membership(county.filler, Role.FILLER, county.supervising)
    county.started()
    return county


def test_users_of_one_unit_have_no_choice(county: County, client_of: ClientOf) -> None:
    client = client_of(county.filler)
    assert "unit-choice" not in html(client.get("/"))
    client.post("/account/unit/", {"unit": county.department.pk})
    assert "只显示" not in words(client.get("/"))


def test_lists_show_the_chosen_unit_and_what_is_left_out(two_units: County, client_of: ClientOf) -> None:
    client = client_of(two_units.filler)
    assert "全部单位" in words(client.get("/"))
    answer = client.post("/account/unit/", {"unit": two_units.supervising.pk, "page": "todo"})
    assert answer["Location"] == "/"
    page = words(client.get("/"))
    assert "只显示县委办公室的事项，其他单位另有 1 项。" in page
    assert "可以开始填报 1" in page
    assert f'href="/filings/{Filing.objects.get().pk}/fill/"' not in html(client.get("/"))
    assert "待办 2" in page
    filings = words(client.get("/filings/"))
    assert "只显示县委办公室的申报表。" in filings
    assert "县档案馆" not in filings.partition("只显示")[2]
    client.post("/account/unit/", {"unit": ""})
    assert "只显示" not in words(client.get("/"))


def test_a_choice_changes_no_permission(two_units: County, client_of: ClientOf) -> None:
    client = client_of(two_units.filler)
    client.post("/account/unit/", {"unit": two_units.supervising.pk})
    page = client.get(f"/filings/{Filing.objects.get().pk}/fill/")
    assert page.status_code == 200
    assert "县档案馆" in words(page)


@pytest.mark.parametrize("unit", ["0", "x", "9" * 30, "-1"])
def test_other_units_are_not_chosen(two_units: County, client_of: ClientOf, unit: str) -> None:
    client = client_of(two_units.filler)
    client.post("/account/unit/", {"unit": unit, "page": "https://example.com/"})
    assert "unit" not in client.session


def test_a_unit_of_others_is_not_chosen(two_units: County, client_of: ClientOf) -> None:
    client = client_of(two_units.filler)
    other = two_units.stranger.memberships.get().department_id
    assert client.post("/account/unit/", {"unit": other, "page": "overview"})["Location"] == "/filings/"
    assert "只显示" not in words(client.get("/"))


def test_a_unit_that_the_user_has_left_counts_as_none(two_units: County, client_of: ClientOf) -> None:
    client = client_of(two_units.filler)
    client.post("/account/unit/", {"unit": two_units.supervising.pk})
    two_units.filler.memberships.filter(department=two_units.supervising).delete()
    assert "只显示" not in words(client.get("/"))
