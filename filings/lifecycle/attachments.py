"""Attach files to a filing and remove them; a removed file is kept for the revisions that were submitted with it."""

from hashlib import sha256
from pathlib import PurePath

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from filings.choices import AttachmentKind
from filings.errors import StepRefused
from filings.formats.attachment_type import attachment_type
from filings.formats.file import safe_name
from filings.formats.readers.sandbox.zip_limits import LARGEST_UPLOAD, MIB
from filings.lifecycle import stored_files
from filings.models import Attachment, Filing, User

MOST = 20


def add(filing: Filing, kind: AttachmentKind, name: str, content: bytes, *, by: User) -> Attachment:
    """Store a file under its hash.

    Raises CannotRead for its type, StepRefused for its size or the number of files, OSError if it cannot be written.
    """
    if len(content) > LARGEST_UPLOAD:
        size, most = len(content) / MIB, LARGEST_UPLOAD // MIB
        raise StepRefused(f"「{name}」有 {size:.1f} MB，超过上限 {most} MB，未上传。")
    extension, content_type = attachment_type(name, content)
    digest = sha256(content).hexdigest()
    stored_files.keep(file_name(digest), content)
    with transaction.atomic():
        # Serialises uploads to the filing, so that the limit holds.
        Filing.objects.select_for_update(of=("self",)).get(pk=filing.pk)
        if present(filing).count() >= MOST:
            raise StepRefused(f"附件最多 {MOST} 个，「{name}」未上传。请先移除不需要的附件。")
        return Attachment.objects.create(
            filing=filing,
            kind=kind,
            name=safe_name(PurePath(name).stem, extension),
            content_type=content_type,
            size=len(content),
            sha256=digest,
            by=by,
            by_name=by.name,
            at=timezone.now(),
        )


def remove(attachment: Attachment, *, by: User) -> bool:
    """Mark an attachment as removed; False if it was removed before."""
    present_one = Attachment.objects.filter(pk=attachment.pk, removed_at=None)
    return bool(present_one.update(removed_by=by, removed_by_name=by.name, removed_at=timezone.now()))


def present(filing: Filing) -> QuerySet[Attachment]:
    """Return the attachments that are not removed."""
    return filing.attachments.filter(removed_at=None)


def read(attachment: Attachment) -> bytes:
    """Read the file and verify its hash. Raises FileDamaged."""
    return stored_files.read(file_name(attachment.sha256), attachment.sha256)


def file_name(digest: str) -> str:
    return f"attachments/{digest}"
