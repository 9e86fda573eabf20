"""Check the electronic signature of any bytes. Nothing raises, nothing is fetched; time and memory are bounded."""

import logging

from filings.signing import byte_ranges
from filings.signing.byte_ranges import SignedRange
from filings.signing.configuration import Trust
from filings.signing.report import SignatureReport, SignatureState

logger = logging.getLogger(__name__)

LARGEST_FILE = 25 * 1024 * 1024
HEADER = 1024


def check_signature(pdf: bytes, trust: Trust) -> SignatureReport:
    """Report on the signature of a file that may come from anyone.

    VALID requires that a trusted certificate has signed the file to its last byte. A file with several signatures gets
    the report of its best one.
    """
    if len(pdf) > LARGEST_FILE:
        most = LARGEST_FILE // 1024 // 1024
        return _unreadable(f"文件有 {len(pdf) / 1024 / 1024:.1f} MB，超过 {most} MB，不能核验。定稿一般不足 1 MB。")
    if b"%PDF-" not in pdf[:HEADER]:
        return _unreadable("文件不是 PDF，不能核验。请选择下载的定稿 PDF。")
    reports = [_report(pdf, found, trust) for found in byte_ranges.find(pdf)]
    if reports:
        return min(reports, key=lambda report: list(SignatureState).index(report.state))
    return SignatureReport(SignatureState.CHANGED if byte_ranges.has_traces(pdf) else SignatureState.NONE)


def _unreadable(detail: str) -> SignatureReport:
    return SignatureReport(SignatureState.UNREADABLE, detail=detail)


def _report(pdf: bytes, found: SignedRange, trust: Trust) -> SignatureReport:
    # A slow library, which only verification needs.
    from filings.signing import cms

    try:
        verified = cms.verify(found.der, found.covered(pdf), trust, found.claimed_time(pdf))
    # The libraries raise dozens of types on damaged signatures, none of which may be taken for a valid one.
    except Exception as error:
        logger.info("Unreadable signature: %r", error)
        return SignatureReport(SignatureState.CHANGED)
    level = ("B-LT" if b"/DSS" in pdf else "B-T") if verified.has_timestamp else "B-B"
    state = _state(verified.intact, verified.trusted, is_complete=found.covered_end == len(pdf))
    return SignatureReport(state, verified.signed_by, verified.certificate_sha256, verified.signed_at, level)


def _state(intact: bool, trusted: bool, *, is_complete: bool) -> SignatureState:
    if not intact:
        return SignatureState.CHANGED
    if not trusted:
        return SignatureState.UNTRUSTED
    return SignatureState.VALID if is_complete else SignatureState.APPENDED
