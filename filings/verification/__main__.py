"""Child process that inspects one PDF under resource limits: its signature, and the document attached to it.

    python -m filings.verification < REQUEST

The request is a line of JSON with the trusted certificates, then the file; the answer is JSON (see `inspection`).
"""

import json
import sys
from base64 import b64decode

from filings.formats.file import CannotRead
from filings.formats.readers.pdf import attachment
from filings.formats.readers.sandbox.limits import apply_limits
from filings.signing.check import check_signature
from filings.signing.configuration import Trust


def main() -> None:
    """Inspect the file on stdin and print the result."""
    apply_limits()
    trust = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    report = check_signature(data, Trust(_decoded(trust["signers"]), _decoded(trust["timestamps"])))
    result = {
        "state": report.state.value,
        "signed_by": report.signed_by,
        "certificate_sha256": report.certificate_sha256,
        "signed_at": report.signed_at.isoformat() if report.signed_at else "",
        "document": _document(data),
    }
    # Lone surrogates, which broken files contain, become question marks.
    sys.stdout.buffer.write(json.dumps(result, ensure_ascii=False).encode("utf-8", "replace"))


def _decoded(certificates: list[str]) -> tuple[bytes, ...]:
    return tuple(b64decode(certificate) for certificate in certificates)


def _document(data: bytes) -> str:
    try:
        return attachment.document_json(data) or ""
    except CannotRead:
        return ""


if __name__ == "__main__":
    main()
