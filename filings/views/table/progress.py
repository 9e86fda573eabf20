"""How far a draft has come: each section with its state, and each split of the total with its gap."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from filings.choices import Severity
from filings.document import money
from filings.document.edition import Edition, Section
from filings.document.place import Place
from filings.document.text import bare
from filings.drafts import Draft
from filings.rules.finding import RuleFinding
from filings.rules.money.budget import (
    SplitSum,
    add_up_tasks,
    name_of,
    split_sums,
)

_SECTIONS_OF = {
    "budget": ("amounts",),
    "tasks": ("tasks",),
    "duties": ("duties",),
    "goal": ("goals",),
    "indicators": ("indicators", "nodes"),
}


@dataclass(frozen=True)
class SectionState:
    """A section of the table: `state` is error, blank or filled, `words` what a person reads of it."""

    label: str
    href: str
    state: str
    words: str


@dataclass(frozen=True)
class SplitState:
    """What is added up to the total, a split or the tasks: `state` is holds, gap, blank or unreadable; `lines` are the
    keys of a split's lines, '' for the tasks."""

    label: str
    side: str
    lines: str
    sum: str
    state: str
    words: str


def sections_of(draft: Draft, findings: Iterable[RuleFinding]) -> list[SectionState]:
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    return [
        _section(at, section, draft, errors)
        for at, section in enumerate(draft.edition.sections)
        if section.kind != "opinion"
    ]


def splits_of(draft: Draft) -> list[SplitState]:
    name = name_of(draft.edition.total)
    splits = [_split(added, name) for added in split_sums(draft.raw.amounts, draft.edition)]
    return [*splits, _tasks(draft, name)] if draft.edition.has("tasks") else splits


def total_of(draft: Draft) -> str:
    """The total as a figure, '—' when it is blank or cannot be read."""
    value = money.parse(draft.raw.amounts[draft.edition.total.key], draft.edition.unit).value
    return "—" if value is None else money.figure(value)


def _section(at: int, section: Section, draft: Draft, errors: list[RuleFinding]) -> SectionState:
    places = [finding.places for finding in errors]
    count = sum(any(belongs(place, section, draft.edition) for place in found) for found in places)
    if not is_begun(section, draft):
        state, words = "blank", "未填"
    elif count:
        state, words = "error", f"{count} 处问题"
    else:
        state, words = "filled", "已完成"
    return SectionState(bare(section.label), f"#section-{at}", state, words)


def belongs(place: Place, section: Section, edition: Edition) -> bool:
    """Whether a place lies in a section. The total stands below the tasks where there is no budget block."""
    if section.kind == "field":
        return place.section == "fields" and place.key == section.key
    if section.kind == "tasks" and place.section == "amounts":
        return not edition.has("budget")
    return place.section in _SECTIONS_OF.get(section.kind, ())


def is_begun(section: Section, draft: Draft) -> bool:
    """Whether anything is filled in there."""
    document = draft.document
    match section.kind:
        case "field":
            return bool(document.fields.get(section.key))
        case "budget":
            return any(document.amounts.values())
        case "tasks":
            return bool(document.tasks) or (not draft.edition.has("budget") and any(document.amounts.values()))
        case "duties":
            return bool(document.duties)
        case "goal":
            return bool(document.goals)
    return bool(document.indicators)


def _split(added: SplitSum, name: str) -> SplitState:
    lines = " ".join(line.key for line in added.split.lines)
    is_blank = not added.parts and not added.total
    state, words = _gap(added.gap, holds=added.holds, is_blank=is_blank, name=name)
    return SplitState(name_of(added.split), added.split.side, lines, money.figure(added.sum), state, words)


def _tasks(draft: Draft, name: str) -> SplitState:
    raw = draft.raw
    added = add_up_tasks(raw.tasks, raw.amounts, draft.edition)
    is_blank = not added.parts and not draft.document.amount(draft.edition.total.key, draft.edition).value
    state, words = _gap(added.gap, holds=added.holds, is_blank=is_blank, name=name)
    return SplitState("各项任务", "tasks", "", money.figure(added.sum), state, words)


def _gap(gap: Decimal | None, *, holds: bool, is_blank: bool, name: str) -> tuple[str, str]:
    """The state and the words of a sum that is more or less than the total of this name."""
    if gap is None:
        return "unreadable", "有金额读不出"
    if is_blank:
        return "blank", "未填写"
    if holds:
        return "holds", f"与{name}相符"
    words = "比%(total)s少 %(gap)s 万元" if gap < 0 else "比%(total)s多 %(gap)s 万元"
    return "gap", words % {"total": name, "gap": money.figure(abs(gap))}
