"""豁免: the bureau lets an error pass in one filing, by name and with a reason, recorded in the history."""

from django.db import transaction
from django.utils import timezone

from filings import drafts, permissions
from filings.checks import assessment
from filings.checks.assessment import FilingAssessment
from filings.choices import Action, Status
from filings.document.text import prose
from filings.drafts.assessment import assess_draft
from filings.errors import AlreadyDone, NotAllowed, StepRefused
from filings.lifecycle import events
from filings.models import Filing, User, Waiver

LONGEST_REASON = 1000


def waive(filing: Filing, identity: str, reason: str, *, by: User) -> Waiver:
    """Let an error of the filing as it stands now pass. Raises StepRefused, and then nothing has changed."""
    answer = permissions.may_waive(by, filing)
    if not answer.acting:
        raise NotAllowed(answer.reason)
    reason = prose(reason)
    if not reason:
        raise StepRefused("请写明豁免的理由。")
    if len(reason) > LONGEST_REASON:
        numbers = {"count": len(reason), "most": LONGEST_REASON}
        raise StepRefused("理由有 {count} 个字，最多 {most} 个。请写短一些。".format(**numbers))
    with transaction.atomic():
        filing = (
            Filing.objects.select_for_update(of=("self",))
            .select_related("cycle__edition", "department")
            .get(pk=filing.pk)
        )
        finding = next((one for one in _now(filing).blocking if one.identity == identity), None)
        if finding is None:
            raise _why_not(filing, identity)
        at = timezone.now()
        waiver = Waiver.objects.create(
            filing=filing,
            identity=identity,
            code=finding.code,
            message=finding.message,
            reason=reason,
            by=by,
            by_name=by.name,
            by_office=answer.acting.place_name,
            at=at,
        )
        detail = {"code": finding.code, "finding": finding.message, "reason": reason}
        events.record(filing, Action.WAIVE, by=by, acting=answer.acting, at=at, detail=detail)
    return waiver


def _now(filing: Filing) -> FilingAssessment:
    if filing.is_editable:
        return assess_draft(filing, drafts.load(filing))
    if filing.status == Status.APPROVED:
        raise StepRefused("这份申报表已经批复，没有要豁免的。")
    return assessment.assess_revision(filing.revisions.latest("number"))


def _why_not(filing: Filing, identity: str) -> StepRefused:
    if Waiver.objects.filter(filing=filing, identity=identity).exists():
        return AlreadyDone()
    return StepRefused("表中已经没有这一项阻断，不需要豁免。请刷新页面后再看。")
