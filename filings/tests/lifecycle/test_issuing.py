"""Issued files: stored under their hash, sealed, with a code, and superseded. Storing is in test_stored_files.py."""

from datetime import datetime
from hashlib import sha256
from io import BytesIO

import pypdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from filings import verification_code
from filings.choices import Action, Stage, Status
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.errors import StepRefused
from filings.formats.file import CannotPrint
from filings.formats.pdf import seal
from filings.formats.pdf.overlay import Seal
from filings.lifecycle import issuing, workflow
from filings.models import Event, Filing, IssuedCopy, Review
from filings.table.marks import CopyMark
from filings.tests.county import found_county, step, with_reasons


def test_a_copy_is_stored_under_its_hash() -> None:
    content = b"%PDF one"
    digest = issuing.keep(content)
    assert digest == sha256(content).hexdigest()
    assert issuing.read(IssuedCopy(sha256=digest)) == content
    with default_storage.open(f"issued/{digest}.pdf") as file:
        assert file.read() == content


@pytest.mark.django_db
def test_the_real_printer_seals_the_copy_and_prints_its_code() -> None:
    county = found_county((Stage.PERFORMANCE,))
    picture = seal.draw("县档案馆")
    county.department.seal.save("seal.png", ContentFile(picture))
    filing = county.in_review()
    filing = workflow.perform(Action.APPROVE_STAGE, filing, by=county.performance_reviewer, expected_lock=filing.lock)
    copy = filing.live_copy()
    assert copy
    assert copy.seal_sha256 == sha256(picture).hexdigest()
    pdf = pypdf.PdfReader(BytesIO(issuing.read(copy)))
    assert verification_code.formatted(copy.code) in pdf.pages[0].extract_text()
    assert len(pdf.pages[0].images) == 1


@pytest.mark.django_db
def test_a_copy_that_cannot_be_printed_is_not_approved() -> None:
    def jammed(
        document: FilingDocument, edition: Edition, *, made_at: datetime, seal: Seal | None, mark: CopyMark
    ) -> bytes:
        raise CannotPrint("有 1 个字符无法打印：「𠀀」。")

    county = found_county((Stage.PERFORMANCE,))
    filing = county.in_review()
    events = Event.objects.count()
    with pytest.raises(StepRefused, match="定稿未能生成，未批复。有 1 个字符无法打印"):
        workflow.perform(
            Action.APPROVE_STAGE, filing, by=county.performance_reviewer, expected_lock=filing.lock, printer=jammed
        )
    assert Filing.objects.get().status == Status.IN_REVIEW
    assert (Review.objects.count(), Event.objects.count(), IssuedCopy.objects.count()) == (0, events, 0)


@pytest.mark.django_db
def test_a_second_approval_supersedes_the_first_copy() -> None:
    county = found_county((Stage.PERFORMANCE,))
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.performance_reviewer)
    filing = step(Action.ADJUST, filing, county.filler, reason="追加")
    filing = step(Action.SUBMIT, with_reasons(filing, county.filler), county.filler)
    filing = step(Action.SIGN, filing, county.head)
    step(Action.APPROVE_STAGE, filing, county.performance_reviewer)
    assert list(IssuedCopy.objects.values_list("live", "supersedes__code")) == [
        (False, None),
        (True, IssuedCopy.objects.earliest("id").code),
    ]
