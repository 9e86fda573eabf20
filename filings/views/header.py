"""The numbers in the header of each page, counted in one query."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Func, IntegerField, QuerySet, Subquery
from django.db.models.functions import Coalesce

from filings.models import Message, User
from filings.views.todo import waiting_for


@dataclass(frozen=True)
class HeaderCounts:
    """The tasks in 待办, and the unread messages."""

    waiting: int
    unread: int


def header_counts(user: User) -> HeaderCounts:
    waiting = waiting_for(user)
    unread = Message.objects.filter(user=user, read_at=None)
    counted = User.objects.filter(pk=user.pk).values_list(
        _count(waiting.filings), _count(waiting.questions), _count(unread)
    )
    filings, questions, messages = counted.get()
    return HeaderCounts(len(waiting.startable) + filings + questions, messages)


def _count(rows: QuerySet[Any]) -> Coalesce:
    """Count rows as a subquery; one that can have no rows is not executed and would be None."""
    counted = rows.order_by().annotate(count=Func(F("pk"), function="COUNT", output_field=IntegerField()))
    return Coalesce(Subquery(counted.values("count")), 0)
