"""The sentence of a reminder, with each department's name, task and due date filled in."""

import re
from datetime import date

from filings import labels
from filings.choices import Status
from filings.clocks.working_days import Overrides, working_days_between
from filings.errors import StepRefused, checked_text
from filings.models import Cycle
from filings.oversight.enrolled import EnrolledDepartment
from filings.oversight.states import NOT_STARTED

NAME, TASK, DUE = "{单位}", "{事项}", "{期限}"
LONGEST_SENTENCE = 500
MARKERS = (NAME, TASK, DUE)
_MARKERS = re.compile("|".join(map(re.escape, MARKERS)))
_BRACES = re.compile(r"[{｛][^{}｛｝]*[}｝]")
# 「请于 {期限} 前」 asks for the impossible once the date has passed.
_BEFORE_DUE = re.compile(rf"请[于在]?\s*{re.escape(DUE)}\s*[之以]?前")
_TASKS = {
    NOT_STARTED: "尚未开始填报",
    Status.DRAFT: "尚未提交",
    Status.SIGNING: "尚待单位负责人审签",
    Status.RETURNED: "已退回，尚未改正重报",
    Status.APPROVED: "已批复",
}


def default_sentence(cycle: Cycle) -> str:
    return f"{NAME}：{cycle.year}年部门整体支出绩效目标表{TASK}，期限 {DUE}，请抓紧办理。"


def checked_sentence(typed: str) -> str:
    """Normalise a typed sentence. Raises StepRefused if it is blank, too long, or has a marker that is not known."""
    sentence = checked_text(typed, "催办的内容", longest=LONGEST_SENTENCE, blank="请填写催办的内容。")
    unknown = [marker for marker in _BRACES.findall(sentence) if marker not in MARKERS]
    if unknown:
        raise StepRefused(
            f"没有{'、'.join(dict.fromkeys(unknown))}这个填入项，只有{'、'.join(MARKERS)}。请改正后再发。"
        )
    return sentence


def fill_in(sentence: str, row: EnrolledDepartment, *, calendar: Overrides, today: date) -> str:
    """Replace the markers. For a date that has passed, 「请于 {期限} 前」 becomes a request to hurry."""
    if row.due is not None and row.due < today:
        sentence = _BEFORE_DUE.sub(f"期限 {DUE}，请尽快", sentence)
    values = {NAME: row.name, TASK: task_of(row), DUE: _due(row, calendar, today)}
    return _MARKERS.sub(lambda match: values[match[0]], sentence)


def task_of(row: EnrolledDepartment) -> str:
    """Describe what the department or the reviewing office has not done yet."""
    if row.state == Status.IN_REVIEW:
        return f"在{labels.STAGE[row.stage]}审核，尚未审结"
    return _TASKS[row.state]


def _due(row: EnrolledDepartment, calendar: Overrides, today: date) -> str:
    due = row.due
    if due is None:
        return "未定"
    if due >= today:
        return f"{due:%Y-%m-%d}"
    days = working_days_between(due, today, calendar)
    return f"{due:%Y-%m-%d} 已过 {days} 个工作日" if days else f"{due:%Y-%m-%d} 已过"
