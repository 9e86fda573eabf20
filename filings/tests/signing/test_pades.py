"""Signing a printed copy: PAdES that other programs accept, on a file that stays PDF/A-3u."""

import subprocess
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest

from filings.signing import pades
from filings.signing.check import check_signature
from filings.signing.configuration import Trust
from filings.signing.demonstration_ca import BUREAU
from filings.signing.report import SignatureState
from filings.signing.signer import NotSigned
from filings.tests.signing.authorities import NOW, found_authorities, write_pem, write_signing_file
from filings.tests.signing.programs import program


def trailer_of(content: bytes) -> Any:
    return pypdf.PdfReader(BytesIO(content)).trailer


def test_the_bureau_signs(printed: bytes, signing_file: Path, trust: Trust) -> None:
    signed = pades.sign(printed, unit="100", at=NOW, signing_file=signing_file)
    report = check_signature(signed.content, trust)
    assert (report.state, report.signed_at, report.level) == (SignatureState.VALID, NOW, "B-B")
    assert (signed.signed_by, signed.level) == (BUREAU, "B-B") == (report.signed_by, report.level)
    assert signed.certificate_sha256 == report.certificate_sha256 != ""


def test_a_department_signs_with_its_own_key(printed: bytes, signing_file: Path, trust: Trust) -> None:
    signed = pades.sign(printed, unit="101001", at=NOW, signing_file=signing_file)
    assert signed.signed_by == "演示单位（演示）"
    assert check_signature(signed.content, trust).state == SignatureState.VALID


def test_the_signature_follows_the_printed_bytes(printed: bytes, signed: bytes) -> None:
    assert signed.startswith(printed)


def test_the_file_stays_pdf_a(printed: bytes, signed: bytes) -> None:
    """What PDF/A-3 demands of an update: metadata in agreement, the file's ID, version 1.7, a printable widget."""
    before, after = pypdf.PdfReader(BytesIO(printed)), pypdf.PdfReader(BytesIO(signed))
    first, second = trailer_of(printed), trailer_of(signed)
    earlier, catalog = first["/Root"].get_object(), second["/Root"].get_object()
    assert catalog["/Metadata"].get_object().get_data() == earlier["/Metadata"].get_object().get_data()
    assert set(earlier) <= set(catalog)
    assert after.metadata == before.metadata
    assert second["/ID"][0] == first["/ID"][0]
    assert second["/ID"][1] != first["/ID"][1]
    assert (after.pdf_header, catalog.get("/Version")) == ("%PDF-1.7", None)
    assert list(after.attachments) == list(before.attachments) != []
    form = catalog["/AcroForm"].get_object()
    assert "/NeedAppearances" not in form
    assert "/XFA" not in form
    (widget,) = (field.get_object() for field in form["/Fields"])
    printable, hidden = 1 << 2, (1 << 0) | (1 << 1) | (1 << 5) | (1 << 8)
    assert widget["/F"] & printable
    assert not widget["/F"] & hidden
    # An annotation without area needs no appearance.
    assert [float(side) for side in widget["/Rect"]] == [0, 0, 0, 0]
    references = widget["/V"]["/Reference"]
    assert not {"/DigestLocation", "/DigestMethod", "/DigestValue"} & set(references[0].get_object())


def test_the_pages_are_the_same(printed: bytes, signed: bytes) -> None:
    before, after = pypdf.PdfReader(BytesIO(printed)), pypdf.PdfReader(BytesIO(signed))
    assert [page.extract_text() for page in after.pages] == [page.extract_text() for page in before.pages]


def test_pdfsig_agrees(signed: bytes, tmp_path: Path) -> None:
    (tmp_path / "copy.pdf").write_bytes(signed)
    command = [program("pdfsig", "poppler-utils"), str(tmp_path / "copy.pdf")]
    output = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." in output
    assert "Total document signed" in output
    assert BUREAU in output
    assert "ETSI.CAdES.detached" in output
    changed = signed.replace(b"/Lang", b"/Long", 1)
    assert changed != signed
    (tmp_path / "copy.pdf").write_bytes(changed)
    output = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." not in output


def test_qpdf_finds_no_errors(signed: bytes, tmp_path: Path) -> None:
    (tmp_path / "copy.pdf").write_bytes(signed)
    command = [program("qpdf", "qpdf"), "--check", str(tmp_path / "copy.pdf")]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (finished.returncode, finished.stderr) == (0, "")


def test_an_expired_certificate_does_not_sign(tmp_path: Path) -> None:
    path = write_signing_file(tmp_path, found_authorities(now=NOW - timedelta(days=30), years=0.05))
    with pytest.raises(NotSigned, match=r"的签名证书有效期为 .* 至 .*，现在不能签名。请更换证书"):
        pades.sign(b"%PDF-1.7", unit="100", at=NOW, signing_file=path)


def test_a_signature_that_would_not_be_trusted_is_refused(printed: bytes, tmp_path: Path) -> None:
    path = write_signing_file(tmp_path, found_authorities())
    write_pem(tmp_path / "root.pem", found_authorities().root)
    with pytest.raises(NotSigned, match="签名后核对未通过：签名证书不是本系统认可的证书"):
        pades.sign(printed, unit="100", at=NOW, signing_file=path)


def test_what_is_no_pdf_is_not_signed(signing_file: Path) -> None:
    with pytest.raises(NotSigned, match="文件未能签名"):
        pades.sign(b"no PDF", unit="100", at=NOW, signing_file=signing_file)
