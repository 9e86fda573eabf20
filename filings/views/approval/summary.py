"""Summary of an approval on one page: amounts, rows, open points, remarks, seal, and recipients of messages."""

from collections.abc import Iterator
from dataclasses import dataclass

from filings.choices import Handling, Role
from filings.document import money
from filings.document.content import FilingDocument
from filings.document.differences.document_rows import plain_label
from filings.document.edition import Edition
from filings.errors import StepRefused
from filings.formats.file import CannotPrint
from filings.lifecycle import issuing
from filings.lifecycle.decision import entered
from filings.lifecycle.messages.recipients import members
from filings.lifecycle.open_points import OpenPoint, open_points
from filings.models import Department, Filing, Remark, User
from filings.reviewing.draft_content import DraftContent
from filings.reviewing.scoring.entries import complete, grade_for, plain, total
from filings.reviewing.scoring.proposals import points_of, propose
from filings.views.seal_thumbnail import thumbnail
from filings.views.table import annotated
from filings.views.visible_version import VisibleVersion


@dataclass(frozen=True)
class SealPreview:
    """`image` is a data: address, '' without a seal; `refusal` is the reason why a seal cannot be used.

    `has_stamp` is False for forms without a place for a seal.
    """

    image: str = ""
    refusal: str = ""
    has_stamp: bool = True


def amounts_of(document: FilingDocument, edition: Edition) -> list[tuple[str, str]]:
    """List total and lines with an amount, as (label, amount with its unit); text that is no amount is as typed."""
    amounts = ((line, document.amount(line.key, edition)) for line in edition.lines)
    return [
        (plain_label(line.label), amount.text if amount.value is None else money.with_unit(amount.value))
        for line, amount in amounts
        if not amount.is_blank
    ]


def indicator_counts(document: FilingDocument, edition: Edition) -> list[tuple[str, int]]:
    """Count the indicators of each first-level class, in the order of the form."""
    return list(_counts(document, edition))


def _counts(document: FilingDocument, edition: Edition) -> Iterator[tuple[str, int]]:
    for first in edition.tree:
        keys = {first.key, *(node.key for node in first.children)}
        if count := sum(row.node in keys for row in document.indicators):
            yield first.label, count


@dataclass(frozen=True)
class GradeSummary:
    """The grade of an approval: from the scores with their total, or the chosen one; `refusal` of incomplete scores."""

    grade: str
    total: str = ""
    refusal: str = ""


def grade_of(filing: Filing, version: VisibleVersion, content: DraftContent) -> GradeSummary:
    """Derive the grade as the approval does."""
    sheet, chosen = filing.cycle.review_policy().score_sheet, entered(content).get("grade") or ""
    try:
        scores = complete(sheet, points_of(propose(sheet, version.assessment.items)), content.entered_scores)
        grade = grade_for(sheet, scores, chosen)
    except StepRefused as refused:
        return GradeSummary(chosen, refusal=refused.reason)
    return GradeSummary(grade, plain(total(scores)) if scores else "")


def left_open(filing: Filing, version: VisibleVersion, content: DraftContent, grade: str) -> list[OpenPoint]:
    """List what the approval leaves open and the cycle's policy does not simply allow."""
    points = open_points(
        filing,
        version.assessment,
        remarks=content.new_remarks(),
        settled=content.settled_states,
        grade=grade,
    )
    return [point for point in points if point.handling != Handling.ALLOW]


def remarks_of(version: VisibleVersion, content: DraftContent) -> list[annotated.TableLink]:
    """Return the remarks that the approval carries, each with its row."""
    unsaved = [
        Remark(place=remark.place, text=remark.text, internal=remark.internal, code=remark.code)
        for remark in content.new_remarks()
    ]
    return annotated.linked_remarks(annotated.grid_of(version), unsaved)


def seal_preview(department: Department, edition: Edition) -> SealPreview:
    if not edition.has_stamp:
        return SealPreview(has_stamp=False)
    try:
        seal = issuing.seal_of(department)
    except CannotPrint as error:
        return SealPreview(refusal=str(error))
    if seal is None:
        return SealPreview()
    return SealPreview(thumbnail(seal.png))


def notified(filing: Filing) -> list[User]:
    """Return who gets a message when the copy is issued."""
    return members(filing, Role.FILLER, Role.HEAD)
