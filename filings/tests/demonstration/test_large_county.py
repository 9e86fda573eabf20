"""The large county is what the workflow would have made: chains, hashes, assessments, and tables without errors."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from filings.checks import assessment
from filings.choices import Action, RemarkState, Stage, Status
from filings.demonstration import county_data, load
from filings.demonstration.targets import COUNTS, targets
from filings.document import canonical_json
from filings.lifecycle import events, issuing
from filings.models import (
    Assessment,
    Cycle,
    Department,
    Event,
    Filing,
    IssuedCopy,
    Membership,
    Remark,
    Review,
    Revision,
    User,
)  # fmt: skip
from filings.tests.demonstration.conftest import LOADED, quick

pytestmark = [pytest.mark.usefixtures("loaded"), pytest.mark.django_db]


def filings() -> list[Filing]:
    """List the filings of the large county."""
    codes = [plan.code for plan in county_data.load().departments]
    return list(Filing.objects.filter(department__code__in=codes).select_related("cycle__edition", "department"))


def test_a_county_has_150_departments_in_every_status() -> None:
    departments = county_data.load().departments
    assert len(departments) + 8 == 150
    assert len({plan.name for plan in departments}) == len(departments)
    ends = Counter(target.ends for target in targets(departments).values())
    assert ends == Counter({str(end): count for end, count in COUNTS.items()})


def test_each_department_has_its_own_filler_and_head_and_each_section_reviewers() -> None:
    for department in Department.objects.exclude(code__in=["101001"]).filter(
        memberships__user__username__startswith="f"
    ):
        users = set(department.memberships.values_list("user", flat=True))
        assert len(users) == 2, department
    reviewers = Counter(
        Membership.objects.filter(role="reviewer", user__username__startswith="s").values_list(
            "office__name", flat=True
        )
    )
    assert set(reviewers.values()) == {3}
    assert not User.objects.filter(is_demo=False).exists()


def test_the_filings_have_their_targets() -> None:
    this_year = Cycle.objects.latest("year")
    by_code = targets(county_data.load().departments)
    for filing in filings():
        if filing.issued_copies.filter(live=False).exists():
            continue
        end = by_code[filing.department.code].ends if filing.cycle == this_year else Status.APPROVED
        assert end in (filing.status, filing.stage), filing
    assert {filing.status for filing in filings()} == set(Status)
    assert {filing.stage for filing in filings()} == {"", Stage.SECTION, Stage.PERFORMANCE}


def test_chains_are_intact_and_times_increase() -> None:
    for filing in filings():
        assert events.first_broken(filing) is None
        times = list(filing.events.order_by("number").values_list("at", flat=True))
        assert times == sorted(times), filing
        assert times[-1] <= timezone.now()


def test_revisions_carry_their_canonical_hash_and_what_was_in_the_draft() -> None:
    for revision in Revision.objects.filter(filing__in=filings()):
        assert canonical_json.dumps(revision.document()) == revision.content
        assert canonical_json.digest(revision.document()) == revision.sha256


def test_stored_assessments_equal_those_computed_again() -> None:
    # Last year's copy was issued before this year's tables were checked, so that the context is the same.
    latest = [filing.last_revision() for filing in filings() if filing.status != Status.DRAFT]
    for revision in latest:
        assert revision is not None
        again = assessment.assess_revision(revision)
        stored = Assessment.objects.get(revision=revision)
        assert {name: getattr(stored, name) for name in again.counts} == again.counts
        assert list(assessment.stored_findings(revision).values_list("identity", flat=True)) == [
            item.finding.identity for item in again.items
        ]
        assert not again.blocking


def test_copies_are_printed_from_the_approved_revision_with_their_code() -> None:
    copies = IssuedCopy.objects.filter(filing__in=filings()).select_related("revision")
    approved = sum(filing.status == Status.APPROVED for filing in filings())
    assert [len(copies), len(copies.filter(live=False))] == [approved + 1, 1]
    for copy in copies:
        assert issuing.read(copy) == f"%PDF {copy.revision.sha256} {copy.code}".encode()


def test_four_eyes_hold_in_every_history() -> None:
    for filing in filings():
        acted: dict[str, set[int]] = {}
        for event in filing.events.all():
            acted.setdefault(event.action, set()).add(event.by_id)
        assert not acted.get(Action.SUBMIT, set()) & acted.get(Action.SIGN, set())
        by_stage = Review.objects.filter(revision__filing=filing).values_list("stage", "by")
        assert len({by for _stage, by in by_stage}) == len({stage for stage, _by in by_stage})


def test_some_are_in_the_second_round_with_answers_and_changed_rows() -> None:
    second = [filing for filing in filings() if filing.status == Status.IN_REVIEW and filing.round == 2]
    returned = [filing for filing in second if filing.revisions.count() == 2]
    assert returned
    for filing in returned:
        states = set(Remark.objects.filter(filing=filing, internal=False).values_list("state", flat=True))
        assert states in ({RemarkState.CHANGED, RemarkState.DECLINED}, {RemarkState.ACCEPTED}), filing


def test_remarks_are_in_every_state_and_some_are_internal() -> None:
    assert set(Remark.objects.filter(filing__in=filings()).values_list("state", flat=True)) == set(RemarkState)
    assert set(Remark.objects.values_list("internal", flat=True)) == {False, True}


def test_some_are_claimed_some_are_overdue_and_all_warnings_are_explained() -> None:
    reviewed = [filing for filing in filings() if filing.status == Status.IN_REVIEW]
    today = timezone.localdate()
    assert any(filing.reviewer_id for filing in reviewed)
    assert any(filing.due_on and filing.due_on < today for filing in reviewed)
    assert any(filing.due_on and filing.due_on >= today for filing in reviewed)
    asked = [item for item in Assessment.objects.filter(revision__filing__in=reviewed) if item.asked]
    assert asked
    assert [item for item in asked if item.explained < item.asked] == []


def test_loading_again_changes_nothing() -> None:
    before = (Filing.objects.count(), Event.objects.count(), User.objects.count(), Revision.objects.count())
    assert list(load.load(Cycle.objects.latest("year"), quick, most=LOADED)) == []
    assert (Filing.objects.count(), Event.objects.count(), User.objects.count(), Revision.objects.count()) == before


def test_it_needs_the_demonstration() -> None:
    with override_settings(DEMO=False), pytest.raises(CommandError, match="DEMO=1"):
        call_command("load_demo_county", stdout=StringIO())
