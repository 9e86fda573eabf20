"""股室: add and rename the bureau's offices, and choose which section reviews which departments."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db import IntegrityError, transaction

from filings.choices import OfficeKind, Role, Stage, Status
from filings.cycles.names import require_name
from filings.errors import StepRefused, checked_text
from filings.models import Department, Filing, Office, User

LONGEST_NAME = 100


def create(name: str, kind: str, *, by: User) -> Office:
    """Add an office. Raises StepRefused if the name is blank, too long or taken, or the kind is unknown."""
    name = _checked(name)
    if kind not in list(OfficeKind):
        raise StepRefused("请选择股室的类别。")
    try:
        with transaction.atomic():
            office = Office.objects.create(name=name, kind=kind)
            _log(by, [office], ADDITION, "新增股室")
    except IntegrityError:
        raise _taken(name) from None
    return office


def rename(office: Office, name: str, *, seen: str, by: User) -> None:
    """Give an office another name; decisions and events keep the one of their time.

    Raises StepRefused if the name is invalid or taken, or is no longer `seen`, the one that the page displayed.
    """
    name = _checked(name)
    try:
        with transaction.atomic():
            if not Office.objects.filter(pk=office.pk, name=seen).update(name=name):
                current = Office.objects.get(pk=office.pk)
                raise StepRefused(f"您打开以后，股室已由他人改名为「{current}」，未保存。请核对后再改。")
            _log(by, [office], CHANGE, f"名称由「{seen}」改为「{name}」")
    except IntegrityError:
        raise _taken(name) from None


@transaction.atomic
def assign(office: Office, seen: Mapping[int, int | None], *, by: User) -> tuple[int, int]:
    """Let this section review the departments from now on. `seen` are their sections that the page displayed.

    Returns the number of departments that were moved, and of their filings at the section's stage that are claimed by
    a reviewer of another office: they stay with that reviewer until they are handed over. Raises StepRefused, and then
    nothing has changed.
    """
    if office.kind != OfficeKind.SECTION:
        raise StepRefused(f"「{office}」不是业务股室，单位不能归口到这里。")
    if not seen:
        raise StepRefused("请先选择要改归本股室的单位。")
    listed = Department.objects.select_for_update(of=("self",)).select_related("section").filter(pk__in=seen)
    moved = list(listed.exclude(section=office).order_by("code"))
    if not moved:
        raise StepRefused("所选单位已归口本股室，或已被删去，没有改动。请核对下面的名单。")
    for department in moved:
        if department.section_id != seen[department.pk]:
            raise StepRefused(
                f"「{department}」的归口股室已由他人改为「{_name(department)}」，没有改动。请核对后再选。"
            )
    keys = [department.pk for department in moved]
    Department.objects.filter(pk__in=keys).update(section=office)
    for name, group in groupby(sorted(moved, key=_name), key=_name):
        _log(by, group, CHANGE, f"归口股室由「{name}」改为「{office}」")
    return len(moved), _claimed_by_others(office, keys)


def _claimed_by_others(office: Office, departments: Sequence[int]) -> int:
    """Count the filings at the section's stage whose claim keeps the office's reviewers from them."""
    reviewers = User.objects.filter(memberships__office=office, memberships__role=Role.REVIEWER)
    waiting = Filing.objects.filter(status=Status.IN_REVIEW, stage=Stage.SECTION, cycle__closed_at=None)
    claimed = waiting.filter(department__in=departments, reviewer__is_active=True)
    return claimed.exclude(reviewer__in=reviewers).count()


def _name(department: Department) -> str:
    return department.section.name if department.section else "未指定"


def _log(by: User, changed: Iterable[Office | Department], flag: int, message: str) -> None:
    """Record the change where the admin displays the history of offices and departments."""
    LogEntry.objects.log_actions(by.pk, changed, flag, message)


def _checked(typed: str) -> str:
    name = checked_text(typed, "股室的名称", longest=LONGEST_NAME, blank="请填写股室的名称。")
    require_name(name, "股室的名称")
    return name


def _taken(name: str) -> StepRefused:
    return StepRefused(f"已有叫「{name}」的股室，请另取一个名称。")
