"""Pages that a form from Excel or a file is answered with, brought before the browser."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from filings.formats import text
from filings.table.layout.document import lay_out
from filings.tests.browser.desk import Desk, Sight
from filings.tests.drafting import save
from filings.tests.founding import EDITION, founding_document, sample_text
from filings.tests.importing.returned_workbooks import (
    downloaded,
    filled_in,
    with_note_outside,
    with_row_of,
    without_row,
)

# A class that nobody knows, and a line that belongs nowhere.
DOUBTFUL = text.write(lay_out(founding_document(), EDITION)).replace("质量指标", "数量质量指标") + "\n备注\t一式三份\n"
SEVERAL = "\n".join(sample_text().replace("中共衡东县委组织部", name) for name in ("县教育局", "县司法局"))
Change = Callable[[bytes], bytes]


def returned(change: Change) -> Sight:
    """What is answered to the form of a draft after it was changed, and the draft too."""

    def look(desk: Desk) -> None:
        with transaction.atomic():
            filing = desk.county.filled()
            data = change(downloaded(filing))
            save(filing, desk.county, ("amounts[TOTAL]", "100", "130"))
        file = SimpleUploadedFile("table.xlsx", data)
        address = f"/filings/{filing.pk}/fill/import/preview/"
        desk.show(desk.client("filler").post(address, {"file": file}))

    return look


def as_it_was(data: bytes) -> bytes:
    return data


def of_every_kind(data: bytes) -> bytes:
    """Differences to be taken, decided and checked; reasons why cells are not taken."""
    data = filled_in(data, {"amounts[TOTAL]": 120, "indicators[i0].target": "≥600卷", "goals[0]": "目" * 5001})
    return with_row_of(with_note_outside(without_row(data, "i1"), "记得问财政局"), "OUT.QUAL", "档案完好率", "100%")
