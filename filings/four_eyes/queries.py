"""The last users who took part in a filing, and the exclusions as a condition on lists of filings."""

from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When

from filings.choices import Action, Stage, Status
from filings.models import Edit, Event, Filing, Review, Revision, User

Users = QuerySet[Any, Any]
_WAITING = (Status.SIGNING, Status.IN_REVIEW)


def edits() -> Users:
    """Select who changed the draft, last first, for a subquery of filings."""
    return _changing().filter(filing=OuterRef("pk")).order_by("-id").values("by")


def submissions() -> Users:
    """Select who submitted the filing, last first, for a subquery of filings."""
    return Revision.objects.filter(filing=OuterRef("pk"), cancelled=None).order_by("-number").values("submitted_by")


def with_preparers(filings: QuerySet[Filing]) -> QuerySet[Filing]:
    """Annotate `edited_by` and `submitted_by`, who may not sign the version; NULL unless the filing is to be signed."""
    prepared = {"edited_by": edits(), "submitted_by": submissions()}
    to_sign = Q(status=Status.SIGNING)
    return filings.annotate(**{name: Case(When(to_sign, then=Subquery(by[:1]))) for name, by in prepared.items()})


def signings() -> Users:
    """Select who signed the filing, last first, for a subquery of filings."""
    return Event.objects.filter(filing=OuterRef("pk"), action=Action.SIGN).order_by("-number").values("by")


def prefetch_exclusions(user: User) -> None:
    """Load once what `excludes` selects, for a page that lists and counts filings several times and changes nothing."""
    user.known_exclusions = list(Filing.objects.filter(_excludes(user)).order_by().values_list("pk", flat=True))  # type: ignore[attr-defined]


def excludes(user: User) -> Q:
    """Select filings from whose next step the user is excluded: `excluded.excluded` as a query."""
    known: list[int] | None = getattr(user, "known_exclusions", None)
    return _excludes(user) if known is None else Q(pk__in=known)


def _excludes(user: User) -> Q:
    """Start from the user's own rows, which are few, so that the database looks at no other filing."""
    prepared = Q(pk__in=_last_edited(user)) | Q(pk__in=_last_submitted(user))
    reviewed = Q(pk__in=_last_signed(user)) | Q(pk__in=_passed_at_an_earlier_stage(user))
    return Q(status__in=_WAITING) & prepared | Q(status=Status.IN_REVIEW) & reviewed


def _changing() -> QuerySet[Edit]:
    """Select the edits that changed a draft. Confirmations are the only others that are stored."""
    return Edit.objects.exclude(client_id__startswith=Edit.CONFIRMATION)


def _last_edited(user: User) -> Users:
    later = _changing().filter(filing=OuterRef("filing"), pk__gt=OuterRef("pk"))
    edits = _changing().filter(by=user, filing__status__in=_WAITING)
    return edits.exclude(Exists(later)).order_by().values("filing")


def _last_submitted(user: User) -> Users:
    later = Revision.objects.filter(filing=OuterRef("filing"), number__gt=OuterRef("number"), cancelled=None)
    submitted = Revision.objects.filter(submitted_by=user, filing__status__in=_WAITING, cancelled=None)
    return submitted.exclude(Exists(later)).order_by().values("filing")


def _last_signed(user: User) -> Users:
    later = Event.objects.filter(filing=OuterRef("filing"), action=Action.SIGN, number__gt=OuterRef("number"))
    signed = Event.objects.filter(by=user, action=Action.SIGN, filing__status=Status.IN_REVIEW)
    return signed.exclude(Exists(later)).order_by().values("filing")


def _passed_at_an_earlier_stage(user: User) -> Users:
    """Select the filings whose present review goes on from a stage that the user passed last."""
    passes = last_passes().filter(by=user, revision__filing__status=Status.IN_REVIEW)
    return passes.filter(_is_before_the_present_stage()).order_by().values("revision__filing")


def last_passes() -> QuerySet[Review]:
    """Select the last pass of each stage of each filing, which counts until the stage is passed again.

    Passes of a cancelled adjustment do not count.
    """
    later = Review.objects.filter(
        revision__filing=OuterRef("revision__filing"),
        revision__cancelled=None,
        decision=Action.APPROVE_STAGE,
        stage=OuterRef("stage"),
        pk__gt=OuterRef("pk"),
    )
    return Review.objects.filter(~Exists(later), decision=Action.APPROVE_STAGE, revision__cancelled=None)


def _is_before_the_present_stage() -> Q:
    present = Q()
    for stage in Stage:
        present |= Q(revision__filing__stage=stage, stage__in=stages_before(stage))
    return present


def stages_before(stage: str) -> list[Stage]:
    """Return the stages that come before another one; their passes are not repeated there."""
    order = list(Stage)
    return order[: order.index(Stage(stage))]
