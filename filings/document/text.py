"""Normal forms of text: invisible and accidental characters removed.

Drafts store text as typed; documents contain only normal text, so that equal tables have equal hashes.

`unicodedata.normalize` alone does not suffice: NFC keeps radicals and invisible characters of copies from PDF files,
and NFKC would change Chinese punctuation and signs such as ㎡ and ①.
"""

import re
import unicodedata
from functools import lru_cache

_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_RADICAL_OR_COMPATIBILITY = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
# Radicals that copies from PDF files contain instead of characters and that Unicode does not map (⻓ for 长).
_RADICALS = str.maketrans(
    "⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰",
    "民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙",
)
# Variation selectors, and noncharacters, which XML does not allow.
_DROPPED = re.compile(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef\ufffe\uffff]")
_WIDE = re.compile(
    r"[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)
# Characters that no normal form changes. Most texts contain no others, and all are normalised after each save.
_PLAIN = re.compile(r"[\u4e00-\u9fff!-~，。；：、（）《》“”≥≤]*")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
# Full-width letters, digits and signs become half-width; brackets and punctuation of Chinese prose are kept.
_KEPT_FULL_WIDTH = "（）：；，！？｛｝［］"
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEPT_FULL_WIDTH} | {
    ord("﹥"): ord(">"),
    ord("﹤"): ord("<"),
    ord("﹦"): ord("="),
    ord("﹪"): ord("%"),
    ord("−"): ord("-"),
}
_COMPARISONS = (
    (re.compile(r">\s*=|[≧⩾≽]"), "≥"),
    (re.compile(r"<\s*=|[≦⩽≼]"), "≤"),
)


def shorten(text: str, longest: int) -> str:
    """Cut a text after `longest` characters and mark the cut with an ellipsis."""
    return text if len(text) <= longest else f"{text[:longest]}…"


def prose(text: str) -> str:
    """Normalise text of several lines: lines joined by LF, no blank lines, single spaces within a line."""
    if _PLAIN.fullmatch(text):
        return text
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    visible = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in _INVISIBLE)
    visible = _DROPPED.sub("", visible)
    mapped = _RADICAL_OR_COMPATIBILITY.sub(lambda match: unicodedata.normalize("NFKC", match[0]), visible)
    mapped = mapped.translate(_RADICALS)
    lines = (_BLANKS.sub(" ", line).strip() for line in unicodedata.normalize("NFC", mapped).split("\n"))
    return "\n".join(line for line in lines if line)


def line(text: str) -> str:
    """Normalise text to one line; line breaks between Chinese characters are removed, others become a space."""
    if _PLAIN.fullmatch(text):
        return text
    joined = ""
    for part in prose(text).split("\n"):
        glue = " " if joined and not (_WIDE.match(joined[-1]) or _WIDE.match(part[:1])) else ""
        joined += glue + part
    return unicodedata.normalize("NFC", joined)


@lru_cache(maxsize=4096)
def symbols(text: str) -> str:
    """Normalise to one line, half-width digits, letters and signs, one-sign comparisons: '＞＝９０％' gives '≥90%'."""
    half = line(text).translate(_HALF_WIDTH)
    for pattern, sign in _COMPARISONS:
        half = pattern.sub(sign, half)
    return line(half)


def bare(text: str) -> str:
    """Remove all white space, for comparing labels: '经济效\\n率指标' gives '经济效率指标'."""
    return "".join(text.split())
