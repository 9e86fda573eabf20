"""Make the certificates of a demonstration: a root, an intermediate, and keys of the bureau and of a department.

Every field of every name has the word 演示. The root's and the intermediate's keys are not stored.
"""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID

SIGNING_FILE = "signing.toml"
ROOT_YEARS = 10
KEY_YEARS = 3
BUREAU = "演示县财政局（演示）"


class AlreadyMade(Exception):
    """The folder exists: new certificates would not fit the copies signed with the present ones."""


@dataclass(frozen=True)
class Issuer:
    """A key with its certificate."""

    key: EllipticCurvePrivateKey
    certificate: x509.Certificate


def make(folder: Path, departments: dict[str, str], *, now: datetime) -> Path:
    """Write keys, certificates and the signing file into `folder`, readable by its owner only; return the signing file.

    `departments` maps codes to names of the departments that get a key of their own. Raises AlreadyMade, OSError.
    """
    if folder.exists():
        raise AlreadyMade(str(folder))
    # Renamed when complete, so that an interrupted command leaves no incomplete folder.
    unfinished = folder.with_name(f"{folder.name}.{secrets.token_hex(4)}.part")
    unfinished.mkdir(mode=0o700, parents=True)
    _write_all(unfinished, departments, now=now)
    os.rename(unfinished, folder)
    return folder / SIGNING_FILE


def _write_all(folder: Path, departments: dict[str, str], *, now: datetime) -> None:
    root = authority("演示根证书", None, now=now)
    intermediate = authority("演示签发证书", root, now=now)
    write(folder / "root.pem", root.certificate.public_bytes(Encoding.PEM))
    write(folder / "chain.pem", intermediate.certificate.public_bytes(Encoding.PEM))
    names = {"bureau": BUREAU, **{f"department-{code}": f"{name}（演示）" for code, name in departments.items()}}
    for file_name, name in names.items():
        _write_key(folder / file_name, signing_key(name, intermediate, now=now), name)
    content = signing_toml({code: f"department-{code}" for code in departments})
    write(folder / SIGNING_FILE, content.encode())


def signing_toml(departments: dict[str, str]) -> str:
    """Return the signing file; `departments` maps codes to the names of their key files."""
    tables = [("bureau", "bureau"), *((f'departments."{code}"', name) for code, name in departments.items())]
    lines = ["# 演示用签名配置，由 manage.py make_test_ca 生成。", 'trust = ["root.pem"]', 'chain = ["chain.pem"]']
    for table, name in tables:
        lines += ["", f"[{table}]", f'pkcs12 = "{name}.p12"', f'password_file = "{name}.password"']
    return "\n".join(lines) + "\n"


def authority(name: str, issuer: Issuer | None, *, now: datetime) -> Issuer:
    """Make a certificate authority; without an issuer, a root."""

    def extend(builder: x509.CertificateBuilder) -> x509.CertificateBuilder:
        usage = _usage(key_cert_sign=True, crl_sign=True)
        path_length = 1 if issuer is None else 0
        return builder.add_extension(x509.BasicConstraints(True, path_length), True).add_extension(usage, True)

    return issue(name, issuer, extend, now=now, years=ROOT_YEARS)


def signing_key(name: str, issuer: Issuer, *, now: datetime, years: float = KEY_YEARS) -> Issuer:
    """Make a key for signing documents."""

    def extend(builder: x509.CertificateBuilder) -> x509.CertificateBuilder:
        usage = _usage(digital_signature=True, content_commitment=True)
        return builder.add_extension(x509.BasicConstraints(False, None), True).add_extension(usage, True)

    return issue(name, issuer, extend, now=now, years=years)


def issue(
    name: str,
    issuer: Issuer | None,
    extend: Callable[[x509.CertificateBuilder], x509.CertificateBuilder],
    *,
    now: datetime,
    years: float,
) -> Issuer:
    """Make an EC P-256 key with a certificate that begins a day before `now`."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(name)
    issuing_key = issuer.key if issuer else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=round(365 * years)))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuing_key.public_key()), False)
    )
    return Issuer(key, extend(builder).sign(issuing_key, hashes.SHA256()))


def write(path: Path, content: bytes) -> None:
    """Write a new file that only its owner can read. Raises FileExistsError."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


def _write_key(path: Path, key: Issuer, name: str) -> None:
    password = secrets.token_urlsafe(24)
    encryption = BestAvailableEncryption(password.encode())
    content = pkcs12.serialize_key_and_certificates(name.encode(), key.key, key.certificate, None, encryption)
    write(path.with_name(f"{path.name}.p12"), content)
    write(path.with_name(f"{path.name}.password"), f"{password}\n".encode())


def _name(name: str) -> x509.Name:
    """Return a name whose every field has the word 演示; the country is the code of none (ISO 3166 reserves XX)."""
    fields = {
        NameOID.ORGANIZATION_NAME: "演示县（演示，不具法律效力）",
        NameOID.ORGANIZATIONAL_UNIT_NAME: "部门整体支出绩效目标申报系统演示",
        NameOID.COMMON_NAME: name,
    }
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in fields.items()])


def _usage(**uses: bool) -> x509.KeyUsage:
    names = (
        *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
        *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
    )
    return x509.KeyUsage(**(dict.fromkeys(names, False) | uses))
