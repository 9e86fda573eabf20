"""Who gets which message after each action, once, and what it contains."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries

from filings.choices import Action, MessageKind, Role
from filings.lifecycle import events
from filings.lifecycle.messages.deadlines import send_deadlines
from filings.lifecycle.messages.enqueue import announce, deliver_event, enqueue
from filings.models import Department, Event, Extension, Filing, Message
from filings.tests.county import County, create_user, found_county, step
from filings.tests.worker import work

pytestmark = pytest.mark.django_db
TABLE = f"「县档案馆」{timezone.localdate().year}年部门整体支出绩效目标表"


@pytest.fixture
def county() -> County:
    return found_county()


def new() -> dict[str, tuple[str, str]]:
    """Carry out the queued tasks and return kind and text of the new messages by user, marking them as seen."""
    Message.objects.filter(read_at__isnull=True).update(read_at=timezone.now())
    work()
    unread = Message.objects.filter(read_at__isnull=True).select_related("user")
    return {message.user.username: (message.kind, message.text) for message in unread}


def test_each_action_notifies_the_users_whom_it_concerns(county: County) -> None:
    filing = step(Action.SUBMIT, county.filled(), county.filler)
    assert new() == {"head": (MessageKind.SUBMITTED, f"{TABLE}由filler甲提交，请审签{due()}。")}
    step(Action.SEND_BACK, filing, county.head, reason="数字不对。")
    assert new() == {
        "filler": (MessageKind.SENT_BACK, f"{TABLE}被单位负责人head甲退回：数字不对。请修改后重新提交{due()}。")
    }
    step(Action.SUBMIT, filing, county.filler)
    step(Action.SIGN, filing, county.head)
    assert new() == {"supervisor_reviewer": (MessageKind.SIGNED, f"{TABLE}已送主管部门审核，请办理{due()}。")}
    step(Action.APPROVE_STAGE, filing, county.supervisor_reviewer)
    assert new() == {"section_reviewer": (MessageKind.SIGNED, f"{TABLE}已送业务股室审核，请办理{due()}。")}
    step(Action.RETURN, filing, county.section_reviewer, reason="不全")
    returned = f"{TABLE}被行政政法股section_reviewer甲退回：不全。请按意见修改后重新提交{due()}。"
    assert new() == dict.fromkeys(("filler", "head"), (MessageKind.RETURNED, returned))


def due() -> str:
    on = Filing.objects.get().due_on
    return f"，期限 {on}" if on else ""


def test_approval_notifies_the_department(county: County) -> None:
    filing = county.in_review()
    for reviewer in (county.supervisor_reviewer, county.section_reviewer, county.performance_reviewer):
        work()
        step(Action.APPROVE_STAGE, filing, reviewer)
    approved = f"{TABLE}已由绩效股performance_reviewer甲批复，盖章的定稿可以下载。"
    assert new() == dict.fromkeys(("filler", "head"), (MessageKind.APPROVED, approved))


def test_a_message_is_dropped_when_the_filing_has_moved_on(county: County) -> None:
    filing = county.signing()
    step(Action.WITHDRAW, filing, county.filler)
    assert new() == {}


def test_the_claimer_or_the_reviewer_who_returned_it_is_notified_alone(county: County) -> None:
    create_user("second", Role.REVIEWER, county.supervising)
    filing = county.signing()
    Filing.objects.update(resume_reviewer=county.supervisor_reviewer)
    step(Action.SIGN, filing, county.head)
    assert set(new()) == {"supervisor_reviewer"}


def test_a_disabled_user_gets_none(county: County) -> None:
    county.head.is_active = False
    county.head.save()
    county.signing()
    assert new() == {}


def test_a_task_carried_out_again_adds_nothing(county: County) -> None:
    county.signing()
    work()
    deliver_event.enqueue(Event.objects.get(action=Action.SUBMIT).pk, [])
    work()
    assert Message.objects.count() == 1


def test_the_task_is_part_of_the_transaction_of_its_action(county: County) -> None:
    filing = county.filled()
    queued = DBTaskResult.objects.count()
    with pytest.raises(Exception, match="只有待单位审签"):
        step(Action.SIGN, filing, county.head)
    assert DBTaskResult.objects.count() == queued
    step(Action.SUBMIT, filing, county.filler)
    assert DBTaskResult.objects.count() == queued + 1


def test_claims_and_hand_overs_go_to_the_user_who_is_named(county: County) -> None:
    filing = county.in_review()
    work()
    second = create_user("second", Role.REVIEWER, county.supervising)
    acting = county.supervisor_reviewer.memberships.get()
    for action in (Action.CLAIM, Action.HAND_OVER):
        event = events.record(
            filing, action, by=county.supervisor_reviewer, acting=acting, time=timezone.now(), detail={}
        )
        enqueue(event)
        enqueue(event, to=[second.pk])
    work()
    assert list(Message.objects.filter(user=second).order_by("id").values_list("kind", "text")) == [
        (MessageKind.CLAIMED, f"{TABLE}原由您认领，已由县委办公室supervisor_reviewer甲接手审核，您不需要再办。"),
        (MessageKind.HANDED_OVER, f"县委办公室supervisor_reviewer甲把{TABLE}移交给您审核，请办理{due()}。"),
    ]


def test_an_announcement_is_written_once_for_each_user(county: County) -> None:
    for _ in range(2):
        announce(MessageKind.EXPORTED, key="export:1", text="导出完成。", to=[county.manager.pk], url="/x/")
    assert new() == {"manager": (MessageKind.EXPORTED, "导出完成。")}
    assert Message.objects.get(user=county.manager).url == "/x/"


def test_deadlines_are_announced_once_three_days_before_and_once_after(county: County) -> None:
    filing = county.started()
    due_on = date(2026, 12, 10)
    Filing.objects.update(due_on=due_on)
    county.cycle.enrolments.exclude(department=county.department).delete()

    def kinds_on(day: date) -> list[str]:
        send_deadlines(day)
        return list(Message.objects.order_by("id").values_list("kind", flat=True))

    assert kinds_on(due_on - timedelta(days=4)) == []
    assert kinds_on(due_on - timedelta(days=3)) == [MessageKind.DUE_SOON]
    assert kinds_on(due_on) == [MessageKind.DUE_SOON]
    assert kinds_on(due_on + timedelta(days=1)) == [MessageKind.DUE_SOON, MessageKind.OVERDUE]
    assert kinds_on(due_on + timedelta(days=9)) == [MessageKind.DUE_SOON, MessageKind.OVERDUE]
    assert list(Message.objects.order_by("id").values_list("user__username", "text")) == [
        ("filler", f"{TABLE}的期限是 2026-12-10，请及时填报并提交。"),
        ("filler", f"{TABLE}已超过期限 2026-12-10，请尽快填报并提交。"),
    ]
    Filing.objects.filter(pk=filing.pk).update(due_on=due_on + timedelta(days=10))
    assert kinds_on(due_on + timedelta(days=9))[2:] == [MessageKind.DUE_SOON]


def test_departments_that_have_not_started_are_notified_by_their_own_deadline(county: County) -> None:
    deadline = county.cycle.deadline
    other = county.stranger.memberships.get().department
    assert other
    Extension.objects.create(cycle=county.cycle, department=other, until=deadline + timedelta(days=30))
    send_deadlines(deadline)
    assert set(Message.objects.values_list("user__username", flat=True)) == {"filler"}
    send_deadlines(deadline + timedelta(days=28))
    stranger = Message.objects.get(user=county.stranger)
    assert (stranger.kind, stranger.url) == (MessageKind.DUE_SOON, "/")
    assert stranger.text.endswith(f"的期限是 {deadline + timedelta(days=30)}，请及时开始填报。")


def test_days_before_a_deadline_are_working_days(county: County) -> None:
    county.started()
    county.cycle.enrolments.all().delete()
    Filing.objects.update(due_on=date(2026, 12, 14))  # a Monday
    send_deadlines(date(2026, 12, 8))
    assert not Message.objects.exists()
    send_deadlines(date(2026, 12, 9))
    assert Message.objects.get().kind == MessageKind.DUE_SOON


def test_messages_that_exist_cost_no_query_of_each_filing(
    county: County, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    county.started()
    county.cycle.enrolments.filter(department=county.supervising).delete()  # it has no filler who could get one
    for number in range(3):
        department = Department.objects.create(code=f"7{number}", name=f"单位{number}")
        create_user(f"filler{number}", Role.FILLER, department)
        Filing.objects.create(cycle=county.cycle, department=department, due_on=county.cycle.deadline)
    day = county.cycle.deadline + timedelta(days=1)
    send_deadlines(day)
    count = Message.objects.count()
    assert count == 5
    with django_assert_num_queries(3):
        send_deadlines(day)
    assert Message.objects.count() == count
