"""Store the departments that a manager has previewed and confirmed: exactly those, all or none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from filings.cycles import enrolments
from filings.cycles.closing import refuse_if_closed
from filings.cycles.departments.comparison import DepartmentOutcome, Values, stored_values
from filings.cycles.outcome import OutcomeKind
from filings.cycles.signed_preview import OUTDATED
from filings.document.initials import initials_of
from filings.errors import StepRefused
from filings.models import Cycle, Department, Office

_LONGEST_INITIALS = 100
_PLAIN = ("name", "contact", "telephone", "withheld")


@dataclass(frozen=True)
class PreviewedDepartment:
    """A department of the preview. `before` holds its stored values at that time, None for a new department."""

    code: str
    values: Values
    before: Values | None

    @property
    def is_changed(self) -> bool:
        return self.values != self.before


def previewed(outcomes: Iterable[DepartmentOutcome]) -> list[list[Any]]:
    """Select the rows that can be stored as JSON data, including unchanged ones, which can be enrolled."""
    return [
        [outcome.row.code, outcome.values, outcome.before]
        for outcome in outcomes
        if outcome.kind != OutcomeKind.REFUSED
    ]


def from_data(data: Iterable[Sequence[Any]]) -> list[PreviewedDepartment]:
    return [PreviewedDepartment(*row) for row in data]


@transaction.atomic
def store_departments(rows: Sequence[PreviewedDepartment], *, enrol_in: Cycle | None) -> tuple[int, int]:
    """Store the departments and enrol them if wanted. Returns the numbers of new and of changed departments.

    Raises StepRefused if a department has changed since the preview, or for enrolling in a closed cycle.
    """
    if enrol_in:
        refuse_if_closed(Cycle.objects.select_for_update().get(pk=enrol_in.pk))
    stored = {
        department.code: department
        for department in Department.objects.select_for_update(of=("self",)).select_related("supervisor", "section")
    }
    for row in rows:
        department = stored.get(row.code)
        now = stored_values(department, row.values) if department else None
        if now != row.before:
            raise StepRefused(OUTDATED.format(what=f"「{row.values['name']}」（{row.code}）"))
    changed = [row for row in rows if row.is_changed]
    new = [row for row in changed if row.before is None]
    Department.objects.bulk_create(_department(row) for row in new)
    _update(changed)
    if enrol_in:
        listed = Department.objects.filter(code__in=[row.code for row in rows])
        enrolments.add(enrol_in, listed.values_list("pk", flat=True))
    return len(new), len(changed) - len(new)


def _department(row: PreviewedDepartment) -> Department:
    return Department(code=row.code, name=row.values["name"])


def _update(rows: Sequence[PreviewedDepartment]) -> None:
    """Write all values of the rows; their departments exist, so that supervisors can be found by their codes."""
    by_code = {department.code: department for department in Department.objects.all()}
    sections = {office.name: office for office in Office.objects.all()}
    changed = []
    for row in rows:
        department = by_code[row.code]
        for key in _PLAIN:
            if key in row.values:
                setattr(department, key, row.values[key])
        if "supervisor" in row.values:
            department.supervisor = by_code[str(row.values["supervisor"])] if row.values["supervisor"] else None
        if "section" in row.values:
            department.section = sections.get(str(row.values["section"]))
        department.initials = initials_of(department.name)[:_LONGEST_INITIALS]
        changed.append(department)
    fields = [*_PLAIN, "supervisor", "section", "initials"]
    Department.objects.bulk_update(changed, fields, batch_size=200)
