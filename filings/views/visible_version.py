"""What of a filing a person is shown: the draft, or what was submitted last; with what was found and said about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from filings import drafts, permissions
from filings.checks import assessment as assessing
from filings.checks.assessment import FilingAssessment
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.drafts import Draft
from filings.drafts.assessment import assess_draft
from filings.models import Filing, IssuedCopy, Remark, Review, Revision, User
from filings.views.access import demand


@dataclass(frozen=True)
class Shown:
    """What is shown of a filing: one revision, or the draft when that is None. Its table is read when asked for: a copy
    that was printed once is downloaded without it. `revisions` are all that may be seen, newest first."""

    filing: Filing
    revision: Revision | None
    revisions: tuple[Revision, ...] = ()

    @cached_property
    def document(self) -> FilingDocument:
        return self.revision.document() if self.revision else self._draft.document

    @cached_property
    def assessing(self) -> FilingAssessment:
        """What is found in it with what is known by now, and what was said to that."""
        return assessing.assess_revision(self.revision) if self.revision else assess_draft(self.filing, self._draft)

    @cached_property
    def _draft(self) -> Draft:
        return drafts.load(self.filing)

    @cached_property
    def edition(self) -> Edition:
        return self.filing.cycle.edition.definition()

    @property
    def title(self) -> str:
        return self.edition.title_for(self.document.year)

    @cached_property
    def issued_copy(self) -> IssuedCopy | None:
        """The copy in force, when it is this revision that was issued."""
        copy = self.filing.live_copy()
        return copy if copy and self.revision and copy.revision_id == self.revision.pk else None


def shown_to(user: User, filing: Filing) -> Shown:
    """A draft to its own department and managers, to everybody else and in every other status the last revision."""
    revisions = tuple(permissions.revisions_seen(user, filing).order_by("-number"))
    if revisions and not filing.is_editable:
        return Shown(filing, revisions[0], revisions)
    may_see_draft = permissions.may_see_draft(user, filing)
    if not revisions:
        demand(may_see_draft)
    return Shown(filing, None if may_see_draft else revisions[0], revisions)


def submitted(revision: Revision) -> Shown:
    """One frozen revision."""
    return Shown(revision.filing, revision)


def reviews_of(filing: Filing) -> list[Review]:
    """Every decision on this filing with its remarks, newest first."""
    found = Review.objects.filter(revision__filing=filing).select_related("revision", "by")
    return list(found.prefetch_related("remarks__answered_by").order_by("-id"))


def latest_remarks(reviews: Iterable[Review]) -> list[Remark]:
    """Remarks on the newest revision that has any."""
    with_remarks = [review for review in reviews if review.remarks.all()]
    newest = with_remarks[0].revision_id if with_remarks else None
    return [remark for review in with_remarks if review.revision_id == newest for remark in review.remarks.all()]
