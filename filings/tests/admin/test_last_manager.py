"""The admin keeps the last active manager a manager."""

import pytest
from django.test import Client
from django.urls import reverse

from filings import manager_group
from filings.choices import Role
from filings.models import Membership, User
from filings.tests.county import County, add_membership, found_county


@pytest.fixture
def county(db: None) -> County:
    return found_county()


def saved(county: County, **typed: str) -> str:
    """Save the page of the manager with these values besides the usual ones, and return the answer's text."""
    manager_group.sync(county.manager)
    client = Client()
    client.force_login(county.manager)
    membership = Membership.objects.get(user=county.manager, role=Role.MANAGER)
    values = {
        "username": "manager",
        "name": "manager甲",
        "is_active": "on",
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "1",
        "memberships-0-id": str(membership.pk),
        "memberships-0-user": str(county.manager.pk),
        "memberships-0-role": "manager",
        "memberships-0-office": str(membership.office_id),
    }
    values = {name: value for name, value in (values | typed).items() if value}
    return client.post(reverse("admin:filings_user_change", args=[county.manager.pk]), values).content.decode()


REMOVED = {"memberships-0-DELETE": "on"}
REVIEWER = {"memberships-0-role": "reviewer"}
DEACTIVATED = {"is_active": ""}


@pytest.mark.parametrize("typed", [REMOVED, REVIEWER, DEACTIVATED], ids=["removed", "reviewer", "deactivated"])
def test_the_last_manager_stays_a_manager(county: County, typed: dict[str, str]) -> None:
    assert "「manager甲」是唯一的管理员" in saved(county, **typed)
    assert User.objects.get(pk=county.manager.pk).is_active
    assert Membership.objects.filter(user=county.manager, role=Role.MANAGER).exists()


@pytest.mark.parametrize("typed", [REMOVED, DEACTIVATED], ids=["removed", "deactivated"])
def test_one_of_two_managers_can_leave(county: County, typed: dict[str, str]) -> None:
    add_membership(county.performance_reviewer, Role.MANAGER, county.performance)
    assert saved(county, **typed) == ""
