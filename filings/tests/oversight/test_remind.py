"""Reminders: the sentence, the history, the messages; all selected departments or none."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from filings.choices import Action, MessageKind, Status
from filings.errors import StepRefused
from filings.lifecycle import events
from filings.lifecycle.messages import departments as messages
from filings.models import CalendarDay, Department, Enrolment, EnrolmentEvent, Event, Filing, Message, User
from filings.oversight.remind import Reminder, remind, reminded_at
from filings.tests.county import County
from filings.tests.worker import work

NOW = timezone.now().astimezone(UTC)
SENTENCE = "{单位}{事项}，期限 {期限}。"


def sent(
    county: County, *departments: object, by: User | None = None, at: datetime = NOW, typed: str = SENTENCE
) -> datetime:
    ids = [str(getattr(department, "pk", department)) for department in departments]
    return remind(county.cycle, ids, typed, by=by or county.manager, now=at)


def _other(county: County) -> Department:
    return Department.objects.get(memberships__user=county.stranger)


def recorded() -> list[str]:
    texts = [events.detail(event)["reason"] for event in Event.objects.filter(action=Action.REMIND)]
    return texts + list(EnrolmentEvent.objects.values_list("reason", flat=True))


def test_a_reminder_is_recorded_with_the_filing_or_before_it_with_the_enrolment(county: County) -> None:
    filing = county.signing()
    due = timezone.localdate(NOW) - timedelta(days=2)
    CalendarDay.objects.create(date=timezone.localdate(NOW), is_working=True)
    CalendarDay.objects.create(date=due + timedelta(days=1), is_working=False)
    Filing.objects.update(due_on=due)
    sent(county, county.department, county.supervising)
    event = Event.objects.get(action=Action.REMIND)
    assert (event.filing, event.by, event.by_office, event.at) == (filing, county.manager, "财政局", NOW)
    assert events.first_broken(filing) is None
    assert recorded() == [
        f"县档案馆尚待单位负责人审签，期限 {due} 已过 1 个工作日。",
        f"县委办公室尚未开始填报，期限 {county.cycle.deadline}。",
    ]
    assert reminded_at(county.cycle, county.manager, NOW) == [
        Reminder("县委办公室", recorded()[1]),
        Reminder("县档案馆", recorded()[0]),
    ]
    assert reminded_at(county.cycle, county.section_reviewer, NOW) == []


@pytest.mark.parametrize(
    ("status", "stage", "task"),
    [
        (Status.DRAFT, "", "尚未提交"),
        (Status.RETURNED, "", "已退回，尚未改正重报"),
        (Status.IN_REVIEW, "section", "在业务股室审核，尚未审结"),
    ],
)
def test_the_sentence_names_what_is_missing(county: County, status: Status, stage: str, task: str) -> None:
    county.started()
    Filing.objects.update(status=status, stage=stage, resume_stage="section" if status == Status.RETURNED else "")
    sent(county, county.department, typed="{事项}")
    assert recorded() == [task]


def test_reminders_of_reviewers_are_marked(county: County) -> None:
    county.in_review()
    sent(county, county.department, county.supervising)
    assert [(item.name, item.to_reviewers) for item in reminded_at(county.cycle, county.manager, NOW)] == [
        ("县委办公室", False),
        ("县档案馆", True),
    ]


@pytest.mark.parametrize("typed", ["请于{期限}前办理。", "请在 {期限} 之前办理。"])
def test_a_date_that_has_passed_is_not_asked_for(county: County, typed: str) -> None:
    county.started()
    today = timezone.localdate(NOW)
    sent(county, county.department, typed=typed)
    due = today - timedelta(days=7)
    Filing.objects.update(due_on=due)
    sent(county, county.department, typed=typed, at=NOW + timedelta(minutes=2))
    before, late = recorded()
    assert before == typed.replace("{期限}", str(county.cycle.deadline))
    assert late == f"期限 {due} 已过 5 个工作日，请尽快办理。"


def test_an_unknown_marker_is_refused_with_those_that_exist(county: County) -> None:
    sentence = "没有{单位名}、｛期限｝这个填入项，只有{单位}、{事项}、{期限}。请改正后再发。"
    with pytest.raises(StepRefused, match=sentence):
        sent(county, county.department, typed="{单位名}请在｛期限｝前办理{事项}，{单位名}。")
    assert recorded() == []


def test_a_message_goes_once_to_those_for_whom_the_table_waits(county: County) -> None:
    county.signing()
    work()
    Message.objects.all().delete()
    sent(county, county.department, county.supervising, _other(county))
    assert not Message.objects.exists()
    assert work() == 1
    messages = Message.objects.order_by("user__username").values_list("user__username", "kind", "url")
    filing = Filing.objects.get()
    assert list(messages) == [
        ("head", MessageKind.REMINDED, f"/filings/{filing.pk}/"),
        ("stranger", MessageKind.REMINDED, "/"),
    ]
    assert mail.outbox == []


def test_a_repeated_delivery_sends_nothing_twice(county: County, settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.example"
    User.objects.filter(pk=county.stranger.pk).update(email="stranger@example.org")
    sent(county, _other(county))
    work()
    deliveries = DBTaskResult.objects.filter(task_path=messages.deliver.module_path)
    assert deliveries.update(status=TaskResultStatus.READY) == 1
    assert work() == 1
    assert Message.objects.count() == 1
    assert [letter.to for letter in mail.outbox] == [["stranger@example.org"]]
    assert recorded()[0] in mail.outbox[0].body


def test_a_second_click_is_no_second_reminder(county: County) -> None:
    county.started()
    sent(county, county.department, _other(county))
    soon = NOW + timedelta(seconds=30)
    assert sent(county, county.department, _other(county), at=soon) == NOW
    assert len(recorded()) == 2
    assert sent(county, county.department, _other(county), at=soon, typed="另一句") == soon
    assert sent(county, county.department, _other(county), at=soon + timedelta(minutes=2)) > soon
    assert len(recorded()) == 6


@pytest.mark.parametrize(
    ("ids", "reason"),
    [
        ([], "尚未勾选单位"),
        (["x"], "无法识别"),
        (["²"], "无法识别"),
        (["9" * 19], "无法识别"),
        (["999"], "编号 999 共 1 个单位不由您督办或不存在。均未办理"),
        ([str(number) for number in range(5001)], "一次最多办 5000 个单位，您勾选了 5001 个"),
    ],
)
def test_unusable_selections_are_refused_whole(county: County, ids: list[str], reason: str) -> None:
    with pytest.raises(StepRefused, match=reason):
        sent(county, *ids)
    assert recorded() == []
    assert work() == 0


@pytest.mark.parametrize(("typed", "reason"), [(" \n", "请填写催办的内容"), ("字" * 501, "共 501 字，请缩短到 500 字")])
def test_unusable_sentences_are_refused(county: County, typed: str, reason: str) -> None:
    with pytest.raises(StepRefused, match=reason):
        sent(county, county.department, typed=typed)
    assert recorded() == []


def test_a_department_removed_meanwhile_is_named(county: County) -> None:
    Enrolment.objects.filter(department=county.department).delete()
    with pytest.raises(StepRefused, match="「县档案馆」已不在本批次的单位名单里。均未办理"):
        sent(county, county.department, county.supervising)
    assert recorded() == []


def test_an_approved_department_is_named(county: County) -> None:
    county.started()
    Filing.objects.update(status=Status.APPROVED)
    with pytest.raises(StepRefused, match="「县档案馆」已批复，不需要催办。未发出催办"):
        sent(county, county.department, county.supervising)
    assert recorded() == []


def test_a_section_reminds_its_own_departments_only(county: County) -> None:
    sent(county, county.department, by=county.section_reviewer)
    assert EnrolmentEvent.objects.get().by_office == "行政政法股"
    with pytest.raises(StepRefused, match=r"编号 \d+ 共 1 个单位不由您督办"):
        sent(county, county.department, _other(county), by=county.section_reviewer)
    for user in (county.filler, county.supervisor_reviewer):
        with pytest.raises(StepRefused, match="不由您督办"):
            sent(county, county.department, by=user)
    assert EnrolmentEvent.objects.count() == 1
