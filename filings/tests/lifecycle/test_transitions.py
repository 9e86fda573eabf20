"""Demands of the actions and the rows that they write. Resulting statuses are in test_workflow.py."""

import pytest
from django.core.files.storage import default_storage

from filings.choices import Action, Severity, Stage, Status
from filings.document import canonical_json
from filings.errors import NotReady, StepRefused
from filings.lifecycle import events, issuing
from filings.models import Event, Review, Revision
from filings.tests.county import fill, fixed_bytes, found_county, step, with_reasons

pytestmark = pytest.mark.django_db


def test_a_stage_without_a_section_to_review_it_is_refused() -> None:
    county = found_county()
    county.department.section = None
    county.department.save()
    filing = county.in_review()
    with pytest.raises(StepRefused, match="「县档案馆」尚未归口业务股室"):
        step(Action.APPROVE_STAGE, filing, county.supervisor_reviewer)


def test_an_error_stops_submission_and_a_submission_freezes_the_document() -> None:
    county = found_county()
    filing = county.filled()
    amount = filing.amounts.get(line="TOTAL")
    amount.raw = "90"
    amount.save()
    with pytest.raises(NotReady) as refusal:
        step(Action.SUBMIT, filing, county.filler)
    assert {finding.code for finding in refusal.value.findings} == {"B1", "B2"}
    assert {finding.severity for finding in refusal.value.findings} == {Severity.ERROR}
    assert not Revision.objects.exists()

    amount.raw = "100"
    amount.save()
    step(Action.SUBMIT, filing, county.filler)
    revision = Revision.objects.get()
    assert (revision.number, revision.submitted_by_name) == (1, "filler甲")
    assert revision.document().amounts["TOTAL"] == "100"
    assert canonical_json.digest(revision.document()) == revision.sha256


def test_a_remark_needs_a_place_in_the_table() -> None:
    county = found_county()
    with pytest.raises(StepRefused, match="位置不在表中"):
        step(Action.RETURN, county.in_review(), county.supervisor_reviewer, remarks=(("<b>", "改"),))


def test_a_review_keeps_name_role_and_office_of_its_time() -> None:
    county = found_county()
    step(Action.RETURN, county.in_review(), county.supervisor_reviewer, remarks=(("goals[0]", "太笼统"),))
    county.supervisor_reviewer.name = "改名"
    county.supervisor_reviewer.save()
    review = Review.objects.get()
    assert (review.by_name, review.by_role, review.by_office) == ("supervisor_reviewer甲", "reviewer", "县委办公室")
    assert list(review.remarks.values_list("place", "text")) == [("goals[0]", "太笼统")]


def test_an_adjustment_leaves_the_old_copy_live_until_the_new_one_is_approved() -> None:
    county = found_county((Stage.PERFORMANCE,))
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.performance_reviewer)
    old = filing.live_copy()
    assert old
    filing = step(Action.ADJUST, filing, county.filler, reason="预算追加")
    assert (filing.status, filing.adjusts, filing.live_copy()) == (Status.DRAFT, old, old)
    filing.amounts.update(raw="120", fen=120_000_000)
    filing = step(Action.SUBMIT, with_reasons(filing, county.filler), county.filler)
    filing = step(Action.SIGN, filing, county.head)
    filing = step(Action.APPROVE_STAGE, filing, county.performance_reviewer)
    new = filing.live_copy()
    assert new
    old.refresh_from_db()
    assert (new.supersedes, new.revision.number, old.live, filing.adjusts) == (old, 2, False, None)


def test_a_submission_after_the_deadline_is_marked_late() -> None:
    county = found_county()
    county.cycle.deadline = county.cycle.opens_on
    county.cycle.save()
    county.signing()
    assert events.detail(Event.objects.latest("id"))["late"] == "1"


def test_an_approval_stores_the_printed_file() -> None:
    county = found_county((Stage.PERFORMANCE,))
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.performance_reviewer)
    copy = filing.live_copy()
    assert copy
    with default_storage.open(f"issued/{copy.sha256}.pdf") as file:
        revision = filing.last_revision()
        assert revision
        edition, mark = county.cycle.edition.definition(), issuing.mark_of(county.cycle, version=1, code=copy.code)
        assert file.read() == fixed_bytes(revision.document(), edition, made_at=copy.issued_at, seal=None, mark=mark)


def test_only_a_filled_in_filing_can_be_submitted() -> None:
    county = found_county()
    filing = county.started()
    with pytest.raises(NotReady):
        step(Action.SUBMIT, filing, county.filler)
    fill(filing)
    assert step(Action.SUBMIT, filing, county.filler).status == Status.SIGNING
