"""Transitions and the order of stages. Conflicts: test_conflicts.py; users: actions/test_every_combination.py."""

from dataclasses import dataclass
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from filings import drafts
from filings.actions.table import SPECS
from filings.choices import Action, Role, Stage, Status
from filings.document import canonical_json
from filings.errors import (
    NotAllowed,
    StepRefused,
)
from filings.lifecycle import records, transitions, workflow
from filings.lifecycle.request import ActionRequest
from filings.models import Event, Filing, IssuedCopy, Review, Revision
from filings.tests.county import ALL_STAGES, County, add_membership, answer_remarks, found_county, step

pytestmark = pytest.mark.django_db

# (status, action) -> (resulting status, stage, a user who may).
# The filing in review is at the section; the returned one was returned by the section.
EXPECTED = {
    (Status.DRAFT, Action.SUBMIT): (Status.SIGNING, "", "filler"),
    (Status.SIGNING, Action.SEND_BACK): (Status.DRAFT, "", "head"),
    (Status.SIGNING, Action.SIGN): (Status.IN_REVIEW, "supervisor", "head"),
    (Status.SIGNING, Action.WITHDRAW): (Status.DRAFT, "", "filler"),
    (Status.IN_REVIEW, Action.WITHDRAW): (Status.DRAFT, "", "filler"),
    (Status.IN_REVIEW, Action.RETURN): (Status.RETURNED, "", "section_reviewer"),
    (Status.IN_REVIEW, Action.APPROVE_STAGE): (Status.IN_REVIEW, "performance", "section_reviewer"),
    (Status.RETURNED, Action.SUBMIT): (Status.SIGNING, "", "filler"),
    (Status.APPROVED, Action.ADJUST): (Status.DRAFT, "", "filler"),
    (Status.APPROVED, Action.REVOKE): (Status.IN_REVIEW, "performance", "manager"),
}


@dataclass(frozen=True)
class FilingState:
    """Everything that a refused action must not change."""

    filing: tuple[object, ...]
    rows: tuple[int, ...]

    @classmethod
    def of(cls, filing: Filing) -> "FilingState":
        columns = Filing.objects.filter(pk=filing.pk).values_list()[0]
        return cls(columns, tuple(model.objects.count() for model in (Revision, Review, IssuedCopy, Event)))


def at_status(county: County, status: Status) -> Filing:
    """Create a filled filing and set its status directly, so that cases do not depend on other actions."""
    filing = county.filled()
    if status != Status.DRAFT:
        revision = filing.revisions.create(
            number=1,
            receipt=f"R{filing.pk}-1",
            content=canonical_json.dumps(drafts.document(filing)),
            sha256="0" * 64,
            submitted_by=county.filler,
            submitted_at="2026-01-01T00:00Z",
        )
        if status == Status.APPROVED:
            filing.issued_copies.create(
                revision=revision, sha256="0" * 64, code="ABCDEFGH2345", issued_at="2026-01-01T00:00Z"
            )
    filing.status = status
    filing.stage = Stage.SECTION if status == Status.IN_REVIEW else ""
    filing.resume_stage = Stage.SECTION if status == Status.RETURNED else ""
    filing.save()
    return filing


def test_transitions_are_those_of_the_table() -> None:
    # test_revoking.py covers actions during an adjustment.
    declared = {
        (status, spec.action): targets
        for spec in SPECS
        for status, targets in spec.transitions.items()
        if status not in spec.only_adjusting
    }
    assert set(declared) == set(EXPECTED)
    for key, (leads_to, _stage, _who) in EXPECTED.items():
        assert leads_to in declared[key]


def test_an_outcome_that_the_table_does_not_declare_fails_before_anything_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def wrong(request: ActionRequest) -> transitions.Outcome:
        return transitions.Outcome({"status": Status.APPROVED, "stage": ""}, partial(records.add_nothing, request))

    county = found_county()
    filing = county.signing()
    before = FilingState.of(filing)
    monkeypatch.setitem(transitions.OUTCOMES, Action.SIGN, wrong)
    with pytest.raises(workflow.UndeclaredTransition, match="sign leads from signing to approved"):
        step(Action.SIGN, filing, county.head)
    assert FilingState.of(filing) == before


def test_an_outcome_without_a_status_keeps_it_which_must_be_declared_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def stays(request: ActionRequest) -> transitions.Outcome:
        return transitions.Outcome({"stage": ""}, partial(records.add_nothing, request))

    county = found_county()
    filing = county.signing()
    monkeypatch.setitem(transitions.OUTCOMES, Action.SIGN, stays)
    with pytest.raises(workflow.UndeclaredTransition, match="sign leads from signing to signing"):
        step(Action.SIGN, filing, county.head)


@pytest.mark.parametrize(
    "stages",
    [(Stage.PERFORMANCE,), (Stage.SECTION, Stage.PERFORMANCE), (Stage.SUPERVISOR, Stage.SECTION), ALL_STAGES],
)
def test_a_filing_goes_through_the_stages_of_its_cycle(stages: tuple[Stage, ...]) -> None:
    county = found_county(stages)
    filing = county.in_review()
    for stage in stages:
        assert (filing.status, filing.stage) == (Status.IN_REVIEW, stage)
        filing = step(Action.APPROVE_STAGE, filing, getattr(county, f"{stage}_reviewer"))
    assert (filing.status, filing.stage) == (Status.APPROVED, "")
    assert list(Review.objects.values_list("stage", flat=True)) == list(stages)


def test_a_department_without_a_supervisor_skips_that_stage() -> None:
    county = found_county()
    county.department.supervisor = None
    county.department.save()
    assert county.in_review().stage == Stage.SECTION


def test_a_returned_filing_resumes_at_the_stage_that_returned_it() -> None:
    county = found_county()
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.supervisor_reviewer)
    filing = step(Action.RETURN, filing, county.section_reviewer, remarks=(("indicators[i0].target", "请写明范围"),))
    assert (filing.status, filing.resume_stage) == (Status.RETURNED, Stage.SECTION)
    filing = step(Action.SUBMIT, answer_remarks(filing, county.filler), county.filler)
    filing = step(Action.SEND_BACK, filing, county.head, reason="再看看")
    assert (filing.status, filing.resume_stage) == (Status.RETURNED, Stage.SECTION)
    filing = step(Action.SUBMIT, filing, county.filler)
    filing = step(Action.SIGN, filing, county.head)
    assert (filing.status, filing.stage) == (Status.IN_REVIEW, Stage.SECTION)
    filing = step(Action.WITHDRAW, filing, county.filler)
    assert (filing.status, filing.resume_stage) == (Status.RETURNED, Stage.SECTION)
    filing = step(Action.SIGN, step(Action.SUBMIT, filing, county.filler), county.head)
    filing = step(Action.APPROVE_STAGE, filing, county.section_reviewer, exception_reason="口径已电话核实。")
    assert (filing.stage, filing.resume_stage) == (Stage.PERFORMANCE, "")


def test_a_return_can_restart_at_the_first_stage() -> None:
    county = found_county()
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.supervisor_reviewer)
    filing = workflow.perform(
        Action.RETURN,
        filing,
        by=county.section_reviewer,
        expected_lock=filing.lock,
        reason="整体重写",
        from_first_stage=True,
    )
    filing = step(Action.SIGN, step(Action.SUBMIT, answer_remarks(filing, county.filler), county.filler), county.head)
    assert filing.stage == Stage.SUPERVISOR


def test_a_reviewed_filing_cannot_be_withdrawn() -> None:
    county = found_county()
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.supervisor_reviewer)
    assert workflow.possible(filing, county.filler) == ()
    with pytest.raises(StepRefused, match="已经有人审核，不能撤回"):
        step(Action.WITHDRAW, filing, county.filler)


def test_possible_actions_depend_on_the_user() -> None:
    county = found_county()
    filing = county.in_review()
    assert workflow.possible(filing, county.filler) == (Action.WITHDRAW,)
    assert workflow.possible(filing, county.supervisor_reviewer) == (Action.RETURN, Action.APPROVE_STAGE)
    assert workflow.possible(filing, county.section_reviewer) == ()


def test_a_member_of_the_department_cannot_review_its_filing() -> None:
    county = found_county()
    filing = county.in_review()
    add_membership(county.supervisor_reviewer, Role.OBSERVER, county.department)
    with pytest.raises(NotAllowed, match="不能审核本单位的申报表"):
        step(Action.APPROVE_STAGE, filing, county.supervisor_reviewer)


def test_a_filing_is_started_once_and_not_before_the_opening() -> None:
    county = found_county()
    filing = county.started()
    assert county.started() == filing
    assert list(filing.events.values_list("action", "by_name")) == [("start", "filler甲")]
    with pytest.raises(NotAllowed):
        workflow.start(county.cycle, county.supervising, by=county.filler)
    county.cycle.opens_on = county.cycle.deadline
    with pytest.raises(StepRefused, match="现在不能填报"):
        workflow.start(county.cycle, county.department, by=county.filler)


@pytest.mark.parametrize("action", [Action.SEND_BACK, Action.RETURN, Action.ADJUST])
def test_an_action_that_goes_back_needs_a_reason(action: Action) -> None:
    county = found_county((Stage.SECTION,))
    status = next(status for status, expected in EXPECTED if expected == action)
    with pytest.raises(StepRefused, match="请写明原因"):
        step(action, at_status(county, status), getattr(county, EXPECTED[status, action][2]), reason=" \x00")


def test_the_conditional_update_joins_nothing() -> None:
    county = found_county()
    filing = county.signing()
    with CaptureQueriesContext(connection) as queries:
        step(Action.SIGN, filing, county.head)
    updates = [sql["sql"].split(" WHERE ", 1) for sql in queries if sql["sql"].startswith('UPDATE "filings_filing" ')]
    (condition,) = [where for changes, where in updates if '"status" = ' in changes]
    assert "JOIN" not in condition
    assert '"filings_filing"."lock" = ' in condition
