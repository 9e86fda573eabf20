"""The fields of a posted form that hold what a user has typed, with their labels.

The year is left out: some forms post the one that their page displays."""

import re
from collections.abc import Mapping

_LABELS: Mapping[str, str] = {
    "contacts": "联系方式",
    "reason": "理由",
    "exception_reason": "例外理由",
    "question": "征求内容",
    "answer": "答复",
    "text": "内容",
    "note": "留言",
    "common-words": "统一说明",
    "statement_texts": "审签确认事项",
    "sentence": "提醒的话",
    "name": "名称",
    "pattern": "文件名",
    "withdrawn-reason": "撤下的理由",
    "withheld-note": "不予公开的说明",
    "lifted-reason": "取消的理由",
    "word": "词语",
    "instead": "应改为",
}
# Dates and numbers, which have one line.
_VALUES: Mapping[str, str] = {
    "telephone": "电话",
    "first": "开始日期",
    "last": "结束日期",
    "opens_on": "开始日期",
    "deadline": "截止日期",
    "until": "延至",
    "publish_by": "公开期限",
    "due_on": "答复期限",
    "days": "批复后（工作日）",
    "review_days": "每个审核环节（工作日）",
    "correction_days": "退回后修改（工作日）",
    "undo_seconds": "批复后可撤销（秒）",
    "excellent": "优，不低于",
    "good": "良，不低于",
    "fair": "中，不低于",
}
_WAIVER = "waive-"
_POLICY = re.compile(r"(?:reasons|items|bases)-\d+-(?:label|texts|rules|points)")


def typed_fields(values: Mapping[str, str]) -> dict[str, str]:
    """Return the labels of the typed texts by field, '' for a field without one; blank fields are left out.

    A cell of the table or an answer to a remark counts if its text differs from the one that the page displayed.
    """
    labels = {name: _label(name, values) for name, text in values.items() if text.strip()}
    return {name: label for name, label in labels.items() if label is not None}


def is_typed(name: str) -> bool:
    """Whether the name alone identifies a field with a typed text, date or number."""
    return name in _LABELS or is_short(name) or name.startswith(_WAIVER) or bool(_POLICY.fullmatch(name))


def is_short(name: str) -> bool:
    """Whether the name identifies a field with a date or number."""
    return name in _VALUES


def _label(name: str, values: Mapping[str, str]) -> str | None:
    if is_typed(name):
        return _LABELS.get(name) or _VALUES.get(name) or ("豁免的理由" if name.startswith(_WAIVER) else "")
    seen = values.get(f"initial-{name}", values.get(f"{name.removesuffix('-text')}-seen") if "-text" in name else None)
    return None if seen is None or seen.split() == values[name].split() else ""
