"""The check of everything that is stored: each kind of damage is found and named."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from filings.background import nightly
from filings.choices import Action, MessageKind, PublicationEnd, Role, Stage
from filings.integrity import check
from filings.lifecycle import issuing
from filings.lifecycle.issuing import print_pdf
from filings.lifecycle.stored_files import FileDamaged
from filings.models import (
    AdjustmentReason,
    Attachment,
    CancelledRevision,
    Event,
    IntegrityCheck,
    IssuedCopy,
    Message,
    Publication,
    Revision,
    User,
)
from filings.models.tables import append_only
from filings.publication import publish, reissue
from filings.tests.county import County, found_county, step
from filings.tests.signing.authorities import found_authorities, write_signing_file
from filings.tests.verification.copies import adjust, approve
from filings.tests.worker import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return found_county((Stage.PERFORMANCE,))


@pytest.fixture
def copy(county: County, settings: Settings, signing_file: Path) -> IssuedCopy:
    """The second signed copy of a filing."""
    settings.SIGNING_FILE = str(signing_file)
    approve(county)
    return approve(county, adjust(county, county.cycle.filings.get(), "管好县档案，建成新馆。"))


def verify() -> tuple[int, str]:
    """Run the command; return its exit code and its output."""
    output = StringIO()
    try:
        call_command("verify", stdout=output)
    except SystemExit as end:
        return int(str(end.code)), output.getvalue()
    return 0, output.getvalue()


def test_a_whole_installation_is_whole(copy: IssuedCopy) -> None:
    code, output = verify()
    assert code == 0
    counted = "申报表 1，办理经过 8，提交的版本 2，定稿文件 2，定稿的签名 2，公开记录 0，附件文件 0"
    assert output == f"已检查：{counted}。发现问题 0 处。\n"


def test_published_withdrawn_and_reissued_copies_are_whole(county: County, copy: IssuedCopy) -> None:
    publish.publish(copy.filing_id, by=county.manager, now=timezone.now())
    assert verify()[0] == 0
    reissued = reissue.copy_to_reissue(copy.filing_id, by=county.manager)
    reissue.reissue(reissued, reissue.print_again(reissued, print_pdf), "", by=county.manager, now=timezone.now())
    assert verify()[0] == 0
    publish.unpublish(copy.filing_id, "有误。", by=county.manager, now=timezone.now())
    assert verify()[0] == 0
    step(Action.REVOKE, copy.filing, county.manager, reason="金额有误。")
    assert verify()[0] == 0


def test_a_revoked_and_approved_copy_is_whole(county: County, copy: IssuedCopy) -> None:
    filing = copy.filing
    step(Action.REVOKE, filing, county.manager, reason="金额有误。")
    approve(county, filing)
    assert verify()[0] == 0


def cancelled(county: County, copy: IssuedCopy) -> None:
    """Cancel an adjustment that was returned."""
    filing = adjust(county, copy.filing, "管好县档案，再建一馆。")
    step(Action.RETURN, filing, county.performance_reviewer, reason="不应调整。")
    step(Action.CANCEL_ADJUSTMENT, filing, county.filler)


def test_a_cancelled_adjustment_is_whole(county: County, copy: IssuedCopy) -> None:
    cancelled(county, copy)
    assert verify()[0] == 0
    approve(county, adjust(county, copy.filing, "管好县档案，另建一馆。"))
    assert verify()[0] == 0


def test_a_version_that_lost_its_cancellation_is_found(county: County, copy: IssuedCopy) -> None:
    cancelled(county, copy)
    CancelledRevision.objects.all().delete()
    code, output = verify()
    assert (code, "第 3 版是否取消与办理经过所记不符。" in output) == (1, True)
    CancelledRevision.objects.create(revision=copy.revision)
    assert "第 2 版是否取消与办理经过所记不符。" in verify()[1]


def alter_event(copy: IssuedCopy) -> None:
    Event.objects.filter(number=2).update(by_name="别人")


def delete_last_event(copy: IssuedCopy) -> None:
    Event.objects.filter(number=Event.objects.count()).delete()


def spoil_event(copy: IssuedCopy) -> None:
    Event.objects.filter(number=3).update(detail="no JSON", action=Action.SUBMIT)


def publish_silently(copy: IssuedCopy) -> None:
    publish.publish(copy.filing_id, by=manager_of(copy), now=timezone.now())
    Publication.objects.filter(copy=copy).update(copy=copy.supersedes)


def end_silently(copy: IssuedCopy) -> None:
    publish.publish(copy.filing_id, by=manager_of(copy), now=timezone.now())
    Publication.objects.update(ended_at=timezone.now(), end=PublicationEnd.REPLACED, ended_by=manager_of(copy))


def manager_of(copy: IssuedCopy) -> User:
    return User.objects.get(memberships__role=Role.MANAGER)


def alter_revision(copy: IssuedCopy) -> None:
    Revision.objects.filter(number=1).update(content=copy.revision.content)


def exchange_revision(copy: IssuedCopy) -> None:
    Revision.objects.filter(number=1).update(content=copy.revision.content, sha256=copy.revision.sha256)


def change_reason(copy: IssuedCopy) -> None:
    AdjustmentReason.objects.filter(revision=copy.revision).update(label="其他")


def lose_reason(copy: IssuedCopy) -> None:
    AdjustmentReason.objects.filter(revision=copy.revision).delete()


def remove_file(copy: IssuedCopy) -> None:
    default_storage.delete(issuing.file_name(copy.sha256))


def alter_file(copy: IssuedCopy) -> None:
    name = issuing.file_name(copy.sha256)
    default_storage.delete(name)
    default_storage.save(name, ContentFile(b"%PDF-1.7"))


def cut_chain(copy: IssuedCopy) -> None:
    IssuedCopy.objects.filter(pk=copy.pk).update(supersedes=None)


def change_code(copy: IssuedCopy) -> None:
    IssuedCopy.objects.filter(pk=copy.pk).update(code="CHANGED")


def unrevoke(copy: IssuedCopy) -> None:
    step(Action.REVOKE, copy.filing, copy.filing.events.get(number=1).by, reason="误。")
    IssuedCopy.objects.filter(pk=copy.pk).update(revoked_at=None, revoked_by=None, revocation_reason="", live=True)


def change_certificate(copy: IssuedCopy) -> None:
    IssuedCopy.objects.filter(pk=copy.pk).update(certificate_sha256="0" * 64)


def lose_attachment(copy: IssuedCopy) -> None:
    user = copy.revision.submitted_by
    Attachment.objects.create(
        filing=copy.filing, kind="other", name="批复.pdf", size=1, sha256="0" * 64, by=user, at=timezone.now()
    )


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (alter_event, "办理经过第 2 条缺失或被改动过。"),
        (delete_last_event, "定稿有 2 份，与办理经过所记的 1 份不一致。"),
        (spoil_event, "办理经过第 3 条缺失或被改动过。"),
        (publish_silently, "公开的记录与办理经过所记不一致。"),
        (end_silently, "现在公开的定稿与办理经过所记不一致。"),
        (alter_revision, "第 1 版的内容与校验码不符。"),
        (exchange_revision, "第 1 版与提交时的记录不符。"),
        (change_reason, "第 2 版的调整原因与提交时的记录不符。"),
        (lose_reason, "第 2 版的调整原因与提交时的记录不符。"),
        (remove_file, "的文件缺失或被改动过，已停止下载。请从备份恢复。"),
        (alter_file, "的文件缺失或被改动过，已停止下载。请从备份恢复。"),
        (cut_chain, "与前一份定稿的衔接断开。"),
        (change_code, "定稿有 2 份，与办理经过所记的 2 份不一致。"),
        (change_certificate, "的签名证书与记录不符。"),
        (lose_attachment, "附件「批复.pdf」的文件缺失或被改动过。请从备份恢复。"),
    ],
)
def test_damage_is_named(copy: IssuedCopy, damage: Callable[[IssuedCopy], None], sentence: str) -> None:
    append_only.remove(connection)
    damage(copy)
    append_only.install(connection)
    code, output = verify()
    assert code == 1
    assert "「县档案馆」：" in output
    assert sentence in output
    assert "发现问题 0 处" not in output


def test_a_signature_that_is_no_longer_trusted_is_named(copy: IssuedCopy, settings: Settings, tmp_path: Path) -> None:
    settings.SIGNING_FILE = str(write_signing_file(tmp_path, found_authorities()))
    code, output = verify()
    assert code == 1
    assert output.count("的签名核对未通过：") == 2


def test_the_nightly_check_takes_steps_and_notifies_the_managers(
    county: County, copy: IssuedCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "STEP", 1)
    county.cycle.filings.create(department=county.supervising)
    remove_file(copy)
    nightly.nightly.call()
    work()
    stored = IntegrityCheck.objects.get()
    assert stored.finished_at is not None
    assert (stored.counts["filings"], stored.broken_count) == (2, 2)
    assert "没有办理经过" in check.broken_of(stored)[1].sentence
    message = Message.objects.get(user=county.manager, kind=MessageKind.INTEGRITY_BROKEN)
    assert message.text == "完整性检查发现 2 处问题，请尽快查看处理。"
    assert DBTaskResult.objects.filter(task_path=nightly.nightly.module_path).count() == 1


def test_a_check_whose_step_has_failed_is_noticed(
    county: County, copy: IssuedCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    nightly.start_check()
    assert nightly.abandon_interrupted() == 0

    def fail() -> None:
        raise MemoryError

    monkeypatch.setattr(check, "trusted", fail)
    with pytest.raises(MemoryError):
        work()
    DBTaskResult.objects.all().delete()
    assert nightly.abandon_interrupted() == 1
    work()
    stored = IntegrityCheck.objects.get()
    assert (stored.finished_at is not None, stored.broken_count) == (True, 1)
    assert Message.objects.filter(user=county.manager, kind=MessageKind.INTEGRITY_BROKEN).exists()


def test_a_step_that_is_carried_out_again_counts_nothing_twice(copy: IssuedCopy) -> None:
    nightly.start_check()
    begun = IntegrityCheck.objects.get()
    for _ in range(2):
        nightly.go_on.call(begun.pk, 0)
    assert IntegrityCheck.objects.get().counts["filings"] == 1
    assert not nightly.start_check()


def test_a_damaged_file_is_not_given_out_and_reported_once_a_day(county: County, copy: IssuedCopy) -> None:
    alter_file(copy)
    for _ in range(2):
        with pytest.raises(FileDamaged):
            issuing.read(copy)
    work()
    message = Message.objects.get(user=county.manager, kind=MessageKind.FILE_DAMAGED)
    assert copy.sha256 in message.text
    assert message.text.startswith("「县档案馆」2026年部门整体支出绩效目标表的定稿文件缺失或被改动过")
