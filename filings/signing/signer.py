"""The interface of a signer, one function, which the setting SIGNER names. The default is pades.sign."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

# Default of the setting SIGNER.
OWN_SIGNER = "filings.signing.pades.sign"
# As the columns of IssuedCopy.
LONGEST_NAME = 200
LONGEST_LEVEL = 10
_SHA256 = re.compile("[0-9A-Fa-f]{64}")


class NotSigned(ValueError):
    """A file that could not be signed. The message is a Chinese sentence for the user."""


class SigningFileError(NotSigned):
    """A file of SIGNING_FILE, or a key that it names, that cannot be used."""


@dataclass(frozen=True)
class Signed:
    """A signed PDF, and what is stored about its signature.

    `signed_by` is the name in the certificate, `certificate_sha256` the SHA-256 of its DER in hexadecimal digits,
    `level` the PAdES level (B-B, B-T or B-LT), or the signing service's name for its kind of signature.
    """

    content: bytes
    signed_by: str
    certificate_sha256: str
    level: str


class Signer(Protocol):
    """Sign a finished PDF for a department, `unit` being its code, at this time. Raises NotSigned.

    `signing_file` is the setting SIGNING_FILE, from which the signer reads its keys or addresses.
    """

    def __call__(self, pdf: bytes, *, unit: str, at: datetime, signing_file: Path) -> Signed: ...


def reason_not_to_issue(signed: Signed) -> str:
    """Return why the result of a signer cannot be issued, as Chinese words; empty if it can."""
    if not signed.content.startswith(b"%PDF-"):
        return "没有返回 PDF 文件"
    if not signed.signed_by.strip() or len(signed.signed_by) > LONGEST_NAME:
        return f"返回的签名人应为 1 至 {LONGEST_NAME} 个字，实际有 {len(signed.signed_by)} 个字"
    if not signed.level.strip() or len(signed.level) > LONGEST_LEVEL:
        return f"返回的签名级别应为 1 至 {LONGEST_LEVEL} 个字，实际有 {len(signed.level)} 个字"
    if not _SHA256.fullmatch(signed.certificate_sha256):
        return "返回的证书校验码不是 64 位十六进制数字"
    return ""
