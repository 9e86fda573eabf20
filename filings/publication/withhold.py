"""不予公开 and 取消不予公开: keep a department's table of a cycle from the public, on a basis of the cycle's list."""

from datetime import datetime

from django.db import transaction

from filings.choices import Action, PublicationEnd
from filings.errors import AlreadyDone, StepRefused, checked_text
from filings.lifecycle import events
from filings.lifecycle.messages.enqueue import enqueue
from filings.lifecycle.publications import end_publication
from filings.models import User, Withholding
from filings.publication.publish import LONGEST_REASON, lock


@transaction.atomic
def withhold(filing_id: int, basis_key: str, note: str, *, by: User, now: datetime) -> Withholding:
    """Withhold the table and announce it to the department; a published copy is withdrawn.

    Raises StepRefused, AlreadyDone for the same basis.
    """
    locked = lock(filing_id, by)
    policy = locked.filing.cycle.review_policy().publication
    basis = policy.basis(basis_key)
    if basis is None:
        raise StepRefused("请选择不予公开的依据。")
    blank = "请写明不予公开的具体情形。" if policy.needs_words(basis) else ""
    note = checked_text(note, "说明", longest=LONGEST_REASON, blank=blank)
    if before := locked.withholding():
        if before.basis == basis.key:
            raise AlreadyDone
        raise StepRefused(f"{locked.name}已定为不予公开（{before.basis_label}）；需要改依据的，请先取消。")
    reason = f"{basis.label}：{note}" if note else basis.label
    end_publication(locked.filing, PublicationEnd.WITHDRAWN, by=by, now=now, reason=f"不予公开：{reason}")
    withholding = Withholding.objects.create(
        cycle=locked.filing.cycle,
        department=locked.filing.department,
        basis=basis.key,
        basis_label=basis.label,
        note=note,
        at=now,
        by=by,
        by_name=by.name,
        by_office=locked.acting.place_name,
    )
    detail = {"basis": basis.key, "reason": reason}
    event = events.record(locked.filing, Action.WITHHOLD, by=by, acting=locked.acting, time=now, detail=detail)
    enqueue(event)
    return withholding


@transaction.atomic
def disclose(filing_id: int, reason: str, *, by: User, now: datetime) -> None:
    """Lift the withholding; the copy can be published again. Raises StepRefused, AlreadyDone if it is lifted."""
    locked = lock(filing_id, by)
    reason = checked_text(reason, "取消理由", longest=LONGEST_REASON, blank="请写明取消不予公开的理由。")
    withholding = locked.withholding()
    if withholding is None:
        if Withholding.objects.filter(cycle=locked.filing.cycle, department=locked.filing.department).exists():
            raise AlreadyDone
        raise StepRefused(f"{locked.name}没有定为不予公开，不需要取消。")
    Withholding.objects.filter(pk=withholding.pk).update(
        lifted_at=now, lifted_by=by, lifted_by_name=by.name, lift_reason=reason
    )
    detail = {"basis": withholding.basis, "reason": reason}
    events.record(locked.filing, Action.DISCLOSE, by=by, acting=locked.acting, time=now, detail=detail)
