"""The draft of a review as the page posts it, and its storage when it comes from a plain form."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.http import QueryDict

from filings.forms.review import draft_content, draft_fields
from filings.models import Filing, Revision, User
from filings.reviewing import review_draft
from filings.reviewing.draft_content import DraftContent
from filings.reviewing.review_draft import KeptDraft

LARGEST_NUMBER = 2**53 - 1


@dataclass(frozen=True)
class PostedDraft:
    """Post of a review page: the user who opened it, the revision that it displayed, and its fields.

    `number` is that of the save; for a plain form, of the draft that the page displayed. `signature` is that of a page
    which could decide.
    """

    user_id: int
    revision: int
    number: int
    content: DraftContent
    signature: str = ""

    @classmethod
    def read(cls, data: Mapping[str, Any], fields: Mapping[str, str]) -> "PostedDraft":
        """Raises ValueError, KeyError or TypeError if a number is missing or malformed."""
        user_id, revision, number = (int(data[name]) for name in ("person", "revision", "number"))
        if not all(0 <= value < LARGEST_NUMBER for value in (user_id, revision, number)):
            raise ValueError("number out of range")
        return cls(user_id, revision, number, draft_content(fields), str(data.get("signature", "")))

    @classmethod
    def of_form(cls, form: QueryDict) -> "PostedDraft | None":
        """Read a plain form; None if it is incomplete."""
        fields = {name: str(form[name]) for name in form}
        try:
            return cls.read(fields, fields)
        except (ValueError, KeyError):
            return None

    def to_session(self) -> dict[str, Any]:
        return {**asdict(self), "content": draft_fields(self.content)}

    @classmethod
    def from_session(cls, data: Mapping[str, Any]) -> "PostedDraft":
        return cls(data["user_id"], data["revision"], data["number"], draft_content(data["content"]))

    def revision_of(self, filing: Filing) -> Revision | None:
        return filing.revisions.filter(number=self.revision).first()


def incomplete(filing: Filing, by: User, content: DraftContent, number: int = LARGEST_NUMBER) -> PostedDraft | None:
    """Read a form without the numbers of its page as one about the last revision, newer than any draft."""
    revision = filing.last_revision()
    return PostedDraft(by.pk, revision.number, number, content) if revision else None


def keep(posted: PostedDraft | None, filing: Filing, user: User) -> KeptDraft | None:
    """Store what a plain form has posted as the newest draft, merged with one that another window has saved since.

    Returns None, and stores nothing, for an incomplete form and for that of another user.
    """
    revision = posted.revision_of(filing) if posted and posted.user_id == user.pk else None
    if posted is None or revision is None:
        return None
    return review_draft.keep(revision, user, posted.content, posted.number)
