"""The places that a return reopens for the department, stored as `Filing.reopened`."""

from collections.abc import Iterable

from filings.checks import assessment
from filings.document.place import WHOLE_TABLE, Place
from filings.models import Filing, Remark, Revision
from filings.reviewing.tied_places import tied_places


def reopened(filing: Filing, revision: Revision, places: Iterable[str], *, whole_form: bool) -> list[str] | None:
    """Return the places that returning `revision` reopens, None for the whole table.

    `places` are those of the new remarks and the disputed ones that are visible to the department; remarks of earlier
    decisions in the same round are added. The whole table is reopened if the reviewer or the cycle's policy asks for
    it, if there is no remark, or if one is on the whole table.
    """
    earlier = Remark.objects.filter(filing=filing, round=filing.round, internal=False).values_list("place", flat=True)
    remarked = {Place.parse(place) for place in (*places, *earlier)}
    if whole_form or not remarked or WHOLE_TABLE in remarked or not filing.cycle.review_policy().partial_reopening:
        return None
    checked = assessment.assess_revision(revision)
    return sorted(map(str, tied_places(remarked, checked.context, checked.unwaived)))
