"""Who changed a cycle, in the log that the admin keeps and shows as its history."""

import json
from collections.abc import Iterable

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from filings.local_time import moment
from filings.models import Cycle, User


def record(cycle: Cycle, names: Iterable[str], *, by: User) -> None:
    """Record which fields a user has changed."""
    changed = set(names)
    labels = [str(field.verbose_name) for field in Cycle._meta.concrete_fields if field.name in changed]
    if labels:
        LogEntry.objects.create(
            user=by,
            content_type=ContentType.objects.get_for_model(Cycle),
            object_id=str(cycle.pk),
            object_repr=str(cycle)[:200],
            action_flag=CHANGE,
            change_message=json.dumps([{"changed": {"fields": labels}}]),
        )


def last_change(cycle: Cycle, *, reader: User) -> str:
    """Return who changed or started the cycle last, as a clause; another user, if that is not recorded."""
    changes = [(entry.action_time, entry.user, "修改") for entry in _entries(cycle)[:1]]
    if cycle.started_at and cycle.started_by:
        changes.append((cycle.started_at, cycle.started_by, "启动"))
    if not changes:
        return "这个批次已被他人修改"
    at, user, verb = max(changes, key=lambda change: change[0])
    name = "您在另一个窗口" if user == reader else user.name
    return f"{name}已于 {moment(at)} {verb}了这个批次"


def _entries(cycle: Cycle) -> QuerySet[LogEntry]:
    entries = LogEntry.objects.filter(content_type__app_label="filings", content_type__model="cycle")
    of_cycle = entries.filter(object_id=str(cycle.pk), action_flag=CHANGE)
    return of_cycle.select_related("user").order_by("-action_time")
