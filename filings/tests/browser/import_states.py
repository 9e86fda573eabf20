"""Pages shown in response to an uploaded workbook form or file."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from filings.formats import text
from filings.table.layout.document import lay_out
from filings.tests.browser.page_visits import PageState, PageVisit
from filings.tests.drafting import save
from filings.tests.founding import EDITION, founding_document, sample_text
from filings.tests.importing.returned_workbooks import (
    downloaded,
    filled_in,
    with_note_outside,
    with_row_of,
    without_row,
)

# A table with an unknown class and a line outside all rows.
UNCERTAIN = text.write(lay_out(founding_document(), EDITION)).replace("质量指标", "数量质量指标") + "\n备注\t一式三份\n"
SEVERAL = "\n".join(sample_text().replace("中共衡东县委组织部", name) for name in ("县教育局", "县司法局"))
Change = Callable[[bytes], bytes]


def response_to_workbook(change: Change) -> PageState:
    """Show the response to the workbook form of a draft, after changes to both."""

    def show(visit: PageVisit) -> None:
        with transaction.atomic():
            filing = visit.county.filled()
            data = change(downloaded(filing))
            save(filing, visit.county, ("amounts[TOTAL]", "100", "130"))
        file = SimpleUploadedFile("table.xlsx", data)
        address = f"/filings/{filing.pk}/fill/import/preview/"
        visit.show(visit.client("filler").post(address, {"file": file}))

    return show


def unchanged(data: bytes) -> bytes:
    return data


def with_every_difference(data: bytes) -> bytes:
    """Add differences to accept, decide and check, and cells that cannot be imported."""
    data = filled_in(data, {"amounts[TOTAL]": 120, "indicators[i0].target": "≥600卷", "goals[0]": "目" * 5001})
    return with_row_of(with_note_outside(without_row(data, "i1"), "记得问财政局"), "OUT.QUAL", "档案完好率", "100%")
