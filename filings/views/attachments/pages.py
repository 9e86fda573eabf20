"""The attachments of a filing. Files are downloaded, never shown within a page."""

import logging
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from filings import labels, permissions
from filings.choices import AttachmentKind
from filings.errors import AlreadyDone, NotAllowed, StepRefused
from filings.formats.file import CannotRead, File
from filings.formats.readers.sandbox.zip_limits import LARGEST_UPLOAD, MIB
from filings.forms.attachments import AttachmentForm
from filings.lifecycle import attachments as stored
from filings.lifecycle.stored_files import FileDamaged
from filings.models import Filing
from filings.permissions import Access
from filings.views.access import UserRequest, demand, filing_or_404
from filings.views.filing.downloads import attached

_logger = logging.getLogger(__name__)
_NOT_STORED = "「{name}」未能保存，请稍后再上传。仍不能保存的，请系统管理员检查存储空间。"
_DAMAGED = "附件「{name}」的文件缺失或被改动过，没有下载。请联系管理员从备份恢复。"


@login_required
def attachments(request: UserRequest, filing_id: int) -> HttpResponse:
    filing = filing_or_404(request.user, filing_id)
    return _page(request, filing, AttachmentForm(kinds=permissions.attachable_kinds(request.user, filing)))


@require_POST
@login_required
def add(request: UserRequest, filing_id: int) -> HttpResponse:
    filing = filing_or_404(request.user, filing_id)
    kinds = permissions.attachable_kinds(request.user, filing)
    demand(Access(bool(kinds), stored.REFUSAL))
    form = AttachmentForm(request.POST, request.FILES, kinds=kinds)
    if not form.is_valid():
        return _page(request, filing, form, status=HTTPStatus.BAD_REQUEST)
    file = form.cleaned_data["file"]
    try:
        added = stored.add(filing, AttachmentKind(form.cleaned_data["kind"]), file.name, file.read(), by=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.reason) from refusal
    except (CannotRead, StepRefused) as refusal:
        form.add_error("file", str(refusal))
        return _page(request, filing, form, status=HTTPStatus.BAD_REQUEST)
    except OSError:
        _logger.exception("An attachment of filing %s could not be stored", filing.pk)
        form.add_error("file", _NOT_STORED.format(name=file.name))
        return _page(request, filing, form, status=HTTPStatus.INSUFFICIENT_STORAGE)
    messages.success(request, f"附件「{added.name}」已上传。")
    return redirect("attachments", filing.pk)


@require_POST
@login_required
def remove(request: UserRequest, filing_id: int, attachment_id: int) -> HttpResponse:
    filing = filing_or_404(request.user, filing_id)
    kinds = permissions.attachable_kinds(request.user, filing)
    demand(Access(bool(kinds), stored.REFUSAL))
    attachment = get_object_or_404(filing.attachments.select_related("filing"), pk=attachment_id)
    demand(Access(attachment.kind in kinds, stored.REFUSAL))
    try:
        stored.remove(attachment, by=request.user)
        messages.success(request, f"附件「{attachment.name}」已移除。已提交的版本中有该附件的，仍予保留。")
    except AlreadyDone:
        messages.info(request, f"附件「{attachment.name}」此前已经移除。")
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.reason) from refusal
    return redirect("attachments", filing.pk)


@login_required
def attachment_file(request: UserRequest, filing_id: int, attachment_id: int) -> HttpResponse:
    """Download a file under its name, whatever its type."""
    filing = filing_or_404(request.user, filing_id)
    attachment = get_object_or_404(permissions.readable_attachments(request.user, filing), pk=attachment_id)
    try:
        content = stored.read(attachment)
    except FileDamaged:
        messages.error(request, _DAMAGED.format(name=attachment.name))
        return redirect("attachments", filing.pk)
    response = attached(File(attachment.name, attachment.content_type, content))
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _page(request: UserRequest, filing: Filing, form: AttachmentForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    kinds = permissions.attachable_kinds(request.user, filing)
    listed = permissions.visible_attachments(request.user, filing)
    context = {
        "filing": filing,
        "rows": [(each, labels.ATTACHMENT[each.kind], each.kind in kinds) for each in listed],
        "form": form,
        "may_add": bool(kinds),
        "shows_signed": not permissions.may_see_draft(request.user, filing),
        "may_fill": permissions.may_fill(request.user, filing),
        "most": stored.MOST,
        "largest": LARGEST_UPLOAD // MIB,
    }
    return render(request, "filings/attachments/page.html", context, status=status)
