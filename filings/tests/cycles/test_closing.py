"""Close a cycle and reopen it: what is refused meanwhile, and what no longer waits."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from filings import drafts, permissions
from filings.choices import Action
from filings.clocks.due import clock_of
from filings.controls.store import store_figures
from filings.cycles import changes, closing, enrolments, policy_changes
from filings.cycles.departments.store import store_departments
from filings.drafts import Change
from filings.errors import NotAllowed, StepRefused
from filings.lifecycle import approvals, claims, workflow
from filings.lifecycle.messages.deadlines import send_deadlines
from filings.models import Cycle, Department, Filing, Message, User
from filings.oversight import extend, remind
from filings.oversight.enrolled import EnrolledDepartment, departments, enrolled_of
from filings.reviewing import queue
from filings.reviewing.draft_content import DraftContent
from filings.reviewing.queue_filters import QueueFilters, Tab
from filings.tests.county import County, step
from filings.views.todo import startable_by

TODAY = timezone.localdate()
CLOSED = r"批次「.*」已由manager甲于 .* 结束，不再办理"


def close(county: County) -> Cycle:
    closing.close(county.cycle, by=county.manager, now=timezone.now())
    return Cycle.objects.get(pk=county.cycle.pk)


def stored(filing: Filing) -> Filing:
    return Filing.objects.select_related("cycle__edition", "department").get(pk=filing.pk)


def test_closing_and_reopening_are_recorded_and_happen_once(county: County) -> None:
    with pytest.raises(StepRefused, match="这个批次尚未结束，不需要重新开启"):
        closing.reopen(county.cycle, "补报", by=county.manager, now=timezone.now())
    assert close(county).closed_by_name == "manager甲"
    with pytest.raises(StepRefused, match=r"manager甲已于 .* 结束了这个批次，不需要重复结束"):
        close(county)
    with pytest.raises(StepRefused, match="请写明重新开启的理由"):
        closing.reopen(county.cycle, " ", by=county.manager, now=timezone.now())
    with pytest.raises(StepRefused, match="共 501 字，请缩短到 500 字以内"):
        closing.reopen(county.cycle, "长" * 501, by=county.manager, now=timezone.now())
    closing.reopen(county.cycle, "补报", by=county.manager, now=timezone.now())
    cycle = Cycle.objects.get(pk=county.cycle.pk)
    assert (cycle.closed_at, cycle.closed_by_name) == (None, "")
    assert [(event.action, event.by_name, event.reason) for event in cycle.events.all()] == [
        ("close", "manager甲", ""),
        ("reopen", "manager甲", "补报"),
    ]


def test_a_cycle_that_is_not_started_cannot_be_closed(county: County) -> None:
    Cycle.objects.update(started_at=None)
    with pytest.raises(StepRefused, match="尚未启动，不需要结束"):
        close(county)


def test_a_cycle_with_approvals_that_wait_for_the_worker_cannot_be_closed(county: County) -> None:
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.supervisor_reviewer)
    filing = step(Action.APPROVE_STAGE, filing, county.section_reviewer)
    content = DraftContent()
    approvals.queue(filing, by=county.performance_reviewer, expected_lock=filing.lock, content=content)
    with pytest.raises(StepRefused, match=r"有 1 份申报表已批复、正在等候盖章.*，或撤销批复后再结束。"):
        close(county)


def test_starting_and_typing_are_refused(county: County) -> None:
    filing = county.started()
    cycle = close(county)
    with pytest.raises(StepRefused, match=rf"{CLOSED}.*刚才的修改未保存。"):
        drafts.save(filing, [Change("goals[0]", "", "新目标")], by=county.filler, client_id="a")
    assert "结束，不再办理" in permissions.may_fill(county.filler, stored(filing)).reason
    with pytest.raises(StepRefused, match=CLOSED):
        workflow.start(cycle, Department.objects.get(code="200"), by=county.stranger)


@pytest.mark.parametrize(
    ("prepare", "action", "role"),
    [
        (County.filled, Action.SUBMIT, "filler"),
        (County.signing, Action.SIGN, "head"),
        (County.signing, Action.SEND_BACK, "head"),
        (County.signing, Action.WITHDRAW, "filler"),
        (County.in_review, Action.RETURN, "supervisor_reviewer"),
        (County.in_review, Action.APPROVE_STAGE, "supervisor_reviewer"),
    ],
)
def test_actions_are_refused_and_have_no_buttons(
    county: County, prepare: Callable[[County], Filing], action: Action, role: str
) -> None:
    filing, user = prepare(county), getattr(county, role)
    assert action in workflow.possible(stored(filing), user)
    close(county)
    assert workflow.possible(stored(filing), user) == ()
    with pytest.raises(NotAllowed, match=CLOSED):
        step(action, filing, user, reason="理由")


def test_a_cycle_closed_while_a_copy_is_printed_has_no_further_approval(county: County) -> None:
    def printed_late(*args: object, **options: object) -> bytes:
        close(county)
        return b"%PDF"

    filing = county.in_review()
    for reviewer in (county.supervisor_reviewer, county.section_reviewer):
        filing = step(Action.APPROVE_STAGE, filing, reviewer)
    with pytest.raises(StepRefused, match=CLOSED):
        workflow.perform(
            Action.APPROVE_STAGE,
            filing,
            by=county.performance_reviewer,
            expected_lock=filing.lock,
            printer=printed_late,
        )
    assert stored(filing).status == "in_review"


def test_an_approval_can_be_revoked_in_a_closed_cycle(county: County) -> None:
    filing = county.in_review()
    for reviewer in (county.supervisor_reviewer, county.section_reviewer, county.performance_reviewer):
        filing = step(Action.APPROVE_STAGE, filing, reviewer)
    close(county)
    assert workflow.possible(stored(filing), county.filler) == ()
    assert workflow.possible(stored(filing), county.manager) == (Action.REVOKE,)
    assert step(Action.REVOKE, filing, county.manager, reason="数据有误").status == "in_review"


def test_claims_waivers_reminders_and_extensions_are_refused(county: County) -> None:
    filing = county.in_review()
    close(county)
    assert "结束，不再办理" in permissions.may_waive(county.manager, stored(filing)).reason
    with pytest.raises(StepRefused, match=CLOSED):
        claims.claim(filing, by=county.supervisor_reviewer)
    with pytest.raises(StepRefused, match=CLOSED):
        claims.hand_over(filing, by=county.manager, to=county.supervisor_reviewer)
    ids = [str(county.department.pk)]
    with pytest.raises(StepRefused, match=CLOSED):
        remind.remind(county.cycle, ids, "{单位}请抓紧办理。", by=county.manager, now=timezone.now())
    until = county.cycle.deadline + timedelta(days=5)
    with pytest.raises(StepRefused, match=CLOSED):
        extend.extend(county.cycle, ids, until, "申请", by=county.manager, now=timezone.now())


def waiting_numbers(county: County, user: User) -> tuple[int, int, int, int]:
    counts = queue.tab_counts(user, QueueFilters(cycle=county.cycle.pk))
    return (
        len(startable_by(user)),
        permissions.awaiting(user).count(),
        counts[Tab.MINE],
        counts[Tab.OVERDUE],
    )


def test_nothing_waits_and_no_clock_runs(county: County) -> None:
    filing = county.in_review()
    Filing.objects.update(due_on=TODAY - timedelta(days=5))
    Cycle.objects.update(opens_on=TODAY - timedelta(days=20), deadline=TODAY - timedelta(days=5))
    assert waiting_numbers(county, county.stranger) == (1, 0, 0, 0)
    assert waiting_numbers(county, county.supervisor_reviewer) == (0, 1, 1, 1)
    assert waiting_numbers(county, county.manager) == (0, 0, 0, 1)
    assert [row.is_overdue for row in listed(county)] == [True, True, True]
    close(county)
    for user in (county.stranger, county.supervisor_reviewer, county.manager):
        assert waiting_numbers(county, user) == (0, 0, 0, 0)
    assert clock_of(stored(filing), {}) is None
    assert [(row.is_overdue, row.due, row.since) for row in listed(county)] == [(False, None, None)] * 3
    send_deadlines(TODAY)
    assert not Message.objects.filter(key__startswith="overdue:").exists()


def listed(county: County) -> list[EnrolledDepartment]:
    cycle = Cycle.objects.get(pk=county.cycle.pk)
    return departments(enrolled_of(cycle, county.manager, today=TODAY))


def test_nothing_is_set_up_in_a_closed_cycle(county: County) -> None:
    cycle = close(county)
    details, today = replace(changes.details_of(cycle), name="新名称"), timezone.localdate()
    with pytest.raises(StepRefused, match=CLOSED):
        changes.change(cycle, details, by=county.manager, expected_stamp=changes.stamp(cycle), today=today)
    with pytest.raises(StepRefused, match=CLOSED):
        policy_changes.change(cycle, cycle.review_policy(), expected_stamp=policy_changes.stamp(cycle))
    with pytest.raises(StepRefused, match=CLOSED):
        enrolments.replace_list(cycle, [], expected_stamp=enrolments.stamp(cycle))
    with pytest.raises(StepRefused, match=CLOSED):
        store_departments([], enrol_in=county.cycle)
    with pytest.raises(StepRefused, match=CLOSED):
        store_figures(county.cycle, [], by=county.manager, now=timezone.now())
    assert Cycle.objects.get().name == ""
    assert cycle.enrolments.count() == 3
