"""What a check has found to be broken."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from filings.models import Filing


class Kind(StrEnum):
    """The objects that are checked."""

    EVENTS = "events"
    REVISION = "revision"
    COPY = "copy"
    FILE = "file"
    SIGNATURE = "signature"
    PUBLICATION = "publication"
    ATTACHMENT = "attachment"
    CHECK = "check"


LABELS = {
    Kind.EVENTS: "办理经过",
    Kind.REVISION: "提交的版本",
    Kind.COPY: "定稿的衔接",
    Kind.FILE: "定稿文件",
    Kind.SIGNATURE: "定稿的签名",
    Kind.PUBLICATION: "公开记录",
    Kind.ATTACHMENT: "附件文件",
    Kind.CHECK: "检查",
}


def counted(counts: Mapping[str, int]) -> str:
    """Format the numbers of checked objects, as in 申报表 3，办理经过 20."""
    named = {"filings": "申报表", **{kind.value: label for kind, label in LABELS.items()}}
    return "，".join(f"{label} {counts[name]}" for name, label in named.items() if name in counts) or "没有申报表"


@dataclass(frozen=True)
class Broken:
    """A broken object: the primary key of its filing, and a Chinese sentence."""

    kind: str
    filing: int
    sentence: str

    @classmethod
    def of(cls, kind: Kind, filing: Filing, sentence: str) -> "Broken":
        return cls(kind.value, filing.pk, f"{filing.cycle.label}「{filing.department}」：{sentence}")

    @property
    def label(self) -> str:
        return LABELS[Kind(self.kind)]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)
