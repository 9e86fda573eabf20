"""Progress of a draft: the state of each section, and the gap between each sum and the total."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from filings.choices import Severity
from filings.document import money
from filings.document.edition import Edition, Section
from filings.document.place import Place
from filings.document.sections import belongs, section_position
from filings.document.text import bare
from filings.drafts import Draft
from filings.rules.finding import RuleFinding
from filings.rules.money.budget import SplitSum, add_up_tasks, is_open, name_of, split_sums


@dataclass(frozen=True)
class SectionState:
    """A section of the table. `state` is error, partial, blank or filled, `words` the state as it is displayed.

    `kind` is that of the edition's section, by which the help page has its anchors.
    """

    kind: str
    label: str
    href: str
    state: str
    words: str


@dataclass(frozen=True)
class SplitState:
    """A sum compared with the total: a split of the budget, or the tasks.

    `state` is holds, gap, blank, unreadable or open, which means short of the total with amounts still to be filled in.
    `lines` are the keys of a split's lines, separated by spaces; empty for the tasks. `sum` is in 万元.
    """

    label: str
    side: str
    lines: str
    sum: Decimal
    state: str
    words: str


def sections_of(
    draft: Draft, findings: Iterable[RuleFinding], *, is_complete_check: bool = False
) -> list[SectionState]:
    """The sections' states. What is still to be filled in counts as an error once the whole table is checked."""
    found = list(findings)
    to_fill = [] if is_complete_check else [finding for finding in found if finding.to_fill]
    errors = [finding for finding in found if finding.severity is Severity.ERROR and finding not in to_fill]
    return [
        _section(index, section, draft, errors, to_fill)
        for index, section in enumerate(draft.edition.sections)
        if section.kind != "opinion"
    ]


def splits_of(draft: Draft) -> list[SplitState]:
    splits = budget_splits(draft.raw.amounts, draft.edition)
    return [*splits, _tasks(draft, name_of(draft.edition.total))] if draft.edition.has("tasks") else splits


def budget_splits(amounts: Mapping[str, str], edition: Edition) -> list[SplitState]:
    """Compare each split of the budget with the total. `amounts` are as typed or in normal form."""
    name = name_of(edition.total)
    return [_split(added, name) for added in split_sums(amounts, edition)]


def total_of(draft: Draft) -> Decimal | None:
    """Return the total in 万元, None if it is blank or cannot be parsed."""
    return money.parse(draft.raw.amounts[draft.edition.total.key], draft.edition.unit).value


def to_fill_place(finding: RuleFinding, edition: Edition) -> Place:
    """The place where a finding's missing content goes: of its places the first in the section furthest down."""
    return max(finding.places, key=lambda place: section_position(place, edition))


def _section(
    index: int, section: Section, draft: Draft, errors: list[RuleFinding], to_fill: list[RuleFinding]
) -> SectionState:
    edition = draft.edition
    count = sum(any(belongs(place, section, edition) for place in finding.places) for finding in errors)
    missing = sum(belongs(to_fill_place(finding, edition), section, edition) for finding in to_fill)
    if not is_begun(section, draft):
        state, words = "blank", "未填"
    elif count:
        state, words = "error", f"{count} 处问题"
    elif missing:
        state, words = "partial", f"{missing} 项待填"
    else:
        state, words = "filled", "已完成"
    return SectionState(section.kind, bare(section.label), f"#section-{index}", state, words)


def is_begun(section: Section, draft: Draft) -> bool:
    """Whether a section has any content."""
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
    state = "open" if state == "gap" and is_open(added) else state
    return SplitState(name_of(added.split), added.split.side, lines, added.sum, state, words)


def _tasks(draft: Draft, name: str) -> SplitState:
    raw = draft.raw
    added = add_up_tasks(raw.tasks, raw.amounts, draft.edition)
    is_blank = not added.parts and not draft.document.amount(draft.edition.total.key, draft.edition).value
    state, words = _gap(added.gap, holds=added.holds, is_blank=is_blank, name=name)
    state = "open" if state == "gap" and added.gap and added.gap < 0 else state
    return SplitState("各项任务", "tasks", "", added.sum, state, words)


def _gap(gap: Decimal | None, *, holds: bool, is_blank: bool, name: str) -> tuple[str, str]:
    """The state of a sum and its description. `name` is that of the total, `gap` is in 万元, None if unreadable."""
    if gap is None:
        return "unreadable", "有金额无法识别"
    if is_blank:
        return "blank", "未填写"
    if holds:
        return "holds", f"与{name}相符"
    return "gap", f"比{name}{'少' if gap < 0 else '多'} {money.with_unit(abs(gap))}"
