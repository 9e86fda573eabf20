"""The four ways to read a table under review, and the comparison that three of them show."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from filings.document.differences.changes import Comparison
from filings.views.table.compared import NamedVersion, changes_since_last_version, comparison_context
from filings.views.visible_version import VisibleVersion


class Mode(StrEnum):
    """Contents of the table; the values are those of `?mode=`, the order is that of the keys 1 to 4."""

    NOW = "now"
    CHANGES = "changes"
    LAST_YEAR = "last-year"
    MARKED = "marked"


LABELS = {
    Mode.NOW: "本版",
    Mode.CHANGES: "与上一版比较",
    Mode.LAST_YEAR: "与上年比较",
    Mode.MARKED: "只看有问题或有改动的行",
}


@dataclass(frozen=True)
class ModeLink:
    """A mode as offered on the page. `missing` is the reason why it cannot be chosen, or ''."""

    mode: Mode
    label: str
    key: int
    is_current: bool
    missing: str = ""


@dataclass(frozen=True)
class ReadingMode:
    """The chosen mode. `compared` is the context of a comparison (views.table.compared), None without one."""

    mode: Mode
    links: tuple[ModeLink, ...]
    compared: Mapping[str, Any] | None

    @property
    def comparison(self) -> Comparison | None:
        return self.compared["comparison"] if self.compared else None


def reading_of(version: VisibleVersion, wanted: str, *, is_resubmitted: bool, reviewed: Collection[int]) -> ReadingMode:
    """Choose the mode: the wanted one if it is possible; otherwise changes for a resubmission, else this version.

    The changes of mode 4 are those of mode 2. `reviewed` are the keys of the reviewed revisions.
    """
    missing = {
        Mode.CHANGES: "" if len(version.revisions) > 1 else "只提交过一版",
        Mode.LAST_YEAR: "" if version.assessment.known.last_year else "没有上年批复的表",
    }
    mode = _chosen(wanted, Mode.CHANGES if is_resubmitted else Mode.NOW, missing)
    links = tuple(
        ModeLink(each, LABELS[each], number, each is mode, missing.get(each, ""))
        for number, each in enumerate(Mode, start=1)
    )
    return ReadingMode(mode, links, _compared(mode, version, reviewed))


def _compared(mode: Mode, version: VisibleVersion, reviewed: Collection[int]) -> Mapping[str, Any] | None:
    last = version.assessment.known.last_year
    if mode is Mode.LAST_YEAR and last:
        before = NamedVersion(f"{version.filing.cycle.year - 1} 年批复的表", last.document, last.edition)
        return comparison_context(before, NamedVersion("本版", version.document, version.edition))
    return None if mode is Mode.NOW else changes_since_last_version(version, reviewed)


def _chosen(wanted: str, default: Mode, missing: Mapping[Mode, str]) -> Mode:
    mode = Mode(wanted) if wanted in list(Mode) else default
    return Mode.NOW if missing.get(mode) else mode
