"""The result of checking the electronic signature of a PDF."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SignatureState(StrEnum):
    """What a check has found; only VALID means that the whole file is as a trusted certificate has signed it."""

    VALID = "valid"
    APPENDED = "appended"
    UNTRUSTED = "untrusted"
    CHANGED = "changed"
    NONE = "none"
    UNREADABLE = "unreadable"


SENTENCES = {
    SignatureState.VALID: "电子签名有效：文件自签名后没有改动，签名证书可信。",
    SignatureState.APPENDED: "文件在签名后被追加过内容，现在的内容不是签名时的内容，不能作为定稿使用。",
    SignatureState.UNTRUSTED: "签名证书不是本系统认可的证书，或者签名时不在有效期内，不能证明文件是本系统签发的定稿。",
    SignatureState.CHANGED: "文件或其电子签名在签名后被改动过，电子签名无效。",
    SignatureState.NONE: "文件没有电子签名。",
    SignatureState.UNREADABLE: "文件不是可以核验的 PDF。",
}


@dataclass(frozen=True)
class SignatureReport:
    """State of a signature and a Chinese sentence about it; the rest is empty without a readable certificate.

    `signed_by`, `signed_at` and `level` are claims of the file unless the state is VALID or APPENDED.
    """

    state: SignatureState
    signed_by: str = ""
    certificate_sha256: str = ""
    signed_at: datetime | None = None
    level: str = ""
    detail: str = ""

    @property
    def sentence(self) -> str:
        return self.detail or SENTENCES[self.state]
