"""Users in the admin, through the form as a browser posts it."""

import pytest
from django.test import Client
from django.urls import reverse

from filings import manager_group
from filings.choices import Role
from filings.models import Membership, User
from filings.tests.admin.pages import FormPage, errors_in, open_form
from filings.tests.county import County, add_membership, create_user

pytestmark = pytest.mark.django_db

LAST = "「manager甲」是最后一名在用的管理员，不能停用，也不能去掉或改变管理员角色；请先另设一名管理员。"


def form_of(client: Client, user: User) -> FormPage:
    return open_form(client, reverse("admin:filings_user_change", args=[user.pk]), "user_form")


def memberships_of(user: User) -> list[str]:
    return list(Membership.objects.filter(user=user).values_list("role", flat=True))


def test_a_user_is_saved_while_the_row_for_a_new_membership_is_blank(client: Client, county: County) -> None:
    form = form_of(client, county.filler)
    assert form.values["memberships-TOTAL_FORMS"] == "2"
    assert form.send({"telephone": "0734-5220001"}).status_code == 302
    county.filler.refresh_from_db()
    assert (county.filler.telephone, memberships_of(county.filler)) == ("0734-5220001", [Role.FILLER])


def test_a_user_is_deactivated_while_the_row_for_a_new_membership_is_blank(client: Client, county: County) -> None:
    assert form_of(client, county.filler).send(without=("is_active",)).status_code == 302
    county.filler.refresh_from_db()
    assert not county.filler.is_active
    assert memberships_of(county.filler) == [Role.FILLER]


def test_a_new_user_is_created_without_a_membership(client: Client, county: County) -> None:
    form = open_form(client, reverse("admin:filings_user_add"), "user_form")
    user = {"username": "xin", "name": "新来的", "password1": "ri-luo-xi-shan", "password2": "ri-luo-xi-shan"}
    assert form.send(user).status_code == 302
    assert memberships_of(User.objects.get(username="xin")) == []


def test_a_membership_is_added_in_the_blank_row_and_needs_role_and_place(client: Client, county: County) -> None:
    form = form_of(client, county.filler)
    assert form.refusal({"memberships-1-department": str(county.supervising.pk)}) == ["这个字段是必填项。"]
    assert "每条任职只能属于一个单位或一个股室，请只选其一。" in form.refusal({"memberships-1-role": "observer"})
    held = {"memberships-1-role": "observer", "memberships-1-department": str(county.supervising.pk)}
    assert form.send(held).status_code == 302
    assert memberships_of(county.filler) == [Role.FILLER, Role.OBSERVER]


@pytest.mark.parametrize(
    ("changes", "without"),
    [
        ({}, ("is_active",)),
        ({"memberships-0-DELETE": "on"}, ()),
        ({"memberships-0-role": "reviewer"}, ()),
    ],
    ids=["deactivate", "delete", "change the role"],
)
def test_the_last_manager_stays_an_active_manager(
    client: Client, county: County, changes: dict[str, str], without: tuple[str, ...]
) -> None:
    # Neither a deactivated manager nor a superuser without the role counts.
    create_user("gone", Role.MANAGER, county.section)
    User.objects.filter(username="gone").update(is_active=False)
    User.objects.create(username="root", name="根", is_superuser=True, is_staff=True)
    answer = form_of(client, county.manager).send(changes, without=without)
    assert answer.status_code == 200
    assert LAST in errors_in(answer.content.decode())
    county.manager.refresh_from_db()
    assert (county.manager.is_active, memberships_of(county.manager)) == (True, [Role.MANAGER])

    add_membership(county.section_reviewer, Role.MANAGER, county.section)
    assert form_of(client, county.manager).send(changes, without=without).status_code == 302
    assert manager_group.is_last_manager(county.section_reviewer)


def test_the_last_manager_is_edited_and_changes_offices(client: Client, county: County) -> None:
    moved = {"telephone": "1", "memberships-0-office": str(county.section.pk)}
    assert form_of(client, county.manager).send(moved).status_code == 302
    assert Membership.objects.get(user=county.manager).office == county.section
