"""Compare a returned workbook form with the draft, and apply the chosen differences.

Each difference can be taken or not; cells that cannot be taken are listed with the reason.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction

from filings import labels
from filings.document.edition import Edition
from filings.document.place import Place
from filings.document.text import shorten
from filings.drafts.apply import apply_changes
from filings.drafts.assessment import assess_draft
from filings.drafts.changes import Change
from filings.drafts.content import Draft
from filings.drafts.create import new_key
from filings.drafts.editor import DraftEditor
from filings.drafts.locking import lock_draft
from filings.drafts.merge import Addition, NewRow
from filings.drafts.save_changes import clean_text
from filings.drafts.stored_draft import columns_of, is_row
from filings.errors import StepRefused
from filings.formats.workbook_form import comments, grid
from filings.formats.workbook_form import read as workbook_reader
from filings.formats.workbook_form.comments import CellComment
from filings.formats.workbook_form.identity import Identity
from filings.formats.workbook_form.read import FilledWorkbook, WorkbookRow
from filings.models import Filing, User

LONGEST_QUOTE = 20


@dataclass(frozen=True)
class CellDifference:
    """A difference between the workbook and the draft, with the changes that taking it makes.

    `is_later`: the cell has been changed online since the download. `is_removal`: the row was deleted in the workbook.
    Neither is preselected.
    """

    place: Place
    changes: tuple[Change, ...]
    warning: str = ""
    is_later: bool = False
    is_removal: bool = False

    @property
    def is_preselected(self) -> bool:
        """Whether the page offers the difference as already chosen."""
        return not self.is_later and not self.is_removal


@dataclass(frozen=True)
class WorkbookComparison:
    """Differences between a workbook and the draft, and reasons for the cells that cannot be taken."""

    differences: tuple[CellDifference, ...]
    reasons: tuple[CellComment, ...]


def identity_of(filing: Filing, edition: Edition) -> Identity:
    """Build the identity that is stored in the filing's workbook form."""
    return Identity(str(filing.pk), edition.code, edition.sha256, filing.department.name, filing.cycle.year)


def with_findings(filing: Filing, draft: Draft, content: bytes) -> bytes:
    """Add the draft's findings to its workbook form, as cell comments with the messages of the page."""
    back = workbook_reader.read(content)
    if back is None:
        return content
    reasons = [
        CellComment(back.positions[place], f"{labels.SEVERITY[finding.severity]}：{finding.message}")
        for finding in assess_draft(filing, draft).unwaived
        for place in finding.places[:2]
        if place in back.positions
    ]
    return comments.annotate(content, reasons) if reasons else content


def check_identity(filing: Filing, back: FilledWorkbook) -> None:
    """Raise StepRefused if the workbook belongs to another filing or its identity is incomplete."""
    identity = back.identity
    if not back.identity_is_whole:
        raise StepRefused(
            "这份填报表里隐藏的标识不完整，无法确定属于哪一张表，未导入。请重新下载填报表，把内容复制过去，再上传。"
        )
    if identity.filing != str(filing.pk):
        given = f"「{identity.department}」{identity.year or ''}年的填报表"
        own = f"「{filing.department.name}」{filing.cycle.year}年的"
        raise StepRefused(f"这是{given}，不是{own}，未导入。请下载本表的填报表再填。")


def compare_workbook(filing: Filing, draft: Draft, back: FilledWorkbook) -> WorkbookComparison:
    """Compare a workbook with the current draft. Cells that were not edited in the workbook are no difference."""
    editor = DraftEditor(filing, draft.edition, draft.stored)
    current = _current_texts(draft)
    differences: list[CellDifference] = []
    reasons: list[CellComment] = []
    for place, typed in back.texts.items():
        text, before, now = clean_text(typed), clean_text(back.before.get(place, "")), current.get(place, "")
        if text == before:
            continue
        reason = _refusal(editor, place, text)
        if reason:
            reasons.append(CellComment(back.positions[place], reason))
        elif text not in (now, stored := draft.stored.text(place) or ""):
            change = Change(str(place), stored, text)
            is_later = bool(now) and now != before
            warning = back.warnings.get(place, "")
            differences.append(CellDifference(place, (change,), warning, is_later=is_later))
    rows, refused = _new_rows(editor, draft, back)
    differences += [*rows, *_removals(draft, back.missing)]
    reasons += refused
    reasons += [CellComment(item.position, _outside_message(item.text)) for item in back.unknown]
    return WorkbookComparison(tuple(differences), tuple(reasons))


@transaction.atomic
def apply_differences(filing: Filing, changes: Sequence[Change], *, since: int, by: User, source: str = "") -> None:
    """Apply the chosen changes as one save; `since` is the number of the newest save that was compared.

    `source` is the file's name. Raises StepRefused, without any change, if a cell was saved after `since` or a change
    is invalid.
    """
    lock_draft(filing)
    apply_changes(filing, changes, {}, by=by, client_id=str(uuid4()), since=since, source=source)


def _current_texts(draft: Draft) -> Mapping[Place, str]:
    """Texts of a workbook form of the draft as it is now, in normal form as in the workbook."""
    whole = grid.with_blank_rows(draft.document, draft.edition, 0)
    rows = grid.lay_out_workbook_form(whole, draft.edition).rows
    return {cell.place: cell.text for row in rows for cell in row.cells if cell.place}


def _refusal(editor: DraftEditor, place: Place, text: str) -> str:
    """Message why a text cannot be stored in a cell; empty if it can."""
    if not editor.has(place):
        return "现在的表中没有这一栏（表样换过），未导入。"
    if editor.text(place) is None:
        return "这一行在系统里已经删去，未导入。请写到空行里。"
    return _length_message(editor, place, text)


def _length_message(editor: DraftEditor, place: Place, text: str) -> str:
    count, longest = len(clean_text(text)), editor.longest(place)
    if count <= longest:
        return ""
    return f"这里有 {count} 个字，最多 {longest} 个，未导入。请删减。"


def _outside_message(text: str) -> str:
    return f"「{shorten(text, LONGEST_QUOTE)}」不在可填写的单元格中，未导入。请写到浅黄色单元格中。"


def _new_rows(
    editor: DraftEditor, draft: Draft, back: FilledWorkbook
) -> tuple[list[CellDifference], list[CellComment]]:
    """List the rows written into blank ones as differences, and the reasons for those that cannot be taken."""
    differences: list[CellDifference] = []
    reasons: list[CellComment] = []
    # New rows are matched only with rows added online since the download, not with rows of the workbook itself.
    in_workbook = frozenset(place.key for place in back.before)
    for section in ("duties", "tasks", "indicators"):
        written = [row for row in back.new_rows if row.section == section]
        fitting = []
        for row in written:
            refused = list(_row_reasons(editor, row))
            reasons += refused
            if not refused:
                fitting.append(row)
        try:
            differences += _added(draft, section, fitting, in_workbook)
        except StepRefused as refusal:
            reasons += [CellComment(next(iter(row.positions.values())), refusal.reason) for row in fitting]
    return differences, reasons


def _row_reasons(editor: DraftEditor, row: WorkbookRow) -> Iterator[CellComment]:
    for column, text in row.texts.items():
        if message := _length_message(editor, Place(row.section, "x", column), text):
            yield CellComment(row.positions[column], message)


def _added(
    draft: Draft, section: str, rows: Sequence[WorkbookRow], in_workbook: frozenset[str]
) -> Iterator[CellDifference]:
    """Yield each new row with the changes that add its rank and cells and remove the blank rows that it replaces."""
    addition = Addition(draft)
    keyed = [NewRow(new_key(), _texts(row, draft.edition)) for row in rows]
    addition.rows(section, keyed, others=in_workbook)
    warnings = {new.key: "；".join(dict.fromkeys(row.warnings.values())) for new, row in zip(keyed, rows, strict=True)}
    by_row: dict[str, list[Change]] = {}
    removed = []
    for change in addition.changes:
        place = Place.parse(change.place)
        if place.key in warnings:
            by_row.setdefault(place.key, []).append(change)
        elif is_row(place):
            removed.append(change)
        else:
            yield CellDifference(place, (change,))
    for change in addition.differing:
        yield CellDifference(Place.parse(change.place), (change,), is_later=True)
    for number, (key, changes) in enumerate(by_row.items()):
        # The removal of blank rows needs no decision of its own: it is part of the first new row.
        yield CellDifference(Place(section, key), (*changes, *(removed if number == 0 else ())), warnings[key])


def _texts(row: WorkbookRow, edition: Edition) -> Mapping[str, str]:
    texts = {column: row.texts.get(column, "") for column in columns_of(row.section, edition)}
    return texts | ({"node": row.node} if row.section == "indicators" else {})


def _removals(draft: Draft, missing: Sequence[Place]) -> Iterator[CellDifference]:
    for place in missing:
        rank = draft.stored.text(place) if is_row(place) else ""
        if rank:
            yield CellDifference(place, (Change(str(place), rank, ""),), is_removal=True)
