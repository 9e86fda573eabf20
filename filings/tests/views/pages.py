"""What tests read out of an answered page."""

import re
from html import unescape
from typing import Any

from django.test import Client

from filings.models import Filing

_TAG = re.compile(r"<[^>]+>")


def words(answer: Any) -> str:
    """The text of a page without its tags, white space drawn together."""
    return " ".join(unescape(_TAG.sub(" ", answer.content.decode())).split())


def html(answer: Any) -> str:
    return str(answer.content.decode())


def take(client: Client, filing: Filing, action: str, **typed: Any) -> Any:
    """Post a step with the filing's counter as it stands now, unless another is given."""
    lock = Filing.objects.get(pk=filing.pk).lock
    return client.post(f"/filings/{filing.pk}/{action}/", {"lock": lock, **typed})
