"""The list of departments of a cycle: add, and remove those without a filing or a history."""

from collections.abc import Collection, Iterable
from hashlib import sha256

from django.db import transaction

from filings import labels
from filings.cycles.closing import refuse_if_closed
from filings.errors import StepRefused
from filings.models import Cycle, Department, Enrolment

_MOST_NAMED = 5


def stamp(cycle: Cycle) -> str:
    """Return a text that changes with the list, to refuse changes made from an outdated page."""
    keys = Enrolment.objects.filter(cycle=cycle).order_by("department").values_list("department", flat=True)
    return sha256(",".join(map(str, keys)).encode()).hexdigest()[:16]


def add(cycle: Cycle, departments: Iterable[int]) -> int:
    """Enrol departments by primary key and return how many are new on the list."""
    listed = set(cycle.enrolments.values_list("department_id", flat=True))
    new = [key for key in departments if key not in listed]
    Enrolment.objects.bulk_create(
        (Enrolment(cycle=cycle, department_id=key) for key in new), ignore_conflicts=True, batch_size=500
    )
    return len(new)


@transaction.atomic
def replace_list(cycle: Cycle, departments: Collection[int], *, expected_stamp: str) -> tuple[int, int]:
    """Make these departments the list of the cycle. Returns the numbers added and removed.

    Raises StepRefused, and then nothing has changed: a removed department has a filing or a history in this cycle,
    another manager has changed the list since the page was opened, or the cycle is closed.
    """
    refuse_if_closed(Cycle.objects.select_for_update().get(pk=cycle.pk))
    if stamp(cycle) != expected_stamp:
        raise StepRefused("您打开以后，单位名单已被他人修改，未保存。请核对现在的名单后再改。")
    wanted = set(Department.objects.filter(pk__in=departments).values_list("pk", flat=True))
    removed = cycle.enrolments.exclude(department__in=wanted)
    refusals = [*_with_filings(cycle, wanted), *_with_history(cycle, wanted)]
    if refusals:
        more = f"另有 {len(refusals) - _MOST_NAMED} 个单位也是如此。" if len(refusals) > _MOST_NAMED else ""
        raise StepRefused("".join(refusals[:_MOST_NAMED]) + more + "名单没有改动。")
    count, _by_model = removed.delete()
    return add(cycle, wanted), count


def _with_filings(cycle: Cycle, wanted: Collection[int]) -> list[str]:
    """Return a sentence for each department to be removed that has a filing."""
    filings = cycle.filings.filter(department__enrolments__cycle=cycle).exclude(department__in=wanted)
    return [
        f"「{filing.department}」已有申报表（{labels.STATUS[filing.status]}），不能从名单中去掉。"
        for filing in filings.select_related("department").order_by("department__code")
    ]


def _with_history(cycle: Cycle, wanted: Collection[int]) -> list[str]:
    """Return a sentence for each department to be removed that was reminded or extended."""
    enrolled = cycle.enrolments.exclude(department__in=wanted).filter(events__isnull=False)
    return [
        f"「{enrolment.department}」已有催办或延期记录，不能从名单中去掉。"
        for enrolment in enrolled.exclude(department__filings__cycle=cycle).select_related("department").distinct()
    ]
