"""Row heights are estimated well enough that usual tables are laid out once."""

from datetime import datetime

import pytest

from filings.document.content import FilingDocument
from filings.formats.file import CannotPrint
from filings.formats.pdf import page_source, row_heights, weasyprint_engine
from filings.formats.pdf import write as pdf
from filings.formats.pdf.overlay import NO_OVERLAY
from filings.table.layout import paging
from filings.table.layout.document import lay_out
from filings.tests.founding import EDITION, founding_document, with_indicators, with_long_duties


@pytest.mark.parametrize("document", [founding_document(), with_indicators(60), with_long_duties(12_000)])
def test_the_estimate_equals_the_layout(document: FilingDocument) -> None:
    grid = lay_out(document, EDITION)
    starts = row_heights.estimate_page_starts(grid)
    title = EDITION.title_for(document.year)
    assert [len(page.rows) for page in paging.cut(grid, starts)] == [
        len(page.rows) for page in pdf.lay_out_pages(grid, title, NO_OVERLAY, datetime(2022, 3, 1))[1]
    ]
    pages = paging.cut(grid, starts)
    measured = row_heights.measure(
        weasyprint_engine.render(page_source.write(pages, title, NO_OVERLAY, datetime(2022, 3, 1)), {}), pages
    )
    assert measured.is_whole
    assert row_heights.measured_page_starts(grid, starts, measured, 0) == starts


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("一" * 10, 1),
        ("一" * 11, 2),
        ("一" * 9 + "（一", 2),
        ("一" * 10 + "。", 2),
        ("一" * 9 + "word", 2),
        ("i" * 30, 1),
        ("W" * 40, 5),
    ],
)
def test_lines_are_counted_by_chinese_line_breaking(text: str, lines: int) -> None:
    assert row_heights.count_lines(text, width=10 * 14.0) == lines


def test_waiting_too_long_for_another_print_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint_engine, "LONGEST_WAIT", 0.01)
    with (
        weasyprint_engine.print_job(),
        pytest.raises(CannotPrint, match="正在打印其他表"),
    ):
        pdf.write(founding_document(), EDITION, made_at=datetime(2022, 3, 1))


def test_layout_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "LONGEST_LAYOUT", 0)
    with pytest.raises(CannotPrint):
        pdf.write(founding_document(), EDITION, made_at=datetime(2022, 3, 1))
