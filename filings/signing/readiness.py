"""Try out every key of a signing file, before an approval needs it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from shlex import quote

import pypdfium2

from filings.signing import configuration, keys, pades, revocation
from filings.signing.cms import common_name
from filings.signing.configuration import Configuration, KeySource, Pkcs12Key
from filings.signing.signer import NotSigned, SigningFileError

# A new certificate takes an office some weeks.
SOON = timedelta(days=60)
# A new revocation list only has to be downloaded; most are valid for a week or a month.
LIST_SOON = timedelta(days=3)
# Bits of a file's mode: any access of the group and of others.
OTHERS = 0o077


@dataclass(frozen=True)
class Problem:
    """A Chinese sentence about a key; an error stops approvals now, others will."""

    sentence: str
    is_error: bool


def problems(signing_file: Path, now: datetime) -> Iterator[Problem]:
    """Sign a blank page with each key, without a time stamp, and look at the last days of certificates and lists."""
    try:
        settings = configuration.read(signing_file)
        yield from _old_lists(settings, now)
    except SigningFileError as error:
        yield Problem(str(error), is_error=True)
        return
    page = blank_page()
    for name, source in settings.keys().items():
        yield from _open_files(source)
        try:
            pades.sign_with(page, settings, name, source, at=now, is_trial=True)
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


def _old_lists(settings: Configuration, now: datetime) -> Iterator[Problem]:
    """Warn of revocation lists that soon expire. Raises SigningFileError for those that cannot be used."""
    for each in revocation.read(settings, now):
        if each.next_update and each.next_update - now < LIST_SOON:
            yield Problem(
                f"吊销列表 {each.path} {each.next_update:%Y-%m-%d} 到期；到期后不能批复。请在到期前下载新的列表。",
                is_error=False,
            )


def _open_files(source: KeySource) -> Iterator[Problem]:
    """Warn of files with secrets that other users of the machine may read or write."""
    secret = (source.path, source.password_file) if isinstance(source, Pkcs12Key) else (source.pin_file,)
    for path in secret:
        if path.exists() and path.stat().st_mode & OTHERS:
            yield Problem(
                f"密钥或密码文件 {path} 其他用户也能访问。请由文件的所有者执行：chmod 600 {quote(str(path))}",
                is_error=False,
            )


def blank_page() -> bytes:
    document = pypdfium2.PdfDocument.new()
    document.new_page(100, 100)
    output = BytesIO()
    document.save(output)
    return output.getvalue()
