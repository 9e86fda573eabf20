"""补办用印签名: a copy issued without a signature gets one, or stays as it is."""

from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from filings.choices import Action, JobKind, MessageKind
from filings.errors import StepRefused
from filings.lifecycle import events, issuing
from filings.models import IssuedCopy, Message
from filings.publication import jobs, reissue
from filings.signing import configuration
from filings.signing.check import check_signature
from filings.signing.demonstration_ca import BUREAU
from filings.signing.report import SignatureState
from filings.tests.county import found_county
from filings.tests.publication.published import approved, copied
from filings.tests.worker import work

pytestmark = pytest.mark.django_db


def test_an_unsigned_copy_is_signed(signing_file: Path, settings: Settings) -> None:
    county = found_county()
    filing = approved(county)
    settings.SIGNING_FILE = str(signing_file)
    copy = reissue.copy_to_reissue(filing.pk, by=county.manager)
    printed = reissue.print_again(copy, issuing.print_pdf)
    new = reissue.reissue(copy, printed, "", by=county.manager, now=timezone.now())
    assert (copy.signed_by, new.signed_by, new.level) == ("", BUREAU, "B-B")
    assert check_signature(issuing.read(new), configuration.read(signing_file).trust).state == SignatureState.VALID
    event = filing.events.get(action=Action.REISSUE)
    assert events.detail(event)["certificate_sha256"] == new.certificate_sha256 != ""


def test_a_failed_signature_changes_nothing(settings: Settings) -> None:
    county = found_county()
    filing = approved(county)
    settings.SIGNING_FILE = "/none/signing.toml"
    copy = reissue.copy_to_reissue(filing.pk, by=county.manager)
    with pytest.raises(StepRefused, match=r"^「县档案馆」的定稿签名未成功，未补办。请联系系统管理员。$"):
        reissue.print_again(copy, issuing.print_pdf)
    assert IssuedCopy.objects.get() == copy


def test_a_reason_that_stops_all_copies_of_a_job_is_reported_to_the_managers_once(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    county = found_county()
    first = approved(county)
    second = copied(first, county, "301")
    settings.SIGNING_FILE = "/none/signing.toml"
    chosen = [(filing.pk, filing.issued_copies.get().pk) for filing in (first, second)]
    job = jobs.queue(county.cycle, JobKind.REISSUE, chosen, "", by=county.manager, now=timezone.now())
    work()
    job.refresh_from_db()
    sentence = "的定稿签名未成功，未补办。请联系系统管理员。"
    assert job.failures == [[filing.pk, f"「{filing.department}」{sentence}"] for filing in (first, second)]
    reason = "签名配置 /none/signing.toml 不存在"
    message = Message.objects.get(kind=MessageKind.APPROVAL_FAILED)
    assert message.user == county.manager
    assert f"签名未成功，未补办：{reason}" in message.text
    assert sum(reason in record.getMessage() for record in caplog.records) == 2
