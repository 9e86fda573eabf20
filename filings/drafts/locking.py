"""Lock a filing while its draft is changed, so that saves and workflow actions are serialised."""

from django.db.models import F

from filings import permissions
from filings.errors import StepRefused
from filings.models import Cycle, Filing
from filings.models.tables.filing import EDITABLE

NOT_EDITABLE = "这份申报表已经提交，刚才的修改未保存；需要修改的，请先撤回或等待退回。"


def lock_draft(filing: Filing) -> None:
    """Lock the filing's row until the transaction ends and increment its counter.

    Submitting compares the counter that its page saw in the WHERE of its UPDATE, so it fails after a save.
    Raises StepRefused if the filing is not editable, or its cycle is closed.
    """
    # Not joined: PostgreSQL compares the other conditions again after it has waited for another save.
    open_cycles = Cycle.objects.filter(closed_at=None).values("pk")
    editable = Filing.objects.filter(pk=filing.pk, status__in=EDITABLE, cycle__in=open_cycles)
    if editable.filter(lock=filing.lock).update(lock=F("lock") + 1):
        filing.lock += 1
        return
    if not editable.update(lock=F("lock") + 1):
        raise not_editable(filing)
    filing.refresh_from_db(fields=["lock", "status", "stage", "resume_stage", "round", "reopened"])


def not_editable(filing: Filing) -> StepRefused:
    """Build the refusal of a change: the table is submitted, or its cycle is closed."""
    running = permissions.may_act_in(Cycle.objects.select_related("edition").get(pk=filing.cycle_id))
    return StepRefused(NOT_EDITABLE if running else f"{running.reason}刚才的修改未保存。")
