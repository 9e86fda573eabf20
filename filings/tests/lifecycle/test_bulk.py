"""Decisions on several filings: what is ready, what is left out and why, and one decision for each filing."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from filings.choices import Action, Grade, RemarkState, Role, Stage, Status
from filings.errors import StepRefused
from filings.lifecycle import bulk, claims, events
from filings.local_time import moment
from filings.models import Department, Filing, PendingApproval, Remark, Review, ReviewDraft, User
from filings.reviewing import queue, review_draft, selection
from filings.reviewing.draft_content import DraftContent, DraftRemark
from filings.reviewing.queue_filters import QueueFilters
from filings.reviewing.queue_rows import QueueRow
from filings.reviewing.selection import Selected
from filings.reviewing.settlement import SETTLED
from filings.tests.county import County, add_membership, create_user, found_county, step
from filings.tests.reviewing.queued import queued, signed
from filings.tests.worker import work

STAGES = (Stage.SECTION, Stage.PERFORMANCE)


@pytest.fixture
def county(db: None) -> County:
    return found_county(STAGES)


def select(*filings: Filing) -> list[Selected]:
    return [Selected(filing.pk, filing.lock) for filing in filings]


def names(rows: list[QueueRow]) -> list[str]:
    return [row.filing.department.name for row in rows]


def left_out(user: User, filing: Filing) -> str:
    """Return why a single filing is not passed."""
    plan = bulk.plan_pass(user, select(filing))
    assert (plan.ready, plan.unknown) == ([], 0)
    return plan.left_out[0].reason


def reviewed(county: County, filing: Filing, grade: str = "") -> Review:
    return Review.objects.create(
        revision=filing.revisions.get(),
        stage=Stage.SUPERVISOR,
        decision=Action.APPROVE_STAGE,
        by=county.supervisor_reviewer,
        grade=grade,
        round=filing.round,
        at=timezone.now(),
    )


def remarked(review: Review, state: RemarkState, *, internal: bool = False) -> Remark:
    return Remark.objects.create(
        filing=review.revision.filing, review=review, place="goals[0]", text="改", state=state, internal=internal
    )


def test_a_filing_on_which_the_user_has_typed_something_is_not_passed(county: County) -> None:
    filing, other = signed(county, "甲局"), signed(county, "乙局")
    typed = DraftContent(remarks={"goals[0]": DraftRemark("写了一半")})
    review_draft.save(filing.revisions.get(), county.section_reviewer, typed, 1)
    review_draft.save(other.revisions.get(), county.section_reviewer, DraftContent(), 1)
    assert left_out(county.section_reviewer, filing) == "您有未办完的意见，请打开办理。"
    result = bulk.pass_selected(county.section_reviewer, select(filing, other))
    assert (result.done, [item.filing for item in result.left_out]) == ([other], [filing])
    assert review_draft.load(filing.revisions.get(), county.section_reviewer).content == typed


def test_clean_filings_are_ready_with_the_sum_of_their_totals(county: County) -> None:
    explained = {"warnings": 3, "asked": 2, "explained": 2, "advice": 1}
    first = queued(county, "甲局", fen=1_000_000, counts=explained)
    second = queued(county, "乙局", fen=2_345_600)
    plan = bulk.plan_pass(county.section_reviewer, select(second, first))
    assert (names(plan.ready), plan.left_out, plan.unknown) == (["甲局", "乙局"], [], 0)
    assert plan.total == Decimal("3.3456")


def test_what_is_not_clean_is_left_out_with_the_reason(county: County) -> None:
    user = county.section_reviewer
    assert left_out(user, queued(county, "一", counts={"errors": 2})) == "有 2 项须改正。"
    unexplained = queued(county, "二", counts={"warnings": 3, "asked": 3, "explained": 1})
    assert left_out(user, unexplained) == "有 2 项提醒须说明而没有说明。"
    graded = queued(county, "三")
    reviewed(county, graded, Grade.FAIR)
    assert left_out(user, graded) == "本轮已评为「中」。"


@pytest.mark.parametrize("state", [RemarkState.OPEN, RemarkState.CHANGED, RemarkState.DECLINED])
def test_open_remarks_hinder_passing(county: County, state: RemarkState) -> None:
    filing = queued(county, "甲局")
    review = reviewed(county, filing)
    for settled in SETTLED:
        remarked(review, settled)
    remarked(review, state, internal=True)
    assert names(bulk.plan_pass(county.section_reviewer, select(filing)).ready) == ["甲局"]
    remarked(review, state)
    assert left_out(county.section_reviewer, filing) == "有 1 条意见尚未认可。"


def test_a_low_grade_of_an_earlier_round_does_not_hinder(county: County) -> None:
    filing = queued(county, "甲局")
    reviewed(county, filing, Grade.POOR)
    Filing.objects.update(round=2)
    assert names(bulk.plan_pass(county.section_reviewer, select(filing)).ready) == ["甲局"]


def test_what_has_changed_or_is_not_the_users_is_left_out(county: County) -> None:
    user = county.section_reviewer
    changed = queued(county, "已改动", lock=3)
    plan = bulk.plan_pass(user, [Selected(changed.pk, 2)])
    when = timezone.localtime(timezone.now() + timedelta(seconds=1)).strftime("%Y-%m-%d")
    assert plan.left_out[0].reason.startswith(f"列出以后有改动： {when}")
    later = queued(county, "下一环节", stage=Stage.PERFORMANCE)
    assert "不是这份申报表当前审核环节的审核人" in left_out(user, later)
    colleague = create_user("colleague", Role.REVIEWER, county.section)
    claimed = queued(county, "同事认领", reviewer=colleague, claimed_at=timezone.now())
    assert "colleague甲" in left_out(user, claimed)
    foreign = queued(county, "别的股室")
    Department.objects.filter(pk=foreign.department_id).update(section=None)
    plan = bulk.plan_pass(user, [*select(foreign), Selected(2**40, 0)])
    assert (plan.ready, plan.left_out, plan.unknown) == ([], [], 2)


def test_passing_records_one_event_each(county: County) -> None:
    filings = [signed(county, f"单位{index}") for index in range(3)]
    result = bulk.pass_selected(county.section_reviewer, select(*filings))
    assert ([filing.pk for filing in result.done], result.left_out) == ([filing.pk for filing in filings], [])
    for filing in filings:
        assert Filing.objects.get(pk=filing.pk).stage == Stage.PERFORMANCE
        assert filing.events.filter(action=Action.APPROVE_STAGE).count() == 1
        assert events.first_broken(filing) is None
    again = bulk.pass_selected(county.section_reviewer, select(*filings))
    assert again.done == []
    assert len(again.left_out) == 3


def test_last_approvals_are_queued_for_the_worker(county: County) -> None:
    filing = step(Action.APPROVE_STAGE, signed(county, "甲局"), county.section_reviewer)
    user, selected = county.performance_reviewer, select(filing)
    assert bulk.pass_selected(user, selected).done == [filing]
    assert Filing.objects.get(pk=filing.pk).status == Status.IN_REVIEW
    assert PendingApproval.objects.get().by == user
    for plan in (bulk.plan_pass(user, selected), bulk.plan_return(user, selected)):
        assert plan.left_out[0].reason.endswith("已批复，正在等候盖章。")
    assert list(queue.queue_of(user, QueueFilters())) == []
    assert work(ahead=True) >= 1
    assert Filing.objects.get(pk=filing.pk).status == Status.APPROVED


def test_a_revoked_approval_is_not_repeated_unseen(county: County) -> None:
    filing = step(Action.APPROVE_STAGE, signed(county, "甲局"), county.section_reviewer)
    filing = step(Action.APPROVE_STAGE, filing, county.performance_reviewer)
    filing = step(Action.REVOKE, filing, county.performance_reviewer, reason="金额与批复不一致。")
    assert left_out(county.performance_reviewer, filing).startswith("这一版的批复被撤回过")


def test_what_hinders_one_filing_does_not_hold_up_the_others(county: County) -> None:
    first, second, third = (signed(county, name) for name in ("甲局", "乙局", "丙局"))
    colleague = create_user("colleague", Role.REVIEWER, county.section)
    selected = select(first, second, third)
    claims.claim(first, by=colleague)
    step(Action.WITHDRAW, second, county.filler)
    result = bulk.pass_selected(county.section_reviewer, selected)
    assert result.done == [third]
    reasons = {item.filing: item.reason.split()[0] for item in result.left_out}
    assert reasons == {first: "colleague甲", second: "列出以后有改动：filler甲"}
    assert result.unknown == 0
    assert Review.objects.count() == 1


@pytest.mark.parametrize("plan", [bulk.plan_pass, bulk.plan_return])
def test_a_withdrawn_filing_is_named_to_its_former_reviewers_only(
    county: County, plan: Callable[[User, list[Selected]], bulk.BulkPlan]
) -> None:
    withdrawn, other = signed(county, "甲局"), signed(county, "乙局")
    selected = select(withdrawn, other)
    step(Action.WITHDRAW, withdrawn, county.filler)
    at = withdrawn.events.latest("number").at
    step(Action.SUBMIT, withdrawn, county.filler)
    planned = plan(county.section_reviewer, selected)
    assert (names(planned.ready), planned.unknown) == (["乙局"], 0)
    sentence = f"列出以后有改动：filler甲 {moment(at)} 撤回修改。"
    assert planned.left_out == [bulk.LeftOut(withdrawn, sentence, is_visible=False)]
    for user in (county.performance_reviewer, county.supervisor_reviewer):
        planned = plan(user, selected)
        assert (planned.left_out, planned.unknown) == ([], 2)
    add_membership(county.section_reviewer, Role.OBSERVER, withdrawn.department)
    planned = plan(county.section_reviewer, selected)
    assert (planned.left_out, planned.unknown) == ([], 1)


def test_returning_gives_all_the_same_remark_with_its_code(county: County) -> None:
    filings = [signed(county, f"单位{index}") for index in range(2)]
    result = bulk.return_selected(county.section_reviewer, select(*filings), bulk.remark_on_all("请补全。", "data"))
    assert len(result.done) == 2
    assert set(Filing.objects.values_list("status", "resume_reviewer")) == {
        (Status.RETURNED, county.section_reviewer.pk)
    }
    remarks = Remark.objects.values_list("place", "text", "code", "internal")
    assert list(remarks) == [("table", "请补全。", "data", False)] * 2


def test_a_selection_is_parsed_with_each_filing_once() -> None:
    assert selection.parse(["3:1", "4:2", "3:9"]) == (Selected(3, 1), Selected(4, 2))
    assert selection.parse([str(Selected(5, 6))]) == (Selected(5, 6),)


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ([], "没有选中申报表"),
        ([f"{number}:0" for number in range(5000)], "一次最多办理 200 份，选中了 5000 份"),
        (["1"], "不完整"),
        (["1:x"], "不完整"),
        (["-1:0"], "不完整"),
        (["9999999999999999999:0"], "不完整"),
        (["1:0", "²:0"], "不完整"),
    ],
)
def test_a_damaged_selection_is_refused(posted: list[str], sentence: str) -> None:
    with pytest.raises(StepRefused, match=sentence):
        selection.parse(posted)


def test_last_approvals_of_several_filings_discard_blank_drafts(county: County) -> None:
    user, filing = county.performance_reviewer, signed(county, "甲局")
    step(Action.APPROVE_STAGE, filing, county.section_reviewer)
    review_draft.save(filing.revisions.get(), user, DraftContent(), 1)
    filing.refresh_from_db()
    assert len(bulk.pass_selected(user, select(filing)).done) == 1
    work(ahead=True)
    assert not ReviewDraft.objects.exists()
