"""Codes and names of departments, offices and users that can be printed, addressed and opened in Excel."""

import re
from unicodedata import normalize

from filings.errors import StepRefused
from filings.formats.pdf import check_glyphs

_CODE = re.compile(r"[0-9A-Za-z]+(-[0-9A-Za-z]+)*")
# Excel and WPS take a text that begins with one of these for a formula when a list is copied.
_FORMULA_STARTS = ("=", "+", "@")


def normal_code(typed: str) -> str:
    """Replace full-width letters, digits and hyphens of a code by those of ASCII."""
    return normalize("NFKC", typed)


def code_problem(code: str) -> str:
    """Return why the text cannot be the code of a department, as a sentence; '' if it can."""
    if not code or _CODE.fullmatch(code):
        return ""
    return f"单位编码「{code}」只能用数字、字母和中间的短横线，请改正。"


def name_problem(name: str, label: str) -> str:
    """Return why the text cannot be the name of a department, office or user, as a sentence; '' if it can."""
    if name.startswith(_FORMULA_STARTS):
        return f"「{label}」不能以「{name[0]}」开头，请改正。"
    refusal = check_glyphs.refusal(name)
    return f"「{label}」{refusal}" if refusal else ""


def require_name(name: str, label: str) -> None:
    """Raises StepRefused with the reason of `name_problem`, if any."""
    if problem := name_problem(name, label):
        raise StepRefused(problem)
