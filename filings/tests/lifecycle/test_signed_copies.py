"""Copies are signed between printing and storing; a signature that fails refuses the approval."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from pytest_django import Settings

from filings.choices import Action, ApprovalState, MessageKind, Stage, Status
from filings.errors import StepRefused
from filings.lifecycle import approvals, events, issuing, workflow
from filings.lifecycle.trust import trusted
from filings.models import Event, Filing, IssuedCopy, Message, PendingApproval, Review
from filings.reviewing.draft_content import DraftContent
from filings.signing import configuration
from filings.signing.check import check_signature
from filings.signing.configuration import Trust
from filings.signing.demonstration_ca import BUREAU
from filings.signing.report import SignatureState
from filings.signing.signer import NotSigned, Signed
from filings.tests.county import County, found_county
from filings.tests.signing.authorities import NOW, found_authorities, write_pem, write_signing_file
from filings.tests.worker import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return found_county((Stage.PERFORMANCE,))


def approve(county: County, filing: Filing) -> Filing:
    return workflow.perform(Action.APPROVE_STAGE, filing, by=county.performance_reviewer, expected_lock=filing.lock)


def stored_files() -> list[str]:
    return default_storage.listdir("issued")[1] if default_storage.exists("issued") else []


def test_a_copy_is_signed_and_its_event_names_the_certificate(
    county: County, signing_file: Path, settings: Settings
) -> None:
    settings.SIGNING_FILE = str(signing_file)
    copy = approve(county, county.in_review()).live_copy()
    assert copy
    report = check_signature(issuing.read(copy), trusted())
    assert report.state == SignatureState.VALID
    assert (copy.signed_by, copy.certificate_sha256, copy.level) == (BUREAU, report.certificate_sha256, "B-B")
    event = Event.objects.get(action=Action.APPROVE_STAGE)
    assert events.detail(event)["certificate_sha256"] == copy.certificate_sha256


def test_certificates_are_trusted_as_the_settings_name_them(signing_file: Path, settings: Settings) -> None:
    assert trusted() == Trust(())
    settings.SIGNING_FILE = str(signing_file)
    assert trusted() == configuration.read(signing_file).trust != Trust(())
    settings.SIGNER = "province.sign"
    assert trusted() == Trust(())


def test_without_a_signing_file_copies_are_not_signed(county: County) -> None:
    copy = approve(county, county.in_review()).live_copy()
    assert copy
    assert (copy.signed_by, copy.certificate_sha256, copy.level) == ("", "", "")
    assert "certificate_sha256" not in events.detail(Event.objects.get(action=Action.APPROVE_STAGE))
    assert b"/ByteRange" not in issuing.read(copy)


def missing(folder: Path) -> Path:
    return folder / "none.toml"


def wrong_password(folder: Path) -> Path:
    path = write_signing_file(folder, found_authorities())
    (folder / "bureau.password").write_text("wrong", encoding="utf-8")
    return path


def expired(folder: Path) -> Path:
    return write_signing_file(folder, found_authorities(now=NOW - timedelta(days=90), years=0.1))


def without_time_stamps(folder: Path) -> Path:
    """No service answers at port 1 of this machine."""
    service = '\n[timestamp]\nurl = "http://127.0.0.1:1/"\ntrust = ["root.pem"]\n'
    return write_signing_file(folder, found_authorities(), service)


def without_revocation_list(folder: Path) -> Path:
    path = without_time_stamps(folder)
    lists = 'long_term = true\nrevocation_lists = ["missing.crl"]\n'
    path.write_text(path.read_text(encoding="utf-8") + lists, encoding="utf-8")
    return path


def untrusted(folder: Path) -> Path:
    path = write_signing_file(folder, found_authorities())
    write_pem(folder / "root.pem", found_authorities().root)
    return path


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (missing, "none.toml 不存在。请核对环境变量 SIGNING_FILE。"),
        (wrong_password, "不能打开：密码不正确"),
        (expired, "现在不能签名。请更换证书后重新批复。"),
        (without_time_stamps, "时间戳服务 http://127.0.0.1:1/ 没有正确答复。请稍后重新批复"),
        (without_revocation_list, "missing.crl 不能读取"),
        (untrusted, "签名后核对未通过"),
    ],
)
def test_a_failed_signature_fails_the_approval(
    county: County, tmp_path: Path, settings: Settings, prepare: Callable[[Path], Path], sentence: str
) -> None:
    settings.SIGNING_FILE = str(prepare(tmp_path))
    filing = county.in_review()
    before, issued = Event.objects.count(), stored_files()
    approvals.queue(filing, by=county.performance_reviewer, expected_lock=filing.lock, content=DraftContent())
    work(ahead=True)
    approval = PendingApproval.objects.get()
    assert approval.state == ApprovalState.FAILED
    assert approval.error == "签名未成功，未批复。请联系系统管理员。"
    assert sentence in Message.objects.get(user=county.manager).text
    message = Message.objects.get(user=county.performance_reviewer, kind=MessageKind.APPROVAL_FAILED)
    assert approval.error in message.text
    assert message.text.endswith("表没有变动，请处理后重新批复。")
    assert Filing.objects.get().status == Status.IN_REVIEW
    assert (Review.objects.count(), IssuedCopy.objects.count(), Event.objects.count()) == (0, 0, before)
    assert stored_files() == issued


def provincial(pdf: bytes, *, unit: str, at: datetime, signing_file: Path) -> Signed:
    """A signing service of a province. A slow one must not hold a transaction: no savepoint is open here."""
    assert connection.savepoint_ids == []
    return Signed(pdf + f"\n% {unit} {signing_file.name}".encode(), "省电子印章平台", "ab" * 32, "GB/T 38540")


def refusing(pdf: bytes, *, unit: str, at: datetime, signing_file: Path) -> Signed:
    raise NotSigned("省电子印章平台正在维护，请在 18:00 以后重新批复。")


GOOD = Signed(b"%PDF-1.7", "省电子印章平台", "ab" * 32, "GB/T 38540")
FAULTY = {
    "no_file": (replace(GOOD, content=b"<html>"), "没有返回 PDF 文件"),
    "no_name": (replace(GOOD, signed_by=""), "返回的签名人应为 1 至 200 个字，实际有 0 个字"),
    "long_name": (replace(GOOD, signed_by="省" * 201), "返回的签名人应为 1 至 200 个字，实际有 201 个字"),
    "no_level": (replace(GOOD, level=""), "返回的签名级别应为 1 至 10 个字，实际有 0 个字"),
    "long_level": (replace(GOOD, level="GB/T 38540-2020"), "返回的签名级别应为 1 至 10 个字，实际有 15 个字"),
    "wrong_hash": (replace(GOOD, certificate_sha256="g" * 64), "返回的证书校验码不是 64 位十六进制数字"),
    "line_end": (replace(GOOD, certificate_sha256="ab" * 32 + "\n"), "返回的证书校验码不是"),
}


def faulty(pdf: bytes, *, unit: str, at: datetime, signing_file: Path) -> Signed:
    """Return the result that the signing file's name names."""
    return FAULTY[signing_file.stem][0]


@pytest.mark.parametrize("kind", FAULTY)
def test_a_faulty_result_of_another_signer_is_not_stored(county: County, settings: Settings, kind: str) -> None:
    settings.SIGNING_FILE, settings.SIGNER = f"/etc/{kind}.toml", f"{__name__}.faulty"
    filing, issued = county.in_review(), stored_files()
    with pytest.raises(StepRefused, match="签名未成功"):
        approve(county, filing)
    work()
    assert f"签名程序 {__name__}.faulty {FAULTY[kind][1]}" in Message.objects.get(user=county.manager).text
    assert IssuedCopy.objects.count() == 0
    assert stored_files() == issued


def test_another_signer_can_be_plugged_in(county: County, settings: Settings) -> None:
    settings.SIGNING_FILE = "/etc/province.toml"
    settings.SIGNER = f"{__name__}.provincial"
    copy = approve(county, county.in_review()).live_copy()
    assert copy
    assert (copy.signed_by, copy.certificate_sha256, copy.level) == ("省电子印章平台", "ab" * 32, "GB/T 38540")
    assert issuing.read(copy).endswith(b"\n% 101 province.toml")


@pytest.mark.parametrize(
    ("signer", "sentence"),
    [
        (f"{__name__}.refusing", "省电子印章平台正在维护，请在 18:00 以后重新批复。"),
        ("filings.nothing.sign", "签名程序 filings.nothing.sign 不能装入。请系统管理员核对环境变量 SIGNER。"),
    ],
)
def test_another_signer_can_refuse(county: County, settings: Settings, signer: str, sentence: str) -> None:
    settings.SIGNING_FILE = "/etc/province.toml"
    settings.SIGNER = signer
    with pytest.raises(StepRefused, match=r"^签名未成功，未批复。请联系系统管理员。$"):
        approve(county, county.in_review())
    work()
    assert sentence in Message.objects.get(user=county.manager).text
    assert IssuedCopy.objects.count() == 0
