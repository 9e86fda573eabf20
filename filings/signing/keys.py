"""Load signing keys and keep them parsed: parsing a key takes longer than a signature with it."""

from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import NoReturn

import pkcs11
from asn1crypto import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign import Signer as PdfKeySigner
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

from filings.signing.configuration import Configuration, KeySource, Pkcs11Key, Pkcs12Key, Trust
from filings.signing.signer import SigningFileError

SoftwareKey = EllipticCurvePrivateKey | RSAPrivateKey
# SHA-256 with either kind of key; the digest must fit the certificate's key, which these all do.
DIGEST = "sha256"
# Longer than any signature of RSA with 4,096 bits.
LONGEST_SIGNATURE = 600

# Change times of the files of a key, in nanoseconds: it is loaded again after a change.
Stamp = tuple[int, ...]


@dataclass(frozen=True)
class SigningKey:
    """A loaded key as pyHanko's signer, with its certificate and those between it and a trusted one."""

    signer: PdfKeySigner
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]


class SoftwareSigner(PdfKeySigner):
    """Sign with a parsed key; pyHanko's SimpleSigner parses it again for each signature."""

    def __init__(self, key: SoftwareKey, certificate: x509.Certificate, chain: list[x509.Certificate]) -> None:
        super().__init__(signing_cert=certificate, embed_roots=False)
        self.cert_registry.register_multiple(chain)
        self.key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run:
            return bytes(LONGEST_SIGNATURE)
        if isinstance(self.key, EllipticCurvePrivateKey):
            return self.key.sign(data, ECDSA(hashes.SHA256()))
        return self.key.sign(data, PKCS1v15(), hashes.SHA256())


@dataclass(frozen=True)
class _Entry:
    """A table of the signing file, for error messages."""

    configuration: Configuration
    name: str

    def fail(self, key: str, wrong: str, error: Exception | None = None) -> NoReturn:
        raise SigningFileError(f"签名配置 {self.configuration.path} 的 {self.name}.{key} {wrong}。") from error

    def read(self, key: str, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            self.fail(key, f"所列的 {path} 不能读取（{error.strerror}），请核对文件和权限", error)

    def password(self, key: str, path: Path) -> str:
        """Read the first line of a password file."""
        try:
            return self.read(key, path).decode("utf-8").splitlines()[0].strip()
        except (UnicodeDecodeError, IndexError) as error:
            self.fail(key, f"所列的 {path} 为空或者不是文本，应在第一行写密码", error)


# The certificates belong to the key: signatures hold those between its own and a trusted one.
_kept: dict[tuple[KeySource, tuple[bytes, ...], Trust], tuple[Stamp, SigningKey | SigningFileError]] = {}
_lock = Lock()


def load(configuration: Configuration, name: str, source: KeySource) -> SigningKey:
    """Return the key of the table `name`, loading it if it is new or its files have changed. Raises SigningFileError.

    A wrong PIN is not tried again until a file changes: tokens lock after a few.
    """
    entry = _Entry(configuration, name)
    stamp = _stamp(entry, source)
    with _lock:
        kept = _kept.get(_kept_under(configuration, source))
        if kept is None or kept[0] != stamp:
            kept = (stamp, _loaded(entry, source))
            _kept[_kept_under(configuration, source)] = kept
    if isinstance(kept[1], SigningFileError):
        raise kept[1]
    return kept[1]


def forget(configuration: Configuration, source: KeySource) -> None:
    """Load the key again next time: the token was removed, or its session has ended."""
    with _lock:
        _kept.pop(_kept_under(configuration, source), None)


def _kept_under(configuration: Configuration, source: KeySource) -> tuple[KeySource, tuple[bytes, ...], Trust]:
    return source, configuration.chain, configuration.trust


def _from_pkcs12(entry: _Entry, source: Pkcs12Key, chain: list[x509.Certificate]) -> SigningKey:
    content = entry.read("pkcs12", source.path)
    password = entry.password("password_file", source.password_file)
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(content, password.encode())
    except ValueError as error:
        entry.fail("pkcs12", f"所列的 {source.path} 不能打开：密码不正确，或者不是 PKCS#12 文件，请核对密码文件", error)
    if certificate is None or not isinstance(key, EllipticCurvePrivateKey | RSAPrivateKey):
        entry.fail("pkcs12", f"所列的 {source.path} 中没有证书或者没有 EC、RSA 私钥，请向发证机构索取完整的文件")
    own = x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    embedded = [x509.Certificate.load(other.public_bytes(Encoding.DER)) for other in others]
    chain = _between(own, [*embedded, *chain], entry.configuration.trust)
    return SigningKey(SoftwareSigner(key, own, chain), own, tuple(chain))


def _from_token(entry: _Entry, source: Pkcs11Key, chain: list[x509.Certificate]) -> SigningKey:
    pin = entry.password("pin_file", source.pin_file)
    try:
        signer = PKCS11Signer(
            _session(source, pin),
            cert_label=source.certificate,
            key_label=source.key,
            embed_roots=False,
            # Tokens sign a digest; many cannot compute one.
            use_raw_mechanism=True,
        )
        # Read from the token now, with the key, so that a wrong label is reported.
        own: x509.Certificate = signer.signing_cert
    except pkcs11.PinIncorrect as error:
        entry.fail("pin_file", f"所列的 {source.pin_file} 中的密码不正确，连续输错会锁住设备，请更正后再试", error)
    except pkcs11.PinLocked as error:
        entry.fail("token", f"「{source.token}」已因密码输错被锁住，请按设备的说明解锁", error)
    except (pkcs11.PKCS11Error, OSError) as error:
        reason = str(error) or type(error).__name__
        entry.fail("token", f"「{source.token}」不能使用（{reason}），请核对驱动、设备和标签", error)
    chain = _between(own, chain, entry.configuration.trust)
    signer.cert_registry.register_multiple(chain)
    return SigningKey(signer, own, tuple(chain))


def _between(own: x509.Certificate, available: list[x509.Certificate], trust: Trust) -> list[x509.Certificate]:
    """Return the certificates between the key's own and a trusted one; a check accepts no others in a signature."""
    found: list[x509.Certificate] = []
    while own.dump() not in trust.signers:
        issuer = next((each for each in available if _issued(each, own) and each not in found), None)
        if issuer is None or issuer.dump() in trust.signers or issuer.subject == issuer.issuer:
            break
        found.append(issuer)
        own = issuer
    return found


def _issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    """Whether the issuer's name, and its key where both name it, are those that the certificate names."""
    named, own = certificate.authority_key_identifier, issuer.key_identifier
    return issuer.subject == certificate.issuer and (named is None or own is None or named == own)


def _session(source: Pkcs11Key, pin: str) -> pkcs11.Session:
    """Open a session with the token; several keys of one token share its login."""
    criteria = TokenCriteria(label=source.token)
    try:
        return open_pkcs11_session(str(source.module), token_criteria=criteria, user_pin=pin)
    except pkcs11.UserAlreadyLoggedIn:
        return open_pkcs11_session(str(source.module), token_criteria=criteria)


def _stamp(entry: _Entry, source: KeySource) -> Stamp:
    """Return the state of the key's files. Raises SigningFileError if one is missing."""
    if isinstance(source, Pkcs12Key):
        files = {"pkcs12": source.path, "password_file": source.password_file}
    else:
        files = {"module": source.module, "pin_file": source.pin_file}
    found = []
    for key, path in files.items():
        try:
            found.append(path.stat().st_ctime_ns)
        except OSError as error:
            entry.fail(key, f"所列的 {path} 不能读取（{error.strerror}），请核对文件和权限", error)
    return tuple(found)


def _loaded(entry: _Entry, source: KeySource) -> SigningKey | SigningFileError:
    chain = [x509.Certificate.load(der) for der in entry.configuration.chain]
    if isinstance(source, Pkcs12Key):
        return _from_pkcs12(entry, source, chain)
    try:
        return _from_token(entry, source, chain)
    except SigningFileError as error:
        if isinstance(error.__cause__, pkcs11.PinIncorrect):
            return error
        raise
