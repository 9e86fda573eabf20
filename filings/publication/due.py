"""The tables that are to be published, counted by cycle with the nearest date."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, Min, OuterRef, QuerySet, Subquery

from filings.choices import PublicationEnd
from filings.clocks.publication import publish_by
from filings.clocks.working_days import Overrides
from filings.models import Cycle, IssuedCopy, Publication, Withholding


@dataclass(frozen=True)
class ToPublish:
    """The number of tables of a cycle that are to be published, and the first date on which one is due."""

    cycle: Cycle
    count: int
    due_on: date


def to_publish_by_cycle(calendar: Overrides) -> list[ToPublish]:
    """Count the copies in the states TO_PUBLISH of the list, with two queries, or one if there are none."""
    counted = _to_publish().order_by().values_list("filing__cycle").annotate(Count("pk"), Min("approved"))
    groups: dict[int, tuple[int, datetime]] = {cycle: (count, first) for cycle, count, first in counted}
    if not groups:
        return []
    cycles = Cycle.objects.select_related("edition").filter(pk__in=groups).order_by("-year", "-pk")
    return [ToPublish(cycle, groups[cycle.pk][0], _due(cycle, groups[cycle.pk][1], calendar)) for cycle in cycles]


def _due(cycle: Cycle, first: datetime, calendar: Overrides) -> date:
    return publish_by(cycle, first, cycle.review_policy().publication.days, calendar)


def _to_publish() -> QuerySet[IssuedCopy]:
    published = Publication.objects.filter(copy=OuterRef("pk"), ended_at=None)
    withdrawn = Publication.objects.filter(copy__revision=OuterRef("revision"), end=PublicationEnd.WITHDRAWN)
    withheld = Withholding.objects.filter(
        cycle=OuterRef("filing__cycle"), department=OuterRef("filing__department"), lifted_at=None
    )
    # As IssuedCopy.approved_at.
    approvals = IssuedCopy.objects.filter(revision=OuterRef("revision"), reissue_reason="", pk__lte=OuterRef("pk"))
    copies = IssuedCopy.objects.filter(live=True, filing__department__withheld=False)
    awaiting = copies.filter(~Exists(published), ~Exists(withdrawn), ~Exists(withheld))
    return awaiting.annotate(approved=Subquery(approvals.order_by("-pk").values("issued_at")[:1]))
