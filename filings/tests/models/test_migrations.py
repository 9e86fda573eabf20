"""Migrations of stored data: an installation of the version before this one keeps its filings in order."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from filings import drafts
from filings.choices import Action, AttachmentKind, PointKind, Status
from filings.clocks.working_days import add_working_days
from filings.lifecycle import attachments
from filings.models import Attachment, Filing, RestorePoint, Revision
from filings.tests.county import found_county, step

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both, pytest.mark.migrated]
NOW = timezone.now().replace(microsecond=0)
TODAY = timezone.localdate(NOW)


def migrate(name: str) -> Apps:
    executor = MigrationExecutor(connection)
    executor.migrate([("filings", name)])
    apps: Apps = MigrationExecutor(connection).loader.project_state([("filings", name)]).apps
    return apps


@pytest.fixture
def newest() -> Iterator[str]:
    """Return the name of the newest migration, and go there after the test."""
    name: str = MigrationExecutor(connection).loader.graph.leaf_nodes("filings")[0][1]
    yield name
    migrate(name)


@pytest.fixture
def before(newest: str) -> Apps:
    """Go back to the schema before the review of a cycle."""
    return migrate("0008_tasks")


class OldCounty:
    """A past and a running cycle of the version before, with a reviewer and departments by their code."""

    def __init__(self, apps: Apps) -> None:
        self.apps = apps
        edition = self._objects("FormEdition").create(code="e", version=1, name="表样", layout={})
        self.past, self.running = (
            self._objects("Cycle").create(
                year=TODAY.year - ago,
                edition=edition,
                opens_on=TODAY - timedelta(days=30 + 365 * ago),
                deadline=TODAY + timedelta(days=20 - 365 * ago),
                stages=["section"],
            )
            for ago in (1, 0)
        )
        self.user = self._objects("User").create(username="reviewer", name="审核人")
        self.departments = [
            self._objects("Department").create(code=str(number), name=f"单位{number}") for number in range(3)
        ]
        for department in self.departments:
            self._objects("Membership").create(user=self.user, role="filler", department=department)

    def _objects(self, name: str) -> Any:
        return self.apps.get_model("filings", name)._default_manager

    def filing(self, cycle: Any, department: int, status: str, at: datetime, **values: Any) -> Any:
        filing = self._objects("Filing").create(
            cycle=cycle, department=self.departments[department], status=status, **values
        )
        self._objects("Event").create(
            filing=filing, number=1, action="submit", by=self.user, by_name="人", at=at, detail="{}", hash="0" * 64
        )
        return filing

    def review(self, filing: Any, decision: str, *answers: str) -> None:
        """Add a revision with its review, and a remark for each answer."""
        number = filing.revisions.count() + 1
        revision = filing.revisions.create(
            number=number,
            content="{}",
            sha256=str(number) * 64,
            submitted_by=self.user,
            submitted_by_name="人",
            submitted_at=NOW,
        )
        review = revision.reviews.create(stage="section", decision=decision, by=self.user, by_name="人", at=NOW)
        for answer in answers:
            who = {"answered_by": self.user, "answered_at": NOW} if answer else {}
            review.remarks.create(place="goals[0]", text="改。", answer=answer, **who)


def states(apps: Apps, filing: Any) -> list[tuple[int, str]]:
    remarks: Any = apps.get_model("filings", "Remark")._default_manager
    return list(remarks.filter(filing=filing.pk).order_by("id").values_list("round", "state"))


def row(apps: Apps, filing: Any) -> Any:
    objects: Any = apps.get_model("filings", "Filing")._default_manager
    return objects.get(pk=filing.pk)


def test_stored_filings_are_given_rounds_clocks_and_lists(before: Apps) -> None:
    """One test, because each round trip takes some seconds."""
    county = OldCounty(before)
    running, past = county.running, county.past
    reviewed = county.filing(running, 0, Status.IN_REVIEW, NOW, stage="section", resume_stage="section")
    county.review(reviewed, "return", "", "不改。")
    county.review(reviewed, "return", "", "不改。")
    returned = county.filing(running, 1, Status.RETURNED, NOW, resume_stage="section")
    county.review(returned, "return", "", "不改。")
    draft = county.filing(running, 2, Status.DRAFT, NOW)
    approved = county.filing(past, 0, Status.APPROVED, NOW)
    county.review(approved, "return", "")
    county.review(approved, Action.APPROVE_STAGE, "")
    past.extensions.create(department=county.departments[2], until=TODAY)

    after = migrate("0011_remarks_know_their_filing")

    in_five_days = add_working_days(TODAY, 5, {})
    assert states(after, reviewed) == [(1, "accepted"), (1, "accepted"), (2, "changed"), (2, "declined")]
    assert states(after, returned) == [(1, "open"), (1, "declined")]
    assert states(after, approved) == [(1, "accepted"), (2, "accepted")]
    columns = [
        (filing.round, filing.resume_reviewer_id, filing.held_since, filing.due_on)
        for filing in (row(after, old) for old in (reviewed, returned, draft, approved))
    ]
    assert columns == [
        (3, county.user.pk, NOW, in_five_days),
        (2, county.user.pk, NOW, in_five_days),
        (1, None, NOW, running.deadline),
        (2, None, NOW, None),
    ]
    enrolments: Any = after.get_model("filings", "Enrolment")._default_manager
    listed = list(enrolments.order_by("department__code").values_list("cycle", "department__code"))
    assert [code for cycle, code in listed if cycle == running.pk] == ["0", "1", "2"]
    # Of the past cycle, only the department that filed and the one whose extension has not ended.
    assert [code for cycle, code in listed if cycle == past.pk] == ["0", "2"]


def test_used_installations_go_back_and_forward_again(newest: str) -> None:
    """Restore points of 沿用上年 become those of an import; each version gets the recorded number, once among all."""
    county = found_county()
    filing = county.signing()
    drafts.keep_restore_point(filing, PointKind.LAST_YEAR, drafts.load(filing), by=county.filler)
    before = migrate("0019_cycle_contacts")
    assert list(RestorePoint.objects.order_by("pk").values_list("kind", flat=True)) == ["submission", "import"]
    other = before.get_model("filings", "Filing")._default_manager.create(
        cycle_id=filing.cycle_id, department_id=county.supervising.pk
    )
    by: dict[str, Any] = {"by_id": county.filler.pk, "by_name": "人", "at": NOW, "hash": "0" * 64}
    for number, detail in ((1, f'{{"revision":"1","receipt":"{filing.cycle.year}-101-01"}}'), (2, "{}")):
        other.revisions.create(number=number, content="{}", submitted_by_id=county.filler.pk, submitted_at=NOW)
        other.events.create(number=number, action="submit", detail=detail, **by)

    migrate(newest)

    year = filing.cycle.year
    assert list(Revision.objects.order_by("pk").values_list("receipt", flat=True)) == [
        f"{year}-101-01",
        f"{year}F{other.pk}-100-01",
        f"{year}-100-02",
    ]


def test_signed_scans_are_given_the_version_of_their_time(newest: str) -> None:
    county = found_county()
    filing = county.filled()

    def scan(name: str, kind: AttachmentKind = AttachmentKind.SIGNED_SCAN) -> None:
        user = county.head if Filing.objects.get().status == Status.SIGNING else county.filler
        attachments.add(filing, kind, f"{name}.pdf", f"%PDF-1.7 {name}".encode(), by=user)

    scan("草稿")
    scan("批复", AttachmentKind.BUDGET)
    step(Action.SUBMIT, filing, county.filler)
    scan("第一版")
    step(Action.SEND_BACK, filing, county.head, reason="请修改。")
    scan("退回以后")
    stored = list(Attachment.objects.values_list("name", "revision_number"))
    migrate("0023_restore_point_label")

    migrate(newest)

    assert list(Attachment.objects.values_list("name", "revision_number")) == stored
    assert [number for _, number in stored] == [1, None, 1, 2]
