"""The last users who took part in a filing, and the exclusions as a condition on lists of filings."""

from typing import Any

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from filings.choices import Action, Status
from filings.models import Edit, Event, Review, Revision, User

Users = QuerySet[Any, Any]


def edits() -> Users:
    """Select who saved the draft, last first, for a subquery of filings."""
    return Edit.objects.filter(filing=OuterRef("pk")).order_by("-id").values("by")


def submissions() -> Users:
    """Select who submitted the filing, last first, for a subquery of filings."""
    return Revision.objects.filter(filing=OuterRef("pk")).order_by("-number").values("submitted_by")


def signings() -> Users:
    """Select who signed the filing, last first, for a subquery of filings."""
    return Event.objects.filter(filing=OuterRef("pk"), action=Action.SIGN).order_by("-number").values("by")


def excludes(user: User) -> Q:
    """Select filings from whose next step the user is excluded: `excluded.excluded` as a query."""
    prepared = _is_last(edits(), user) | _is_last(submissions(), user)
    reviewed = _is_last(signings(), user) | Q(Exists(_passed_at_another_stage(user)))
    return Q(status=Status.SIGNING) & prepared | Q(status=Status.IN_REVIEW) & (prepared | reviewed)


def _is_last(users: Users, user: User) -> Q:
    """Select filings for which the user is the first of `users`. Never NULL, so that it can be negated."""
    return Q(Exact(Coalesce(Subquery(users[:1]), 0, output_field=BigIntegerField()), user.pk))


def _passed_at_another_stage(user: User) -> QuerySet[Review]:
    """Select the user's approvals of the last revision, for Exists in a query of filings."""
    later = Revision.objects.filter(filing=OuterRef("revision__filing"), number__gt=OuterRef("revision__number"))
    passed = Review.objects.filter(revision__filing=OuterRef("pk"), decision=Action.APPROVE_STAGE, by=user)
    return passed.exclude(stage=OuterRef("stage")).exclude(Exists(later))
