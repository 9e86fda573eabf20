"""Comparing printed labels: line breaks, spaces, full width, scores in brackets and a missing 指标 do not matter."""

import re
import unicodedata

_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_ENDS = ":：、.． "


def match_key(label: str) -> str:
    """What labels have in common that mean the same: '经济效\\n率指标 （10分）' and '经济效率' give '经济效率'."""
    plain = "".join(unicodedata.normalize("NFKC", label).split())
    plain = _IN_BRACKETS.sub("", plain).strip(_ENDS) or plain
    shorter = plain.removesuffix("指标")
    return shorter or plain


def same(label: str, other: str) -> bool:
    """Whether two labels mean the same words."""
    return match_key(label) == match_key(other)
