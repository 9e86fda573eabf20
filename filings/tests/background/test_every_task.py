"""Every background task when it raises an exception, when it is carried out twice, and when its worker is killed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from filings.background import abandoned, interrupted, nightly
from filings.background.daily import daily
from filings.choices import Action, ApprovalState, ExportKind, JobKind, JobState, MessageKind, Stage, Status
from filings.exports.jobs import make_export, queue_export
from filings.lifecycle import approvals
from filings.lifecycle.messages import delivery
from filings.lifecycle.messages import departments as department_messages
from filings.lifecycle.messages.enqueue import announce, deliver, deliver_event
from filings.models import (
    CopyComparison,
    Cycle,
    Export,
    Filing,
    IssuedCopy,
    Message,
    PendingApproval,
    Publication,
    User,
)
from filings.oversight import copies
from filings.publication import jobs as publication_jobs
from filings.reviewing.draft_content import DraftContent
from filings.tests.county import County, found_county, step
from filings.tests.publication.published import passed
from filings.tests.worker import work

pytestmark = pytest.mark.django_db
AnyTask = Task[Any, Any]


@pytest.fixture
def county() -> County:
    return found_county((Stage.PERFORMANCE,))


def approving(county: County) -> None:
    filing = county.in_review()
    by = county.performance_reviewer
    approvals.queue(filing, by=by, expected_lock=filing.lock, content=DraftContent())


def exporting(county: County) -> None:
    queue_export(county.cycle, ExportKind.AMOUNTS, "", by=county.manager, now=timezone.now())


def announcing(county: County) -> None:
    announce(MessageKind.REMINDED, key="k", text="已答复。", to=[county.head.pk])


def mailing(county: County) -> None:
    User.objects.filter(pk=county.head.pk).update(email="head@example.org")
    announcing(county)
    work()


def notifying(county: County) -> None:
    department_messages.enqueue(
        MessageKind.REMINDED, [department_messages.DepartmentNotice(county.department.pk, None, "请填报。", "k")]
    )


def comparing(county: County) -> None:
    county.in_review()
    copies.queue_comparison(county.cycle, by=county.manager, now=timezone.now())


def publishing(county: County) -> None:
    filing = passed(county.in_review(), county)
    work()
    chosen = [(filing.pk, filing.issued_copies.get().pk)]
    publication_jobs.queue(county.cycle, JobKind.PUBLISH, chosen, "", by=county.manager, now=timezone.now())


def each_morning(_county: County) -> None:
    daily.enqueue()


def each_night(_county: County) -> None:
    nightly.nightly.enqueue()


def checking(_county: County) -> None:
    nightly.start_check()


# By task: what queues it last, so that it is the only one that waits.
TASKS: tuple[tuple[AnyTask, Callable[[County], object]], ...] = (
    (approvals.carry_out, approving),
    (deliver_event, County.signing),
    (deliver, announcing),
    (delivery.send_email, mailing),
    (daily, each_morning),
    (nightly.nightly, each_night),
    (nightly.go_on, checking),
    (department_messages.deliver, notifying),
    (make_export, exporting),
    (copies.compare_copies, comparing),
    (publication_jobs.carry_out, publishing),
)
NAMES = [task.module_path for task, _ in TASKS]


def row_of(task: AnyTask) -> "DBTaskResult[Any, Any]":
    return DBTaskResult.objects.filter(task_path=task.module_path).latest("enqueued_at")


def results() -> list[int]:
    """Count what tasks write, besides the queue."""
    counts = [model.objects.count() for model in (Message, IssuedCopy, Filing, Export, CopyComparison, Publication)]
    return [*counts, Filing.objects.filter(status=Status.APPROVED).count(), len(mail.outbox)]


def kill(task: AnyTask, times: int = interrupted.MOST_ATTEMPTS) -> None:
    """Leave the task as a worker does that has been killed repeatedly during it."""
    ids = [str(number) for number in range(times)]
    DBTaskResult.objects.filter(pk=row_of(task).pk).update(status=TaskResultStatus.RUNNING, worker_ids=ids)


def test_the_architecture_lists_every_task() -> None:
    text = (Path(django_settings.BASE_DIR) / "docs" / "architecture.md").read_text()
    rows = [line.split("`")[1] for line in text.partition("| task |")[2].partition("\n\n")[0].splitlines()[2:]]
    paths = [f"filings.{row}" for row in rows]
    assert [name for name in NAMES if not name.startswith(tuple(paths))] == []
    assert [path for path in paths if not any(name.startswith(path) for name in NAMES)] == []


@pytest.mark.parametrize(("task", "queue"), TASKS, ids=NAMES)
def test_a_task_carried_out_twice_writes_its_result_once(
    county: County, settings: Settings, task: AnyTask, queue: Callable[[County], object]
) -> None:
    settings.EMAIL_HOST = "localhost"
    queue(county)
    work(ahead=True)
    before = results()
    DBTaskResult.objects.filter(pk=row_of(task).pk).update(status=TaskResultStatus.READY)
    sent = task is delivery.send_email
    work()
    # An e-mail may be sent twice: the mail server does not answer before the row is written.
    assert results() == [*before[:-1], before[-1] + sent]


def no_disk(settings: Settings, tmp_path: Path) -> None:
    """Let every write to storage and temporary folders fail, as on a full disk."""
    file = tmp_path / "file"
    file.write_bytes(b"")
    settings.VAR_DIR = file
    settings.STORAGES = settings.STORAGES | {
        "default": settings.STORAGES["default"] | {"OPTIONS": {"location": file / "folder"}}
    }


def test_an_approval_that_raises_an_error_leaves_the_filing_free(
    county: County, settings: Settings, tmp_path: Path
) -> None:
    approving(county)
    no_disk(settings, tmp_path)
    work(ahead=True, keep_failures=True)
    assert row_of(approvals.carry_out).status == TaskResultStatus.FAILED
    approval = PendingApproval.objects.get()
    assert (approval.state, approval.error) == (
        ApprovalState.FAILED,
        "定稿文件未能存档，请系统管理员检查存储空间和文件。",
    )
    message = Message.objects.get(kind=MessageKind.APPROVAL_FAILED)
    assert (message.user, "未能批复" in message.text) == (county.performance_reviewer, True)
    step(Action.RETURN, approval.filing, county.performance_reviewer, reason="数字不对")


def test_an_approval_that_raises_any_error_fails_with_a_message(county: County) -> None:
    approving(county)
    Cycle.objects.update(policy={"undo_seconds": "x"})
    work(ahead=True, keep_failures=True)
    approval = PendingApproval.objects.get()
    assert (approval.state, approval.error) == (ApprovalState.FAILED, "系统出错，请系统管理员查看日志。")
    assert Message.objects.filter(kind=MessageKind.APPROVAL_FAILED).count() == 1


def test_an_export_that_raises_an_error_can_be_queued_again(county: County, settings: Settings, tmp_path: Path) -> None:
    exporting(county)
    no_disk(settings, tmp_path)
    work(keep_failures=True)
    assert (row_of(make_export).status, Export.objects.get().state) == (TaskResultStatus.FAILED, JobState.FAILED)
    exporting(county)


def test_a_message_to_a_deleted_filing_raises_and_leaves_the_others(county: County) -> None:
    deliver.enqueue(MessageKind.REMINDED, "gone", "已答复。", [county.head.pk], "", -1)
    deliver_event.enqueue(0, [])
    department_messages.deliver.enqueue(
        MessageKind.REMINDED, [{"department": 0, "filing": -1, "text": "请填报。", "key": "gone"}]
    )
    delivery.send_email.enqueue(0)
    announcing(county)
    work(keep_failures=True)
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == [TaskResultStatus.FAILED] * 4 + [
        TaskResultStatus.SUCCESSFUL
    ]
    assert Message.objects.get().key == "k"


def test_a_mail_server_that_refuses_fails_no_task(county: County, settings: Settings) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    mailing(county)
    assert row_of(delivery.send_email).status == TaskResultStatus.SUCCESSFUL
    assert Message.objects.count() == 1


def test_daily_work_that_raises_an_error_is_queued_for_the_next_morning(county: County, settings: Settings) -> None:
    daily.enqueue()
    settings.VAR_DIR = None
    work(keep_failures=True)
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "READY"]


def test_an_approval_whose_worker_was_killed_repeatedly_fails(county: County) -> None:
    approving(county)
    kill(approvals.carry_out)
    assert abandoned.fail_abandoned() == 0
    interrupted.requeue_interrupted()
    assert abandoned.fail_abandoned() == 1
    assert abandoned.fail_abandoned() == 0
    approval = PendingApproval.objects.get()
    assert (approval.state, "后台进程多次中断" in approval.error) == (ApprovalState.FAILED, True)
    work()
    assert Message.objects.filter(kind=MessageKind.APPROVAL_FAILED).count() == 1
    step(Action.RETURN, approval.filing, county.performance_reviewer, reason="数字不对")


def test_an_export_whose_worker_was_killed_repeatedly_can_be_queued_again(county: County) -> None:
    exporting(county)
    Export.objects.update(state=JobState.RUNNING)
    kill(make_export)
    interrupted.requeue_interrupted()
    daily.enqueue()
    work()
    assert Export.objects.get().state == JobState.FAILED
    assert "未成功，请重新导出" in Message.objects.get(kind=MessageKind.EXPORTED).text
    exporting(county)


def test_a_comparison_whose_worker_was_killed_repeatedly_can_be_queued_again(county: County) -> None:
    comparing(county)
    CopyComparison.objects.update(state=JobState.RUNNING)
    kill(copies.compare_copies)
    interrupted.requeue_interrupted()
    assert abandoned.fail_abandoned() == 1
    comparison = CopyComparison.objects.get()
    assert (comparison.state, "比对未成功，请重新比对" in comparison.error) == (JobState.FAILED, True)
    assert copies.queue_comparison(county.cycle, by=county.manager, now=timezone.now())


def test_what_waits_for_its_task_is_not_abandoned(county: County) -> None:
    approving(county)
    exporting(county)
    kill(make_export, times=1)
    assert abandoned.fail_abandoned() == 0
    assert interrupted.requeue_interrupted() == 1
    work(ahead=True)
    assert (PendingApproval.objects.get().state, Export.objects.get().state) == (ApprovalState.ISSUED, JobState.DONE)
