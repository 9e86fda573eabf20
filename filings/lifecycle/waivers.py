"""豁免: the finance bureau waives one error of one filing, with a name and a reason, recorded in the history."""

from django.db import transaction
from django.utils import timezone

from filings import drafts, permissions
from filings.actions.spec import Demand
from filings.actions.table import ACTIONS
from filings.checks import assessment
from filings.checks.assessment import FilingAssessment
from filings.choices import Action, Status
from filings.drafts.assessment import assess_draft
from filings.errors import AlreadyDone, NotAllowed, StepRefused, checked_text
from filings.lifecycle import events
from filings.lifecycle.waiting_approval import refuse_while_waiting
from filings.models import Filing, User, Waiver

LONGEST_REASON = 1000


def waive(filing: Filing, identity: str, reason: str, *, by: User) -> Waiver:
    """Waive the error with this identity, found in the filing's present content.

    Raises StepRefused, and then nothing has changed.
    """
    access = permissions.may_waive(by, filing)
    if not access.acting:
        raise NotAllowed(access.reason)
    refuse_while_waiting(filing)
    blank = ACTIONS[Action.WAIVE].demands[Demand.REASON]
    reason = checked_text(reason, "豁免的理由", longest=LONGEST_REASON, blank=blank)
    with transaction.atomic():
        filing = (
            Filing.objects.select_for_update(of=("self",))
            .select_related("cycle__edition", "department")
            .get(pk=filing.pk)
        )
        finding = next((finding for finding in _assess(filing).blocking if finding.identity == identity), None)
        if finding is None:
            raise _no_such_error(filing, identity)
        now = timezone.now()
        waiver = Waiver.objects.create(
            filing=filing,
            identity=identity,
            code=finding.code,
            message=finding.message,
            reason=reason,
            by=by,
            by_name=by.name,
            by_office=access.acting.place_name,
            at=now,
        )
        detail = {"code": finding.code, "finding": finding.message, "reason": reason}
        events.record(filing, Action.WAIVE, by=by, acting=access.acting, time=now, detail=detail)
    return waiver


def _assess(filing: Filing) -> FilingAssessment:
    """Check the draft, or the last revision with the data of today. Raises StepRefused for an approved filing."""
    if filing.is_editable:
        return assess_draft(filing, drafts.load(filing))
    if filing.status == Status.APPROVED:
        raise StepRefused("这份申报表已经批复，没有需要豁免的。")
    return assessment.assess_revision(filing.present_revision())


def _no_such_error(filing: Filing, identity: str) -> StepRefused:
    if Waiver.objects.filter(filing=filing, identity=identity).exists():
        return AlreadyDone()
    return StepRefused("表中已经没有这一项须改正，不需要豁免。请刷新页面后再看。")
