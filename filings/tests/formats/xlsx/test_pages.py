"""Printed pages of the workbook: closed boxes, repeated labels and headings, nothing taller than a page."""

import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from filings.document.content import FilingDocument
from filings.formats.readers.sandbox import libreoffice
from filings.formats.readers.spreadsheet import read as spreadsheet_reader
from filings.formats.xlsx import pages
from filings.formats.xlsx import write as xlsx
from filings.table.layout.document import lay_out
from filings.table.reading.read_table import read_table
from filings.table.reading.row_cells import RUNS_ON
from filings.tests.formats.pdf.pages import assert_closed, needs_poppler, pictures
from filings.tests.founding import EDITION, founding_document, with_indicators, with_long_duties

DOCUMENTS = {"founding": founding_document(), "indicators": with_indicators(60), "duties": with_long_duties(9000)}
MARK = RUNS_ON * 2
AT = datetime(2022, 1, 5, tzinfo=UTC)


def written(document: FilingDocument) -> bytes:
    return xlsx.write(lay_out(document, EDITION), made_at=AT)


def sheet_of(document: FilingDocument) -> Worksheet:
    return load_workbook(BytesIO(written(document))).worksheets[0]


def page_heights(sheet: Worksheet) -> list[float]:
    """Add up the heights of the rows of each page, in points."""
    ends = [item.id for item in sheet.row_breaks.brk] + [sheet.max_row]
    heights = [sheet.row_dimensions[row].height or 0.0 for row in range(1, sheet.max_row + 1)]
    return [sum(heights[start:end]) for start, end in zip([0, *ends], ends, strict=False)]


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_pages_break_before_excel_would_break_them(document: FilingDocument) -> None:
    heights = page_heights(sheet_of(document))
    assert len(heights) > 1
    assert max(heights) < pages.PAGE_HEIGHT


def test_a_table_of_one_page_has_no_breaks() -> None:
    sheet = sheet_of(replace(founding_document(), duties=()))
    assert list(sheet.row_breaks.brk) == []


def test_labels_are_repeated_with_a_mark_and_headings_by_excel() -> None:
    sheet = sheet_of(DOCUMENTS["indicators"])
    breaks = [item.id for item in sheet.row_breaks.brk]
    repeated = [sheet.cell(row + 1, 1).value for row in breaks]
    assert repeated == [f"{MARK}部门职能\n职责概述\n（续）"] + [f"{MARK}部门整体\n支出年度\n绩效指标\n（续）"] * (
        len(breaks) - 1
    )
    heads = next(row for row in range(1, sheet.max_row) if sheet.cell(row, 2).value == "一级指标")
    assert sheet.print_title_rows == f"${heads}:${heads}"


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_repeated_labels_are_read_as_one_table(document: FilingDocument) -> None:
    (grid,) = spreadsheet_reader.read(written(document))
    reading = read_table(grid, EDITION)
    assert (reading.document, reading.leftovers) == (document, ())


@pytest.mark.office
@pytest.mark.skipif(not libreoffice.is_installed(), reason="needs LibreOffice")
@needs_poppler
@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_every_printed_page_is_a_closed_box(document: FilingDocument, tmp_path: Path) -> None:
    (tmp_path / "table.xlsx").write_bytes(written(document))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "table.xlsx")], check=True, capture_output=True, timeout=120)
    printed = pictures((tmp_path / "table.pdf").read_bytes(), dpi=150)
    assert len(printed) == len(page_heights(sheet_of(document)))
    for page in printed:
        assert_closed(page)
