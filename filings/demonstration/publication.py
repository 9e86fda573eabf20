"""Publication of last year's copies: two are withheld, one waits, one is withdrawn, all others are public."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction

from filings.errors import StepRefused
from filings.models import Cycle, IssuedCopy, User
from filings.publication import publish, withhold
from filings.publication.checks import inspection_of

DAYS_AFTER_APPROVAL = 8
_WITHHELD = (("security", "含重要设施的建设安排。"), ("work_secret", "含尚未公开的工作部署。"))
_WAITING, _WITHDRAWN = 2, 3
_REASON = "公开后发现单位名称有误，更正后重新公开。"


@transaction.atomic
def publish_all(cycle: Cycle, manager: User) -> None:
    """Publish the cycle's copies some days after their approval, once.

    Departments get messages about withheld and withdrawn tables only. Copies that the checks stop wait, too.
    """
    if cycle.withholdings.exists():
        return
    inspection = inspection_of(cycle)
    copies = IssuedCopy.objects.filter(filing__cycle=cycle, live=True).order_by("-filing__department__code")
    for number, copy in enumerate(copies):
        if number < len(_WITHHELD):
            withhold.withhold(copy.filing_id, *_WITHHELD[number], by=manager, now=_after(copy))
        elif number != _WAITING:
            with suppress(StepRefused):
                publish.store(copy.filing_id, by=manager, now=_after(copy), inspection=inspection)
                if number == _WITHDRAWN:
                    publish.unpublish(copy.filing_id, _REASON, by=manager, now=_after(copy) + timedelta(days=2))


def _after(copy: IssuedCopy) -> datetime:
    return copy.issued_at + timedelta(days=DAYS_AFTER_APPROVAL)
