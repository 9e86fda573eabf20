"""The reviewer's draft that the confirmation shows and an approval carries."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.utils import timezone

from filings.forms.actions import ReviewForm
from filings.models import ReviewDraft, Revision, User

Content = Mapping[str, Any]


def content_of(revision: Revision, user: User) -> Content:
    """Return what the user has typed on this revision; empty without a draft."""
    draft = ReviewDraft.objects.filter(revision=revision, by=user).first()
    content: Content = draft.content if draft else {}
    return content


def digest(content: Content) -> str:
    """Identify what was shown, so that a draft changed in another window is not approved unseen."""
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def keep_posted(revision: Revision, user: User, form: ReviewForm) -> None:
    """Store a posted review as the user's draft. What only autosave knows, such as settled remarks, is kept."""
    known = content_of(revision, user)
    earlier = known.get("remarks", {})
    typed = {
        "remarks": {place: {**earlier.get(place, {}), "text": text} for place, text in form.remarks()},
        "grade": form.cleaned_data["grade"],
        "reason": form.cleaned_data["reason"],
        "exception_reason": form.cleaned_data["exception_reason"],
    }
    ReviewDraft.objects.update_or_create(
        revision=revision, by=user, defaults={"content": {**known, **typed}, "saved_at": timezone.now()}
    )
