"""Models that managers edit in the admin, and models that are read-only there."""

from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib import admin
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from filings import manager_group
from filings.choices import Action, Role
from filings.models import (
    CalendarDay,
    CopyJob,
    Cycle,
    Department,
    Enrolment,
    Event,
    Extension,
    Filing,
    FormEdition,
    IssuedCopy,
    LibraryEntry,
    Office,
    Publication,
    Review,
    Revision,
    User,
    Withholding,
)
from filings.tests.admin.test_findings import ABOUT_RULES
from filings.tests.county import County, step
from filings.tests.models import publications

pytestmark = pytest.mark.django_db

EDITABLE = (User, Department, Office, FormEdition, Cycle, CalendarDay)
READ_ONLY = (Filing, Revision, Review, IssuedCopy, Event, Publication, Withholding, CopyJob)


def page(model: type, name: str, *args: object) -> str:
    return reverse(f"admin:filings_{model.__name__.lower()}_{name}", args=args)


NO_MEMBERSHIPS = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
NO_EXTENSIONS = {"extensions-TOTAL_FORMS": "0", "extensions-INITIAL_FORMS": "0"}


@pytest.mark.parametrize("model", EDITABLE)
def test_a_manager_opens_the_editable_pages(client: Client, county: County, model: type) -> None:
    CalendarDay.objects.create(date="2027-02-06", name="春节")
    row = model.objects.first()  # type: ignore[attr-defined]
    for address in (page(model, "changelist"), page(model, "add"), page(model, "change", row.pk)):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("model", READ_ONLY)
def test_history_is_read_only(client: Client, county: County, model: type) -> None:
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.performance_reviewer)
    publications.publish(county, filing.revisions.get())
    publications.withhold(county)
    publications.job(county)
    row = model.objects.first()  # type: ignore[attr-defined]
    assert client.get(page(model, "changelist")).status_code == 200
    assert client.get(page(model, "change", row.pk)).status_code == 200
    assert client.get(page(model, "add")).status_code == 403
    assert client.post(page(model, "change", row.pk), {}).status_code == 403
    assert client.post(page(model, "delete", row.pk), {"post": "yes"}).status_code == 403


def test_every_model_of_the_admin_is_tested() -> None:
    registered = {model for model in admin.site._registry if model._meta.app_label == "filings"}
    # Library entries are tested in test_library.py.
    assert registered == {*EDITABLE, *READ_ONLY, *ABOUT_RULES, LibraryEntry}


def test_users_without_the_role_have_no_access(county: County) -> None:
    client = Client()
    client.force_login(county.filler)
    assert client.get(page(Department, "changelist")).status_code in (302, 403)
    assert client.post(page(Department, "add"), {"code": "1", "name": "x"}).status_code in (302, 403)


def test_a_new_user_must_change_the_initial_password(client: Client, county: County) -> None:
    user = {"username": "xin", "name": "新来的", "password1": "ri-luo-xi-shan", "password2": "ri-luo-xi-shan"}
    post = {"memberships-0-role": "filler", "memberships-0-department": str(county.department.pk)}
    counts = {"memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "0"}
    assert client.post(page(User, "add"), user | post | counts).status_code == 302
    made = User.objects.get(username="xin")
    assert made.check_password("ri-luo-xi-shan")
    assert (made.must_change_password, made.is_staff, made.is_superuser) == (True, False, False)
    assert [(held.role, held.department) for held in made.memberships.all()] == [(Role.FILLER, county.department)]


def test_a_password_set_by_a_manager_must_be_changed(client: Client, county: County) -> None:
    address = reverse("admin:auth_user_password_change", args=[county.filler.pk])
    passwords = {"password1": "ri-luo-xi-shan", "password2": "ri-luo-xi-shan"}
    assert client.post(address, passwords).status_code == 302
    county.filler.refresh_from_db()
    assert county.filler.must_change_password
    assert county.filler.check_password("ri-luo-xi-shan")


def test_a_membership_gives_and_removes_manager_permissions(client: Client, county: County) -> None:
    held = {"memberships-0-role": "manager", "memberships-0-office": str(county.section.pk)}
    counts = {"memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "0"}
    user = {"username": "head", "name": "头", "is_active": "on", "is_superuser": "on", "is_staff": ""}
    address = page(User, "change", county.head.pk)
    assert client.post(address, user | held | counts).status_code == 302
    county.head.refresh_from_db()
    assert (county.head.is_staff, county.head.is_superuser) == (True, False)
    assert [group.name for group in county.head.groups.all()] == ["管理员"]

    county.head.memberships.filter(role=Role.MANAGER).delete()
    manager_group.sync(county.head)
    assert (county.head.is_staff, county.head.groups.count()) == (False, 0)


def test_a_membership_in_a_department_and_an_office_is_refused(client: Client, county: County) -> None:
    held = {
        "memberships-0-role": "reviewer",
        "memberships-0-office": str(county.section.pk),
        "memberships-0-department": str(county.department.pk),
    }
    counts = {"memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "0"}
    user = {"username": "head", "name": "头", "is_active": "on"}
    answer = client.post(page(User, "change", county.head.pk), user | held | counts)
    assert "每条任职只能属于一个单位或一个股室" in answer.content.decode()


def test_managers_cannot_edit_superusers(client: Client) -> None:
    root = User.objects.create(username="root", name="根", is_superuser=True)
    assert client.get(page(User, "change", root.pk)).status_code == 302
    assert client.get(reverse("admin:auth_user_password_change", args=[root.pk])).status_code == 404


def details(cycle: Cycle) -> dict[str, object]:
    return {
        "year": cycle.year,
        "edition": cycle.edition.pk,
        "opens_on": cycle.opens_on,
        "deadline": cycle.deadline,
        "stages": cycle.stages,
        **NO_EXTENSIONS,
    }


def test_a_cycle_is_created_changed_and_deleted_before_its_start(client: Client, county: County) -> None:
    values = details(county.cycle) | {"year": "2031", "stages": ["supervisor", "performance"]}
    assert client.post(page(Cycle, "add"), values).status_code == 302
    made = Cycle.objects.get(year=2031)
    assert made.stages == ["supervisor", "performance"]
    assert client.post(page(Cycle, "change", made.pk), values | {"stages": ["section"]}).status_code == 302
    assert Cycle.objects.get(pk=made.pk).stages == ["section"]
    assert client.post(page(Cycle, "delete", made.pk), {"post": "yes"}).status_code == 302
    assert not Cycle.objects.filter(pk=made.pk).exists()


@pytest.mark.parametrize("closed_at", [None, timezone.now()])
def test_a_started_cycle_is_neither_changed_nor_deleted(
    client: Client, county: County, closed_at: datetime | None
) -> None:
    Cycle.objects.update(closed_at=closed_at)
    stored = Cycle.objects.values().get()
    extension = {
        "extensions-TOTAL_FORMS": "1",
        "extensions-0-department": county.department.pk,
        "extensions-0-until": county.cycle.deadline + timedelta(days=1),
    }
    earlier = {"deadline": county.cycle.opens_on}
    for changed in (earlier, {"year": 2031}, extension):
        sent = client.post(page(Cycle, "change", county.cycle.pk), details(county.cycle) | changed)
        assert sent.status_code == 403
    assert client.post(page(Cycle, "delete", county.cycle.pk), {"post": "yes"}).status_code == 403
    selected = {"action": "delete_selected", "_selected_action": [county.cycle.pk], "post": "yes"}
    assert client.post(page(Cycle, "changelist"), selected).status_code == 403
    assert Cycle.objects.values().get() == stored
    assert Enrolment.objects.count() == 3
    assert not Extension.objects.exists()


def test_the_page_of_a_started_cycle_links_to_the_pages_that_change_it(client: Client, county: County) -> None:
    shown = client.get(page(Cycle, "change", county.cycle.pk)).content.decode()
    assert f'<a href="{reverse("setup", args=[county.cycle.pk])}">批次设置</a>' in shown
    assert f'<a href="{reverse("board", args=[county.cycle.pk])}">看板</a>' in shown
    assert '<div class="readonly">绩效股</div>' in shown


def test_extensions_are_made_on_the_board_only(client: Client, county: County) -> None:
    Cycle.objects.update(started_at=None)
    until = county.cycle.deadline + timedelta(days=1)
    Extension.objects.create(cycle=county.cycle, department=county.department, until=until, reason="停电")
    address = page(Cycle, "change", county.cycle.pk)
    assert "停电" in client.get(address).content.decode()
    added = {
        "extensions-TOTAL_FORMS": "1",
        "extensions-0-department": county.supervising.pk,
        "extensions-0-until": until,
    }
    assert client.post(address, details(county.cycle) | added).status_code == 302
    assert [row.department for row in Extension.objects.all()] == [county.department]


def test_a_cycle_started_while_it_is_saved_is_not_changed(client: Client, county: County) -> None:
    Cycle.objects.update(started_at=None)
    started: list[int] = []

    def start_after_first_read(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if sql.startswith("SELECT") and 'FROM "filings_cycle"' in sql and not started:
            started.append(county.cycle.pk)
            Cycle.objects.update(started_at=timezone.now())
        return result

    with connection.execute_wrapper(start_after_first_read):
        answer = client.post(page(Cycle, "change", county.cycle.pk), details(county.cycle) | {"year": 2031})
    assert answer.status_code == 403


def test_the_first_manager_is_created_by_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    for _time in range(2):
        monkeypatch.setattr("sys.stdin", StringIO("ri-luo-xi-shan\n"))
        call_command("make_manager", "first", name="第一人", stdout=StringIO())
    made = User.objects.get()
    assert (made.name, made.is_staff, made.is_superuser, made.must_change_password) == ("第一人", True, False, False)
    assert made.check_password("ri-luo-xi-shan")
    assert [(held.role, str(held.office)) for held in made.memberships.all()] == [(Role.MANAGER, "财政局")]
    assert made.has_perm("filings.add_department")
    assert made.has_perm("filings.view_event")
    assert not made.has_perm("filings.delete_event")

    monkeypatch.setattr("sys.stdin", StringIO("123\n"))
    with pytest.raises(CommandError):
        call_command("make_manager", "second", stdout=StringIO())
    assert User.objects.count() == 1


def test_an_office_with_members_cannot_be_deleted(county: County, client: Client) -> None:
    client.force_login(county.manager)
    office = county.section_reviewer.memberships.get().office
    assert office
    client.post(page(Office, "delete", office.pk), {"post": "yes"})
    assert Office.objects.filter(pk=office.pk).exists()
    assert county.section_reviewer.memberships.exists()
