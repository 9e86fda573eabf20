"""The background worker: one at a time, interrupted tasks are carried out again, the daily work is queued once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from filings.background.daily import daily, next_morning, queue_daily
from filings.background.health import DelayedTasks, delayed_tasks
from filings.background.interrupted import requeue_interrupted
from filings.background.only_worker import only_worker
from filings.tests.worker import work

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


def running(worker_ids: list[str]) -> DBTaskResult:  # type: ignore[type-arg]
    """Queue the daily work as the task of a worker that was killed."""
    daily.enqueue()
    row = DBTaskResult.objects.latest("enqueued_at")
    DBTaskResult.objects.filter(pk=row.pk).update(
        status=TaskResultStatus.RUNNING, worker_ids=worker_ids, started_at=NOW
    )
    return row


def statuses() -> list[str]:
    return list(DBTaskResult.objects.order_by("enqueued_at").values_list("status", flat=True))


def test_a_second_worker_is_refused(tmp_path: Path, settings: Settings) -> None:
    settings.VAR_DIR = tmp_path
    with only_worker() as is_only:
        assert is_only
        with pytest.raises(CommandError, match="后台进程已经在运行"):
            call_command("run_worker", batch=True)
    with only_worker() as is_only:
        assert is_only


def test_interrupted_tasks_are_queued_again_and_failed_after_three_attempts() -> None:
    again, failed = running(["a", "b"]), running(["a", "b", "c"])
    assert requeue_interrupted() == 1
    again.refresh_from_db()
    failed.refresh_from_db()
    assert (again.status, again.started_at) == (TaskResultStatus.READY, None)
    assert failed.status == TaskResultStatus.FAILED
    assert "killed 3 times" in failed.traceback


def test_the_daily_work_is_queued_once_for_the_next_morning() -> None:
    queue_daily()
    queue_daily()
    assert statuses() == [TaskResultStatus.READY]
    assert work() == 1
    assert statuses() == [TaskResultStatus.SUCCESSFUL, TaskResultStatus.READY]
    assert DBTaskResult.objects.get(status=TaskResultStatus.READY).run_after == next_morning(timezone.now())
    assert work() == 0


def test_the_next_morning_is_half_past_seven() -> None:
    for hour, day in ((6, 29), (8, 30)):
        local = timezone.make_aware(datetime(2026, 11, 29, hour))
        assert timezone.localtime(next_morning(local)).isoformat() == f"2026-11-{day}T07:30:00+08:00"


def test_old_results_are_removed_every_day() -> None:
    daily.enqueue()
    work()
    DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL).update(
        finished_at=timezone.now() - timedelta(days=15)
    )
    work(ahead=True)
    assert sorted(statuses()) == [TaskResultStatus.READY, TaskResultStatus.SUCCESSFUL]


def test_delayed_tasks_are_counted_with_the_minutes_of_the_oldest(django_assert_num_queries: object) -> None:
    daily.enqueue()  # due at once
    DBTaskResult.objects.update(enqueued_at=NOW - timedelta(minutes=7))
    for minutes in (1, 5, 9):
        daily.using(run_after=NOW - timedelta(minutes=minutes)).enqueue()
    daily.using(run_after=NOW + timedelta(hours=1)).enqueue()
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert delayed_tasks(NOW) == DelayedTasks(count=3, minutes=9)


def test_nothing_is_delayed_while_the_worker_is_busy() -> None:
    daily.using(run_after=NOW - timedelta(minutes=5)).enqueue()
    running(["a"])
    assert delayed_tasks(NOW) is None
    assert delayed_tasks(NOW + timedelta(minutes=10)) == DelayedTasks(count=1, minutes=15)


@pytest.mark.django_db(transaction=True)
def test_the_command_carries_out_what_is_due(tmp_path: Path, settings: Settings) -> None:
    settings.VAR_DIR = tmp_path
    row = running(["killed"])
    call_command("run_worker", batch=True)
    row.refresh_from_db()
    assert row.status == TaskResultStatus.SUCCESSFUL
    assert DBTaskResult.objects.filter(status=TaskResultStatus.READY).count() == 2  # daily, nightly
