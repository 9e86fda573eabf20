"""Sign a finished PDF with PAdES by pyHanko, in one incremental update that leaves pages and metadata as they are."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pkcs11
from asn1crypto import x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, PdfSigningSession, SigDSSPlacementPreference
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
from pyhanko_certvalidator import ValidationContext

from filings.signing import configuration, keys, revocation
from filings.signing.check import check_signature
from filings.signing.cms import common_name
from filings.signing.configuration import BUREAU, DEPARTMENTS, Configuration, KeySource, Trust
from filings.signing.keys import SigningKey
from filings.signing.report import SignatureState
from filings.signing.revocation import RevocationList
from filings.signing.signer import NotSigned, Signed

FIELD = "Signature"
# Bytes for signature and attributes, and for a time stamp with its certificates; a certificate needs its own size.
SIGNATURE_SIZE = 2048
TIMESTAMP_SIZE = 16 * 1024
TIMESTAMP_SECONDS = 20


def sign(pdf: bytes, *, unit: str, at: datetime, signing_file: Path) -> Signed:
    """Sign with the key of the department `unit`, otherwise with the bureau's. Raises NotSigned.

    The result is checked like any file from outside before it is returned.
    """
    settings = configuration.read(signing_file)
    name = f'{DEPARTMENTS}."{unit}"' if unit in settings.departments else BUREAU
    return sign_with(pdf, settings, name, settings.key_of(unit), at=at)


def sign_with(
    pdf: bytes, settings: Configuration, name: str, source: KeySource, *, at: datetime, is_trial: bool = False
) -> Signed:
    """Sign with one key, which the table `name` of the signing file describes. Raises NotSigned.

    A trial does not use the network: it gets no time stamp, and proofs from the given revocation lists only.
    """
    key = keys.load(settings, name, source)
    _require_in_time(key.certificate, at)
    lists = revocation.read(settings, at)
    try:
        content = _signed(pdf, key, settings, at, lists, is_trial=is_trial)
    except pkcs11.PKCS11Error as error:
        keys.forget(settings, source)
        reason = str(error) or type(error).__name__
        raise NotSigned(f"签名设备出错（{reason}）。请检查设备是否接好，再重新批复。") from error
    except (SigningError, PdfError) as error:
        raise NotSigned(f"文件未能签名（{error}）。{_advice(settings)}") from error
    except (TimestampRequestError, ValueError) as error:
        # An answer that is no time stamp is a ValueError of the parser.
        url = settings.timestamp.url if settings.timestamp else ""
        raise NotSigned(f"时间戳服务 {url} 没有正确答复。请稍后重新批复；仍不成的，请检查网络。") from error
    return _checked(content, settings.trust)


def _advice(settings: Configuration) -> str:
    if settings.timestamp and settings.timestamp.long_term:
        return "长期签名要有全部证书的吊销列表，且证书未被吊销。请核对签名配置的 timestamp.revocation_lists。"
    return "请系统管理员查看日志。"


def _require_in_time(certificate: x509.Certificate, at: datetime) -> None:
    begin, end = certificate.not_valid_before, certificate.not_valid_after
    if not begin <= at <= end:
        name = common_name(certificate)
        raise NotSigned(
            f"「{name}」的签名证书有效期为 {begin:%Y-%m-%d} 至 {end:%Y-%m-%d}，现在不能签名。请更换证书后重新批复。"
        )


def _checked(content: bytes, trust: Trust) -> Signed:
    report = check_signature(content, trust)
    if report.state != SignatureState.VALID:
        raise NotSigned(
            f"签名后核对未通过：{report.sentence}请核对签名配置的 trust（签名证书和时间戳证书的根证书）和 chain。"
        )
    return Signed(content, report.signed_by, report.certificate_sha256, report.level)


def _signed(
    pdf: bytes,
    key: SigningKey,
    settings: Configuration,
    at: datetime,
    lists: tuple[RevocationList, ...],
    *,
    is_trial: bool,
) -> bytes:
    service = settings.timestamp
    long_term = service is not None and service.long_term and not (is_trial and not lists)
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=keys.DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        # Readers then report any later change, even one that PDF allows after other signatures.
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        embed_validation_info=long_term,
        validation_context=_context(settings, lists) if long_term else None,
        signer_key_usage=set(),
        # In the same update, which the signature covers, and not in another one after it.
        dss_settings=DSSContentSettings(include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE),
    )
    timestamper = HTTPTimeStamper(service.url, timeout=TIMESTAMP_SECONDS) if service and not is_trial else None
    signer = _CopySigner(metadata, key.signer, timestamper=timestamper)
    signer.at = at
    size = sum(len(certificate.dump()) for certificate in (key.certificate, *key.chain))
    size += SIGNATURE_SIZE + (TIMESTAMP_SIZE if service else 0)
    writer = _UnchangedMetadata(BytesIO(pdf))
    # pyHanko starts an event loop, which the caller's thread may already run.
    with ThreadPoolExecutor(1) as pool:
        output: BytesIO = pool.submit(signer.sign_pdf, writer, bytes_reserved=2 * size).result()
    return output.getvalue()


def _context(settings: Configuration, lists: tuple[RevocationList, ...]) -> ValidationContext:
    """Collect proofs of revocation: from the given lists, otherwise from the addresses in the certificates."""
    trusted = [*settings.trust.signers, *settings.trust.timestamps]
    return ValidationContext(
        trust_roots=[x509.Certificate.load(der) for der in trusted],
        other_certs=[x509.Certificate.load(der) for der in settings.chain],
        crls=[each.content for each in lists] or None,
        allow_fetching=not lists,
        revocation_mode="require",
    )


class _UnchangedMetadata(IncrementalPdfFileWriter):
    """Leave XMP and document information as they were printed; pyHanko would rewrite both."""

    def _update_meta(self) -> None:
        return


class _CopySigner(PdfSigner):
    """Sign at the given time, and keep PDF 1.7, which PDF/A-3 requires; pyHanko raises it to 2.0 for EC keys."""

    at: datetime

    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:
        pdf_out.register_extension(ESIC_EXTENSION_1)

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session
