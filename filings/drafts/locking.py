"""Lock a filing while its draft is changed, so that saves and workflow actions are serialised."""

from django.db.models import F

from filings.errors import StepRefused
from filings.models import Filing
from filings.models.tables.filing import EDITABLE

NOT_EDITABLE = "这份申报表已经提交，刚才的修改未保存；需要修改的，请先撤回或等待退回。"


def lock_draft(filing: Filing) -> None:
    """Lock the filing's row until the transaction ends and increment its counter.

    Submitting compares the counter that its page saw in the WHERE of its UPDATE, so it fails after a save.
    Raises StepRefused if the filing is not editable.
    """
    editable = Filing.objects.filter(pk=filing.pk, status__in=EDITABLE)
    if editable.filter(lock=filing.lock).update(lock=F("lock") + 1):
        filing.lock += 1
        return
    if not editable.update(lock=F("lock") + 1):
        raise StepRefused(NOT_EDITABLE)
    filing.refresh_from_db(fields=["lock", "status", "stage", "resume_stage", "round", "reopened"])
