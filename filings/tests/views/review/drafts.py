"""Drafts of a review in tests: the fields of the page without scripts, and what is stored."""

import json
from typing import Any

from django.test import Client

from filings.models import Filing, User
from filings.reviewing import review_draft
from filings.reviewing.draft_content import DraftContent
from filings.tests.views.page_forms import posted
from filings.tests.views.pages import html


def page_form(client: Client, filing: Filing) -> dict[str, str]:
    """Return the fields that the page without scripts posts, except unchecked boxes."""
    fields = posted(html(client.get(f"/filings/{filing.pk}/review/")), "review")
    boxes = ("internal:", "whole_form", "over", "from_first_stage")
    return {name: text for name, text in fields.items() if not name.startswith(boxes)}


def content(user: User) -> DraftContent:
    return review_draft.load(Filing.objects.get().revisions.latest("number"), user).content


def send(client: Client, filing: Filing, typed: dict[str, str], **data: Any) -> Any:
    """Save as the page's script does; `data` overrides the other values."""
    user = client.session["_auth_user_id"]
    sent = {"person": user, "lock": Filing.objects.get().lock, "revision": 1, "number": 1, "fields": typed, **data}
    return client.post(f"/filings/{filing.pk}/review/draft/", json.dumps(sent), content_type="application/json")
