"""Jobs: progress, a rerun after a crash, failures, messages, the end of old files."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from filings.background.daily import daily
from filings.choices import ExportKind, JobState, MessageKind
from filings.errors import StepRefused
from filings.exports import files
from filings.exports.jobs import make_export, queue_export
from filings.models import Export, Message
from filings.tests.county import County
from filings.tests.exports.cycle_exports import content, exported, sheets
from filings.tests.worker import work

NOW = timezone.now()


def queued(county: County, kind: ExportKind = ExportKind.AMOUNTS) -> Export:
    return queue_export(county.cycle, kind, "", by=county.manager, now=NOW)


def stored_files() -> set[str]:
    return set(default_storage.listdir("exports")[1]) if default_storage.exists("exports") else set()


def test_an_export_is_made_by_the_worker_and_its_user_gets_a_message(county: County) -> None:
    export = queued(county)
    assert (export.state, export.file) == (JobState.QUEUED, "")
    assert work() == 1
    export.refresh_from_db()
    assert (export.state, export.done, export.total, export.error) == (JobState.DONE, 3, 3, "")
    assert export.file.startswith(f"exports/{export.pk}-")
    assert files.download_name(export).endswith(".xlsx")
    message = Message.objects.get()
    assert (message.user, message.kind, message.url) == (
        county.manager,
        MessageKind.EXPORTED,
        f"/cycles/{county.cycle.pk}/exports/",
    )
    assert "「资金汇总表」导出已完成" in message.text


def test_an_interrupted_export_begins_again(county: County) -> None:
    export = queued(county)
    Export.objects.update(state=JobState.RUNNING, done=2, failures=2, total=3)
    work()
    export.refresh_from_db()
    assert (export.state, export.done, export.failures) == (JobState.DONE, 3, 0)


def test_a_finished_export_is_not_made_twice(county: County) -> None:
    export = exported(county, ExportKind.AMOUNTS)
    before = content(export)
    DBTaskResult.objects.update(status=TaskResultStatus.READY)
    county.started()
    work()
    assert content(export) == before
    assert Message.objects.count() == 1


def test_a_second_attempt_replaces_the_file_of_the_first(county: County) -> None:
    export = exported(county, ExportKind.AMOUNTS)
    Export.objects.update(state=JobState.RUNNING)
    before = stored_files()
    county.signing()
    make_export.call(export.pk, "")
    again = Export.objects.get()
    assert again.file == export.file
    assert sheets(again)["资金汇总"][2][3] == "待单位审签"
    assert stored_files() == before


def test_a_failure_leaves_no_file_and_is_reported(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    before = stored_files()
    export = queued(county)
    monkeypatch.setattr(settings, "VAR_DIR", Path("/nowhere"))
    with pytest.raises(FileNotFoundError):
        work()
    export.refresh_from_db()
    assert (export.state, export.file) == (JobState.FAILED, "")
    assert "导出未成功，请重新导出" in export.error
    assert "未成功，请重新导出" in Message.objects.get().text
    assert stored_files() == before


def test_the_same_export_is_not_queued_twice(county: County) -> None:
    queued(county)
    with pytest.raises(StepRefused, match="「资金汇总表」正在导出"):
        queued(county)
    queued(county, ExportKind.FINDINGS)
    assert work() == 2
    queued(county)


@pytest.mark.parametrize(("kind", "pattern"), [("", ""), ("other", ""), (ExportKind.COPIES, "{姓名}")])
def test_unusable_requests_are_refused(county: County, kind: str, pattern: str) -> None:
    with pytest.raises(StepRefused):
        queue_export(county.cycle, kind, pattern, by=county.manager, now=NOW)
    assert not Export.objects.exists()
    assert work() == 0


def test_old_files_and_forgotten_folders_are_deleted(
    county: County, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)
    old, recent = exported(county, ExportKind.AMOUNTS), exported(county, ExportKind.FINDINGS)
    Export.objects.filter(pk=old.pk).update(finished_at=NOW - timedelta(days=8))
    forgotten, busy = tmp_path / "export-a", tmp_path / "export-b"
    for folder in (forgotten, busy):
        folder.mkdir()
    os.utime(forgotten, (0, 0))
    daily.enqueue()
    work()
    assert not default_storage.exists(old.file)
    assert default_storage.exists(recent.file)
    assert Export.objects.get(pk=old.pk).file == ""
    assert list(tmp_path.iterdir()) == [busy]
    assert files.delete_old(timezone.now()) == 0
