"""Workbook forms for tests: download, edit as officers do, and compare with the draft."""

from collections.abc import Iterable, Mapping

from openpyxl.worksheet.worksheet import Worksheet

from filings import drafts
from filings.document.place import Place
from filings.formats.workbook_form import write as workbook_form
from filings.formats.workbook_form.read import FilledWorkbook
from filings.importing.returned_workbook import (
    CellDifference,
    WorkbookComparison,
    apply_differences,
    compare_workbook,
    identity_of,
)
from filings.models import Filing
from filings.tests.county import County
from filings.tests.formats.workbook_form.workbooks import (
    AT,
    back,
    changed,
    inputs_of,
    keys_column,
    rows_of,
    typed,
)
from filings.tests.last_year import texts


def downloaded(filing: Filing) -> bytes:
    """Write the workbook form of the current draft."""
    draft = drafts.load(filing)
    return workbook_form.write(draft.document, draft.edition, identity_of(filing, draft.edition), made_at=AT)


def filled_in(data: bytes, texts: Mapping[str, str | float | None]) -> bytes:
    """Type texts into the workbook's cells, by place."""
    for place, text in texts.items():
        data = typed(data, Place.parse(place), text)  # type: ignore[arg-type]
    return data


def with_row(data: bytes, section: str, *texts: str) -> bytes:
    """Write a row into the first blank row of a section."""

    def write(sheet: Worksheet) -> None:
        row = rows_of(sheet, f"{section}[+")[0]
        for cell, text in zip(inputs_of(sheet, row), texts, strict=True):
            cell.value = text

    return changed(data, write)


def with_row_of(data: bytes, node: str, *texts: str) -> bytes:
    """Write an indicator into the first blank row of a class."""

    def write(sheet: Worksheet) -> None:
        keys = keys_column(sheet)
        row = next(row for row in rows_of(sheet, "indicators[+") if sheet.cell(row, keys - 1).value == node)
        for cell, text in zip(inputs_of(sheet, row), texts, strict=True):
            cell.value = text

    return changed(data, write)


def without_row(data: bytes, key: str) -> bytes:
    """Delete a row of the sheet."""
    return changed(data, lambda sheet: sheet.delete_rows(rows_of(sheet, f"[{key}]")[0]))


def with_note_outside(data: bytes, text: str) -> bytes:
    """Type a text into a cell outside the table."""
    return changed(data, lambda sheet: setattr(sheet.cell(4, keys_column(sheet) + 2), "value", text))


def compared(filing: Filing, data: bytes) -> WorkbookComparison:
    return compare_workbook(filing, drafts.load(filing), read(data))


def read(data: bytes) -> FilledWorkbook:
    """Read the workbook form."""
    return back(data)


def differences(filing: Filing, data: bytes) -> list[CellDifference]:
    """List the differences of a workbook without refused cells."""
    comparison = compared(filing, data)
    assert comparison.reasons == ()
    return list(comparison.differences)


def compact(county: County) -> Filing:
    """Create a draft with two indicators and a duty, without blank rows."""
    filing = county.filled()
    filing.duties.exclude(key="d1").delete()
    filing.indicators.filter(name="").delete()
    return filing


def newest(filing: Filing) -> int:
    """Number of the newest save, 0 without one."""
    return filing.edits.order_by("-id").values_list("pk", flat=True).first() or 0


def take(filing: Filing, county: County, differences: Iterable[CellDifference], since: int | None = None) -> None:
    """Apply the differences, compared with the current draft or with the draft at a save."""
    changes = [change for item in differences for change in item.changes]
    apply_differences(filing, changes, since=newest(filing) if since is None else since, by=county.filler)


def preselected(differences: Iterable[CellDifference]) -> list[tuple[str, bool]]:
    """List the places of the differences, and whether each is preselected."""
    return [(str(item.place), item.is_preselected) for item in differences]


def reasons(comparison: WorkbookComparison) -> list[str]:
    """List the reasons why cells cannot be taken."""
    return [reason.sentence for reason in comparison.reasons]


def stored(filing: Filing) -> object:
    """Everything that an import can change."""
    return texts(filing), filing.edits.count(), filing.points.count()


def with_targets(data: bytes, begins: str, target: str) -> bytes:
    """Change the targets of all rows whose keys begin with `begins`."""
    cells = [
        cell
        for place, cell in read(data).positions.items()
        if place.key.startswith(begins) and place.column == "target"
    ]

    def change(sheet: Worksheet) -> None:
        for cell in cells:
            sheet.cell(cell.row, cell.column).value = target

    return changed(data, change)
