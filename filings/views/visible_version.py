"""Select the version of a filing that a user may see, with its findings and remarks."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch

from filings import drafts, permissions
from filings.checks.assessment import FilingAssessment, assess_revision
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.drafts import Draft
from filings.drafts.assessment import assess_draft
from filings.lifecycle.adjustment import Adjustment, of_draft, of_revision
from filings.models import Filing, IssuedCopy, Remark, Review, Revision, User
from filings.views.access import demand


@dataclass(frozen=True)
class VisibleVersion:
    """One revision of a filing, or its draft if there is no `revision`. `revisions` are all visible ones, newest first.

    The document is loaded only when it is used: downloading an issued copy does not need it.
    """

    filing: Filing
    revision: Revision | None
    revisions: tuple[Revision, ...] = ()

    @cached_property
    def document(self) -> FilingDocument:
        return self.revision.document() if self.revision else self._draft.document

    @cached_property
    def assessment(self) -> FilingAssessment:
        """The findings according to the data of today, with explanations and waivers."""
        return assess_revision(self.revision) if self.revision else assess_draft(self.filing, self._draft)

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
    def adjustment(self) -> Adjustment | None:
        """The rows that differ from the issued copy that this version adjusts; None if it adjusts none."""
        if self.revision:
            return of_revision(self.revision, self.edition)
        return of_draft(self.filing, self.document, self.edition)

    @cached_property
    def issued_copy(self) -> IssuedCopy | None:
        """The copy in force, if it was issued from this revision."""
        copy = self.filing.live_copy()
        return copy if copy and self.revision and copy.revision_id == self.revision.pk else None


def visible_version(user: User, filing: Filing) -> VisibleVersion:
    """Return the draft for its department and managers while it can be edited, otherwise the last visible revision.

    Raises PermissionDenied if there is neither.
    """
    revisions = tuple(permissions.visible_revisions(user, filing).select_related("cancelled").order_by("-number"))
    last = next((revision for revision in revisions if not revision.is_cancelled), None)
    if last and not filing.is_editable:
        return VisibleVersion(filing, last, revisions)
    may_see_draft = permissions.may_see_draft(user, filing)
    if not revisions:
        demand(may_see_draft)
    return VisibleVersion(filing, None if may_see_draft else last, revisions)


def reviews_of(filing: Filing, user: User) -> list[Review]:
    """Return all reviews of the filing, newest first, each with the remarks that the user may see."""
    remarks = Remark.objects.select_related("answered_by").order_by("id")
    if not permissions.may_see_internal(user, filing):
        remarks = remarks.filter(internal=False)
    reviews = Review.objects.filter(revision__filing=filing).select_related("revision", "by")
    return list(reviews.prefetch_related(Prefetch("remarks", remarks)).order_by("-id"))


def present_remarks(filing: Filing, reviews: Iterable[Review]) -> list[Remark]:
    """Return the remarks of the last return, oldest first, and those of decisions since then."""
    return [
        remark
        for review in sorted(reviews, key=lambda review: review.pk)
        if review.round >= filing.round - 1
        for remark in review.remarks.all()
    ]
