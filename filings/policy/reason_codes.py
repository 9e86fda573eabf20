"""Reason codes of remarks, and canned remarks with the row's name and value filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from filings.policy.errors import PolicyError

NAME = "{名称}"
VALUE = "{指标值}"


@dataclass(frozen=True)
class ReasonCode:
    """Why a row is returned. `texts` are canned remarks that may contain NAME and VALUE."""

    key: str
    label: str
    texts: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "ReasonCode":
        """Raises PolicyError."""
        try:
            code = cls(str(data["key"]), str(data["label"]), tuple(str(text) for text in data.get("texts", ())))
        except (KeyError, TypeError) as error:
            raise PolicyError(f"原因代码缺少 {error}。") from error
        if not code.key or not code.label:
            raise PolicyError("原因代码和名称都不能空。")
        return code

    def to_json(self) -> dict[str, Any]:
        return {"key": self.key, "label": self.label, "texts": list(self.texts)}


def next_text(texts: Sequence[str], typed: str) -> str:
    """Return the typed text with the next canned text, cyclically, in place of the canned one at its end.

    The first one is added below a text of the user's own. `texts` are filled in and not empty.
    """
    typed = typed.strip()
    for number, text in enumerate(texts):
        if f"\n{typed}".endswith(f"\n{text}"):
            return typed.removesuffix(text) + texts[(number + 1) % len(texts)]
    return f"{typed}\n{texts[0]}" if typed else texts[0]


def fill_in(text: str, *, name: str, value: str) -> str:
    """Return a canned remark for a row. Only the two markers are replaced, so that braces in names stay text."""
    parts = text.split(NAME)
    return f"「{name}」".join(part.replace(VALUE, f"「{value}」" if value else "（空）") for part in parts)
