"""What happened to the rows of a section: added, removed, changed, moved or the same."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from filings.choices import TargetKind
from filings.document import money, target
from filings.document.differences.changes import CellChange, ChangeKind, MoneyDifference, RowChange
from filings.document.differences.document_rows import CLASS
from filings.document.differences.row_matching import ComparedCell, ComparedRow, matched_rows
from filings.document.differences.text_runs import increasing


def row_changes(before: Sequence[ComparedRow], after: Sequence[ComparedRow]) -> tuple[RowChange, ...]:
    """Compare the rows of a section, each once: in the new order, with removed rows where they were."""
    partners = matched_rows(before, after)
    matched = sorted(partners)
    kept = {matched[index] for index in increasing([partners[index] for index in matched])}
    removed = _removed_after(before, partners, kept)
    rows = [_removed(row) for row in removed[-1]]
    for index, row in enumerate(after):
        if index in partners:
            rows.append(_matched(before[partners[index]], row, is_moved=index not in kept))
        else:
            rows.append(_added(row))
        rows += [_removed(old) for old in removed[index]]
    return tuple(row for row in rows if row.cells or row.kind in (ChangeKind.SAME, ChangeKind.MOVED))


def _removed_after(
    before: Sequence[ComparedRow], partners: Mapping[int, int], kept: set[int]
) -> Mapping[int, list[ComparedRow]]:
    """Group the removed rows by the index of the new row that they followed, -1 at the beginning."""
    new_index = {old: new for new, old in partners.items()}
    removed: dict[int, list[ComparedRow]] = defaultdict(list)
    last = -1
    for index, row in enumerate(before):
        if index not in new_index:
            removed[last].append(row)
        elif new_index[index] in kept:
            last = new_index[index]
    return removed


def _matched(before: ComparedRow, after: ComparedRow, *, is_moved: bool) -> RowChange:
    others = {cell.place.column: cell for cell in before.cells}
    pairs = [(others.get(cell.place.column), cell) for cell in after.cells]
    cells = tuple(_cell_change(old, cell) for old, cell in pairs if old is not None and old.content != cell.content)
    kind = ChangeKind.CHANGED if cells else ChangeKind.MOVED if is_moved else ChangeKind.SAME
    return RowChange(kind, after.place, after.name, after.heading, cells)


def _added(row: ComparedRow) -> RowChange:
    return RowChange(ChangeKind.ADDED, row.place, row.name, row.heading, tuple(map(_added_cell, _filled(row))))


def _removed(row: ComparedRow) -> RowChange:
    return RowChange(ChangeKind.REMOVED, row.place, row.name, row.heading, tuple(map(_removed_cell, _filled(row))))


def _filled(row: ComparedRow) -> list[ComparedCell]:
    """The cells to show of an added or removed row; its class is its heading."""
    return [cell for cell in row.cells if cell.text and cell.label != CLASS]


def _cell_change(before: ComparedCell, after: ComparedCell) -> CellChange:
    money_difference = _money(before.text, after.text, after)
    return CellChange(before.place, after.place, after.label, before.text, after.text, money_difference)


def _added_cell(cell: ComparedCell) -> CellChange:
    return CellChange(None, cell.place, cell.label, "", cell.text, _money("", cell.text, cell))


def _removed_cell(cell: ComparedCell) -> CellChange:
    return CellChange(cell.place, None, cell.label, cell.text, "", _money(cell.text, "", cell))


def _money(before: str, after: str, cell: ComparedCell) -> MoneyDifference | None:
    old, new = (_amount(text, cell) for text in (before, after))
    return MoneyDifference(old, new) if old is not None and new is not None else None


def _amount(text: str, cell: ComparedCell) -> Decimal | None:
    """The amount in 万元 of a cell of money, or of a target with a unit of money; None if it is no amount."""
    if cell.unit:
        amount = money.parse(text, cell.unit)
        return Decimal(0) if amount.is_blank else amount.value
    if cell.place.section == "indicators" and cell.place.column == "target":
        value = target.parse(text)
        if value and value.kind is TargetKind.NUMBER and value.unit in money.UNITS:
            return money.parse(f"{value.number}{value.unit}").value
    return None
