"""沿用上年: begin this year's table with last year's approved one. What is carried over is chosen and looked at first.

Also where texts that stand as they were carried over are confirmed, a section or a cell at a time.
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
from filings.drafts.apply import previewed
from filings.drafts.carried_over import confirm, untouched
from filings.drafts.last_year import ApprovedTable, Choice, adopt, approved, last_values, plan
from filings.errors import StepRefused
from filings.models import Filing
from filings.rules.finding import KnownFacts, LastYear, RuleContext
from filings.table.layout.document import lay_out
from filings.views.access import UserRequest
from filings.views.editor.form_posts import own_filing
from filings.views.table.annotated import Note, write

KEEP, LEAVE = "keep", "leave"
# By the names of Choice: what a part is called, and what becomes of it either way.
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
    """A part on the page, with the words of both ways."""

    name: str
    label: str
    keep: str
    leave: str
    is_kept: bool


@dataclass(frozen=True)
class ClassLine:
    """A class of last year's form with what stands for it now, '' when it is gone, and how many rows it had."""

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
    if not filing.is_editable:
        messages.info(request, permissions.may_fill(request.user, filing).reason)
        return redirect("read", filing.pk)
    draft, found = drafts.load(filing), approved(filing)
    waiting = Counter(at.section for at in untouched(filing, draft))
    context: dict[str, object] = {
        "filing": filing,
        "found": found,
        "waiting": [(section, label, waiting[section]) for section, label in SECTIONS.items() if waiting[section]],
    }
    if found:
        context |= _offer(filing, draft, found, _chosen(request.GET))
    return render(request, "filings/editor/last_year.html", context)


@require_POST
@login_required
def adopt_last_year(request: UserRequest, filing_id: int) -> HttpResponse:
    """Only what the page has shown: a copy that has been replaced meanwhile is to be looked at first."""
    filing = own_filing(request, filing_id)
    found = approved(filing)
    if found is None:
        return redirect("fill_last_year", filing.pk)
    if found.copy.code != request.POST.get("copy"):
        messages.error(request, "上年的表已经换成新的定稿，没有沿用。请看过下面的内容再决定。")
        return redirect("fill_last_year", filing.pk)
    try:
        done = adopt(filing, found.table, _chosen(request.POST), by=request.user)
    except StepRefused as refusal:
        messages.error(request, refusal.reason)
        return redirect("fill_last_year", filing.pk)
    said = "已沿用上年的表：加了 %(added)s 行，填了 %(filled)s 格。与上年相同的文字，请逐项核对。"
    messages.success(request, said % {"added": done.added, "filled": done.filled})
    return redirect("fill", filing.pk)


@require_POST
@login_required
def confirm_last_year(request: UserRequest, filing_id: int) -> HttpResponse:
    """That the texts at a place, a cell, a row or a whole section, stand as they were last year."""
    filing = own_filing(request, filing_id)
    try:
        at = Place.parse(request.POST.get("place", ""))
    except ValueError as error:
        raise BadRequest("no place in a table") from error
    try:
        count = confirm(filing, at, by=request.user)
    except StepRefused as refusal:
        messages.error(request, refusal.reason)
    else:
        said = "已核对 %(count)s 处。"
        messages.success(request, said % {"count": count})
    return redirect("fill_last_year", filing.pk)


def _chosen(asked: QueryDict) -> Choice:
    """What was chosen; the usual for what was not."""
    given = {part.name: asked.get(part.name) for part in fields(Choice)}
    return Choice(**{name: way == KEEP for name, way in given.items() if way in (KEEP, LEAVE)})


def _offer(filing: Filing, draft: Draft, found: ApprovedTable, choice: Choice) -> dict[str, object]:
    """What the page shows of a table that can be carried over."""
    shown = {"parts": list(_parts(draft.edition, choice)), "classes": _classes(found.table, draft.edition)}
    try:
        planned = plan(draft, found.table, choice)
    except StepRefused as refusal:
        return {**shown, "refusal": refusal.reason}
    carried = previewed(filing, draft, planned.changes, planned.labels)
    return {**shown, "plan": planned, "table": _table(carried, found.table)}


def _parts(edition: Edition, choice: Choice) -> Iterator[CarryOverPart]:
    kept = asdict(choice)
    for name, words in PARTS.items():
        if name != "tasks" or edition.has("tasks"):
            yield CarryOverPart(name, *words, is_kept=kept[name])


def _classes(last: LastYear, edition: Edition) -> list[ClassLine]:
    """How the classes of last year's form are called now; nothing where every one is called the same."""
    counts = Counter(row.node for row in last.document.indicators)
    lines = [
        ClassLine(_words(last.edition, old), _words(edition, new or ""), counts[old])
        for old, new in map_editions(last.edition, edition).nodes.items()
    ]
    return lines if any(line.is_other for line in lines) else []


def _words(edition: Edition, node: str) -> str:
    levels = edition.levels(node)
    return " ".join(bare(level.label) for level in levels) if levels else ""


def _table(after: Draft, last: LastYear) -> SafeString:
    """The draft as it would be, with last year's values in the cells that are blank."""
    values = last_values(RuleContext(after.document, after.edition, KnownFacts(last_year=last)))
    notes = [
        Note(at, "writing", "上年", text) for at, text in values.items() if not (after.stored.text(at) or "").strip()
    ]
    return write(lay_out(after.raw, after.edition, whole_texts=True, whole_targets=True), notes)
