"""The reviewer's draft that the confirmation shows and an approval carries."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

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
