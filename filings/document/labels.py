"""Comparison of printed labels.

Ignores line breaks, spaces, character width, scores in brackets and the suffix 指标.
"""

import re
import unicodedata

_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_ENDS = ":：、.． "


def match_key(label: str) -> str:
    """Normalise a label for comparison: '经济效\\n率指标 （10分）' and '经济效率' give '经济效率'."""
    plain = "".join(unicodedata.normalize("NFKC", label).split())
    plain = _IN_BRACKETS.sub("", plain).strip(_ENDS) or plain
    shorter = plain.removesuffix("指标")
    return shorter or plain


def same(label: str, other: str) -> bool:
    """Whether two labels are equal after normalisation."""
    return match_key(label) == match_key(other)
