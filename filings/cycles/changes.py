"""Create a cycle and change it. Once it is started, only what cannot harm the departments may change."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from hashlib import sha256

from django.db import transaction

from filings import labels
from filings.clocks.due import reset_department_clocks
from filings.cycles.change_log import last_change, record
from filings.cycles.closing import refuse_if_closed
from filings.errors import StepRefused
from filings.local_time import day
from filings.models import Cycle, Extension, FormEdition, User

_LABELS = {"year": "年度", "edition": "表样", "stages": "审核环节"}


@dataclass(frozen=True)
class CycleDetails:
    """The values of a cycle that its page edits."""

    name: str
    year: int
    edition: FormEdition
    opens_on: date
    deadline: date
    stages: list[str]
    contacts: str = ""


_NAMES = tuple(field.name for field in fields(CycleDetails))


def details_of(cycle: Cycle) -> CycleDetails:
    return CycleDetails(
        cycle.name, cycle.year, cycle.edition, cycle.opens_on, cycle.deadline, list(cycle.stages), cycle.contacts
    )


def stamp(cycle: Cycle) -> str:
    """Return a text that changes with the details, to refuse changes made from an outdated page."""
    values = [getattr(cycle, field.attname) for field in cycle._meta.concrete_fields if field.name in _NAMES]
    started = cycle.started_at.timestamp() if cycle.started_at else None
    return sha256(json.dumps([*values, started], default=str).encode()).hexdigest()[:16]


def problems(cycle: Cycle, details: CycleDetails, today: date) -> dict[str, str]:
    """Return why values of a started cycle cannot change, as sentences by field; {} for one that is not started."""
    return dict(_problems(cycle, details, today)) if cycle.started_at else {}


def present_values(cycle: Cycle, details: CycleDetails) -> dict[str, str]:
    """Return the stored values that differ from `details`, as sentences by field, for a page that is outdated."""
    stored = details_of(cycle)
    return {
        name: f"现为{_text(getattr(stored, name)).rstrip()}；再次保存，以您填写的为准。"
        for name in _NAMES
        if getattr(stored, name) != getattr(details, name)
    }


@transaction.atomic
def change(cycle: Cycle, details: CycleDetails, *, by: User, expected_stamp: str, today: date) -> None:
    """Store the details and record who changed them. A later deadline moves the clocks of the departments.

    Raises StepRefused if another manager has changed the cycle since the page was opened, or if it was started
    meanwhile and the change could harm, or if it is closed.
    """
    stored = Cycle.objects.select_for_update(of=("self",)).select_related("edition").get(pk=cycle.pk)
    refuse_if_closed(stored)
    if stamp(stored) != expected_stamp:
        raise StepRefused(f"您打开以后，{last_change(stored, reader=by)}，未保存。请核对现在的内容后再改。")
    for sentence in problems(stored, details, today).values():
        raise StepRefused(sentence)
    Cycle.objects.filter(pk=cycle.pk).update(**_columns(details))
    record(stored, [name for name in _NAMES if getattr(details, name) != getattr(stored, name)], by=by)
    if details.deadline != stored.deadline:
        # An extension that ends before the new deadline would shorten it.
        Extension.objects.filter(cycle=cycle, until__lte=details.deadline).delete()
        reset_department_clocks(Cycle.objects.get(pk=cycle.pk))


def create(details: CycleDetails) -> Cycle:
    """Create a cycle that is not started yet."""
    return Cycle.objects.create(**_columns(details))


def _columns(details: CycleDetails) -> Mapping[str, object]:
    return {name: getattr(details, name) for name in _NAMES}


def _problems(cycle: Cycle, details: CycleDetails, today: date) -> Iterator[tuple[str, str]]:
    started = f"批次已于 {day(cycle.started_at)} 启动"
    for name, label in _LABELS.items():
        if getattr(details, name) != getattr(details_of(cycle), name):
            yield name, f"{started}，{label}不能再改（现为{_text(getattr(cycle, name))}）。"
    if details.opens_on > cycle.opens_on:
        yield "opens_on", f"{started}，开始日期只能提前，不能推后（现为 {cycle.opens_on}）。"
    if details.deadline < cycle.deadline:
        yield "deadline", f"{started}，截止日期只能推后，不能提前（现为 {cycle.deadline}，今天是 {today}）。"


def _text(value: object) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "、".join(labels.STAGE[stage] for stage in value)
    if not value:
        return "空白"
    return f"「{value}」" if isinstance(value, FormEdition | str) else f" {value} "
