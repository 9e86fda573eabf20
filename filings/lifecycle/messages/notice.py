"""A message before it has recipients."""

from dataclasses import dataclass

from filings.choices import MessageKind
from filings.models import Filing


@dataclass(frozen=True)
class Notice:
    """`key` identifies the occasion: a user gets one message for it. `url` is a path of this site or ''."""

    kind: MessageKind
    key: str
    text: str
    url: str = ""
    filing: Filing | None = None
