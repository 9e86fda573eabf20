"""The draft of a review: what a reviewer has typed and not yet decided, stored as typed until the decision.

Every save has a number. A save counts only if its number is higher than that of the stored draft, so that late or
repeated requests do no harm, and a window finds out that another one has saved.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
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
    """What a reviewer has typed on an earlier revision of the same filing and not yet decided or discarded."""

    revision: Revision
    content: DraftContent


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
    return ReviewerDrafts(present, next((OlderDraft(draft.revision, content) for draft, content in older), None))


def save(revision: Revision, user: User, content: DraftContent, number: int) -> bool:
    """Store a draft; return whether it is stored, now or by an earlier request with the same content.

    Nothing changes if a draft with this or a higher number is stored already.
    """
    values: dict[str, Any] = {"content": content.to_json(), "number": number, "saved_at": timezone.now()}
    draft, created = ReviewDraft.objects.get_or_create(revision=revision, by=user, defaults=values)
    if created or ReviewDraft.objects.filter(pk=draft.pk, number__lt=number).update(**values):
        return True
    return load(revision, user).content == content


def discard(revision: Revision, user: User, saved_until: datetime | None = None) -> None:
    """Delete the user's draft on this revision, once it is decided or no longer wanted.

    With a time, one saved later is kept: it holds more than what was decided.
    """
    drafts = ReviewDraft.objects.filter(revision=revision, by=user)
    (drafts.filter(saved_at__lte=saved_until) if saved_until else drafts).delete()


def drafted(filings: Iterable[Filing], user: User) -> set[int]:
    """Return the keys of the filings on whose last revision the user has typed something."""
    drafts = ReviewDraft.objects.filter(revision__filing__in=filings, by=user).select_related("revision")
    newest = Revision.objects.filter(filing=OuterRef("revision__filing")).order_by("-number").values("number")[:1]
    present = drafts.filter(revision__number=Subquery(newest))
    return {draft.revision.filing_id for draft in present if not DraftContent.from_json(draft.content).is_blank}


def take_over(old: OlderDraft, revision: Revision, user: User) -> None:
    """Merge an older draft into the draft on this revision and delete the older one."""
    with transaction.atomic():
        present = load(revision, user)
        save(revision, user, present.content.merged_with(old.content.for_new_revision()), present.number + 1)
        discard(old.revision, user)


def _stored(draft: ReviewDraft) -> StoredReviewDraft:
    return StoredReviewDraft(DraftContent.from_json(draft.content), draft.number, draft.saved_at)
