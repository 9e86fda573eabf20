"""Last year's cycle of the small demonstration: one approved and sealed table, from which this year's can be filled in.

Its steps have dates of last year.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from filings.choices import Action, Grade, Role, Status
from filings.cycles import closing
from filings.demonstration import organisation, steps
from filings.document.content import FilingDocument, IndicatorRow
from filings.lifecycle import issuing
from filings.models import Cycle, Department, Filing, Membership, User
from filings.publication import publish

# Days after the approval on which the cycle was closed.
DAYS_TO_CLOSING = 10
Data = Mapping[str, Any]


def is_complete(data: Data) -> bool:
    """Whether the table has been approved."""
    return Filing.objects.filter(
        cycle__year=data["year"], department__code=data["department"], status=Status.APPROVED
    ).exists()


@transaction.atomic
def load(this_year: Cycle, data: Data, model: FilingDocument) -> Filing:
    """Fill in, submit, sign, approve and publish the table, and close the cycle. All of it or nothing is stored."""
    cycle = organisation.last_years_cycle(this_year, data["year"])
    department = Department.objects.select_related("section").get(code=data["department"])
    cycle.enrolments.get_or_create(department=department)
    days = data["days_since_approval"] + len(data["steps"])
    document = table_of(data, model, department.name)
    filler = _membership(data["steps"][0]["by"], department)
    filing = steps.start(cycle, department, document, by=filler, at=organisation.office_hours(_day(days), 0))
    for number, step in enumerate(data["steps"], start=1):
        filing = Filing.objects.select_related("cycle__edition", "department__section").get(pk=filing.pk)
        is_last = number == len(data["steps"])
        steps.take(
            Action(step["action"]),
            filing,
            by=_membership(step["by"], department),
            at=organisation.office_hours(_day(days - number), 60 * number),
            reason=step.get("reason", ""),
            grade=Grade(step["grade"]) if "grade" in step else "",
            statements=cycle.review_policy().statements,
            printed=issuing.print_copy(filing.revisions.latest("number"), issuing.print_pdf) if is_last else None,
        )
    closed_at = organisation.office_hours(_day(data["days_since_approval"] - DAYS_TO_CLOSING), 0)
    manager = User.objects.filter(memberships__role=Role.MANAGER, is_demo=True).order_by("pk")[0]
    publish.store(filing.pk, by=manager, now=closed_at)
    closing.close(cycle, by=manager, now=closed_at)
    return Filing.objects.get(pk=filing.pk)


def table_of(data: Data, model: FilingDocument, department: str) -> FilingDocument:
    """Put last year's numbers into this year's table, with indicators for the costs of the projects."""
    rows = [replace(row, target=data["targets"].get(row.name, row.target)) for row in model.indicators]
    costs = [
        IndicatorRow(f"cost{number}", "OUT.COST", "", "", name, target)
        for number, (name, target) in enumerate(data["cost_indicators"])
    ]
    return replace(
        model,
        year=data["year"],
        fields={**model.fields, "filing_unit": department, "department": department},
        amounts={**model.amounts, **data["amounts"]},
        indicators=(*rows, *costs),
    )


def _day(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def _membership(username: str, department: Department) -> Membership:
    posts = Membership.objects.filter(user__username=username).select_related("user", "department", "office")
    return posts.filter(Q(department=department) | Q(office__isnull=False))[0]
