"""Offices: adding, renaming, and which section reviews which departments."""

from collections.abc import Mapping

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from filings import permissions
from filings.choices import Action, Role
from filings.cycles import offices
from filings.lifecycle import claims
from filings.models import Department, Filing, Office, User
from filings.tests.county import County, create_user, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words


def changes_of(item: Office | Department) -> list[tuple[str, str]]:
    """Return who changed an office or department, and what, as the admin displays it."""
    entries = LogEntry.objects.filter(content_type__model=item._meta.model_name, object_id=item.pk)
    return [(entry.user.name, entry.get_change_message()) for entry in entries]


@pytest.fixture
def client(county: County, client_of: ClientOf) -> Client:
    """Log in the manager."""
    return client_of(county.manager)


def test_offices_are_listed_with_what_they_review_and_added(county: County, client: Client) -> None:
    assert "财政局 局领导 — 0 名审核人 行政政法股 业务股室 2 个单位 1 名审核人" in words(client.get("/offices/"))
    page = words(client.post("/offices/create/", {"name": " 农业农村股 ", "kind": "section"}, follow=True))
    assert "已新增股室「农业农村股」。" in page
    assert Office.objects.get(name="农业农村股").kind == "section"


@pytest.mark.parametrize(
    ("name", "kind", "sentence"),
    [
        ("绩效股", "section", "已有叫「绩效股」的股室，请另取一个名称。"),
        (" ", "section", "请填写股室的名称。"),
        ("长" * 101, "section", "股室的名称共 101 字，请缩短到 100 字以内。"),
        ("=股室", "section", "「股室的名称」不能以「=」开头，请改正。"),
        ("😀股", "section", "「股室的名称」有 1 个字符无法打印：「😀」（U+1F600）。请换成通用的汉字或符号。"),
        ("新股", "club", "请选择股室的类别。"),
    ],
)
def test_a_refused_office_keeps_what_was_typed(client: Client, name: str, kind: str, sentence: str) -> None:
    refused = client.post("/offices/create/", {"name": name, "kind": kind})
    assert sentence in words(refused)
    assert f'value="{name}"' in html(refused)
    assert Office.objects.count() == 3


def test_an_office_is_renamed_unless_the_name_is_taken(county: County, client: Client) -> None:
    address, seen = f"/offices/{county.section.pk}/rename/", county.section.name
    refused = client.post(address, {"name": "绩效股", "seen": seen})
    assert "已有叫「绩效股」的股室" in words(refused)
    assert 'name="name" value="绩效股"' in html(refused)
    client.post(address, {"name": "行政股", "seen": seen})
    assert Office.objects.get(pk=county.section.pk).name == "行政股"
    assert changes_of(county.section) == [("manager甲", "名称由「行政政法股」改为「行政股」")]


def test_a_name_that_another_manager_has_changed_is_not_overwritten(county: County, client: Client) -> None:
    Office.objects.filter(pk=county.section.pk).update(name="行政股")
    values = {"name": "政法股", "seen": "行政政法股"}
    refused = client.post(f"/offices/{county.section.pk}/rename/", values)
    assert "您打开以后，股室已由他人改名为「行政股」，未保存。" in words(refused)
    assert 'name="name" value="政法股"' in html(refused)
    assert 'name="seen" value="行政股"' in html(refused)
    assert Office.objects.get(pk=county.section.pk).name == "行政股"


def test_departments_move_to_another_section_with_what_waits_there(county: County, client: Client) -> None:
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.supervisor_reviewer)
    claims.claim(filing, by=county.section_reviewer)
    other = Office.objects.create(name="农业农村股", kind="section")
    reviewer = create_user("farming", Role.REVIEWER, other)
    address = f"/offices/{other.pk}/assign/"
    assert "请先选择要改归本股室的单位。" in words(client.post(address))
    page = words(
        client.post(address, {"departments": [f"{county.department.pk}:{county.section.pk}", "x"]}, follow=True)
    )
    assert "1 个单位已改归「农业农村股」" in page
    assert "其中 1 份申报表已由其他股室的人认领" in page
    assert "归口单位 1 个 101 县档案馆" in page
    current = Filing.objects.select_related("cycle", "department").get(pk=filing.pk)
    assert permissions.may_decide(reviewer, current)
    assert not permissions.may_decide(county.section_reviewer, current)
    assert changes_of(county.department) == [("manager甲", "归口股室由「行政政法股」改为「农业农村股」")]


def test_claims_of_the_new_section_and_of_disabled_accounts_need_no_handing_over(county: County) -> None:
    claims.claim(step(Action.APPROVE_STAGE, county.in_review(), county.supervisor_reviewer), by=county.section_reviewer)
    other = Office.objects.create(name="农业农村股", kind="section")
    county.section_reviewer.memberships.create(role=Role.MANAGER, office=other)
    seen = {county.department.pk: county.section.pk}
    assert moved_and_claimed(county, other, seen) == (1, 1)
    User.objects.filter(pk=county.section_reviewer.pk).update(is_active=False)
    assert moved_and_claimed(county, other, seen) == (1, 0)
    User.objects.filter(pk=county.section_reviewer.pk).update(is_active=True)
    county.section_reviewer.memberships.create(role=Role.REVIEWER, office=other)
    assert moved_and_claimed(county, other, seen) == (1, 0)


def moved_and_claimed(county: County, office: Office, seen: Mapping[int, int | None]) -> tuple[int, int]:
    Department.objects.update(section=county.section)
    return offices.assign(office, seen, by=county.manager)


def test_a_department_that_another_manager_has_moved_stays_there(county: County, client: Client) -> None:
    other = Office.objects.create(name="农业农村股", kind="section")
    Department.objects.filter(pk=county.department.pk).update(section=None)
    keys = (county.department.pk, county.supervising.pk)
    ticked = {"departments": [f"{key}:{county.section.pk}" for key in keys]}
    page = client.post(f"/offices/{other.pk}/assign/", ticked)
    assert "「县档案馆」的归口股室已由他人改为「未指定」，没有改动。" in words(page)
    assert f'value="{county.department.pk}:" checked' in html(page)
    assert not other.departments.exists()
    Department.objects.filter(pk__in=keys).update(section=other)
    assert "所选单位已归口本股室，或已被删去" in words(client.post(f"/offices/{other.pk}/assign/", ticked))
    assert not LogEntry.objects.exists()


def test_only_sections_review_departments(county: County, client: Client) -> None:
    page = words(
        client.post(f"/offices/{county.performance.pk}/assign/", {"departments": [f"{county.department.pk}:"]})
    )
    assert "「绩效股」不是业务股室，单位不能归口到这里。" in page
    assert "其他单位" not in page


def test_other_departments_are_searched_and_listed_page_by_page(county: County, client: Client) -> None:
    Department.objects.bulk_create(Department(code=f"3{number:02}", name=f"县{number}所") for number in range(60))
    address = f"/offices/{county.section.pk}/"
    assert f'data-unsaved action="{address}assign/' in html(client.get(address))
    page = words(client.get(address))
    assert "勾选只在本页有效" in page
    assert "其他单位 61 个" in page
    assert "第 1 页，共 2 页" in page
    assert "县49所" not in page
    assert "县49所" in words(client.get(f"{address}?page=2"))
    assert "其他单位 1 个" in words(client.get(f"{address}?q=xjyj"))
    assert "没有这样的单位。" in words(client.get(f"{address}?q=nothing"))
