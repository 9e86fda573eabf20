"""The events of a filing as lines of text, and the verification of their chain."""

from dataclasses import dataclass
from datetime import datetime

from filings import labels
from filings.actions.table import label_of
from filings.lifecycle import events
from filings.models import EnrolmentEvent, Filing
from filings.models.reviewing.review import DECISIONS


@dataclass(frozen=True)
class HistoryLine:
    """One event: `role` with its department or office, `action` as text. The reason of a review is shown with it."""

    time: datetime
    name: str
    role: str
    action: str
    reason: str


@dataclass(frozen=True)
class History:
    """The lines, newest first. `broken` is the number of the first event that was altered or is missing.

    `chained` is the number of lines that the chain of events covers.
    """

    lines: list[HistoryLine]
    broken: int | None
    chained: int


def history_of(filing: Filing) -> History:
    """Return the events of the filing, and before them the reminders and extensions of the time before its start."""
    lines = []
    for event in filing.events.order_by("-number"):
        detail = events.detail(event)
        role = f"{event.by_office} {labels.ROLE[event.by_role]}"
        reason = "" if event.action in DECISIONS else detail.get("reason", "")
        lines.append(HistoryLine(event.at, event.by_name, role, _describe(event.action, detail), reason))
    chained = len(lines)
    before = EnrolmentEvent.objects.filter(enrolment__cycle=filing.cycle_id, enrolment__department=filing.department_id)
    for earlier in before.order_by("-pk"):
        lines.append(
            HistoryLine(earlier.at, earlier.by_name, earlier.by_office, label_of(earlier.action), earlier.reason)
        )
    return History(lines, events.first_broken(filing), chained)


def _describe(action: str, detail: dict[str, str]) -> str:
    """Return the action's label with stage, finding, revision, reviewers and lateness."""
    text = label_of(action)
    if stage := detail.get("stage"):
        text = f"{labels.STAGE[stage]}{text}"
    if finding := detail.get("finding"):
        text = f"{text}：{finding}"
    if number := detail.get("revision"):
        text = f"{text}（第 {number} 版）"
    if before := detail.get("reviewer_before"):
        text = f"{text}，原由 {before} 审核"
    if reviewer := detail.get("reviewer"):
        text = f"{text}，由 {reviewer} 审核"
    return text + ("，逾期提交" if detail.get("late") else "")
