"""The fields of a posted form that hold what a user has typed, with their labels."""

import re
from collections.abc import Mapping

_LABELS: Mapping[str, str] = {
    "reason": "理由",
    "exception_reason": "例外理由",
    "question": "征求内容",
    "answer": "答复",
    "text": "内容",
    "sentence": "提醒的话",
    "name": "名称",
    "pattern": "文件名",
}
_WAIVER = "waive-"
_POLICY = re.compile(r"(?:reasons|items)-\d+-(?:label|texts|rules)")


def typed_fields(values: Mapping[str, str]) -> dict[str, str]:
    """Return the labels of the typed texts by field, '' for a field without one; blank fields are left out.

    A cell of the table or an answer to a remark counts if its text differs from the one that the page displayed.
    """
    labels = {name: _label(name, values) for name, text in values.items() if text.strip()}
    return {name: label for name, label in labels.items() if label is not None}


def is_text(name: str) -> bool:
    """Whether the name alone identifies a field with a typed text."""
    return name in _LABELS or name.startswith(_WAIVER) or bool(_POLICY.fullmatch(name))


def _label(name: str, values: Mapping[str, str]) -> str | None:
    if is_text(name):
        return _LABELS.get(name, "豁免的理由" if name.startswith(_WAIVER) else "")
    seen = values.get(f"initial-{name}", values.get(f"{name.removesuffix('-text')}-seen") if "-text" in name else None)
    return None if seen is None or seen.split() == values[name].split() else ""
