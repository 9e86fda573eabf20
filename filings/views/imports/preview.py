"""Preview a table of a file: warnings, differences from the draft, and the findings after adoption."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.utils.safestring import SafeString

from filings.checks.assessment import AssessedFinding
from filings.choices import Severity
from filings.document import canonical_json
from filings.document.content import FilingDocument
from filings.document.place import Place
from filings.document.text import bare
from filings.drafts import Draft
from filings.drafts.apply import preview_changes
from filings.drafts.assessment import assess_draft
from filings.errors import StepRefused
from filings.importing.candidates import Candidate
from filings.importing.merge_plan import MergePlan, plan_merge
from filings.models import Filing
from filings.reviewing.remarks import unanswered_in_draft
from filings.table.grid import Grid
from filings.table.layout.document import lay_out
from filings.views.imports.source_table import source_table
from filings.views.imports.text_diff import trim_common_start
from filings.views.table.annotated import excerpt, href, write
from filings.views.table.labels import cell_labels
from filings.views.table.notes import Note
from filings.views.table.progress import SplitState, splits_of

MOST_FINDINGS = 8


@dataclass(frozen=True)
class TextDifference:
    """A cell whose text in the draft differs from the file's."""

    place: str
    label: str
    now: str
    then: str
    warning: str


@dataclass(frozen=True)
class WarningSummary:
    """A warning, with the link and text of its first cell; `count` is the number of cells with the same warning."""

    href: str
    text: str
    message: str
    count: int


@dataclass(frozen=True)
class TablePreview:
    """A table of the file as it would be merged; `refusal` is the reason if it cannot be.

    `source` is the table as found, `table` as read. `findings` are the most severe ones after the merge, `more` counts
    the others.
    """

    candidate: Candidate
    remarks: list[str]
    document: str
    source: SafeString
    table: SafeString
    warnings: list[WarningSummary]
    is_own: bool
    refusal: str = ""
    plan: MergePlan | None = None
    differences: list[TextDifference] = field(default_factory=list)
    sums: list[SplitState] = field(default_factory=list)
    verdict: str = ""
    findings: list[AssessedFinding] = field(default_factory=list)
    more: int = 0


def preview_table(filing: Filing, draft: Draft, candidate: Candidate) -> TablePreview:
    """Preview the merge of a candidate table into the draft."""
    document = candidate.document
    grid = lay_out(document, draft.edition, whole_texts=True, whole_targets=True)
    notes = [Note(_cell_of(place), "warning", "请核对", text) for place, text in candidate.warnings.items()]
    preview = TablePreview(
        candidate,
        [*candidate.remarks, *_mismatches(filing, document)],
        canonical_json.dumps(document),
        source_table(candidate),
        write(grid, notes),
        _warnings(candidate, grid),
        is_own=bare(candidate.name) == bare(filing.department.name),
    )
    try:
        plan = plan_merge(filing, draft, document)
    except StepRefused as refusal:
        return replace(preview, refusal=refusal.reason)
    merged = preview_changes(filing, draft, plan.changes, plan.labels)
    assessed = assess_draft(filing, merged)
    unanswered = len(unanswered_in_draft(filing, merged.document))
    heaviest_first = sorted(
        assessed.while_filling, key=lambda item: (item.is_to_fill, list(Severity).index(item.finding.severity))
    )
    return replace(
        preview,
        plan=plan,
        differences=_differences(plan, candidate, cell_labels(draft)),
        sums=splits_of(merged),
        verdict=assessed.progress_summary(unanswered),
        findings=heaviest_first[:MOST_FINDINGS],
        more=max(0, len(heaviest_first) - MOST_FINDINGS),
    )


def _mismatches(filing: Filing, document: FilingDocument) -> Iterator[str]:
    """Remarks that the table is of another year or department than the filing."""
    own, year = filing.department.name, filing.cycle.year
    if document.year and document.year != year:
        yield f"文件是 {document.year} 年的表，本次填的是 {year} 年，写有年份、日期和数字的地方请逐处修改。"
    if document.department and bare(document.department) != bare(own):
        yield f"文件里的部门是「{document.department}」，本次填的是「{own}」，请确认没有选错文件。"


def _warnings(candidate: Candidate, grid: Grid) -> list[WarningSummary]:
    """Summarise the candidate's warnings, equal ones as one."""
    texts = {cell.place: cell.content for row in grid.rows for cell in row.cells if cell.place}
    counts = Counter(candidate.warnings.values())
    first: dict[str, Place] = {}
    for place, message in candidate.warnings.items():
        first.setdefault(message, _cell_of(place))
    return [
        WarningSummary(href(place), excerpt(texts.get(place, "")), message, counts[message])
        for message, place in first.items()
    ]


def _differences(plan: MergePlan, candidate: Candidate, labels: Mapping[Place, str]) -> list[TextDifference]:
    differences = []
    for change in plan.differing:
        place = Place.parse(change.place)
        now, then = trim_common_start(change.before, change.after)
        label, warning = labels.get(place, change.place), candidate.warnings.get(place, "")
        differences.append(TextDifference(change.place, label, now, then, warning))
    return differences


def _cell_of(place: Place) -> Place:
    """Place of the cell that shows a warning. The class of a row has no cell of its own; its name cell is used."""
    return Place(place.section, place.key, "name") if place.column == "node" else place
