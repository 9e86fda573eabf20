"""股室: add and rename the bureau's offices, and choose which section reviews which departments."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from filings.choices import OfficeKind, Stage, Status
from filings.errors import StepRefused, checked_text
from filings.models import Department, Filing, Office

LONGEST_NAME = 100


def create(name: str, kind: str) -> Office:
    """Add an office. Raises StepRefused if the name is blank, too long or taken, or the kind is unknown."""
    name = _checked(name)
    if kind not in list(OfficeKind):
        raise StepRefused("请选择股室的类别。")
    try:
        with transaction.atomic():
            return Office.objects.create(name=name, kind=kind)
    except IntegrityError:
        raise _taken(name) from None


def rename(office: Office, name: str) -> None:
    """Give an office another name; decisions and events keep the one of their time. Raises StepRefused."""
    name = _checked(name)
    try:
        with transaction.atomic():
            Office.objects.filter(pk=office.pk).update(name=name)
    except IntegrityError:
        raise _taken(name) from None


@transaction.atomic
def assign(office: Office, departments: Sequence[int]) -> tuple[int, int]:
    """Let this section review the departments from now on.

    Returns the number of departments that were moved, and of their filings that another reviewer has claimed at the
    section's stage: they stay with that reviewer until they are handed over. Raises StepRefused.
    """
    if office.kind != OfficeKind.SECTION:
        raise StepRefused(f"「{office}」不是业务股室，单位不能归口到这里。")
    moved = Department.objects.filter(pk__in=departments).exclude(section=office)
    keys = list(moved.values_list("pk", flat=True))
    if not keys:
        raise StepRefused("请先选择要改归本股室的单位。")
    Department.objects.filter(pk__in=keys).update(section=office)
    claimed = Filing.objects.filter(department__in=keys, status=Status.IN_REVIEW, stage=Stage.SECTION)
    return len(keys), claimed.filter(cycle__closed_at=None).exclude(reviewer=None).count()


def _checked(typed: str) -> str:
    return checked_text(typed, "股室的名称", longest=LONGEST_NAME, blank="请填写股室的名称。")


def _taken(name: str) -> StepRefused:
    return StepRefused(f"已有叫「{name}」的股室，请另取一个名称。")
