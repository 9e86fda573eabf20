"""Write one remark into the review drafts of several filings, without losing what is typed there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from filings.models import ReviewDraft, User
from filings.reviewing.draft_content import DraftContent, DraftRemark
from filings.reviewing.new_remark import LONGEST_REMARK


@dataclass(frozen=True)
class RemarkTarget:
    """A place of a revision, by the revision's primary key."""

    revision: int
    place: str


def write_same_remark(user: User, targets: Sequence[RemarkTarget], text: str, code: str) -> dict[RemarkTarget, str]:
    """Write a remark at each place of the user's drafts; return the reasons for those left out.

    A remark that is typed there already keeps its text and code; the new text follows on a line of its own. Drafts get
    a higher number, so that a page opened before cannot overwrite them unnoticed.
    """
    left_out: dict[RemarkTarget, str] = {}
    with transaction.atomic():
        drafts = _locked_drafts(user, {target.revision for target in targets})
        changed: dict[int, DraftContent] = {}
        for target in targets:
            content = changed.get(target.revision) or DraftContent.from_json(drafts[target.revision].content)
            present = content.remarks.get(target.place, DraftRemark())
            if reason := _why_left_out(present, text):
                left_out[target] = reason
                continue
            remarks = {**content.remarks, target.place: _appended(present, text, code)}
            changed[target.revision] = replace(content, remarks=remarks)
        _save([(drafts[revision], content) for revision, content in changed.items()])
        ReviewDraft.objects.filter(pk__in=[draft.pk for draft in drafts.values()], number=0).delete()
    return left_out


def _locked_drafts(user: User, revisions: Iterable[int]) -> dict[int, ReviewDraft]:
    """Return the user's drafts by revision, created where missing, and locked until the transaction ends."""
    wanted = list(revisions)
    now = timezone.now()
    missing = [ReviewDraft(revision_id=revision, by=user, saved_at=now) for revision in wanted]
    ReviewDraft.objects.bulk_create(missing, ignore_conflicts=True)
    drafts = ReviewDraft.objects.select_for_update().filter(by=user, revision__in=wanted).order_by("pk")
    return {draft.revision_id: draft for draft in drafts}


def _why_left_out(present: DraftRemark, text: str) -> str:
    written = present.text
    if text in written.split("\n") or written == text:
        return "您已经写过这条意见"
    if written and present.internal:
        return "该处已写有仅内部可见的意见，请打开这份表另写"
    if len(written) + 1 + len(text) > LONGEST_REMARK:
        return f"该处已写 {len(written)} 字，加上这条超过 {LONGEST_REMARK} 字，请打开这份表修改"
    return ""


def _appended(present: DraftRemark, text: str, code: str) -> DraftRemark:
    if present.is_blank:
        return DraftRemark(text, code, finding=present.finding)
    return replace(present, text=f"{present.text.rstrip()}\n{text}", code=present.code or code)


def _save(changed: Iterable[tuple[ReviewDraft, DraftContent]]) -> None:
    drafts = []
    for draft, content in changed:
        draft.content, draft.saved_at = content.to_json(), timezone.now()
        draft.number += 1
        drafts.append(draft)
    ReviewDraft.objects.bulk_update(drafts, ["content", "number", "saved_at"])
