"""Every document of every edition, written in each format and read back, is the same, without warnings."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filings.document import canonical_json
from filings.document.bundled_editions import editions
from filings.document.content import DutyRow, FilingDocument, TaskRow, compose
from filings.document.edition import Edition
from filings.formats import download_formats, text, uploads
from filings.formats.pdf.overlay import NO_OVERLAY, PageOverlay, issued_overlay
from filings.formats.readers.spreadsheet import read as spreadsheet_reader
from filings.formats.readers.text import read as text_reader
from filings.formats.readers.web import read as web_reader
from filings.formats.readers.word import read as word_reader
from filings.table import marks
from filings.table.grid import Grid
from filings.table.layout.document import lay_out
from filings.table.marks import CopyMark
from filings.table.reading.find_tables import find_tables
from filings.table.reading.read_table import Reading, read_table
from filings.tests.founding import EDITION, founding_document
from filings.tests.strategies import tables

MADE_AT = datetime(2026, 11, 25, tzinfo=UTC)
READERS: dict[str, Callable[[bytes], Sequence[Grid]]] = {
    "xlsx": spreadsheet_reader.read,
    "docx": word_reader.read,
    "html": web_reader.read,
    "txt": lambda data: text_reader.read(text.decode(data)),
}
# Texts that programs may misread: formulas, numbers, dates, escapes, markup, quotes, pipes; and long texts.
ODD = (
    *("=1+1", "+86", "-5", "@x", "1/2", "2022-1-1", "1e5", "0012", "TRUE", "#N/A", "100%", "'1", '"', '"a"', "\\n"),
    *("_x0041_", "_x005F_x0041_", "a_x000A_b", "&amp;", "&#65;", "<b>", "<br>", "]]>", "|", "| a | b |", ",a,b", "——"),
    *("月。" * 2500, "长" * 5000),
)
# Texts that the edition itself prints in other cells.
PRINTED = (
    *(
        "资金总额",
        "资金总额：5",
        "填报人",
        "填报人：张三",
        "部门名称",
        "一级指标",
        "产出指标",
        "数量指标",
        "年度绩效目标",
    ),
    *(
        "待归类",
        "2022年",
        "单位：万元",
        "（一）",
        "按收入性质分：",
        "万元",
        "备注：无",
        "合计",
        "2022年部门整体支出绩效目标表",
    ),
)


COPIES = {
    "draft": PageOverlay(is_draft=True),
    "submitted": PageOverlay(footer=marks.submitted_footer(12, "0123456789abcdef" * 4)),
    "approved": PageOverlay(footer=marks.unsealed_footer("ABCD-2345-WXYZ")),
    "issued": issued_overlay(None, CopyMark("ABCD2345WXYZABCD2345", 12, f"https://{'long-name.' * 8}example.cn")),
    "preview": issued_overlay(None, CopyMark("", 1, "http://127.0.0.1:8000")),
}


def written(kind: str, document: FilingDocument, edition: Edition, overlay: PageOverlay = NO_OVERLAY) -> bytes:
    return download_formats.write(kind, document, edition, stem="表", made_at=MADE_AT, overlay=overlay).content


def only_reading(grids: Sequence[Grid], edition: Edition) -> Reading:
    """Read the single table of a file, and assert that the file contains nothing else."""
    tables = find_tables(grids, edition)
    (table,) = tables.tables
    assert tables.others == ()
    return table.reading


def assert_reads(reading: Reading, document: FilingDocument, edition: Edition) -> None:
    """Assert that the document was read completely, with only the warnings that the document itself causes."""
    assert reading.document == document
    assert reading.leftovers == ()
    assert reading.warnings == read_table(lay_out(document, edition), edition).warnings


@st.composite
def misleading_tables(draw: st.DrawFn) -> tuple[FilingDocument, Edition]:
    """Draw documents in which some texts are likely to be misread by programs and readers."""
    document, edition = draw(tables())

    def perhaps(text: str, longest: int = 200, misleading: Sequence[str] = (*ODD, *PRINTED)) -> str:
        return draw(st.sampled_from(misleading))[:longest] if draw(st.integers(0, 4)) == 0 else text

    changed = compose(
        edition,
        year=document.year,
        fields={**document.fields, "department": perhaps(document.department)},
        amounts={key: perhaps(text, 60) for key, text in document.amounts.items()},
        duties=[(duty.key, perhaps(duty.text, 5000)) for duty in document.duties],
        goals=[perhaps(document.goal, 5000)],
        indicators=[
            replace(
                row,
                name=perhaps(row.name),
                # A row with two column heads would be read as the row of heads.
                target=perhaps(row.target, 100, ODD),
                more={key: perhaps(text, misleading=ODD) for key, text in row.more.items()},
            )
            for row in document.indicators
        ],
        # A task named like the total below the tasks would be read as the total.
        tasks=[
            TaskRow(task.key, {key: perhaps(text, misleading=ODD) for key, text in task.cells.items()})
            for task in document.tasks
        ],
    )
    return changed, edition


@pytest.mark.parametrize("kind", READERS)
@given(table=tables())
@settings(max_examples=20)
def test_a_document_is_read_back_unchanged(kind: str, table: tuple[FilingDocument, Edition]) -> None:
    document, edition = table
    data = written(kind, document, edition)
    grids = READERS[kind](data)
    assert_reads(only_reading(grids, edition), document, edition)
    assert READERS[kind](data) == grids


@pytest.mark.parametrize("kind", READERS)
@given(table=misleading_tables())
@settings(max_examples=15)
def test_misleading_texts_are_read_back_unchanged(kind: str, table: tuple[FilingDocument, Edition]) -> None:
    document, edition = table
    assert_reads(only_reading(READERS[kind](written(kind, document, edition)), edition), document, edition)


@given(table=misleading_tables())
@settings(max_examples=15)
def test_json_is_the_document(table: tuple[FilingDocument, Edition]) -> None:
    document, edition = table
    assert canonical_json.loads(written("json", document, edition).decode()) == document


@pytest.mark.parametrize("kind", READERS)
def test_the_founding_table_is_read_back_as_an_upload(kind: str) -> None:
    opened = uploads.open_file(f"表.{kind}", written(kind, founding_document(), EDITION))
    assert opened.remarks == ()
    assert_reads(only_reading(opened.grids, EDITION), founding_document(), EDITION)


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("overlay", COPIES.values(), ids=COPIES)
@given(table=tables())
@settings(max_examples=5)
def test_marks_of_a_copy_are_not_read(overlay: PageOverlay, kind: str, table: tuple[FilingDocument, Edition]) -> None:
    document, edition = table
    assert_reads(only_reading(READERS[kind](written(kind, document, edition, overlay)), edition), document, edition)


@pytest.mark.parametrize("kind", ["xlsx", "docx", "html"])
@pytest.mark.parametrize("overlay", COPIES.values(), ids=COPIES)
def test_a_marked_copy_differs_from_a_plain_one(overlay: PageOverlay, kind: str) -> None:
    assert written(kind, founding_document(), EDITION, overlay) != written(kind, founding_document(), EDITION)


@pytest.mark.parametrize("kind", ["pdf", "json"])
def test_pdf_and_json_carry_the_exact_document(kind: str) -> None:
    opened = uploads.open_file(f"表.{kind}", written(kind, founding_document(), EDITION))
    assert (opened.document, opened.grids, opened.remarks) == (founding_document(), (), ())


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("edition", editions().values(), ids=editions())
def test_an_empty_table_is_read_back_empty(kind: str, edition: Edition) -> None:
    empty = compose(edition, year=None, fields={}, amounts={})
    assert_reads(only_reading(READERS[kind](written(kind, empty, edition)), edition), empty, edition)


@pytest.mark.parametrize("kind", READERS)
def test_an_indicator_named_like_the_first_label_begins_no_table(kind: str) -> None:
    document = founding_document()
    first, second, *others = document.indicators
    document = replace(document, indicators=(first, replace(second, name="部门名称"), *others))
    assert_reads(only_reading(READERS[kind](written(kind, document, EDITION)), EDITION), document, EDITION)


@pytest.mark.parametrize("kind", READERS)
def test_a_file_read_and_written_again_has_the_same_bytes(kind: str) -> None:
    data = written(kind, founding_document(), EDITION)
    again = only_reading(READERS[kind](data), EDITION).document
    assert written(kind, again, EDITION) == data


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("raw", ["甲\x00乙", "甲\x0b乙", "甲\u2028乙", "甲\ud800乙", "甲\u200b乙", "甲\u2060乙"])
def test_characters_that_files_cannot_hold_are_removed_from_documents(kind: str, raw: str) -> None:
    """They are removed when the document is composed, so that files hold all of it."""
    duties = [DutyRow("d1", raw), DutyRow("d2", f"{raw}丙")]
    document = compose(
        EDITION, year=2022, fields={}, amounts={}, duties=[(duty.key, duty.text) for duty in duties], goals=[raw]
    )
    assert_reads(only_reading(READERS[kind](written(kind, document, EDITION)), EDITION), document, EDITION)
