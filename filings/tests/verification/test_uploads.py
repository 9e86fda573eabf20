"""Uploaded files: unchanged copies, changed ones, and what was never issued."""

import re
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from django.utils import timezone
from pytest_django import Settings

from filings.choices import Stage
from filings.formats.pdf import write as pdf
from filings.lifecycle import issuing
from filings.lifecycle.trust import NO_TRUST, trusted
from filings.models import IssuedCopy
from filings.signing import pades
from filings.signing.configuration import Trust
from filings.signing.report import SignatureState
from filings.tests.county import County, found_county
from filings.tests.signing.authorities import found_authorities, write_signing_file
from filings.tests.verification.copies import approve
from filings.verification.uploads import FileVerdict, Verdict, examine

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return found_county((Stage.PERFORMANCE,))


@pytest.fixture
def signed(county: County, settings: Settings, signing_file: Path) -> IssuedCopy:
    settings.SIGNING_FILE = str(signing_file)
    return approve(county)


def flipped(content: bytes, position: int) -> bytes:
    return content[:position] + bytes([content[position] ^ 1]) + content[position + 1 :]


def verdict_on(content: bytes, trust: Trust | None = None) -> FileVerdict:
    return examine(content, trusted() if trust is None else trust)


def test_an_issued_file_is_unchanged(county: County) -> None:
    copy = approve(county)
    found = verdict_on(issuing.read(copy))
    assert (found.verdict, found.status and found.status.copy) == (Verdict.UNCHANGED, copy)


@pytest.mark.parametrize("added", [b"\n", b"%%EOF\n", b" junk", b"1 0 obj\n<<>>\nendobj\n%%EOF"])
def test_appended_bytes_are_counted(signed: IssuedCopy, added: bytes) -> None:
    content = issuing.read(signed)
    found = verdict_on(content + added)
    assert (found.verdict, found.appended, found.original_size) == (Verdict.APPENDED, len(added), len(content))
    assert found.status is not None
    assert found.status.copy == signed
    assert found.is_signature_broken


def test_an_update_after_the_signature_is_named(signed: IssuedCopy) -> None:
    content = issuing.read(signed)
    writer = pypdf.PdfWriter(BytesIO(content), incremental=True)
    writer.add_metadata({"/Title": "another table"})
    updated = BytesIO()
    writer.write(updated)
    assert updated.getvalue().startswith(content)
    found = verdict_on(updated.getvalue())
    assert (found.verdict, found.status and found.status.copy) == (Verdict.APPENDED, signed)
    assert found.is_signature_broken


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7])
def test_a_flipped_byte_breaks_the_signature(signed: IssuedCopy, share: float) -> None:
    content = issuing.read(signed)
    found = verdict_on(flipped(content, round(len(content) * share)))
    assert found.verdict == Verdict.CHANGED
    assert found.is_signature_broken


def test_an_altered_digit_of_the_signature_is_a_change_not_a_forgery(signed: IssuedCopy) -> None:
    content = issuing.read(signed)
    start = re.search(rb"/Contents\s*<", content).end()  # type: ignore[union-attr]
    for position in range(start + 100, start + 1000, 300):
        digit = b"0" if content[position : position + 1] != b"0" else b"1"
        found = verdict_on(content[:position] + digit + content[position + 1 :])
        assert (found.verdict, found.different) == (Verdict.CHANGED, 1)
        assert found.status is not None
        assert found.status.copy == signed


def test_a_flipped_byte_of_an_unsigned_copy_is_named_by_its_content(county: County) -> None:
    copy = approve(county)
    found = verdict_on(flipped(issuing.read(copy), len("%PDF-1.7") + 3))
    assert (found.verdict, found.status and found.status.copy) == (Verdict.CHANGED, copy)


def test_a_self_made_certificate_of_the_same_name_is_forged(county: County, signed: IssuedCopy, tmp_path: Path) -> None:
    document = signed.revision.document()
    printed = pdf.write(document, county.cycle.edition.definition(), made_at=timezone.now())
    forged = pades.sign(
        printed,
        unit=county.department.code,
        at=timezone.now(),
        signing_file=write_signing_file(tmp_path / "forged", found_authorities()),
    )
    assert forged.signed_by == signed.signed_by
    found = verdict_on(forged.content)
    assert (found.verdict, found.status and found.status.copy) == (Verdict.FORGED, signed)


def test_a_signed_file_that_is_not_listed_is_not_unchanged(signed: IssuedCopy) -> None:
    content = issuing.read(signed)
    IssuedCopy.objects.filter(pk=signed.pk).update(sha256="0" * 64)
    found = verdict_on(content)
    assert found.inspection is not None
    assert (found.verdict, found.inspection.state) == (Verdict.CHANGED, SignatureState.VALID)


def test_a_print_of_a_draft_was_not_issued(county: County) -> None:
    filing = county.signing()
    document = filing.revisions.get().document()
    printed = pdf.write(document, filing.cycle.edition.definition(), made_at=timezone.now())
    found = verdict_on(printed, NO_TRUST)
    assert (found.verdict, found.status) == (Verdict.NOT_ISSUED, None)


@pytest.mark.parametrize(
    ("content", "verdict"),
    [
        (b"", Verdict.NO_PDF),
        (b"PK\x03\x04 a Word file", Verdict.NO_PDF),
        (b"%PDF-1.7\n%%EOF", Verdict.UNKNOWN),
        (b"%PDF-1.7\n" + b"%%EOF\n" * 10_000, Verdict.UNKNOWN),
        (b"%PDF-1.7\n" + bytes(range(256)) * 80_000, Verdict.UNKNOWN),
    ],
    ids=["empty", "word", "short", "many ends", "20 MB"],
)
def test_other_files_are_not_ours(content: bytes, verdict: Verdict) -> None:
    found = verdict_on(content, NO_TRUST)
    assert (found.verdict, found.status) == (verdict, None)
