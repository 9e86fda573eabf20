"""The four ways to read a table under review, and the changes that two of them show."""

from dataclasses import dataclass
from enum import StrEnum

from filings.document.compare import compare
from filings.document.differences.changes import Comparison
from filings.models import Revision
from filings.views.visible_version import VisibleVersion


class Mode(StrEnum):
    """What the table shows; the values are those of `?mode=`, the order is that of the keys 1 to 4."""

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
    """A mode as offered on the page. `missing` says why it cannot be chosen."""

    mode: Mode
    label: str
    key: int
    is_current: bool
    missing: str = ""


@dataclass(frozen=True)
class ReadingMode:
    """The mode in which a table is shown, and its changes since the version or year with which it is compared."""

    mode: Mode
    links: tuple[ModeLink, ...]
    comparison: Comparison | None
    compared_with: str = ""


def reading_of(version: VisibleVersion, wanted: str, *, is_resubmitted: bool) -> ReadingMode:
    """Choose the mode: the wanted one if it is possible; otherwise changes for a resubmission, else this version.

    The rows with changes of mode 4 are those of mode 2.
    """
    before = version.revisions[1] if len(version.revisions) > 1 else None
    last_year = version.assessment.known.last_year
    missing = {
        Mode.CHANGES: "" if before else "只提交过一版",
        Mode.LAST_YEAR: "" if last_year else "没有上年批复的表",
    }
    mode = _chosen(wanted, Mode.CHANGES if is_resubmitted else Mode.NOW, missing)
    links = tuple(
        ModeLink(each, LABELS[each], number, each is mode, missing.get(each, ""))
        for number, each in enumerate(Mode, start=1)
    )
    if mode is Mode.LAST_YEAR and last_year:
        changes = compare(last_year.document, version.document, last_year.edition, version.edition)
        return ReadingMode(mode, links, changes, "上年批复的表")
    if mode in (Mode.CHANGES, Mode.MARKED) and before:
        return ReadingMode(mode, links, _since(before, version), f"第 {before.number} 版")
    return ReadingMode(mode, links, None)


def _since(before: Revision, version: VisibleVersion) -> Comparison:
    return compare(before.document(), version.document, version.edition, version.edition)


def _chosen(wanted: str, default: Mode, missing: dict[Mode, str]) -> Mode:
    mode = Mode(wanted) if wanted in list(Mode) else default
    return Mode.NOW if missing.get(mode) else mode
