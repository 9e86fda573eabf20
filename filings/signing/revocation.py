"""Read the lists of revoked certificates (CRL) that a signing file names; long-term signatures contain them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from filings.signing.configuration import TIMESTAMP, Configuration
from filings.signing.signer import SigningFileError

PEM = b"-----BEGIN"


@dataclass(frozen=True)
class RevocationList:
    """A list as DER; after `next_update` it proves nothing."""

    path: Path
    content: bytes
    next_update: datetime | None


def read(settings: Configuration, at: datetime) -> tuple[RevocationList, ...]:
    """Read the lists for a signature at this time; none unless it is long-term. Raises SigningFileError."""
    service = settings.timestamp
    if service is None or not service.long_term:
        return ()
    return tuple(_valid(settings, service.revocation_lists, at))


def _valid(settings: Configuration, paths: tuple[Path, ...], at: datetime) -> Iterator[RevocationList]:
    for path in paths:
        found = _read(settings, path)
        if found.next_update and found.next_update <= at:
            raise _error(settings, path, f"已于 {found.next_update:%Y-%m-%d} 过期，请下载新的列表")
        yield found


def _read(settings: Configuration, path: Path) -> RevocationList:
    try:
        content = path.read_bytes()
        load = x509.load_pem_x509_crl if content.startswith(PEM) else x509.load_der_x509_crl
        crl = load(content)
    except OSError as error:
        raise _error(settings, path, f"不能读取（{error.strerror}），请核对文件和权限") from error
    except ValueError as error:
        raise _error(settings, path, "不是证书吊销列表（CRL），请重新下载") from error
    return RevocationList(path, crl.public_bytes(Encoding.DER), crl.next_update_utc)


def _error(settings: Configuration, path: Path, wrong: str) -> SigningFileError:
    return SigningFileError(f"签名配置 {settings.path} 的 {TIMESTAMP}.revocation_lists 所列的 {path} {wrong}。")
