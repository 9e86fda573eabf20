"""Checking a signature: each kind of change has its state, and nothing but the signed file itself is valid."""

import re
import time
import tracemalloc
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, sign_pdf
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.validation.status import SignatureCoverageLevel

from filings.signing import check, configuration, keys, pades
from filings.signing.check import check_signature
from filings.signing.configuration import Trust
from filings.signing.demonstration_ca import Issuer
from filings.signing.keys import SoftwareSigner
from filings.signing.report import SENTENCES, SignatureState
from filings.tests.signing.authorities import NOW, found_authorities, write_signing_file


def state(pdf: bytes, trust: Trust) -> SignatureState:
    return check_signature(pdf, trust).state


def gap(signed: bytes) -> tuple[int, int]:
    """Return the bounds of the only bytes that the signature does not cover."""
    match = re.search(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]", signed)
    assert match
    start, end, length = map(int, match.groups())
    assert end + length == len(signed)
    return start, end


def loaded(issuer: Issuer) -> x509.Certificate:
    return x509.Certificate.load(issuer.certificate.public_bytes(Encoding.DER))


def replaced(content: bytes, position: int, byte: int) -> bytes:
    return content[:position] + bytes([byte]) + content[position + 1 :]


def test_each_state_has_a_sentence() -> None:
    assert set(SENTENCES) == set(SignatureState)
    assert [kind for kind, sentence in SENTENCES.items() if "签名有效" in sentence] == [SignatureState.VALID]


def test_a_signed_file_is_valid_and_pyhanko_finds_it_covered(signed: bytes, trust: Trust) -> None:
    report = check_signature(signed, trust)
    assert (report.state, report.sentence) == (SignatureState.VALID, SENTENCES[SignatureState.VALID])
    (embedded,) = PdfFileReader(BytesIO(signed)).embedded_signatures
    assert embedded.evaluate_signature_coverage() == SignatureCoverageLevel.ENTIRE_FILE
    assert embedded.signer_cert.sha256.hex() == report.certificate_sha256


def test_an_unsigned_file_has_no_signature(printed: bytes, trust: Trust) -> None:
    assert state(printed, trust) == SignatureState.NONE


@pytest.mark.parametrize("tail", [b"\n", b"\0", b"%%EOF\n", b"x" * 1000])
def test_appended_bytes_are_named(signed: bytes, trust: Trust, tail: bytes) -> None:
    report = check_signature(signed + tail, trust)
    assert report.state == SignatureState.APPENDED
    assert "签名后被追加过内容" in report.sentence


def test_an_update_by_pyhanko_is_named(signed: bytes, trust: Trust) -> None:
    output = BytesIO(signed)
    writer: Any = IncrementalPdfFileWriter(output)
    stamp = writer.add_object(generic.StreamObject(stream_data=b"BT (999) Tj ET"))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), stamp])
    writer.update_container(page)
    writer.write_in_place()
    assert output.getvalue().startswith(signed)
    assert state(output.getvalue(), trust) == SignatureState.APPENDED


def test_an_update_by_pypdf_is_named(signed: bytes, trust: Trust) -> None:
    writer = pypdf.PdfWriter(BytesIO(signed), incremental=True)
    writer.pages[0].rotate(90)
    output = BytesIO()
    writer.write(output)
    assert output.getvalue().startswith(signed)
    assert state(output.getvalue(), trust) == SignatureState.APPENDED


def test_a_file_written_again_is_changed(signed: bytes, trust: Trust) -> None:
    output = BytesIO()
    pypdf.PdfWriter(clone_from=BytesIO(signed)).write(output)
    assert state(output.getvalue(), trust) == SignatureState.CHANGED


def test_a_forged_certificate_of_the_same_name_is_not_trusted(printed: bytes, trust: Trust, tmp_path: Path) -> None:
    forged = pades.sign(printed, unit="100", at=NOW, signing_file=write_signing_file(tmp_path, found_authorities()))
    report = check_signature(forged.content, trust)
    assert (report.state, report.signed_by) == (SignatureState.UNTRUSTED, forged.signed_by)
    assert "不能证明文件是本系统签发的定稿" in report.sentence


def test_a_forged_signature_after_the_genuine_one_is_named(signed: bytes, trust: Trust, tmp_path: Path) -> None:
    """The forger's signature covers the whole file, the bureau's only what it has signed."""
    path = write_signing_file(tmp_path, found_authorities())
    settings = configuration.read(path)
    key = keys.load(settings, "bureau", settings.key_of("1"))
    metadata = PdfSignatureMetadata(field_name="Second", subfilter=SigSeedSubFilter.PADES)
    writer = IncrementalPdfFileWriter(BytesIO(signed), strict=False)
    del writer.root["/Perms"]
    forged = sign_pdf(writer, metadata, key.signer).getvalue()
    assert forged.startswith(signed)
    assert (state(forged, trust), state(forged, settings.trust)) == (SignatureState.APPENDED, SignatureState.VALID)


def test_a_signature_moved_to_another_file_is_changed(signed: bytes, trust: Trust) -> None:
    """The gap keeps its place and the digits of the genuine signature; what surrounds it is another text."""
    start, end = gap(signed)
    other = signed[:start].replace(b"/Lang", b"/Long") + signed[start:end] + signed[end:]
    assert state(other, trust) == SignatureState.CHANGED


def test_a_gap_that_holds_objects_is_changed(signed: bytes, trust: Trust) -> None:
    """Readers that look for the end of the string would read the objects in the gap, which no signature covers."""
    start, end = gap(signed)
    digits = signed[start:end].rstrip(b"0>")
    hidden = (digits + b"> /V 9 0 R <").ljust(end - start - 1, b"0") + b">"
    assert len(hidden) == end - start
    assert state(signed[:start] + hidden + signed[end:], trust) == SignatureState.CHANGED


def test_another_case_of_one_digit_is_changed(signed: bytes, trust: Trust) -> None:
    start, end = gap(signed)
    position = start + re.search(rb"[A-F]", signed[start:end]).start()  # type: ignore[union-attr]
    assert state(replaced(signed, position, signed[position] | 0x20), trust) == SignatureState.CHANGED


def test_digits_after_the_signature_are_changed(signed: bytes, trust: Trust) -> None:
    _, end = gap(signed)
    assert signed[end - 3 : end] == b"00>"
    assert state(replaced(signed, end - 2, ord("1")), trust) == SignatureState.CHANGED


def test_a_signature_that_takes_in_its_padding_is_changed(signed: bytes, trust: Trust) -> None:
    """Parsers skip the zeros at the end of a sequence whose length was raised."""
    start, _ = gap(signed)
    assert signed[start + 1 : start + 5] == b"3082"
    length = b"%04X" % (int(signed[start + 5 : start + 9], 16) + 256)
    assert state(signed[: start + 5] + length + signed[start + 9 :], trust) == SignatureState.CHANGED


@given(data=st.data())
def test_no_changed_byte_is_valid(signed: bytes, trust: Trust, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(signed) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != signed[position]))
    assert state(replaced(signed, position, byte), trust) != SignatureState.VALID


@given(data=st.data())
def test_no_changed_digit_of_the_signature_is_valid(signed: bytes, trust: Trust, data: st.DataObject) -> None:
    start, end = gap(signed)
    position = data.draw(st.integers(start, end - 1))
    byte = data.draw(st.sampled_from(b"0123456789ABCDEFabcdef<> /\n").filter(lambda byte: byte != signed[position]))
    assert state(replaced(signed, position, byte), trust) != SignatureState.VALID


@pytest.mark.thorough
def test_no_digit_of_the_signature_can_be_changed(signed: bytes, trust: Trust) -> None:
    start, end = gap(signed)
    changed = (replaced(signed, position, signed[position] ^ 1) for position in range(start, end))
    assert all(state(content, trust) != SignatureState.VALID for content in changed)


@given(cut=st.integers(0, 200_000))
def test_no_part_of_a_file_is_valid(signed: bytes, trust: Trust, cut: int) -> None:
    assert state(signed[: min(cut, len(signed) - 1)], trust) != SignatureState.VALID


@given(content=st.binary(max_size=400))
def test_any_bytes_have_a_report(trust: Trust, content: bytes) -> None:
    assert state(content, trust) != SignatureState.VALID
    assert state(b"%PDF-1.7\n" + content, trust) in (SignatureState.NONE, SignatureState.CHANGED)


@given(content=st.binary(max_size=300))
def test_any_signature_has_a_report(trust: Trust, content: bytes) -> None:
    """Any bytes in the place of a signature, in the form of a sequence that a parser begins to read."""
    der = b"\x30\x82" + len(content).to_bytes(2, "big") + content
    start = len(b"%PDF-1.7\n")
    end = start + 2 * len(der) + 2
    tail = b"/ByteRange [0 %d %d 000099]" % (start, end)
    pdf = b"%PDF-1.7\n<" + der.hex().encode() + b">" + tail
    pdf = pdf.replace(b"000099", b"%06d" % len(tail))
    assert state(pdf, trust) == SignatureState.CHANGED


@pytest.mark.parametrize("numbers", [b"0 9 9 9", b"1 2 3 4", b"0 99999 999999999 1", b"0 0 0 0", b"0 10 5 3"])
def test_impossible_ranges_are_changed(trust: Trust, numbers: bytes) -> None:
    assert state(b"%PDF-1.7\n/ByteRange [" + numbers + b"]" + b" " * 50, trust) == SignatureState.CHANGED


def test_loops_of_cross_references_do_no_harm(signed: bytes, trust: Trust) -> None:
    loop = b"\nxref\n0 0\ntrailer\n<</Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(signed) + 1, len(signed) + 1)
    assert state(signed + loop, trust) == SignatureState.APPENDED


def test_large_junk_takes_little_time_and_memory(trust: Trust) -> None:
    """20 MB of what makes a reader search: unfinished ranges, names, spaces, digits."""
    pieces = (b"/ByteRange [0 1 2 ", b"/ByteRange" + b" " * 500, b"<" + b"0" * 500, b"obj endobj xref trailer ")
    for piece in pieces:
        junk = (b"%PDF-1.7\n" + piece * (20 * 1024 * 1024 // len(piece)))[: 20 * 1024 * 1024]
        tracemalloc.start()
        begin = time.process_time()
        assert state(junk, trust) in (SignatureState.NONE, SignatureState.CHANGED)
        assert time.process_time() - begin < 6
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 4 * len(junk)


def test_many_signatures_are_not_all_verified(signed: bytes, trust: Trust) -> None:
    tail = signed[signed.rfind(b"/ByteRange") :]
    begin = time.process_time()
    assert state(signed + tail * 5000, trust) == SignatureState.APPENDED
    assert time.process_time() - begin < 6


def test_too_large_a_file_is_not_read(trust: Trust) -> None:
    report = check_signature(bytes(check.LARGEST_FILE + 1), trust)
    assert report.state == SignatureState.UNREADABLE
    assert report.sentence == "文件有 25.0 MB，超过 25 MB，不能核验。定稿一般不足 1 MB。"


def test_what_is_no_pdf_is_unreadable(trust: Trust) -> None:
    report = check_signature(b"PK\x03\x04", trust)
    assert (report.state, report.sentence) == (
        SignatureState.UNREADABLE,
        "文件不是 PDF，不能核验。请选择下载的定稿 PDF。",
    )


@pytest.mark.parametrize(
    ("field", "other"),
    [
        (b"020101310F", b"020103310F"),
        (b"310F300D06096086480165030402010500", b"310F300D06096086480165030402020500"),
        (b"310F300D06096086480165030402010500", b"310F300D06096086480165030402010400"),
    ],
    ids=["version", "list of digests", "their parameters"],
)
def test_fields_that_nothing_signs_cannot_be_changed(signed: bytes, trust: Trust, field: bytes, other: bytes) -> None:
    start, _ = gap(signed)
    position = signed.index(field, start)
    changed = signed[:position] + other + signed[position + len(field) :]
    assert state(changed, trust) == SignatureState.CHANGED


def signed_by(key: SoftwareSigner, printed: bytes) -> bytes:
    """Sign as someone who has the key, but not this program."""
    metadata = PdfSignatureMetadata(field_name="Signature", subfilter=SigSeedSubFilter.PADES)
    output: BytesIO = sign_pdf(IncrementalPdfFileWriter(BytesIO(printed)), metadata, key)
    return output.getvalue()


def test_a_certificate_that_is_not_needed_could_be_changed(printed: bytes) -> None:
    authorities, others = found_authorities(), found_authorities()
    own, needed, other = map(loaded, (authorities.bureau, authorities.intermediate, others.intermediate))
    trust = Trust((loaded(authorities.root).dump(),))
    key = authorities.bureau.key
    assert state(signed_by(SoftwareSigner(key, own, [needed]), printed), trust) == SignatureState.VALID
    assert state(signed_by(SoftwareSigner(key, own, [needed, other]), printed), trust) == SignatureState.UNTRUSTED


@pytest.mark.parametrize("trusted", ["root", "bureau"])
def test_a_signature_after_the_certificate_has_expired_is_not_trusted(printed: bytes, trusted: str) -> None:
    authorities = found_authorities(now=NOW - timedelta(days=90), years=0.1)
    own, needed = loaded(authorities.bureau), loaded(authorities.intermediate)
    trust = Trust((loaded(getattr(authorities, trusted)).dump(),))
    chain = [needed] if trusted == "root" else []
    signed = signed_by(SoftwareSigner(authorities.bureau.key, own, chain), printed)
    assert state(signed, trust) == SignatureState.UNTRUSTED


def test_copies_stay_valid_after_their_certificate_has_expired(printed: bytes, tmp_path: Path) -> None:
    """A copy of ten years ago, signed while its certificate was valid."""
    then = NOW.replace(year=NOW.year - 10, day=1)
    path = write_signing_file(tmp_path, found_authorities(now=then))
    signed = pades.sign(printed, unit="100", at=then, signing_file=path)
    report = check_signature(signed.content, configuration.read(path).trust)
    assert (report.state, report.signed_at) == (SignatureState.VALID, then)
