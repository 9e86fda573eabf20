"""Filings in review: made as rows, because lists need hundreds of them, or through the workflow."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from filings.choices import Action, Role, Severity, Stage, Status
from filings.lifecycle import workflow
from filings.models import Assessment, BudgetAmount, Department, Event, Filing, Finding, Revision
from filings.tests.county import County, add_membership, enrol, fill, step

NO_FINDINGS = {"errors": 0, "warnings": 0, "advice": 0, "asked": 0, "explained": 0}


def queued(
    county: County, name: str, *, fen: int = 100, counts: dict[str, int] | None = None, **columns: Any
) -> Filing:
    """Create a filing of a new department of the county's section, in review at the section unless `columns` differ.

    It has one revision that the head signed, whose stored counts are `counts`.
    """
    code = columns.pop("code", f"3{Department.objects.count():04}")
    initials = columns.pop("initials", "")
    department = Department.objects.create(code=code, name=name, initials=initials, section=county.section)
    status = {"status": Status.IN_REVIEW, "stage": Stage.SECTION}
    filing = Filing.objects.create(department=department, **{"cycle": county.cycle, **status, **columns})
    BudgetAmount.objects.create(filing=filing, line="TOTAL", raw=str(fen), fen=fen)
    revise(county, filing, counts=counts)
    return filing


def signed(county: County, name: str) -> Filing:
    """Take a new department of the county's section through the workflow up to its review."""
    code = f"3{Department.objects.count():04}"
    department = Department.objects.create(code=code, name=name, section=county.section)
    enrol(county.cycle, department)
    add_membership(county.filler, Role.FILLER, department)
    add_membership(county.head, Role.HEAD, department)
    filing = workflow.start(county.cycle, department, by=county.filler)
    fill(filing)
    step(Action.SUBMIT, filing, county.filler)
    return step(Action.SIGN, filing, county.head)


def revise(county: County, filing: Filing, *, number: int = 1, counts: dict[str, int] | None = None) -> Revision:
    """Add a revision that the head has signed."""
    now = timezone.now()
    revision = Revision.objects.create(
        filing=filing,
        number=number,
        receipt=f"R{filing.pk}-{number}",
        content='{"amounts":{"TOTAL":"7"}}',
        submitted_by=county.filler,
        submitted_at=now,
    )
    Assessment.objects.create(revision=revision, at=now, **NO_FINDINGS | (counts or {}))
    Event.objects.create(
        filing=filing, number=number, action=Action.SIGN, by=county.head, at=now + timedelta(seconds=1), detail="{}"
    )
    return revision


def find(revision: Revision, code: str) -> None:
    """Store a warning of a rule with a revision."""
    Finding.objects.create(
        revision=revision, number=1, code=code, severity=Severity.WARNING, identity=code, places=[], message=code
    )
