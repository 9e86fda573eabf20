"""What a cycle lays down for its copies: pages with a QR code, reasons of adjustments, bases for not publishing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from filings.choices import QrPages
from filings.policy.errors import PolicyError
from filings.policy.reason_codes import ReasonCode

OTHER = "其他"


@dataclass(frozen=True)
class PublicationPolicy:
    """`adjustment_reasons` are chosen for each changed row of an adjustment, `bases` for not publishing a table.

    `days` is the number of working days after an approval in which the copy is to be published, used where the cycle
    sets no date. `verified` is False for seeds.
    """

    adjustment_reasons: tuple[ReasonCode, ...]
    bases: tuple[ReasonCode, ...]
    days: int
    qr_pages: QrPages = QrPages.LAST
    verified: bool = False

    def adjustment_reason(self, key: str) -> ReasonCode | None:
        return next((reason for reason in self.adjustment_reasons if reason.key == key), None)

    def needs_words(self, reason: ReasonCode) -> bool:
        """Whether a reason of an adjustment or a basis explains nothing without words."""
        return reason.label.startswith(OTHER)

    def basis(self, key: str) -> ReasonCode | None:
        return next((basis for basis in self.bases if basis.key == key), None)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "PublicationPolicy":
        """Raises PolicyError."""
        try:
            policy = cls(
                tuple(ReasonCode.from_json(reason) for reason in data["adjustment_reasons"]),
                tuple(ReasonCode.from_json(basis) for basis in data["bases"]),
                int(data["days"]),
                QrPages(data["qr_pages"]),
                bool(data.get("verified", False)),
            )
        except (KeyError, TypeError, ValueError) as error:
            if isinstance(error, PolicyError):
                raise
            raise PolicyError(f"公开办法的数据不完整：{error}。") from error
        for name, codes in (("调整原因", policy.adjustment_reasons), ("不公开依据", policy.bases)):
            if len({code.key for code in codes}) != len(codes):
                raise PolicyError(f"有两个{name}的代码相同。")
            if not codes:
                raise PolicyError(f"至少要有一个{name}。")
        return policy

    def to_json(self) -> dict[str, Any]:
        return {
            "adjustment_reasons": [reason.to_json() for reason in self.adjustment_reasons],
            "bases": [basis.to_json() for basis in self.bases],
            "days": self.days,
            "qr_pages": self.qr_pages.value,
            "verified": self.verified,
        }
