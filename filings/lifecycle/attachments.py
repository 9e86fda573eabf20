"""Attach files to a filing and remove them; a removed file is kept for the revisions that were submitted with it.

Both raise `Filing.lock`, as saves do, so that a submission or a signature is refused on a page that has not seen them.
"""

from datetime import datetime
from hashlib import sha256
from pathlib import PurePath

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from filings import labels, permissions
from filings.choices import Action, AttachmentKind
from filings.errors import AlreadyDone, NotAllowed, StepRefused
from filings.formats.attachment_type import attachment_type
from filings.formats.file import safe_name
from filings.formats.readers.sandbox.zip_limits import LARGEST_UPLOAD, MIB
from filings.lifecycle import damaged_files, stored_files
from filings.models import Attachment, Event, Filing, User

MOST = 20
REFUSAL = "附件由填报人在填报时添加，审签扫描件也可以由单位负责人在审签时添加；现在不能添加或移除。"


def add(filing: Filing, kind: AttachmentKind, name: str, content: bytes, *, by: User) -> Attachment:
    """Store a file under its hash.

    Raises CannotRead for its type, StepRefused for its size, the number of files, a repeated file and a filing that
    has been submitted meanwhile, OSError if it cannot be written.
    """
    if len(content) > LARGEST_UPLOAD:
        raise StepRefused(f"「{name}」超过 {LARGEST_UPLOAD // MIB} MB，未上传。")
    extension, content_type = attachment_type(name, content)
    digest = sha256(content).hexdigest()
    _refuse_repeated(filing, name, digest)
    stored_files.keep(file_name(digest), content)
    with transaction.atomic():
        locked = _locked(filing, kind, by)
        _refuse_repeated(locked, name, digest)
        added = Attachment.objects.create(
            filing=locked,
            kind=kind,
            name=safe_name(PurePath(name).stem, extension),
            content_type=content_type,
            size=len(content),
            sha256=digest,
            revision_number=locked.current_number() if kind == AttachmentKind.SIGNED_SCAN else None,
            by=by,
            by_name=by.name,
            at=timezone.now(),
        )
        # Once more: a removal may have deleted the file since.
        _lock_file(digest)
        stored_files.keep(file_name(digest), content)
    return added


def remove(attachment: Attachment, *, by: User) -> None:
    """Mark an attachment as removed. Raises StepRefused, AlreadyDone if it was removed before.

    The file is deleted if no revision was submitted with it, so that what was uploaded by mistake does not stay.
    """
    with transaction.atomic():
        locked = _locked(attachment.filing, AttachmentKind(attachment.kind), by)
        present_one = locked.present_attachments().filter(pk=attachment.pk)
        if not present_one.update(removed_by=by, removed_by_name=by.name, removed_at=timezone.now()):
            raise AlreadyDone
    _delete_unneeded(attachment.sha256)


def last_change(filing: Filing) -> tuple[datetime, int, str, str] | None:
    """Return time, user and label of the last upload or removal, for the refusal of an action on an outdated page."""
    done = [
        (each.at, each.by_id, each.by_name, f"上传附件「{each.name}」")
        for each in filing.attachments.order_by("-at")[:1]
    ]
    for each in filing.attachments.exclude(removed_at=None).order_by("-removed_at")[:1]:
        if each.removed_at and each.removed_by_id:
            done.append((each.removed_at, each.removed_by_id, each.removed_by_name, f"移除附件「{each.name}」"))
    return max(done, default=None)


def read(attachment: Attachment) -> bytes:
    """Read the file and verify its hash. Raises FileDamaged, which is reported to the managers."""
    with damaged_files.reported():
        return stored_files.read(file_name(attachment.sha256), attachment.sha256)


def file_name(digest: str) -> str:
    return f"attachments/{digest}"


def _locked(filing: Filing, kind: AttachmentKind, by: User) -> Filing:
    """Raise the filing's counter, which locks its row until the transaction ends, and read it. Raises NotAllowed."""
    Filing.objects.filter(pk=filing.pk).update(lock=F("lock") + 1)
    locked = Filing.objects.select_related("cycle", "department").get(pk=filing.pk)
    if kind not in permissions.attachable_kinds(by, locked):
        raise NotAllowed(REFUSAL)
    return locked


def _refuse_repeated(filing: Filing, name: str, digest: str) -> None:
    """Raise StepRefused if the file is attached already, or too many are."""
    if twin := filing.present_attachments().filter(sha256=digest).first():
        raise StepRefused(f"「{name}」已经上传过（{labels.ATTACHMENT[twin.kind]}「{twin.name}」），未重复上传。")
    if filing.present_attachments().count() >= MOST:
        raise StepRefused(f"附件最多 {MOST} 个，「{name}」未上传。请先移除不需要的附件。")


def _delete_unneeded(digest: str) -> None:
    """Delete a file if it is attached nowhere and no revision was submitted or signed with it."""
    frozen = Event.objects.filter(
        filing=OuterRef("filing"),
        action__in=(Action.SUBMIT, Action.SIGN),
        at__range=(OuterRef("at"), OuterRef("removed_at")),
    )
    with transaction.atomic():
        _lock_file(digest)
        if not Attachment.objects.filter(Q(removed_at=None) | Exists(frozen), sha256=digest).exists():
            default_storage.delete(file_name(digest))


def _lock_file(digest: str) -> None:
    """Lock the rows of a file until the transaction ends, so that it is not deleted while it is attached again."""
    list(Attachment.objects.select_for_update().filter(sha256=digest).order_by("pk").values_list("pk"))
