"""取消调整: the copy stays in force, the draft is set back, versions and remarks of the adjustment count no more."""

import pytest
from django.utils import timezone

from filings import drafts, four_eyes, permissions
from filings.checks.assessment import assess_revision
from filings.choices import Action, PointKind, Stage, Status
from filings.document.place import goal
from filings.drafts.restore import restore_draft
from filings.errors import AlreadyDone, StepConflict, StepRefused
from filings.lifecycle import consultations, events, workflow
from filings.lifecycle.open_points import open_points
from filings.models import CancelledRevision, Consultation, Filing, IssuedCopy, Remark
from filings.progress import load_one
from filings.reviewing.remarks import asked, awaiting, is_resubmitted
from filings.tests.county import County, answer_remarks, found_county, step, with_reasons
from filings.tests.drafting import save

pytestmark = pytest.mark.django_db

GOAL = "保障单位运转，管好县档案。"
NEW_GOAL = "管好县档案，建成新馆。"
ROW = "indicators[00000000-0000-4000-8000-000000000001]"


@pytest.fixture
def county() -> County:
    return found_county((Stage.SECTION, Stage.PERFORMANCE))


def approve(filing: Filing, county: County) -> Filing:
    filing = step(Action.APPROVE_STAGE, filing, county.section_reviewer, exception_reason="已核实。")
    return step(Action.APPROVE_STAGE, filing, county.performance_reviewer, exception_reason="已核实。")


def adjusting(county: County) -> Filing:
    return step(Action.ADJUST, approve(county.in_review(), county), county.filler, reason="预算调整")


def changed(filing: Filing, county: County) -> Filing:
    assert save(filing, county, ("goals[0]", GOAL, NEW_GOAL), client_id="typed").is_whole
    assert save(filing, county, ("indicators[i0]", "20", ""), (ROW, "", "5"), client_id="rows").is_whole
    filing.refresh_from_db()
    return filing


def submitted(filing: Filing, county: County) -> Filing:
    filing = step(Action.SUBMIT, with_reasons(filing, county.filler), county.filler)
    return step(Action.SIGN, filing, county.head)


def returned(county: County, by: str = "section_reviewer") -> Filing:
    filing = adjusting(county)
    assert save(filing, county, ("goals[0]", GOAL, NEW_GOAL), client_id="goal").is_whole
    filing = submitted(Filing.objects.get(), county)
    if by == "performance_reviewer":
        filing = step(Action.APPROVE_STAGE, filing, county.section_reviewer)
    return step(Action.RETURN, filing, getattr(county, by), reason="不应调整。")


def cancel(filing: Filing, county: County) -> Filing:
    return step(Action.CANCEL_ADJUSTMENT, filing, county.filler)


def test_an_unchanged_adjustment_is_cancelled_without_a_restore_point(county: County) -> None:
    filing = adjusting(county)
    with pytest.raises(StepRefused, match="不需要调整的，请取消调整"):
        step(Action.SUBMIT, filing, county.filler)
    filing = cancel(filing, county)
    assert (filing.status, filing.stage, filing.resume_stage, filing.adjusts, filing.due_on) == (
        Status.APPROVED,
        "",
        "",
        None,
        None,
    )
    copy = IssuedCopy.objects.get()
    assert (copy.live, copy.revoked_at, filing.live_copy()) == (True, None, copy)
    assert not filing.points.filter(kind=PointKind.CANCEL_ADJUSTMENT).exists()
    assert not CancelledRevision.objects.exists()
    event = filing.events.latest("number")
    revision = copy.revision
    assert events.detail(event) == {
        "from": "draft",
        "lock": str(filing.lock - 1),
        "restored": "1",
        "sha256": revision.sha256,
        "to": "approved",
    }
    assert events.first_broken(filing) is None


def test_the_draft_is_set_back_and_what_was_typed_can_be_restored(county: County) -> None:
    filing = adjusting(county)
    before = drafts.raw(filing)
    typed = drafts.raw(changed(filing, county))
    filing = cancel(with_reasons(filing, county.filler), county)
    assert drafts.raw(filing) == before != typed
    assert drafts.document(filing) == filing.present_revision().document()
    assert not filing.adjustment_reasons.exists()
    filing = step(Action.ADJUST, filing, county.filler, reason="再调")
    point = filing.points.get(kind=PointKind.CANCEL_ADJUSTMENT)
    assert restore_draft(filing, point, by=county.filler, client_id="again").is_whole
    assert drafts.raw(filing) == typed


def test_without_the_restore_point_of_the_submission_the_version_is_written(county: County) -> None:
    filing = changed(adjusting(county), county)
    filing.points.all().delete()
    filing = cancel(filing, county)
    assert drafts.document(filing) == filing.present_revision().document()


def test_an_open_page_of_the_adjustment_saves_nothing_more(county: County) -> None:
    filing = adjusting(county)
    cancel(filing, county)
    with pytest.raises(StepRefused, match="刚才的修改未保存"):
        save(filing, county, ("goals[0]", GOAL, NEW_GOAL))


def test_a_returned_adjustment_is_cancelled_with_its_version_and_remarks(county: County) -> None:
    before = returned(county)
    assert [remark.text for remark in asked(before)] == ["不应调整。"]
    filing = cancel(before, county)
    assert (filing.status, filing.resume_stage, filing.resume_reviewer, filing.reopened) == (
        Status.APPROVED,
        "",
        None,
        None,
    )
    assert filing.round == before.round + 1
    assert (asked(filing), awaiting(filing), Remark.objects.count()) == ([], [], 1)
    assert [revision.number for revision in filing.revisions.filter(cancelled__isnull=False)] == [2]
    assert events.detail(filing.events.latest("number"))["cancelled"] == "2"
    copy = IssuedCopy.objects.get()
    assert (filing.present_revision(), filing.current_number()) == (copy.revision, 1)
    assert drafts.document(filing) == copy.revision.document()
    for user in (county.filler, county.manager, county.section_reviewer):
        assert permissions.last_visible_revision(user, filing) == copy.revision
        newest = Filing.objects.annotate(newest=permissions.newest_visible_revision(user)).get()
        assert newest.newest == copy.revision_id


def test_a_revocation_afterwards_reviews_the_version_that_was_approved(county: County) -> None:
    filing = cancel(returned(county, "performance_reviewer"), county)
    filing = step(Action.REVOKE, filing, county.manager, reason="金额有误。")
    assert not Filing.objects.filter(is_resubmitted()).exists()
    assert not open_points(filing, assess_revision(filing.present_revision()))
    assert workflow.possible(filing, county.filler) == ()
    assert set(four_eyes.excluded(filing)) >= {county.section_reviewer.pk}
    filing = step(Action.APPROVE_STAGE, filing, county.performance_reviewer)
    assert [copy.revision.number for copy in IssuedCopy.objects.order_by("pk")] == [1, 1]
    assert drafts.document(filing) == filing.present_revision().document()


def test_the_next_adjustment_has_a_number_and_remarks_of_its_own(county: County) -> None:
    filing = step(Action.ADJUST, cancel(returned(county), county), county.filler, reason="再调")
    assert (filing.status, asked(filing), filing.current_number()) == (Status.DRAFT, [], 3)
    assert save(filing, county, ("goals[0]", GOAL, NEW_GOAL), client_id="again").is_whole
    filing = submitted(Filing.objects.get(), county)
    assert filing.present_revision().number == 3
    filing = step(Action.RETURN, filing, county.section_reviewer, reason="请写明。")
    assert [remark.text for remark in asked(filing)] == ["请写明。"]
    filing = step(Action.SUBMIT, answer_remarks(filing, county.filler), county.filler)
    approve(step(Action.SIGN, filing, county.head), county)
    assert IssuedCopy.objects.get(live=True).revision.number == 4


def test_progress_is_again_that_of_the_copy_in_force(county: County) -> None:
    filing = adjusting(county)
    before = [(step.title, step.state, step.names, step.at) for step in load_one(approved_before(filing)).steps]
    assert save(filing, county, ("goals[0]", GOAL, NEW_GOAL), client_id="goal").is_whole
    filing = step(Action.RETURN, submitted(Filing.objects.get(), county), county.section_reviewer, reason="改。")
    progress = load_one(cancel(filing, county))
    assert [(each.title, each.state, each.names, each.at) for each in progress.steps] == before
    assert progress.notes == ()


def approved_before(filing: Filing) -> Filing:
    """Return the filing as it was before its adjustment; the event of the adjustment does not count for its steps."""
    before = Filing.objects.get(pk=filing.pk)
    before.status, before.adjusts = Status.APPROVED, None
    return before


def test_open_questions_about_the_adjustment_end(county: County) -> None:
    filing = adjusting(county)
    assert save(filing, county, ("goals[0]", GOAL, NEW_GOAL), client_id="goal").is_whole
    filing = submitted(Filing.objects.get(), county)
    today = timezone.localdate()
    consultations.ask(
        filing, places=[goal()], question="是否必要？", to=county.performance, due_on=today, by=county.section_reviewer
    )
    cancel(step(Action.RETURN, Filing.objects.get(), county.section_reviewer, reason="改。"), county)
    assert Consultation.objects.get().withdrawn_at


@pytest.mark.parametrize("until", ["first table", "signing", "approved"])
def test_it_is_out_of_turn(county: County, until: str) -> None:
    if until == "first table":
        filing = county.filled()
    elif until == "signing":
        filing = adjusting(county)
        assert save(filing, county, ("goals[0]", GOAL, NEW_GOAL), client_id="goal").is_whole
        filing = step(Action.SUBMIT, with_reasons(Filing.objects.get(), county.filler), county.filler)
    else:
        filing = approve(county.in_review(), county)
    with pytest.raises(StepRefused, match="只有正在填报或被退回的调整可以取消"):
        cancel(filing, county)


def test_of_two_windows_the_second_is_answered(county: County) -> None:
    filing = adjusting(county)
    seen = filing.lock
    cancel(filing, county)
    with pytest.raises(AlreadyDone):
        workflow.perform(Action.CANCEL_ADJUSTMENT, filing, by=county.filler, expected_lock=seen)


def test_what_was_saved_meanwhile_is_not_cancelled_unseen(county: County) -> None:
    filing = adjusting(county)
    seen = filing.lock
    changed(filing, county)
    with pytest.raises(StepConflict, match="修改这份申报表"):
        workflow.perform(Action.CANCEL_ADJUSTMENT, filing, by=county.filler, expected_lock=seen)
    assert drafts.document(filing).goal == NEW_GOAL


def test_of_a_revocation_and_a_cancellation_the_second_is_refused(county: County) -> None:
    filing = adjusting(county)
    seen = filing.lock
    step(Action.REVOKE, filing, county.manager, reason="金额有误。")
    with pytest.raises(StepConflict, match="撤回批复"):
        workflow.perform(Action.CANCEL_ADJUSTMENT, filing, by=county.filler, expected_lock=seen)
    with pytest.raises(StepRefused, match="只有正在填报或被退回的调整可以取消"):
        cancel(Filing.objects.get(), county)
    assert Filing.objects.get().status == Status.DRAFT
