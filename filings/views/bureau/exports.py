"""导出: start exports of a cycle, show their progress, download their files."""

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from filings import labels, permissions
from filings.choices import UNFINISHED_JOBS, ExportKind, JobState
from filings.errors import StepRefused
from filings.exports import files, jobs
from filings.exports.file_names import DEFAULT_PATTERN, LONGEST_PATTERN, PLACEHOLDERS
from filings.models import Cycle, Export, User
from filings.views.access import UserRequest, overseen_cycle
from filings.views.cycle_choice import cycle_choice

MOST_LISTED = 30


@dataclass(frozen=True)
class ExportRow:
    """An export with its state as a sentence; `address` downloads its file, '' without one."""

    export: Export
    label: str
    state: str
    address: str

    @property
    def is_unfinished(self) -> bool:
        return self.export.state in UNFINISHED_JOBS

    def to_json(self) -> dict[str, str | int | bool]:
        return {
            "id": self.export.pk,
            "state": self.state,
            "done": self.export.done,
            "total": self.export.total,
            "unfinished": self.is_unfinished,
            "address": self.address,
        }


@login_required
def exports(request: UserRequest, cycle_id: int) -> HttpResponse:
    """List the exports of the user, for managers of everybody."""
    return _page(request, overseen_cycle(request, cycle_id))


@login_required
def start(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Queue an export. A refusal shows the page again with the pattern as typed."""
    cycle = overseen_cycle(request, cycle_id)
    if request.method == "POST":
        kind, pattern = request.POST.get("kind", ""), request.POST.get("pattern", "")
        try:
            jobs.queue_export(cycle, kind, pattern, by=request.user, now=timezone.now())
        except StepRefused as refusal:
            return _page(request, cycle, kind=kind, pattern=pattern, refusal=refusal.reason)
    return redirect("exports", cycle.pk)


@login_required
def progress(request: UserRequest, cycle_id: int) -> JsonResponse:
    """Return the state of the listed exports for the page's script."""
    cycle = overseen_cycle(request, cycle_id)
    return JsonResponse({"jobs": [_row(export).to_json() for export in _listed(request.user, cycle)]})


@login_required
def download(request: UserRequest, cycle_id: int, export_id: int) -> HttpResponseBase:
    """Send the file to the user who made it, and to managers."""
    cycle = overseen_cycle(request, cycle_id)
    export = _visible(request.user, cycle).filter(pk=export_id).first()
    if export is None:
        raise Http404
    if not export.file or not default_storage.exists(export.file):
        messages.error(request, "这个导出没有文件：尚未完成，或者已满 7 天删除。需要的请重新导出。")
        return redirect("exports", cycle.pk)
    file = default_storage.open(export.file)
    return FileResponse(file, as_attachment=True, filename=files.download_name(export))


def _page(
    request: UserRequest, cycle: Cycle, *, kind: str = "", pattern: str = DEFAULT_PATTERN, refusal: str = ""
) -> HttpResponse:
    context = {
        "cycle": cycle,
        "cycle_choice": cycle_choice(request, "exports", cycle),
        "kinds": [(value, label, _CONTENTS[ExportKind(value)]) for value, label in labels.EXPORT.items()],
        "kind": kind or ExportKind.COPIES,
        "pattern": pattern,
        "longest": LONGEST_PATTERN,
        "placeholders": PLACEHOLDERS,
        "rows": [_row(export) for export in _listed(request.user, cycle)],
        "refusal": refusal,
        "may_manage": permissions.may_manage(request.user),
    }
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return render(request, "filings/bureau/exports.html", context, status=status)


def _visible(user: User, cycle: Cycle) -> QuerySet[Export]:
    exports = Export.objects.filter(cycle=cycle).select_related("by")
    return exports if permissions.may_manage(user) else exports.filter(by=user)


def _listed(user: User, cycle: Cycle) -> QuerySet[Export]:
    return _visible(user, cycle).order_by("-pk")[:MOST_LISTED]


def _row(export: Export) -> ExportRow:
    address = reverse("export_file", args=(export.cycle_id, export.pk)) if export.file else ""
    return ExportRow(export, labels.EXPORT[export.kind], _state(export), address)


def _state(export: Export) -> str:
    match JobState(export.state):
        case JobState.QUEUED:
            return "等待导出"
        case JobState.RUNNING:
            return f"正在导出，{export.done} / {export.total} 个单位"
        case JobState.FAILED:
            return export.error
    failed = f"，其中 {export.failures} 个没有列入，见压缩包里的错误清单.txt" if export.failures else ""
    deleted = "" if export.file else "；文件已满 7 天删除"
    return f"已完成，{export.done} 个单位{failed}{deleted}"


_CONTENTS = {
    ExportKind.COPIES: "每个单位现行的盖章定稿一份 PDF；没有列入的写进错误清单.txt。",
    ExportKind.AMOUNTS: "每个单位一行，各项资金、预算控制数和差额，最后一行合计。",
    ExportKind.INDICATORS: "每条指标一行，计算符号、数值、计量单位分列。",
    ExportKind.FINDINGS: "最近一次提交时的核对结果，含单位说明和豁免。",
    ExportKind.REMARKS: "各环节的决定、等级和意见；逐条意见和单位答复。",
}
