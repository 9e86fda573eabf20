"""Compare two documents row by row: fields, amounts, tasks, duties, goals and indicators."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from filings.document.content import FilingDocument
from filings.document.differences.changes import ChangeKind, Comparison, RowChange
from filings.document.differences.document_rows import DocumentRows, plain_label, single_row
from filings.document.differences.row_changes import row_changes
from filings.document.differences.row_matching import ComparedRow
from filings.document.edition import Edition
from filings.document.mapping import LAST_VALUE, UnmappedText, carry


def compare(
    before: FilingDocument, after: FilingDocument, edition_before: Edition, edition_after: Edition
) -> Comparison:
    """Compare two versions of a table, or the tables of two years.

    Rows are matched by lasting key, then by name within their class, then by name anywhere, then by similar name. If
    the editions differ, classes, budget lines and columns of the old document are those that correspond in the new
    edition; what has no counterpart is removed or noted.
    """
    lost: tuple[UnmappedText, ...] = ()
    notes: list[str] = []
    if edition_before.sha256 != edition_after.sha256:
        carried = carry(before, edition_before, edition_after)
        before, lost = _carried(before, carried.document), carried.unmapped
        notes = list(_edition_notes(edition_before, edition_after, lost))
    old, new = DocumentRows(before, edition_after), DocumentRows(after, edition_after)
    duties = row_changes(old.duties(), new.duties())
    notes += _renumbered(before, after, duties)
    return Comparison(
        fields=row_changes([*old.fields(), *_lost_rows(lost, "fields")], new.fields()),
        amounts=row_changes([*old.amounts(), *_lost_rows(lost, "amounts")], new.amounts()),
        tasks=row_changes(old.tasks(), new.tasks()),
        duties=duties,
        goals=row_changes(old.goals(), new.goals()),
        indicators=row_changes(old.indicators(), new.indicators()),
        notes=tuple(notes),
    )


def _carried(original: FilingDocument, carried: FilingDocument) -> FilingDocument:
    """Keep what `carry` drops or derives: sections that the new edition lacks, and the last values as they were."""
    rows = zip(original.indicators, carried.indicators, strict=True)
    indicators = (replace(row, more=_with_last_value(row.more, old.more)) for old, row in rows)
    return replace(
        carried,
        duties=original.duties,
        goals=original.goals,
        tasks=carried.tasks or original.tasks,
        indicators=tuple(indicators),
    )


def _with_last_value(more: Mapping[str, str], original: Mapping[str, str]) -> dict[str, str]:
    own = {LAST_VALUE: original[LAST_VALUE]} if LAST_VALUE in original else {}
    return {key: text for key, text in more.items() if key != LAST_VALUE} | own


def _lost_rows(lost: Sequence[UnmappedText], section: str) -> Iterator[ComparedRow]:
    """Yield the fields or amounts that have no place in the new edition."""
    return (single_row(item.place, item.label, item.text) for item in lost if item.place.section == section)


def _edition_notes(before: Edition, after: Edition, lost: Sequence[UnmappedText]) -> Iterator[str]:
    if _form(before) != _form(after):
        yield f"两张表的表样不同（{before.name}、{after.name}），已按指标类别和资金项目对应后比较。"
    columns = sorted({(item.place.section, item.place.column) for item in lost if item.place.column})
    names = {column.key: plain_label(column.label) for column in (*before.columns, *before.task_columns)}
    compared = [names[key] for section, key in columns if section in ("indicators", "tasks") and key in names]
    if compared:
        yield f"原表的{'、'.join(f'「{name}」' for name in compared)}栏在新表样中没有，未作比较。"


def _form(edition: Edition) -> Edition:
    """The parts of an edition that are printed."""
    return replace(edition, code="", version=0, rules={}, limits={}, explained=(), notes="")


def _renumbered(before: FilingDocument, after: FilingDocument, rows: Sequence[RowChange]) -> list[str]:
    texts = {duty.text for duty in before.duties}
    same = {row.key for row in rows if row.kind in (ChangeKind.SAME, ChangeKind.MOVED)}
    count = sum(duty.key in same and duty.text not in texts for duty in after.duties)
    return [f"另有 {count} 条职责只是序号变了，内容没有变。"] if count else []
