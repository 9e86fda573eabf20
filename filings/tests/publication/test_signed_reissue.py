"""补办用印签名: a copy issued without a signature gets one, or stays as it is."""

from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from filings.choices import Action
from filings.errors import StepRefused
from filings.lifecycle import events, issuing
from filings.models import IssuedCopy
from filings.publication import reissue
from filings.signing import configuration
from filings.signing.check import check_signature
from filings.signing.demonstration_ca import BUREAU
from filings.signing.report import SignatureState
from filings.tests.county import found_county
from filings.tests.publication.published import approved

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
    with pytest.raises(StepRefused, match=r"的定稿未能补办：签名配置 /none/signing.toml 不存在"):
        reissue.print_again(copy, issuing.print_pdf)
    assert IssuedCopy.objects.get() == copy
