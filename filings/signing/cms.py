"""Verify the CMS signature of a PDF with pyHanko: digest, key, chain of certificates and time stamp, without network.

Everything in the signature that is not itself signed must have its one canonical form, so that no byte of it can be
changed without being noticed.
"""

from asyncio import run
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime

from asn1crypto import cms, core, x509
from pyhanko.sign.validation import StandardCMSSignatureStatus, async_validate_detached_cms
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from filings.signing.configuration import Trust

MOST_CERTIFICATES = 12
NULL = core.Null().dump()
KEY_USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)


@dataclass(frozen=True)
class Verified:
    """A signature over given bytes. `intact`: made over them by the certificate's key; `trusted`: its chain is, too."""

    intact: bool
    trusted: bool
    signed_by: str
    certificate_sha256: str
    signed_at: datetime | None
    has_timestamp: bool


def verify(der: bytes, covered: bytes, trust: Trust, claimed: datetime | None) -> Verified:
    """Verify a signature over these bytes. Raises any exception if it cannot be parsed."""
    content = cms.ContentInfo.load(der, strict=True)
    signed_data = content["content"]
    certificate = _signer_certificate(signed_data)
    token = _timestamp_token(signed_data)
    stamped = token["content"]["encap_content_info"]["content"].parsed["gen_time"].native if token else None
    signed_at = stamped or claimed
    status = _status(signed_data, covered, trust, signed_at, stamped)
    intact = status.intact and status.valid and _is_canonical(signed_data, "v1")
    if token:
        intact = intact and _is_canonical(token["content"], "v3")
    in_time = signed_at is None or certificate.not_valid_before <= signed_at <= certificate.not_valid_after
    trusted = intact and status.bottom_line and in_time and _uses_all_certificates(signed_data, status)
    return Verified(
        intact, trusted, common_name(certificate), certificate.sha256.hex(), signed_at, has_timestamp=token is not None
    )


def common_name(certificate: x509.Certificate) -> str:
    """Return the name of a certificate's owner, at most 200 characters."""
    native = certificate.subject.native
    name = native.get("common_name") or certificate.subject.human_friendly
    return "、".join(map(str, name))[:200] if isinstance(name, list) else str(name)[:200]


def _status(
    signed_data: cms.SignedData, covered: bytes, trust: Trust, signed_at: datetime | None, stamped: datetime | None
) -> StandardCMSSignatureStatus:
    """Run pyHanko's validation in a thread of its own: the caller's may already run an event loop."""
    validation = async_validate_detached_cms(
        covered,
        signed_data,
        signer_validation_context=_context(trust.signers, signed_at),
        ts_validation_context=_context(trust.timestamps, stamped),
        key_usage_settings=KEY_USAGE,
    )
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run, validation).result()


def _context(trusted: Iterable[bytes], moment: datetime | None) -> ValidationContext:
    """Validate as of the time of the signature: certificates expire after a few years, copies are kept for longer."""
    roots = [x509.Certificate.load(der) for der in trusted]
    return ValidationContext(trust_roots=roots, moment=moment or datetime.now(UTC), allow_fetching=False)


def _signer_certificate(signed_data: cms.SignedData) -> x509.Certificate:
    (signer,) = signed_data["signer_infos"]
    identifier = signer["sid"].chosen
    certificates = [choice.chosen for choice in signed_data["certificates"]]
    if len(certificates) > MOST_CERTIFICATES or signer["sid"].name != "issuer_and_serial_number":
        raise ValueError("unusual certificates")
    for certificate in certificates:
        if (certificate.issuer, certificate.serial_number) == (
            identifier["issuer"],
            identifier["serial_number"].native,
        ):
            return certificate
    raise ValueError("no certificate of the signer")


def _timestamp_token(signed_data: cms.SignedData) -> cms.ContentInfo | None:
    """Return the time stamp of the signature; raises ValueError for any other attribute that is not signed."""
    attributes = signed_data["signer_infos"][0]["unsigned_attrs"]
    if attributes is core.VOID or len(attributes) == 0:
        return None
    if [attribute["type"].native for attribute in attributes] != ["signature_time_stamp_token"]:
        raise ValueError("unknown unsigned attributes")
    (token,) = attributes[0]["values"]
    return token


def _is_canonical(signed_data: cms.SignedData, version: str) -> bool:
    """Whether the fields that are neither signed nor needed for verification have their only right value."""
    (signer,) = signed_data["signer_infos"]
    digest = signer["digest_algorithm"]
    return (
        (signed_data["version"].native, signer["version"].native) == (version, "v1")
        and signed_data["crls"] is core.VOID
        and [each.dump() for each in signed_data["digest_algorithms"]] == [digest.dump()]
        and digest["parameters"].dump() in (b"", NULL)
    )


def _uses_all_certificates(signed_data: cms.SignedData, status: StandardCMSSignatureStatus) -> bool:
    """Whether every certificate in the signature belongs to the validated chain: others could be changed unnoticed."""
    if status.validation_path is None:
        return False
    path = {certificate.dump() for certificate in status.validation_path.iter_certs(include_root=True)}
    return {choice.chosen.dump() for choice in signed_data["certificates"]} <= path
