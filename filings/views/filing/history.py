"""What has happened to a filing, as lines that a person reads, and whether the chain of events holds."""

from dataclasses import dataclass
from datetime import datetime

from filings import labels
from filings.lifecycle import events
from filings.models import Filing
from filings.models.review import DECISIONS


@dataclass(frozen=True)
class HistoryLine:
    """One event: when, who and for whom, what was done, and what they said; what reviewers said stands with reviews."""

    at: datetime
    who: str
    post: str
    done: str
    said: str


@dataclass(frozen=True)
class History:
    """Newest first. `broken` is the number of the first event that was altered or is missing."""

    lines: list[HistoryLine]
    broken: int | None


def history_of(filing: Filing) -> History:
    lines = []
    for event in filing.events.order_by("-number"):
        detail = events.detail(event)
        post = f"{event.by_office} {labels.ROLE[event.by_role]}"
        said = "" if event.action in DECISIONS else detail.get("reason", "")
        lines.append(HistoryLine(event.at, event.by_name, post, _done(event.action, detail), said))
    return History(lines, events.first_broken(filing))


def _done(action: str, detail: dict[str, str]) -> str:
    """The action in words, with the revision that came of it or that it was about."""
    words = str(labels.ACTION[action])
    if stage := detail.get("stage"):
        words = f"{labels.STAGE[stage]}{words}"
    if finding := detail.get("finding"):
        words = f"{words}：{finding}"
    if number := detail.get("revision"):
        words = f"{words}（第 {number} 版）"
    return words + ("，逾期提交" if detail.get("late") else "")
