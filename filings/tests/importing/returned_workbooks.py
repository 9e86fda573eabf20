"""Forms of a draft for tests: downloaded, changed as people change them, and held against the draft again."""

from collections.abc import Iterable, Mapping

from openpyxl.worksheet.worksheet import Worksheet

from filings import drafts
from filings.document.place import Place
from filings.formats.workbook_form import write as workbook_form
from filings.formats.workbook_form.read import FilledWorkbook
from filings.importing.returned_workbook import (
    CellDifference,
    Returned,
    adopt,
    compare,
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
    """The form of what the draft holds now."""
    draft = drafts.load(filing)
    return workbook_form.write(draft.document, draft.edition, identity_of(filing, draft.edition), made_at=AT)


def filled_in(data: bytes, texts: Mapping[str, str | float | None]) -> bytes:
    """The form after something was typed into its cells, by their places."""
    for at, text in texts.items():
        data = typed(data, Place.parse(at), text)  # type: ignore[arg-type]
    return data


def with_row(data: bytes, section: str, *texts: str) -> bytes:
    """The form after a row was written into the first blank one of a section."""

    def write(sheet: Worksheet) -> None:
        row = rows_of(sheet, f"{section}[+")[0]
        for cell, text in zip(inputs_of(sheet, row), texts, strict=True):
            cell.value = text

    return changed(data, write)


def with_row_of(data: bytes, node: str, *texts: str) -> bytes:
    """The form after an indicator was written into the first blank row of a class."""

    def write(sheet: Worksheet) -> None:
        keys = keys_column(sheet)
        row = next(row for row in rows_of(sheet, "indicators[+") if sheet.cell(row, keys - 1).value == node)
        for cell, text in zip(inputs_of(sheet, row), texts, strict=True):
            cell.value = text

    return changed(data, write)


def without_row(data: bytes, key: str) -> bytes:
    """The form after a row was deleted from its sheet."""
    return changed(data, lambda sheet: sheet.delete_rows(rows_of(sheet, f"[{key}]")[0]))


def with_note_beside(data: bytes, text: str) -> bytes:
    """The form after something was typed beside the table."""
    return changed(data, lambda sheet: setattr(sheet.cell(4, keys_column(sheet) + 2), "value", text))


def held_against(filing: Filing, data: bytes) -> Returned:
    return compare(filing, drafts.load(filing), read(data))


def read(data: bytes) -> FilledWorkbook:
    """What came back."""
    return back(data)


def differences(filing: Filing, data: bytes) -> list[CellDifference]:
    """Of a form of which everything can be taken."""
    found = held_against(filing, data)
    assert found.reasons == ()
    return list(found.differences)


def compact(county: County) -> Filing:
    """A draft with two indicators and a duty, and no blank rows."""
    filing = county.filled()
    filing.duties.exclude(key="d1").delete()
    filing.indicators.filter(name="").delete()
    return filing


def newest(filing: Filing) -> int:
    """The number of the newest save, 0 where there is none."""
    return filing.edits.order_by("-id").values_list("pk", flat=True).first() or 0


def take(filing: Filing, county: County, found: Iterable[CellDifference], since: int | None = None) -> None:
    """All of these differences, held against the draft as it is now or as it was at a save."""
    changes = [change for item in found for change in item.changes]
    adopt(filing, changes, since=newest(filing) if since is None else since, by=county.filler)


def taken(found: Iterable[CellDifference]) -> list[tuple[str, bool]]:
    """Where something differs, and whether it is taken by itself."""
    return [(str(item.place), item.is_taken) for item in found]


def said(found: Returned) -> list[str]:
    """Why cells cannot be taken."""
    return [reason.sentence for reason in found.reasons]


def stored(filing: Filing) -> object:
    """Everything that taking may change."""
    return texts(filing), filing.edits.count(), filing.points.count()


def with_targets(data: bytes, begins: str, target: str) -> bytes:
    """The form after the targets of all rows, by the beginning of their keys, were changed at once."""
    spots = [spot for at, spot in read(data).positions.items() if at.key.startswith(begins) and at.column == "target"]

    def change(sheet: Worksheet) -> None:
        for spot in spots:
            sheet.cell(spot.row, spot.column).value = target

    return changed(data, change)
