"""Attachments and the workflow: refused once the table is submitted, deleted if no revision needs them."""

from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from filings import permissions
from filings.choices import Action, AttachmentKind, Role
from filings.errors import NotAllowed
from filings.lifecycle import attachments, events, stored_files
from filings.models import Attachment, Filing
from filings.tests.county import County, create_user, found_county, step
from filings.views.filing.history import history_of

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def county() -> County:
    return found_county()


def add(filing: Filing, county: County, content: bytes = PDF) -> Attachment:
    return attachments.add(filing, AttachmentKind.BUDGET, "批复.pdf", content, by=county.filler)


def is_stored(attachment: Attachment) -> bool:
    return default_storage.exists(attachments.file_name(attachment.sha256))


def before_storing(monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> None:
    """Do something else once, between the check of an upload and its transaction."""
    store = stored_files.keep

    def keep(name: str, content: bytes) -> None:
        monkeypatch.setattr(stored_files, "keep", store)
        store(name, content)
        work()

    monkeypatch.setattr(stored_files, "keep", keep)


def test_an_upload_that_ends_after_the_signature_is_refused(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    filing = county.filled()

    def submit_and_sign() -> None:
        step(Action.SUBMIT, filing, county.filler)
        step(Action.SIGN, filing, county.head)

    before_storing(monkeypatch, submit_and_sign)
    with pytest.raises(NotAllowed, match="现在不能添加或移除"):
        add(filing, county)
    assert not Attachment.objects.exists()


def test_a_removal_after_the_submission_is_refused(county: County) -> None:
    filing = county.filled()
    attachment = add(filing, county)
    step(Action.SUBMIT, filing, county.filler)
    lock = Filing.objects.get().lock
    with pytest.raises(NotAllowed, match="现在不能添加或移除"):
        attachments.remove(attachment, by=county.filler)
    assert filing.present_attachments().get() == attachment
    assert Filing.objects.get().lock == lock


def test_a_file_that_was_never_submitted_is_deleted_when_it_is_removed(county: County) -> None:
    filing = county.filled()
    attachment = add(filing, county)
    attachments.remove(attachment, by=county.filler)
    assert not is_stored(attachment)
    assert Attachment.objects.get().removed_by_name == county.filler.name


def test_a_file_that_was_submitted_is_kept(county: County) -> None:
    filing = county.filled()
    submitted = add(filing, county)
    step(Action.SUBMIT, filing, county.filler)
    step(Action.WITHDRAW, filing, county.filler)
    attachments.remove(submitted, by=county.filler)
    attachments.remove(add(filing, county), by=county.filler)
    assert is_stored(submitted)


def test_a_file_of_another_filing_is_kept(county: County) -> None:
    other = Filing.objects.create(cycle=county.cycle, department=county.supervising, held_since=timezone.now())
    officer = create_user("officer", Role.FILLER, county.supervising)
    theirs = attachments.add(other, AttachmentKind.OTHER, "批复.pdf", PDF, by=officer)
    ours = add(county.filled(), county)
    attachments.remove(theirs, by=officer)
    assert is_stored(ours)
    attachments.remove(ours, by=county.filler)
    assert not is_stored(ours)


def reopen(action: Action, county: County) -> Filing:
    """Return a filing whose first version had a signed scan and was then given back to the filler."""
    filing = county.signing()
    attachments.add(filing, AttachmentKind.SIGNED_SCAN, "审签.pdf", PDF, by=county.head)
    if action == Action.SEND_BACK:
        return step(action, filing, county.head, reason="请修改。")
    step(Action.SIGN, filing, county.head)
    if action == Action.WITHDRAW:
        return step(action, filing, county.filler)
    return step(action, filing, county.supervisor_reviewer, reason="请补充。", remarks=(("goals[0]", "请补充。"),))


@pytest.mark.parametrize("action", [Action.SEND_BACK, Action.WITHDRAW, Action.RETURN])
def test_a_signed_scan_belongs_to_its_version(county: County, action: Action) -> None:
    filing = reopen(action, county)
    assert not permissions.visible_attachments(county.filler, filing).exists()
    filing.texts.filter(place="goals[0]").update(raw="保障单位运转，管好县档案，开放利用。")
    step(Action.SUBMIT, filing, county.filler)
    filing = Filing.objects.get()
    assert not permissions.visible_attachments(county.head, filing).exists()
    new = attachments.add(filing, AttachmentKind.SIGNED_SCAN, "审签.pdf", PDF + b"2", by=county.head)
    step(Action.SIGN, filing, county.head)
    filing = Filing.objects.get()
    assert [*permissions.visible_attachments(county.supervisor_reviewer, filing)] == [new]
    first, second = filing.revisions.order_by("number")
    was_signed = action != Action.SEND_BACK
    assert [permissions.attachments_of(each).count() for each in (first, second)] == [int(was_signed), 1]
    assert "审签.pdf" in [line.reason for line in history_of(filing, county.filler).lines]


def test_a_scan_added_by_the_filler_belongs_to_the_version_to_come(county: County) -> None:
    filing = county.filled()
    scan = attachments.add(filing, AttachmentKind.SIGNED_SCAN, "审签.pdf", PDF, by=county.filler)
    step(Action.SUBMIT, filing, county.filler)
    filing = step(Action.SIGN, filing, county.head)
    assert scan.revision_number == 1
    assert permissions.visible_attachments(county.supervisor_reviewer, filing).get() == scan
    filing = step(Action.WITHDRAW, filing, county.filler)
    assert not permissions.visible_attachments(county.filler, filing).exists()


def test_a_submission_and_a_signature_record_the_hashes_of_the_attachments(county: County) -> None:
    filing = county.filled()
    attachments.remove(add(filing, county, PDF + b"removed"), by=county.filler)
    budget = add(filing, county)
    step(Action.SUBMIT, filing, county.filler)
    scan = attachments.add(filing, AttachmentKind.SIGNED_SCAN, "审签.pdf", PDF + b"signed", by=county.head)
    step(Action.SIGN, filing, county.head)
    submitted, signed = (
        events.detail(filing.events.get(action=action))["attachments"] for action in (Action.SUBMIT, Action.SIGN)
    )
    assert submitted == f"{budget.sha256} 批复.pdf"
    assert signed == f"{budget.sha256} 批复.pdf\n{scan.sha256} 审签.pdf"
    assert events.first_broken(filing) is None


def test_an_upload_while_the_last_one_is_deleted_stores_the_file_again(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    filing = county.filled()
    first = add(filing, county)
    name = attachments.file_name(first.sha256)
    Attachment.objects.all().delete()
    before_storing(monkeypatch, lambda: default_storage.delete(name))
    assert attachments.read(add(filing, county)) == PDF
