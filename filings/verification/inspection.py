"""Inspect an uploaded PDF in a child process."""

import json
import logging
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from filings.formats.readers.sandbox import process
from filings.signing.configuration import Trust
from filings.signing.report import SignatureState
from filings.verification.turns import turn

# Bytes of output: the attached document, and some names.
LARGEST = 3_000_000
_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True)
class FileInspection:
    """What a PDF contains: its signature, and the canonical JSON attached by this program, '' without one."""

    state: SignatureState
    signed_by: str = ""
    certificate_sha256: str = ""
    signed_at: datetime | None = None
    document: str = ""


def inspect(data: bytes, trust: Trust) -> FileInspection:
    """Inspect a file, in turn with others. One that exceeds a limit is UNREADABLE. Raises AllBusy."""
    header = {"signers": _encoded(trust.signers), "timestamps": _encoded(trust.timestamps)}
    with turn():
        finished = process.run("filings.verification", data=json.dumps(header).encode() + b"\n" + data, largest=LARGEST)
    if finished.code == 0:
        try:
            return _parsed(json.loads(finished.output))
        except (ValueError, KeyError, TypeError):
            pass
    _LOGGER.warning("the inspection of %s bytes ended with code %s", len(data), finished.code)
    return FileInspection(SignatureState.UNREADABLE)


def _parsed(result: dict[str, str]) -> FileInspection:
    signed_at = result["signed_at"]
    at = datetime.fromisoformat(signed_at) if signed_at else None
    return FileInspection(
        SignatureState(result["state"]), result["signed_by"], result["certificate_sha256"], at, result["document"]
    )


def _encoded(certificates: Iterable[bytes]) -> list[str]:
    return [b64encode(certificate).decode() for certificate in certificates]
