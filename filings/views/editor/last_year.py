"""沿用上年: choose, preview and adopt the contents of last year's approved table.

The page also confirms texts that are unchanged since they were carried over, by section or by cell.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from filings import drafts, permissions
from filings.document.edition import Edition
from filings.document.mapping import map_editions
from filings.document.place import Place
from filings.document.text import bare
from filings.drafts import Draft
from filings.drafts.apply import preview_changes
from filings.drafts.carried_over import carried_over_cells, confirm
from filings.drafts.last_year import ApprovedTable, Choice, adopt, approved, last_values, plan
from filings.errors import StepRefused
from filings.models import Filing
from filings.rules.finding import KnownFacts, LastYear, RuleContext
from filings.table.layout.document import lay_out
from filings.views.access import UserRequest
from filings.views.editor.access import own_filing
from filings.views.editor.table.notes import last_year_notes
from filings.views.table.annotated import write

KEEP, LEAVE = "keep", "leave"
# By the names of Choice: the label of a part, and those of keeping and leaving it.
PARTS: Mapping[str, tuple[str, str, str]] = {
    "duties": ("部门职能职责", "保留", "不沿用"),
    "tasks": ("主要任务", "保留", "不沿用"),
    "goal": ("整体绩效目标", "作为草稿保留", "不沿用"),
    "names": ("指标名称", "保留", "不沿用"),
    "targets": ("指标值", "保留", "清空，旁注上年的值"),
    "money": ("资金", "保留", "清空"),
    "fields": ("其他栏目", "保留", "不沿用"),
}
SECTIONS: Mapping[str, str] = {
    "fields": PARTS["fields"][0],
    "amounts": PARTS["money"][0],
    "duties": PARTS["duties"][0],
    "tasks": PARTS["tasks"][0],
    "goals": PARTS["goal"][0],
    "indicators": "绩效指标",
}


@dataclass(frozen=True)
class CarryOverPart:
    """A part that can be kept or left, with the labels of both."""

    name: str
    label: str
    keep: str
    leave: str
    is_kept: bool


@dataclass(frozen=True)
class ClassMapping:
    """A class of last year's edition, this year's class ('' if none), and the number of rows."""

    was: str
    now: str
    count: int

    @property
    def is_other(self) -> bool:
        return self.was != self.now


@never_cache
@login_required
def last_year(request: UserRequest, filing_id: int) -> HttpResponse:
    filing = own_filing(request, filing_id)
    fillable = permissions.may_fill(request.user, filing)
    if not fillable:
        messages.info(request, fillable.reason)
        return redirect("read", filing.pk)
    draft, source = drafts.load(filing), approved(filing)
    waiting = Counter(place.section for place in carried_over_cells(filing, draft))
    context: dict[str, object] = {
        "filing": filing,
        "source": source,
        "waiting": [(section, label, waiting[section]) for section, label in SECTIONS.items() if waiting[section]],
    }
    if source:
        context |= _preview(filing, draft, source, _chosen(request.GET))
    return render(request, "filings/editor/last_year.html", context)


@require_POST
@login_required
def adopt_last_year(request: UserRequest, filing_id: int) -> HttpResponse:
    """Adopt the previewed table. A copy issued since then must be previewed first."""
    filing = own_filing(request, filing_id)
    source = approved(filing)
    if source is None:
        return redirect("fill_last_year", filing.pk)
    if source.copy.code != request.POST.get("copy"):
        messages.error(request, "上年的表已经换成新的定稿，没有沿用。请查看下面的内容后再决定。")
        return redirect("fill_last_year", filing.pk)
    try:
        adopted = adopt(filing, source.table, _chosen(request.POST), by=request.user)
    except StepRefused as refusal:
        messages.error(request, refusal.reason)
        return redirect("fill_last_year", filing.pk)
    counts = f"新增 {adopted.added} 行，填入 {adopted.filled} 个栏目"
    messages.success(request, f"已沿用上年的表：{counts}。与上年相同的文字，请逐项核对。")
    return redirect("fill", filing.pk)


@require_POST
@login_required
def confirm_last_year(request: UserRequest, filing_id: int) -> HttpResponse:
    """Confirm that the texts of a cell, a row or a section are the same as last year."""
    filing = own_filing(request, filing_id)
    try:
        place = Place.parse(request.POST.get("place", ""))
    except ValueError as error:
        raise BadRequest("invalid place") from error
    try:
        count = confirm(filing, place, by=request.user)
    except StepRefused as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, f"已核对 {count} 处。")
    return redirect("fill_last_year", filing.pk)


def _chosen(data: QueryDict) -> Choice:
    """Read the choice of parts; parts without a valid value have their default."""
    values = {part.name: data.get(part.name) for part in fields(Choice)}
    return Choice(**{name: value == KEEP for name, value in values.items() if value in (KEEP, LEAVE)})


def _preview(filing: Filing, draft: Draft, source: ApprovedTable, choice: Choice) -> dict[str, object]:
    """Context of the choices and the preview of the draft after carrying over."""
    context = {"parts": list(_parts(draft.edition, choice)), "classes": _classes(source.table, draft.edition)}
    try:
        planned = plan(draft, source.table, choice)
    except StepRefused as refusal:
        return {**context, "refusal": refusal.reason}
    carried = preview_changes(filing, draft, planned.changes, planned.labels)
    return {**context, "plan": planned, "table": _table(carried, source.table)}


def _parts(edition: Edition, choice: Choice) -> Iterator[CarryOverPart]:
    kept = asdict(choice)
    for name, part_labels in PARTS.items():
        if name != "tasks" or edition.has("tasks"):
            yield CarryOverPart(name, *part_labels, is_kept=kept[name])


def _classes(last: LastYear, edition: Edition) -> list[ClassMapping]:
    """Map last year's classes to this year's; empty if no label has changed."""
    counts = Counter(row.node for row in last.document.indicators)
    lines = [
        ClassMapping(_class_label(last.edition, old), _class_label(edition, new or ""), counts[old])
        for old, new in map_editions(last.edition, edition).nodes.items()
    ]
    return lines if any(line.is_other for line in lines) else []


def _class_label(edition: Edition, node: str) -> str:
    levels = edition.levels(node)
    return " ".join(bare(level.label) for level in levels) if levels else ""


def _table(after: Draft, last: LastYear) -> SafeString:
    """Write the draft after carrying over, with notes of last year's values at blank cells."""
    values = last_values(RuleContext(after.document, after.edition, KnownFacts(last_year=last)))
    grid = lay_out(after.raw, after.edition, whole_texts=True, whole_targets=True)
    return write(grid, last_year_notes(values, after))
