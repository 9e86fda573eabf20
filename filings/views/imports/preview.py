"""A table of a file beside what it would be in the draft: what is uncertain, what differs, what would then be found."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.utils.safestring import SafeString

from filings.checks.assessment import Assessed
from filings.choices import Severity
from filings.document import canonical
from filings.document.content import FilingDocument
from filings.document.place import Place
from filings.document.text import bare
from filings.drafts import Draft
from filings.drafts.apply import previewed
from filings.drafts.assessment import of_draft
from filings.errors import StepRefused
from filings.importing.candidates import Candidate
from filings.importing.merge_plan import Landing, land
from filings.models import Filing
from filings.table.grid import Grid
from filings.table.layout.document import lay_out
from filings.views.imports.source_table import original
from filings.views.imports.text_diff import from_where_they_part
from filings.views.table.annotated import (
    Note,
    excerpt,
    href,
    write,
)
from filings.views.table.labels import cell_labels
from filings.views.table.progress import SplitState, splits_of

MOST_FINDINGS = 8


@dataclass(frozen=True)
class TextDifference:
    """A cell in which something else stands than the file says."""

    place: str
    label: str
    now: str
    then: str
    warning: str


@dataclass(frozen=True)
class Check:
    """Something uncertain, at the first of so many cells: its address on the page and its words."""

    href: str
    words: str
    said: str
    count: int


@dataclass(frozen=True)
class Offer:
    """A table of the file beside what it would be in the draft; `refusal` where it cannot be taken.

    `findings` are those that weigh most, `more` counts the others.
    """

    candidate: Candidate
    remarks: list[str]
    document: str
    original: SafeString
    table: SafeString
    checks: list[Check]
    is_own: bool
    refusal: str = ""
    landing: Landing | None = None
    differences: list[TextDifference] = field(default_factory=list)
    sums: list[SplitState] = field(default_factory=list)
    verdict: str = ""
    findings: list[Assessed] = field(default_factory=list)
    more: int = 0


def offer_of(filing: Filing, draft: Draft, candidate: Candidate) -> Offer:
    """What a table of the file offers to the draft."""
    document = candidate.document
    grid = lay_out(document, draft.edition, whole_texts=True, whole_targets=True)
    notes = [Note(_shown_at(at), "warning", "请核对", said) for at, said in candidate.warnings.items()]
    shown = Offer(
        candidate,
        [*candidate.remarks, *_of_another(filing, document)],
        canonical.dumps(document),
        original(candidate),
        write(grid, notes),
        _checks(candidate, grid),
        is_own=bare(candidate.name) == bare(filing.department.name),
    )
    try:
        landed = land(filing, draft, document)
    except StepRefused as refusal:
        return replace(shown, refusal=refusal.reason)
    taken = previewed(filing, draft, landed.changes, landed.labels)
    assessed = of_draft(filing, taken)
    heaviest_first = sorted(assessed.items, key=lambda item: list(Severity).index(item.finding.severity))
    return replace(
        shown,
        landing=landed,
        differences=_differences(landed, candidate, cell_labels(draft)),
        sums=splits_of(taken),
        verdict=assessed.verdict,
        findings=heaviest_first[:MOST_FINDINGS],
        more=max(0, len(heaviest_first) - MOST_FINDINGS),
    )


def _of_another(filing: Filing, document: FilingDocument) -> Iterator[str]:
    """That the table is of another year or department than what is being filled in."""
    own, year = filing.department.name, filing.cycle.year
    if document.year and document.year != year:
        numbers = {"year": document.year, "own": year}
        yield "文件是 {year} 年的表，本次填的是 {own} 年，写有年份、日期和数字的地方请逐处改过。".format(**numbers)
    if document.department and bare(document.department) != bare(own):
        names = {"name": document.department, "own": own}
        yield "文件里的部门是「{name}」，本次填的是「{own}」，请确认没有选错文件。".format(**names)


def _checks(candidate: Candidate, grid: Grid) -> list[Check]:
    """What is uncertain, the same sentence once."""
    words = {cell.place: cell.content for row in grid.rows for cell in row.cells if cell.place}
    counts = Counter(candidate.warnings.values())
    first: dict[str, Place] = {}
    for at, said in candidate.warnings.items():
        first.setdefault(said, _shown_at(at))
    return [Check(href(at), excerpt(words.get(at, "")), said, counts[said]) for said, at in first.items()]


def _differences(landed: Landing, candidate: Candidate, labels: Mapping[Place, str]) -> list[TextDifference]:
    found = []
    for change in landed.differing:
        at = Place.parse(change.place)
        now, then = from_where_they_part(change.before, change.after)
        label, warning = labels.get(at, change.place), candidate.warnings.get(at, "")
        found.append(TextDifference(change.place, label, now, then, warning))
    return found


def _shown_at(at: Place) -> Place:
    """The class of a row has no cell of its own: what is said of it stands at the name."""
    return Place(at.section, at.key, "name") if at.column == "node" else at
