"""补办用印签名: issue the copy in force once more, with the seal and signature that it lacks."""

from datetime import datetime

from django.db import transaction

from filings import permissions
from filings.choices import Action
from filings.errors import NotAllowed, StepRefused
from filings.formats.file import CannotPrint
from filings.lifecycle import damaged_files, events, issuing
from filings.lifecycle.records import put_in_force
from filings.models import Filing, IssuedCopy, User
from filings.publication.publish import lock, require_seen
from filings.signing.signer import NotSigned

REASON = "补办用印签名"
_NOT_SIGNED = "「{department}」的定稿签名未成功，未补办。请联系系统管理员。"


def copy_to_reissue(filing_id: int, *, by: User, seen: int | None = None) -> IssuedCopy:
    """Return the copy in force with what its printing needs. Raises StepRefused if it is not the one `seen`."""
    filing = Filing.objects.select_related("department").get(pk=filing_id)
    access = permissions.may_publish(by, filing.department)
    if not access:
        raise NotAllowed(access.reason)
    related = ("revision__filing__cycle__edition", "revision__filing__department")
    copy = filing.issued_copies.filter(live=True).select_related(*related).first()
    if copy is None:
        raise StepRefused(f"「{filing.department}」没有现行的定稿，不能补办。")
    require_seen(filing, copy.pk, seen)
    return copy


def print_again(copy: IssuedCopy, printer: issuing.Printer) -> issuing.Printed:
    """Print, seal and sign the copy's version and store the file, outside a transaction. Raises StepRefused."""
    try:
        return issuing.print_copy(copy.revision, printer)
    except CannotPrint as error:
        raise StepRefused(f"「{copy.revision.filing.department}」的定稿未能补办：{error}") from error
    except NotSigned as error:
        damaged_files.report_not_reissued(copy.revision, error)
        raise StepRefused(_NOT_SIGNED.format(department=copy.revision.filing.department)) from error


@transaction.atomic
def reissue(copy: IssuedCopy, printed: issuing.Printed, reason: str, *, by: User, now: datetime) -> IssuedCopy:
    """Put the printed copy in force instead of `copy`. Raises StepRefused if that is not in force any more.

    An adjustment in progress replaces the new copy. A publication continues with the old one until the new one is
    published.
    """
    locked = lock(copy.filing_id, by)
    filing = locked.filing
    if not filing.issued_copies.filter(pk=copy.pk, live=True).exists():
        raise StepRefused(f"{locked.name}的定稿在补办时已经更换，未补办。")
    new = put_in_force(filing, copy.revision, printed, now, reissue_reason=reason or REASON)
    Filing.objects.filter(pk=filing.pk, adjusts=copy).update(adjusts=new)
    detail = {
        **printed.detail(),
        "revision": str(copy.revision.number),
        "supersedes": copy.code,
        "reason": new.reissue_reason,
    }
    events.record(filing, Action.REISSUE, by=by, acting=locked.acting, time=now, detail=detail)
    return new
