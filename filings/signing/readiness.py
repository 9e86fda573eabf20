"""Try out every key of a signing file, before an approval needs it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pypdfium2

from filings.signing import configuration, keys, pades
from filings.signing.cms import common_name
from filings.signing.signer import NotSigned, SigningFileError

# A new certificate takes an office some weeks.
SOON = timedelta(days=60)


@dataclass(frozen=True)
class Problem:
    """A Chinese sentence about a key; an error stops approvals now, others will."""

    sentence: str
    is_error: bool


def problems(signing_file: Path, now: datetime) -> Iterator[Problem]:
    """Sign a blank page with each key, without a time stamp, and look at the certificates' last days."""
    try:
        settings = replace(configuration.read(signing_file), timestamp=None)
    except SigningFileError as error:
        yield Problem(str(error), is_error=True)
        return
    page = blank_page()
    for name, source in settings.keys().items():
        try:
            pades.sign_with(page, settings, name, source, at=now)
        except NotSigned as error:
            yield Problem(str(error), is_error=True)
            continue
        certificate = keys.load(settings, name, source).certificate
        if certificate.not_valid_after - now < SOON:
            left = (certificate.not_valid_after - now).days
            yield Problem(
                f"「{common_name(certificate)}」的签名证书 {certificate.not_valid_after:%Y-%m-%d} 到期，"
                f"只剩 {left} 天；到期后不能批复。请尽快向发证机构申请新证书，写入 {signing_file} 的 {name}。",
                is_error=False,
            )


def blank_page() -> bytes:
    document = pypdfium2.PdfDocument.new()
    document.new_page(100, 100)
    output = BytesIO()
    document.save(output)
    return output.getvalue()
