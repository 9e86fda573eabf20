"""The draft of a review: what a reviewer has typed and not yet decided, stored as typed until the decision.

Every save has a number. A save counts only if its number is higher than that of the stored draft, so that late or
repeated requests do no harm, and a window finds out that another one has saved.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from filings.models import Filing, ReviewDraft, Revision, User
from filings.reviewing.draft_content import DraftContent


@dataclass(frozen=True)
class StoredReviewDraft:
    """The stored draft of a reviewer on a revision; blank with number 0 if nothing has been saved."""

    content: DraftContent = field(default_factory=DraftContent)
    number: int = 0
    saved_at: datetime | None = None


@dataclass(frozen=True)
class OlderDraft:
    """Draft of a reviewer on an earlier revision of the same filing, neither decided nor discarded."""

    revision: Revision
    content: DraftContent
    number: int


@dataclass(frozen=True)
class KeptDraft:
    """The number of the draft that holds what was posted, and whether no other window had saved a newer one."""

    number: int
    is_newest: bool


@dataclass(frozen=True)
class ReviewerDrafts:
    """The draft on the revision under review, and the newest one with content on an earlier revision."""

    present: StoredReviewDraft = field(default_factory=StoredReviewDraft)
    older: OlderDraft | None = None


def load(revision: Revision, user: User) -> StoredReviewDraft:
    """Return the user's draft on this revision."""
    draft = ReviewDraft.objects.filter(revision=revision, by=user).first()
    return _stored(draft) if draft else StoredReviewDraft()


def of_filing(filing: Filing, revision: Revision | None, user: User) -> ReviewerDrafts:
    """Return the user's drafts on this and earlier revisions of a filing; both are blank without a revision."""
    if revision is None:
        return ReviewerDrafts()
    drafts = ReviewDraft.objects.filter(revision__filing=filing, revision__number__lte=revision.number, by=user)
    found = list(drafts.select_related("revision").order_by("-revision__number"))
    present = next((_stored(draft) for draft in found if draft.revision == revision), StoredReviewDraft())
    earlier = ((draft, DraftContent.from_json(draft.content)) for draft in found if draft.revision != revision)
    older = ((draft, content) for draft, content in earlier if not content.is_blank)
    return ReviewerDrafts(
        present, next((OlderDraft(draft.revision, content, draft.number) for draft, content in older), None)
    )


def save(revision: Revision, user: User, content: DraftContent, number: int) -> bool:
    """Store a draft; return whether it is stored, now or by an earlier request with the same content.

    Nothing changes if a draft with this or a higher number is stored already.
    """
    values: dict[str, Any] = {"content": content.to_json(), "number": number, "saved_at": timezone.now()}
    draft, created = ReviewDraft.objects.get_or_create(revision=revision, by=user, defaults=values)
    if created or ReviewDraft.objects.filter(pk=draft.pk, number__lt=number).update(**values):
        return True
    return load(revision, user).content == content


def keep(revision: Revision, user: User, content: DraftContent, number: int) -> KeptDraft:
    """Store the content of a page that displayed the draft with this number; merge it with a newer draft."""
    if content.is_blank and not ReviewDraft.objects.filter(revision=revision, by=user).exists():
        return KeptDraft(number, is_newest=True)
    now = timezone.now()
    with transaction.atomic():
        blank = {"content": DraftContent().to_json(), "number": 0, "saved_at": now}
        locked = ReviewDraft.objects.select_for_update()
        draft, _created = locked.get_or_create(revision=revision, by=user, defaults=blank)
        stored = _stored(draft)
        is_newest = stored.number <= number or stored.content == content
        merged = content if is_newest else content.merged_with(stored.content)
        if merged != stored.content:
            draft.content, draft.number, draft.saved_at = merged.to_json(), stored.number + 1, now
            draft.save()
    return KeptDraft(draft.number, is_newest)


def discard(revision: Revision, user: User, number: int) -> None:
    """Delete the user's draft on this revision, once it is decided or no longer wanted.

    A draft with a higher number has been saved by another window since, and is kept.
    """
    ReviewDraft.objects.filter(revision=revision, by=user, number__lte=number).delete()


def take_over(old: OlderDraft, revision: Revision, user: User) -> bool:
    """Merge an older draft into the draft on this revision and delete the older one.

    Returns False if one of them changes at this moment; then nothing is deleted.
    """
    with transaction.atomic():
        drafts = ReviewDraft.objects.select_for_update().filter(revision__in=(old.revision, revision), by=user)
        locked = {draft.revision_id: draft for draft in drafts}
        older = locked.get(old.revision.pk)
        if older is None or older.number != old.number:
            return False
        present = _stored(locked[revision.pk]) if revision.pk in locked else StoredReviewDraft()
        merged = present.content.merged_with(_stored(older).content.for_new_revision())
        if not save(revision, user, merged, present.number + 1):
            return False
        older.delete()
        return True


def _stored(draft: ReviewDraft) -> StoredReviewDraft:
    return StoredReviewDraft(DraftContent.from_json(draft.content), draft.number, draft.saved_at)
