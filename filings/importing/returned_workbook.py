"""A form that comes back filled in: what differs from the draft, each difference to be taken or not, and what cannot be
taken, with the reason for each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction

from filings import labels
from filings.document.edition import Edition
from filings.document.place import Place
from filings.drafts.apply import take
from filings.drafts.assessment import of_draft
from filings.drafts.changes import Change
from filings.drafts.content import Draft
from filings.drafts.create import new_key
from filings.drafts.editing import DraftEditor
from filings.drafts.locking import hold
from filings.drafts.merge import Addition, NewRow
from filings.drafts.saving import cleaned
from filings.drafts.stored import columns_of, is_row
from filings.errors import StepRefused
from filings.formats.workbook_form import comments, grid
from filings.formats.workbook_form import read as workbook_reader
from filings.formats.workbook_form.comments import CellComment
from filings.formats.workbook_form.identity import Identity
from filings.formats.workbook_form.read import FilledWorkbook
from filings.formats.workbook_form.read import WorkbookRow as RowOfForm
from filings.models import Filing, User

LONGEST_WORDS = 20


@dataclass(frozen=True)
class CellDifference:
    """What the form has another way than the draft, as the changes of one decision.

    `is_later` where somebody has changed the cell online since the form was downloaded; `is_removal` where the row was
    deleted in the form: neither is taken unless it is asked for.
    """

    place: Place
    changes: tuple[Change, ...]
    warning: str = ""
    is_later: bool = False
    is_removal: bool = False

    @property
    def is_taken(self) -> bool:
        """Whether it is taken unless a person decides otherwise."""
        return not self.is_later and not self.is_removal


@dataclass(frozen=True)
class Returned:
    """All that a form brings back: differences, and reasons why cells cannot be taken."""

    differences: tuple[CellDifference, ...]
    reasons: tuple[CellComment, ...]


def identity_of(filing: Filing, edition: Edition) -> Identity:
    """What a form of this filing carries."""
    return Identity(str(filing.pk), edition.code, edition.sha256, filing.department.name, filing.cycle.year)


def with_findings(filing: Filing, draft: Draft, content: bytes) -> bytes:
    """A form of the draft with what the rules find, as comments at the cells, in the sentences of the page."""
    back = workbook_reader.read(content)
    if back is None:
        return content
    reasons = [
        CellComment(back.positions[at], f"{labels.SEVERITY[finding.severity]}：{finding.message}")
        for finding in of_draft(filing, draft).standing
        for at in finding.places[:2]
        if at in back.positions
    ]
    return comments.annotate(content, reasons) if reasons else content


def check_identity(filing: Filing, back: FilledWorkbook) -> None:
    """Raises StepRefused for the form of another filing."""
    found = back.identity
    if not back.identity_is_whole:
        raise StepRefused(
            "这份填报表里隐藏的标识不完整，看不出是哪一张表的，没有导入。请重新下载填报表，把内容复制过去，再上传。"
        )
    if found.filing != str(filing.pk):
        own, year = filing.department.name, filing.cycle.year
        names = {"name": found.department, "year": found.year or "", "own": own, "own_year": year}
        said = "这是「%(name)s」%(year)s年的填报表，不是「%(own)s」%(own_year)s年的，没有导入。请下载本表的填报表再填。"
        raise StepRefused(said % names)


def compare(filing: Filing, draft: Draft, back: FilledWorkbook) -> Returned:
    """The form beside the draft as it is now. Cells that nobody touched in the form are no difference."""
    desk = DraftEditor(filing, draft.edition, draft.stored)
    written_now = _written_now(draft)
    differences: list[CellDifference] = []
    reasons: list[CellComment] = []
    for at, typed in back.texts.items():
        text, before, now = cleaned(typed), cleaned(back.before.get(at, "")), written_now.get(at, "")
        if text == before:
            continue
        reason = _why_not(desk, at, text)
        if reason:
            reasons.append(CellComment(back.positions[at], reason))
        elif text not in (now, stored := draft.stored.text(at) or ""):
            change = Change(str(at), stored, text)
            is_later = bool(now) and now != before
            differences.append(CellDifference(at, (change,), back.warnings.get(at, ""), is_later=is_later))
    rows, refused = _new_rows(desk, draft, back)
    differences += [*rows, *_removals(draft, back.missing)]
    reasons += refused
    reasons += [CellComment(item.position, _beside(item.text)) for item in back.unknown]
    return Returned(tuple(differences), tuple(reasons))


@transaction.atomic
def adopt(filing: Filing, changes: Sequence[Change], *, since: int, by: User) -> None:
    """Make the changes that were decided on, as one save; `since` is the newest save that they were held against.

    Raises StepRefused, and nothing has changed.
    """
    hold(filing)
    take(filing, changes, {}, by=by, client_id=str(uuid4()), since=since)


def _written_now(draft: Draft) -> Mapping[Place, str]:
    """What a form would hold that is written now: in normal form, as what it held before."""
    whole = grid.with_blank_rows(draft.document, draft.edition, 0)
    rows = grid.lay_out_workbook_form(whole, draft.edition).rows
    return {cell.place: cell.text for row in rows for cell in row.cells if cell.place}


def _why_not(desk: DraftEditor, at: Place, text: str) -> str:
    """Why a text cannot be put into a cell; empty when it can."""
    if not desk.has(at):
        return "现在的表里没有这一格（表样换过），没有导入。"
    if desk.text(at) is None:
        return "这一行在系统里已经删去，没有导入。请写到空行里。"
    return _too_long(desk, at, text)


def _too_long(desk: DraftEditor, at: Place, text: str) -> str:
    count, longest = len(cleaned(text)), desk.longest(at)
    if count <= longest:
        return ""
    numbers = {"count": count, "longest": longest}
    return "这里有 {count} 个字，最多 {longest} 个，没有导入。请删减。".format(**numbers)


def _beside(text: str) -> str:
    words = text if len(text) <= LONGEST_WORDS else f"{text[:LONGEST_WORDS]}…"
    return f"「{words}」不在填写的格子里，没有导入。请写到浅黄色的格子里。"


def _new_rows(desk: DraftEditor, draft: Draft, back: FilledWorkbook) -> tuple[list[CellDifference], list[CellComment]]:
    """A difference for each row that was written into blank ones, and the reasons why some cannot be taken."""
    found: list[CellDifference] = []
    reasons: list[CellComment] = []
    # Rows that stand in the form themselves are no match for new ones; those that came since may be.
    in_form = frozenset(at.key for at in back.before)
    for section in ("duties", "tasks", "indicators"):
        mine = [row for row in back.new_rows if row.section == section]
        fitting = []
        for row in mine:
            refused = list(_row_reasons(desk, row))
            reasons += refused
            if not refused:
                fitting.append(row)
        try:
            found += _added(draft, section, fitting, in_form)
        except StepRefused as refusal:
            reasons += [CellComment(next(iter(row.positions.values())), refusal.reason) for row in fitting]
    return found, reasons


def _row_reasons(desk: DraftEditor, row: RowOfForm) -> Iterator[CellComment]:
    for column, text in row.texts.items():
        if said := _too_long(desk, Place(row.section, "x", column), text):
            yield CellComment(row.positions[column], said)


def _added(draft: Draft, section: str, rows: Sequence[RowOfForm], in_form: frozenset[str]) -> Iterator[CellDifference]:
    """Each new row with the changes that bring it: its place and its cells, and a blank row that makes way."""
    addition = Addition(draft)
    keyed = [NewRow(new_key(), _texts(row, draft.edition)) for row in rows]
    addition.rows(section, keyed, others=in_form)
    warnings = {new.key: "；".join(dict.fromkeys(row.warnings.values())) for new, row in zip(keyed, rows, strict=True)}
    by_row: dict[str, list[Change]] = {}
    giving_way = []
    for change in addition.changes:
        at = Place.parse(change.place)
        if at.key in warnings:
            by_row.setdefault(at.key, []).append(change)
        elif is_row(at):
            giving_way.append(change)
        else:
            yield CellDifference(at, (change,))
    for change in addition.differing:
        yield CellDifference(Place.parse(change.place), (change,), is_later=True)
    for number, (key, changes) in enumerate(by_row.items()):
        # A blank row that makes way is nobody's decision: it goes with the first that comes.
        yield CellDifference(Place(section, key), (*changes, *(giving_way if number == 0 else ())), warnings[key])


def _texts(row: RowOfForm, edition: Edition) -> Mapping[str, str]:
    texts = {column: row.texts.get(column, "") for column in columns_of(row.section, edition)}
    return texts | ({"node": row.node} if row.section == "indicators" else {})


def _removals(draft: Draft, missing: Sequence[Place]) -> Iterator[CellDifference]:
    for at in missing:
        rank = draft.stored.text(at) if is_row(at) else ""
        if rank:
            yield CellDifference(at, (Change(str(at), rank, ""),), is_removal=True)
