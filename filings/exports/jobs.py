"""Queue an export, and make it in the background worker."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from filings import labels
from filings.choices import UNFINISHED_JOBS, ExportKind, JobState, MessageKind
from filings.errors import StepRefused
from filings.exports import amounts, archive, files, findings, indicators, reviews
from filings.exports.file_names import checked_pattern
from filings.exports.progress import Progress
from filings.exports.scope import ExportScope
from filings.formats.file import safe_name
from filings.lifecycle.messages import delivery
from filings.lifecycle.messages.notice import Notice
from filings.models import Cycle, Export, User

Write = Callable[[Path, ExportScope, str, Progress], None]
WRITERS: Mapping[str, Write] = {
    ExportKind.COPIES: archive.write,
    ExportKind.AMOUNTS: amounts.write,
    ExportKind.INDICATORS: indicators.write,
    ExportKind.FINDINGS: findings.write,
    ExportKind.REMARKS: reviews.write,
}
_FAILED = "导出未成功，请重新导出；仍未成功的，请与管理员联系，原因见系统日志。"


def queue_export(cycle: Cycle, kind: str, typed_pattern: str, *, by: User, now: datetime) -> Export:
    """Queue an export. Raises StepRefused for an unusable pattern, or while the user's same export is being made."""
    if kind not in WRITERS:
        raise StepRefused("请先选择导出内容。")
    pattern = checked_pattern(typed_pattern)
    with transaction.atomic():
        Cycle.objects.select_for_update().get(pk=cycle.pk)
        if cycle.exports.filter(kind=kind, by=by, state__in=UNFINISHED_JOBS).exists():
            raise StepRefused(f"「{labels.EXPORT[kind]}」正在导出，请等待完成。")
        export = Export.objects.create(cycle=cycle, kind=kind, by=by, at=now)
        make_export.enqueue(export.pk, pattern)
    return export


@task()
def make_export(export_id: int, pattern: str) -> None:
    """Make the file of an export from the beginning, unless it is done: the worker may have been killed meanwhile."""
    export = Export.objects.select_related("cycle__edition", "by").get(pk=export_id)
    if export.state == JobState.DONE:
        return
    Export.objects.filter(pk=export.pk).update(state=JobState.RUNNING, error="")
    is_complete = False
    try:
        _make(export, pattern)
        is_complete = True
    finally:
        # The exception goes on to the worker, which logs it.
        if not is_complete:
            _finish(export, JobState.FAILED, error=_FAILED)


def fail_abandoned(queued: Callable[[], Collection[int]]) -> int:
    """Fail the exports whose task no longer exists, and return their number; `queued` as in lifecycle.approvals."""
    unfinished = list(Export.objects.filter(state__in=UNFINISHED_JOBS).select_related("cycle", "by"))
    kept = queued()
    abandoned = [export for export in unfinished if export.pk not in kept]
    for export in abandoned:
        _finish(export, JobState.FAILED, error=_FAILED)
    return len(abandoned)


def _make(export: Export, pattern: str) -> None:
    progress = Progress(export)
    with files.temporary_path() as path:
        WRITERS[export.kind](path, ExportScope.of(export), pattern, progress)
        size = path.stat().st_size
        stored_as = files.keep(path, export, _file_name(export))
    progress.write()
    _finish(export, JobState.DONE, file=stored_as, size=size)


def _finish(export: Export, state: JobState, **values: str | int) -> None:
    """Store the result and write a message to the user, in one transaction."""
    now = timezone.now()
    outcome = "已完成，文件保存 7 天" if state == JobState.DONE else "未成功，请重新导出"
    text = f"{export.cycle}的「{labels.EXPORT[export.kind]}」导出{outcome}。"
    page = reverse("exports", args=(export.cycle_id,))
    with transaction.atomic():
        Export.objects.filter(pk=export.pk).update(state=state, finished_at=now, **values)
        delivery.write(Notice(MessageKind.EXPORTED, f"export:{export.pk}", text, page), [export.by])


def _file_name(export: Export) -> str:
    day = timezone.localtime(export.at)
    extension = "zip" if export.kind == ExportKind.COPIES else "xlsx"
    return safe_name(f"{export.cycle}{labels.EXPORT[export.kind]}{day:%Y%m%d-%H%M}", extension)
