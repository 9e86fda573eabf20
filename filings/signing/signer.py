"""The interface of a signer, one function, which the setting SIGNER names. The default is pades.sign."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

# Default of the setting SIGNER.
OWN_SIGNER = "filings.signing.pades.sign"


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
