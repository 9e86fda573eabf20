"""One adjusted table of last year's cycle, with reasons, so that pages of adjustments have content."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from filings import verification_code
from filings.choices import Action, Grade, Status
from filings.demonstration import draft_rows, histories
from filings.demonstration.content import corrected
from filings.demonstration.county_data import DepartmentPlan, LargeCounty
from filings.demonstration.histories import FilingHistory, PlannedEnd
from filings.demonstration.organisation import Staff
from filings.demonstration.printing import PrintJob, PrintJobs
from filings.document.content import FilingDocument
from filings.drafts import content
from filings.drafts.adjustment_reasons import ReasonChange, TypedReason, drafted, save_reasons
from filings.lifecycle import issuing
from filings.lifecycle.adjustment import of_draft
from filings.models import Cycle, Filing

DAYS_SINCE_APPROVAL = 200
_STEPS = 5


def adjust(county: LargeCounty, plan: DepartmentPlan, cycle: Cycle, staff: Staff, print_jobs: PrintJobs) -> None:
    """Adjust the department's approved table, once, and approve the adjustment."""
    filing = cycle.filings.select_related("cycle__edition", "department__section").get(department__code=plan.code)
    if cycle.closed_at or filing.issued_copies.count() != 1:
        return
    target = PlannedEnd(Status.APPROVED, days=DAYS_SINCE_APPROVAL)
    edition, first_day = cycle.edition.definition(), DAYS_SINCE_APPROVAL + _STEPS
    history = FilingHistory(county, plan, cycle, edition, staff, target, filing, first_day)
    texts = county.data["adjustment"]
    document = _adjusted(content.load(filing).document, texts)
    job = PrintJob(
        document, edition, issuing.mark_of(cycle, version=2, code=verification_code.new()), timezone.now(), plan.code
    )
    (result,) = print_jobs([job])
    printed = issuing.store(result.signed, code=job.mark.code, seal=result.seal)
    with transaction.atomic():
        history.step(Action.ADJUST, history.filler, reason=texts["reason"])
        draft_rows.write(history.filing, document, edition)
        _give_reasons(history, texts)
        histories.submit(history)
        histories.sign(history)
        histories.pass_stage(history, Grade.GOOD)
        histories.pass_stage(history, Grade.EXCELLENT, printed=printed)


def _adjusted(document: FilingDocument, texts: Mapping[str, Any]) -> FilingDocument:
    """Change the goal and the target of an indicator."""
    row = next(row for row in document.indicators if row.target.startswith("≥") and row.node == "OUT.QTY")
    changed = corrected(document, {row.key: histories.raised(row.target)})
    return replace(changed, goals=(f"{document.goal}{texts['goal']}",))


def _give_reasons(history: FilingHistory, texts: Mapping[str, Any]) -> None:
    filing = history.filing
    adjustment = of_draft(filing, content.load(filing).document, history.edition)
    rows = adjustment.rows if adjustment else ()
    reasons = [TypedReason(each["key"], each["words"]) for each in texts["reasons"]]
    changes = [
        ReasonChange(row.place, row.name, TypedReason(), reasons[number % len(reasons)])
        for number, row in enumerate(rows)
    ]
    save_reasons(filing, changes, by=history.filler.user)
    drafted(filing).update(at=history.moment())
    history.filing = Filing.objects.select_related("cycle__edition", "department__section").get(pk=filing.pk)
