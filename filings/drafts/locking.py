"""Holding a filing while its draft is changed, so that saves and steps of the way go one after another."""

from django.db.models import F

from filings.errors import StepRefused
from filings.models import Filing
from filings.models.filing import EDITABLE


def hold(filing: Filing) -> None:
    """Take the filing's row until the transaction ends, its counter one higher. Raises StepRefused once submitted.

    Submitting names the counter that it has seen in the WHERE of its UPDATE: after this save it finds another.
    """
    editable = Filing.objects.filter(pk=filing.pk, status__in=EDITABLE)
    if editable.filter(lock=filing.lock).update(lock=F("lock") + 1):
        filing.lock += 1
        return
    if not editable.update(lock=F("lock") + 1):
        raise StepRefused("这份申报表已经提交，刚才的修改没有保存；需要修改的，请先撤回或等待退回。")
    filing.refresh_from_db(fields=["lock", "status", "stage", "resume_stage"])
