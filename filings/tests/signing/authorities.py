"""Certificates for tests: those of the demonstration, forged ones, expired ones, time stamps and revocation lists."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID

from filings.signing import demonstration_ca
from filings.signing.demonstration_ca import Issuer

NOW = datetime.now(UTC).replace(microsecond=0)
PASSWORD = "secret-of-a-test"


@dataclass(frozen=True)
class Authorities:
    """A root, an intermediate and a bureau's key, as those of the demonstration."""

    root: Issuer
    intermediate: Issuer
    bureau: Issuer


def found_authorities(*, now: datetime = NOW, years: float = 3) -> Authorities:
    root = demonstration_ca.authority("演示根证书", None, now=now)
    intermediate = demonstration_ca.authority("演示签发证书", root, now=now)
    return Authorities(
        root, intermediate, demonstration_ca.signing_key(demonstration_ca.BUREAU, intermediate, now=now, years=years)
    )


def write_signing_file(folder: Path, authorities: Authorities, more: str = "") -> Path:
    """Write the keys and a signing file with `more` lines at its end."""
    folder.mkdir(parents=True, exist_ok=True)
    write_pem(folder / "root.pem", authorities.root)
    write_pem(folder / "chain.pem", authorities.intermediate)
    bureau = authorities.bureau
    encryption = BestAvailableEncryption(PASSWORD.encode())
    content = pkcs12.serialize_key_and_certificates(b"bureau", bureau.key, bureau.certificate, None, encryption)
    for name, secret in {"bureau.p12": content, "bureau.password": PASSWORD.encode()}.items():
        (folder / name).touch(0o600)
        (folder / name).write_bytes(secret)
    path = folder / "signing.toml"
    path.write_text(demonstration_ca.signing_toml({}) + more, encoding="utf-8")
    return path


def write_pem(path: Path, issuer: Issuer) -> None:
    path.write_bytes(issuer.certificate.public_bytes(Encoding.PEM))


@dataclass(frozen=True)
class RsaKey:
    """An RSA key with its certificate."""

    key: RSAPrivateKey
    certificate: x509.Certificate


def with_rsa_key(original: x509.Certificate, issuer: Issuer) -> RsaKey:
    """Make an RSA key with a certificate that is otherwise the same; most Chinese authorities issue such."""
    key = rsa.generate_private_key(65537, 2048)
    builder = x509.CertificateBuilder(original.issuer, original.subject, key.public_key(), original.serial_number)
    builder = builder.not_valid_before(original.not_valid_before_utc).not_valid_after(original.not_valid_after_utc)
    for extension in original.extensions:
        builder = builder.add_extension(extension.value, extension.critical)
    return RsaKey(key, builder.sign(issuer.key, hashes.SHA256()))


def timestamp_key(issuer: Issuer) -> RsaKey:
    """Make the key of a time-stamp service."""

    def extend(builder: x509.CertificateBuilder) -> x509.CertificateBuilder:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        return builder.add_extension(x509.BasicConstraints(False, None), True).add_extension(purpose, True)

    return with_rsa_key(demonstration_ca.issue("演示时间戳服务", issuer, extend, now=NOW, years=1).certificate, issuer)


def write_revocation_list(path: Path, issuer: Issuer, *, revoked: Issuer | None = None) -> None:
    """Write an issuer's list of revoked certificates, valid for a week."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(NOW - timedelta(hours=1))
        .next_update(NOW + timedelta(days=7))
        .add_extension(x509.CRLNumber(1), False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), False)
    )
    if revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(revoked.certificate.serial_number)
        builder = builder.add_revoked_certificate(entry.revocation_date(NOW - timedelta(hours=2)).build())
    path.write_bytes(builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER))
