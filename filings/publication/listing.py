"""The approved copies of a cycle with the state of their publication."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from filings.choices import PublicationEnd
from filings.library.matching import matching_names
from filings.models import Cycle, Department, Filing, IssuedCopy, Publication


class PublicationState(StrEnum):
    """Whether an approved table is public, and why not."""

    AWAITING = "awaiting"
    PUBLIC = "public"
    NEWER = "newer"
    WITHDRAWN = "withdrawn"
    WITHHELD = "withheld"
    CLASSIFIED = "classified"
    REVOKED = "revoked"


STATES: Mapping[str, str] = {
    PublicationState.AWAITING: "待公开",
    PublicationState.PUBLIC: "已公开",
    PublicationState.NEWER: "已公开，新定稿待公开",
    PublicationState.WITHDRAWN: "已撤下",
    PublicationState.WITHHELD: "不予公开",
    PublicationState.CLASSIFIED: "涉密",
    PublicationState.REVOKED: "批复已撤回",
}
# States in which 全部公开 publishes; what was withdrawn is published again on request only.
TO_PUBLISH = (PublicationState.AWAITING, PublicationState.NEWER)
LACKING = "lacking"
LONGEST_SEARCH = 60


@dataclass(frozen=True)
class CopyRow:
    """An approved table: its copy in force, what is public, and who published, withdrew or withheld it.

    `copy` is the primary key of the copy in force, `public_copy` that of the published one. A withheld or once
    published table whose approval was revoked has no `copy`. `approved_at` is the approval of the version,
    which a copy issued again does not change.
    `has_picture` if the department has a picture of its seal.
    """

    filing: int
    code: str
    name: str
    state: str
    copy: int | None
    copy_code: str | None
    public_copy: int | None
    number: int | None
    approved_at: datetime | None
    is_sealed: bool
    has_picture: bool
    is_signed: bool
    published_at: datetime | None
    published_by: str | None
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawn_for: str | None
    basis: str | None
    withheld_by: str | None
    withheld_at: datetime | None

    @property
    def state_label(self) -> str:
        return STATES[self.state]


_COLUMNS: Mapping[str, Any] = {
    "filing": F("pk"),
    "code": F("department__code"),
    "name": F("department__name"),
    "copy": F("in_force__pk"),
    "copy_code": F("in_force__code"),
    "public_copy": F("current__copy"),
    "number": F("in_force__revision__number"),
    "is_sealed": ~Q(in_force__seal_sha256=""),
    "has_picture": ~Q(department__seal=""),
    "is_signed": ~Q(in_force__signed_by=""),
    "published_at": F("current__at"),
    "published_by": F("current__by_name"),
    "basis": F("withholding__basis_label"),
    "withheld_by": F("withholding__by_name"),
    "withheld_at": F("withholding__at"),
}
_GROUPS = ("state",)
_ANNOTATIONS = ("state", "approved_at", "withdrawn_at", "withdrawn_by", "withdrawn_for")


def approved_of(cycle: Cycle) -> QuerySet[Filing]:
    """Select the filings of a cycle that have a copy in force or are withheld, with their state, by department.

    Filings that were published are kept when their approval is revoked, so that their record can be read.
    """
    withholds = Q(department__withholdings__cycle=cycle, department__withholdings__lifted_at__isnull=True)
    filings = Filing.objects.filter(cycle=cycle).annotate(
        in_force=FilteredRelation("issued_copies", condition=Q(issued_copies__live=True)),
        current=FilteredRelation("publications", condition=Q(publications__ended_at__isnull=True)),
        withholding=FilteredRelation("department__withholdings", condition=withholds),
    )
    published = Exists(Publication.objects.filter(filing=OuterRef("pk")))
    listed = Q(in_force__isnull=False) | Q(withholding__isnull=False) | Q(published)
    # As IssuedCopy.approved_at.
    approvals = IssuedCopy.objects.filter(
        revision=OuterRef("in_force__revision"), reissue_reason="", pk__lte=OuterRef("in_force__pk")
    ).order_by("-pk")
    withdrawn = Publication.objects.filter(
        copy__revision=OuterRef("in_force__revision"), end=PublicationEnd.WITHDRAWN
    ).order_by("-pk")
    return (
        filings.filter(listed)
        .annotate(
            state=_state(withdrawn),
            approved_at=Subquery(approvals.values("issued_at")[:1]),
            withdrawn_at=Subquery(withdrawn.values("ended_at")[:1]),
            withdrawn_by=Subquery(withdrawn.values("ended_by_name")[:1]),
            withdrawn_for=Subquery(withdrawn.values("end_reason")[:1]),
        )
        .order_by("department__code")
    )


def rows_of(approved: QuerySet[Filing]) -> list[CopyRow]:
    """Load the rows of a query by `approved_of`, with one query."""
    return [CopyRow(**row) for row in approved.values(*_ANNOTATIONS, **_COLUMNS)]


def counts_of(approved: QuerySet[Filing]) -> dict[str, int]:
    """Count the tables by state, with one grouped query."""
    groups = approved.order_by().values_list(*_GROUPS).annotate(Count("pk"))
    return {**dict.fromkeys(STATES, 0), **dict(groups)}


def filtered(approved: QuerySet[Filing], state: str, typed: str, lacking: Q) -> QuerySet[Filing]:
    """Select by state or those `lacking` seal or signature, and by name or code; unknown states are ignored."""
    if state in STATES:
        approved = approved.filter(Q(state=state))
    elif state == LACKING:
        approved = approved.filter(lacking)
    typed = typed.strip()[:LONGEST_SEARCH]
    if typed:
        found = Department.objects.filter(matching_names(typed) | Q(code__istartswith=typed))
        approved = approved.filter(department__in=found)
    return approved


def lacking(cycle: Cycle) -> Q:
    """Select the filings whose copy lacks a seal, or a signature if copies are signed.

    Editions without a stamp have no seal.
    """
    lacks = Q(in_force__seal_sha256="") if cycle.edition.definition().has_stamp else Q(pk__in=[])
    return lacks | Q(in_force__signed_by="") if signs() else lacks


def reissue_refusal(row: CopyRow, *, has_stamp: bool) -> str:
    """Return why a copy issued again would be the same, '' if it would get its seal or signature."""
    if row.copy is None:
        return "没有现行的定稿"
    unsealed, unsigned = has_stamp and not row.is_sealed, signs() and not row.is_signed
    if not unsealed and not unsigned:
        return "印章和签名齐全，不需要补办。"
    return "" if unsigned or row.has_picture else "该单位没有可用的印章图片，请先上传印章。"


def signs() -> bool:
    """Whether issued copies are signed."""
    return bool(settings.SIGNING_FILE)


def _state(withdrawn: QuerySet[Publication]) -> Case:
    return Case(
        When(department__withheld=True, then=Value(PublicationState.CLASSIFIED)),
        When(withholding__isnull=False, then=Value(PublicationState.WITHHELD)),
        When(in_force__isnull=True, then=Value(PublicationState.REVOKED)),
        When(current__isnull=False, current__copy=F("in_force"), then=Value(PublicationState.PUBLIC)),
        When(current__isnull=False, then=Value(PublicationState.NEWER)),
        When(Exists(withdrawn), then=Value(PublicationState.WITHDRAWN)),
        default=Value(PublicationState.AWAITING),
        output_field=CharField(),
    )
