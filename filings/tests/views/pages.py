"""Functions for tests of pages: text and HTML of a response, and posting an action."""

import re
from html import unescape
from typing import Any

from django.test import Client

from filings.models import Filing

_TAG = re.compile(r"<[^>]+>")


def words(answer: Any) -> str:
    """Return the text of a page without tags, with white space collapsed."""
    return " ".join(unescape(_TAG.sub(" ", answer.content.decode())).split())


def html(answer: Any) -> str:
    return str(answer.content.decode())


def take(client: Client, filing: Filing, action: str, **typed: Any) -> Any:
    """Post an action with the present lock of the filing, unless another is given."""
    lock = Filing.objects.get(pk=filing.pk).lock
    return client.post(f"/filings/{filing.pk}/{action}/", {"lock": lock, **typed})


def confirm(client: Client, filing: Filing, **typed: Any) -> Any:
    """Confirm the last approval as its page shows it; the worker still has to carry it out."""
    page = html(client.get(f"/filings/{filing.pk}/approve/"))
    fields = dict(re.findall(r'name="(lock|seen)" value="([^"]*)"', page))
    return client.post(f"/filings/{filing.pk}/approve/", {**fields, **typed})
