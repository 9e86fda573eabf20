"""Remarks of a filing: who sees them, their threads over the rounds, and what a returned table must still answer.

A return closes a round: its remarks have that round's number, and `Filing.round` is one more. While the department
corrects the table, the state of a remark holds what its officer has chosen (已改, or 不改 with an answer); submission
replaces it by what is true of the revision. A disputed remark is repeated in the next round, so that the answers of
earlier rounds and the letters made from them never change.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from filings.choices import Action, RemarkState, Status
from filings.document.content import FilingDocument
from filings.document.place import Place, row_of
from filings.models import Filing, IssuedCopy, Remark, Review
from filings.reviewing.row_content import has_changed


def threads(filing: Filing, *, internal: bool) -> dict[Place, list[Remark]]:
    """Return the remarks of all rounds by the place of their row, oldest first; with or without internal ones."""
    remarks = _with_review(filing)
    return by_row(remarks if internal else remarks.filter(internal=False))


def by_row(remarks: Iterable[Remark]) -> dict[Place, list[Remark]]:
    """Group remarks by the place of their row, amount, goal, class or section, in the order of `remarks`."""
    groups: dict[Place, list[Remark]] = defaultdict(list)
    for remark in remarks:
        groups[row_of(Place.parse(remark.place))].append(remark)
    return dict(groups)


def last_return(filing: Filing) -> Review | None:
    """Return the last decision that returned the filing, None before the first one."""
    returns = Review.objects.filter(revision__filing=filing, decision=Action.RETURN, revision__cancelled=None)
    return returns.select_related("revision", "by").order_by("-id").first()


def is_resubmitted() -> Q:
    """Select filings in review that were returned since their last approval, if any: a revocation returns nothing."""
    approved = IssuedCopy.objects.filter(filing=OuterRef("revision__filing"), issued_at__gt=OuterRef("at"))
    returns = Review.objects.filter(revision__filing=OuterRef("pk"), decision=Action.RETURN, revision__cancelled=None)
    return Q(Exists(returns.filter(~Exists(approved))), status=Status.IN_REVIEW)


def asked(filing: Filing) -> list[Remark]:
    """Return the remarks of the last return that are visible to the department, in any state."""
    return list(_with_review(filing).filter(internal=False, round=filing.round - 1))


def awaiting(filing: Filing) -> list[Remark]:
    """Return the remarks visible to the department that are still 待改: of the last return, and of reviews since.

    A disputed remark is not among them, because the round of the dispute repeats it.
    """
    return list(_with_review(filing).filter(internal=False, round__gte=filing.round - 1, state=RemarkState.OPEN))


def unanswered(filing: Filing, document: FilingDocument) -> list[Remark]:
    """Return the remarks of the last return whose row is as it was returned and that have no answer.

    `document` is the corrected table. A removed row counts as changed; the choice 已改 without a change does not.
    """
    changed = changed_rows(filing, asked(filing), document)
    return [remark for remark, is_changed in changed if not is_changed and not _explains(remark)]


def unanswered_in_draft(filing: Filing, document: FilingDocument) -> list[Remark]:
    """Return the remarks that prevent a submission of the draft; none unless the filing is returned."""
    return unanswered(filing, document) if filing.status == Status.RETURNED else []


def changed_rows(filing: Filing, remarks: Iterable[Remark], document: FilingDocument) -> list[tuple[Remark, bool]]:
    """Pair each remark with whether its row differs from the revision that was returned last."""
    review = last_return(filing)
    if review is None:
        return [(remark, False) for remark in remarks]
    before, edition = review.revision.document(), filing.cycle.edition.definition()
    return [(remark, has_changed(Place.parse(remark.place), before, document, edition)) for remark in remarks]


def conclude(filing: Filing, document: FilingDocument) -> None:
    """Store the state of the remarks of the last return as a submission leaves them: 已改 or 不改，说明."""
    for remark, is_changed in changed_rows(filing, asked(filing), document):
        state = RemarkState.CHANGED if is_changed else RemarkState.DECLINED
        if remark.state != state:
            Remark.objects.filter(pk=remark.pk).update(state=state)


def _explains(remark: Remark) -> bool:
    return bool(remark.answer.strip()) and remark.state != RemarkState.CHANGED


def _with_review(filing: Filing) -> QuerySet[Remark]:
    return filing.remarks.select_related("review", "answered_by").order_by("id")
