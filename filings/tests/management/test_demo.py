"""The demonstration has a filing in every status, reached through the workflow, and a task for each role."""

import json
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.db.models import Model
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from filings import drafts
from filings.checks.run import check
from filings.choices import Action, Severity, Stage, Status
from filings.drafts.last_year import approved
from filings.lifecycle import events, issuing
from filings.models import Cycle, Department, Edit, Event, Filing, Membership, Office, Remark, Review, Revision, User
from filings.permissions import may
from filings.templatetags.demonstration import DEMO_USERNAMES, demo_users
from filings.tests.founding import founding_document
from filings.tests.views.pages import words

STORED: tuple[type[Model], ...] = (
    Cycle, Department, Edit, Event, Filing, Membership, Office, Remark, Review, Revision, User,
)  # fmt: skip


YEAR = 2022
pytestmark = [pytest.mark.usefixtures("loaded"), pytest.mark.django_db]


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Load the demonstration once for this module and roll it back at its end."""
    with override_settings(DEMO=True), django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", stdout=StringIO())
        yield
        transaction.set_rollback(True)


def statuses() -> dict[str, tuple[str, str]]:
    filings = Filing.objects.filter(cycle__year=YEAR)
    return {filing.department.code: (filing.status, filing.stage) for filing in filings}


def filing_of(code: str, year: int = YEAR) -> Filing:
    return Filing.objects.get(department__code=code, cycle__year=year)


def test_every_status_and_review_stage_occurs() -> None:
    assert statuses() == {
        "101001": (Status.DRAFT, ""),
        "102001": (Status.SIGNING, ""),
        "103001": (Status.RETURNED, ""),
        "104001": (Status.IN_REVIEW, Stage.SECTION),
        "201001": (Status.IN_REVIEW, Stage.PERFORMANCE),
        "202001": (Status.APPROVED, ""),
        "203001": (Status.DRAFT, ""),
    }
    assert {status for status, _ in statuses().values()} == set(Status)
    assert all(events.first_broken(filing) is None for filing in Filing.objects.all())


def test_loading_again_changes_nothing() -> None:
    before = [list(model._default_manager.order_by("pk").values()) for model in STORED]
    call_command("load_demo", stdout=StringIO())
    assert [list(model._default_manager.order_by("pk").values()) for model in STORED] == before


def test_the_content_is_the_founding_table_under_invented_names() -> None:
    founding = founding_document()
    revision = filing_of("202001").revisions.get().document()
    assert (revision.amounts, revision.duties, revision.goals) == (founding.amounts, founding.duties, founding.goals)
    assert revision.indicators == founding.indicators
    assert revision.fields == {"filing_unit": "演示县文化馆", "department": "演示县文化馆"}
    assert all("演示" in name for name in Department.objects.values_list("name", flat=True))


def test_a_filled_draft_has_no_blank_rows() -> None:
    faulty = filing_of("203001")
    assert all(row.name for row in drafts.raw(faulty).indicators)


def test_one_draft_is_empty_and_the_other_has_errors() -> None:
    fresh, faulty = (drafts.document(filing_of(code)) for code in ("101001", "203001"))
    assert (fresh.duties, fresh.goals, fresh.indicators, set(fresh.amounts.values())) == ((), (), (), {""})
    assert drafts.raw(filing_of("203001")).amounts["EXP.PROJECT"] == "200万元"
    edition = Cycle.objects.get(year=YEAR).edition.definition()
    assert "B2" in {finding.code for finding in check(faulty, edition) if finding.severity is Severity.ERROR}


def test_the_approved_copy_is_sealed_and_kept() -> None:
    filing = filing_of("202001")
    copy = filing.live_copy()
    assert copy is not None
    assert copy.seal_sha256
    assert issuing.read(copy).startswith(b"%PDF-")


def test_an_empty_draft_can_carry_over_last_years_table() -> None:
    filing = filing_of("101001", YEAR - 1)
    copy = filing.live_copy()
    assert copy is not None
    assert (filing.status, filing.cycle.closed_at is None) == (Status.APPROVED, False)
    assert issuing.read(copy).startswith(b"%PDF-")
    last = approved(filing_of("101001"))
    assert last is not None
    document = last.table.document
    assert (document.year, document.owner, document.amounts["TOTAL"]) == (YEAR - 1, "中共演示县委组织部", "520.6")
    assert check(document, last.table.edition) == ()


def test_last_years_steps_have_dates_of_last_year() -> None:
    filing = filing_of("101001", YEAR - 1)
    dates = [timezone.localdate(event.at) for event in filing.events.order_by("number")]
    assert dates == sorted(set(dates))
    assert filing.cycle.opens_on <= dates[0]
    assert dates[-1] < timezone.localdate() - timedelta(days=365)
    assert not filing.is_late(filing.revisions.get().submitted_at)


def test_the_returned_table_has_reasons_on_rows_that_exist() -> None:
    remarks = Remark.objects.filter(review__revision__filing__status=Status.RETURNED)
    (revision,) = {remark.review.revision for remark in remarks}
    keys = {row.key for row in revision.document().indicators}
    assert sorted(remark.place for remark in remarks if remark.place.startswith("amounts")) == ["amounts[EXP.PROJECT]"]
    (row,) = (remark.place for remark in remarks if remark.place.startswith("indicators"))
    assert row.removeprefix("indicators[").removesuffix("]") in keys


def test_the_deadline_is_14_days_after_loading() -> None:
    assert (Cycle.objects.get(year=YEAR).deadline - timezone.localdate()).days == 14


@override_settings(DEMO=True)
def test_each_demonstration_login_has_tasks() -> None:
    assert [user.post for user in demo_users()] == ["填报人", "填报人", "单位负责人", "业务股室", "绩效股", "管理员"]
    waiting = {}
    for username in DEMO_USERNAMES:
        client = Client()
        assert client.post(f"/demo-login/{username}/").status_code == 302
        page = words(client.get("/"))
        waiting[username] = next(int(count) for count in range(9) if f"待办 {count} " in page)
    assert waiting == {
        "demo-filler": 2, "demo-filler-2": 2, "demo-head": 1,
        "demo-section": 1, "demo-performance": 1, "demo-manager": 0,
    }  # fmt: skip
    assert words(client.get("/filings/")).count("演示县") >= 7


@override_settings(DEMO=True)
def test_one_login_can_adjust_an_approved_table() -> None:
    filing = Filing.objects.get(status=Status.APPROVED, cycle__year=YEAR)
    offered = User.objects.filter(username__in=DEMO_USERNAMES)
    assert [user.username for user in offered if may(user, Action.ADJUST, filing)] == ["demo-filler-2"]
    assert f"{filing.department} 周丽" in [user.place for user in demo_users()]


def test_no_demonstration_user_has_a_password() -> None:
    users = list(User.objects.all())
    assert len(users) == 8
    assert all(user.is_demo and not user.has_usable_password() for user in users)
    assert [user.username for user in users if user.is_staff] == ["demo-manager"]


def test_the_fixture_has_no_duplicates() -> None:
    county = json.loads(Path(settings.BASE_DIR, "fixtures/demo/county.json").read_text(encoding="utf-8"))
    for part, key in (("departments", "code"), ("people", "username"), ("filings", "department"), ("offices", "name")):
        names = [item[key] for item in county[part]]
        assert len(set(names)) == len(names)
