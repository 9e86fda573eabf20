"""Every document of every form goes out as a file of each kind and comes back as it was, with nothing to be asked."""

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
from filings.formats import kinds, opening, text
from filings.formats.readers.spreadsheet import read as spreadsheet_reader
from filings.formats.readers.text import read as text_reader
from filings.formats.readers.web import read as web_reader
from filings.formats.readers.word import read as word_reader
from filings.table.grid import Grid
from filings.table.layout.document import lay_out
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
# What programs take for something else: formulas, numbers, dates, escapes, markup, quotes, bars; and long texts.
ODD = (
    *("=1+1", "+86", "-5", "@x", "1/2", "2022-1-1", "1e5", "0012", "TRUE", "#N/A", "100%", "'1", '"', '"a"', "\\n"),
    *("_x0041_", "_x005F_x0041_", "a_x000A_b", "&amp;", "&#65;", "<b>", "<br>", "]]>", "|", "| a | b |", ",a,b", "——"),
    *("月。" * 2500, "长" * 5000),
)
# What the form itself prints in other cells.
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


def written(kind: str, document: FilingDocument, edition: Edition) -> bytes:
    return kinds.write(kind, document, edition, stem="表", made_at=MADE_AT).content


def only(grids: Sequence[Grid], edition: Edition) -> Reading:
    """What was read of the one table of a file, in which there is nothing else."""
    found = find_tables(grids, edition)
    (table,) = found.tables
    assert found.others == ()
    return table.reading


def assert_is(reading: Reading, document: FilingDocument, edition: Edition) -> None:
    """The document, with nothing left out and nothing to be checked but what is uncertain in the document itself."""
    assert reading.document == document
    assert reading.leftovers == ()
    assert reading.warnings == read_table(lay_out(document, edition), edition).warnings


@st.composite
def misleading_tables(draw: st.DrawFn) -> tuple[FilingDocument, Edition]:
    """Any document, in which some texts are such as programs and readers may take for something else."""
    document, edition = draw(tables())

    def perhaps(said: str, longest: int = 200, words: Sequence[str] = (*ODD, *PRINTED)) -> str:
        return draw(st.sampled_from(words))[:longest] if draw(st.integers(0, 4)) == 0 else said

    misleading = compose(
        edition,
        year=document.year,
        fields={**document.fields, "department": perhaps(document.department)},
        amounts={key: perhaps(said, 60) for key, said in document.amounts.items()},
        duties=[(duty.key, perhaps(duty.text, 5000)) for duty in document.duties],
        goals=[perhaps(document.goal, 5000)],
        indicators=[
            replace(
                row,
                name=perhaps(row.name),
                # Two heads of columns in one row would be a row of heads.
                target=perhaps(row.target, 100, ODD),
                more={key: perhaps(said, words=ODD) for key, said in row.more.items()},
            )
            for row in document.indicators
        ],
        # A task that is called as the total below the tasks would be the total.
        tasks=[
            TaskRow(task.key, {key: perhaps(said, words=ODD) for key, said in task.cells.items()})
            for task in document.tasks
        ],
    )
    return misleading, edition


@pytest.mark.parametrize("kind", READERS)
@given(table=tables())
@settings(max_examples=20)
def test_a_document_comes_back_as_it_was(kind: str, table: tuple[FilingDocument, Edition]) -> None:
    document, edition = table
    data = written(kind, document, edition)
    grids = READERS[kind](data)
    assert_is(only(grids, edition), document, edition)
    assert READERS[kind](data) == grids


@pytest.mark.parametrize("kind", READERS)
@given(table=misleading_tables())
@settings(max_examples=15)
def test_whatever_a_text_looks_like_it_comes_back(kind: str, table: tuple[FilingDocument, Edition]) -> None:
    document, edition = table
    assert_is(only(READERS[kind](written(kind, document, edition)), edition), document, edition)


@given(table=misleading_tables())
@settings(max_examples=15)
def test_json_is_the_document(table: tuple[FilingDocument, Edition]) -> None:
    document, edition = table
    assert canonical_json.loads(written("json", document, edition).decode()) == document


@pytest.mark.parametrize("kind", READERS)
def test_the_founding_table_comes_back_through_the_door(kind: str) -> None:
    opened = opening.open_file(f"表.{kind}", written(kind, founding_document(), EDITION))
    assert opened.remarks == ()
    assert_is(only(opened.grids, EDITION), founding_document(), EDITION)


@pytest.mark.parametrize("kind", ["pdf", "json"])
def test_the_founding_table_is_carried_whole(kind: str) -> None:
    opened = opening.open_file(f"表.{kind}", written(kind, founding_document(), EDITION))
    assert (opened.document, opened.grids, opened.remarks) == (founding_document(), (), ())


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("edition", editions().values(), ids=editions())
def test_an_empty_table_comes_back_empty(kind: str, edition: Edition) -> None:
    empty = compose(edition, year=None, fields={}, amounts={})
    assert_is(only(READERS[kind](written(kind, empty, edition)), edition), empty, edition)


@pytest.mark.parametrize("kind", READERS)
def test_an_indicator_that_is_called_like_the_first_label_begins_no_table(kind: str) -> None:
    document = founding_document()
    first, second, *others = document.indicators
    document = replace(document, indicators=(first, replace(second, name="部门名称"), *others))
    assert_is(only(READERS[kind](written(kind, document, EDITION)), EDITION), document, EDITION)


@pytest.mark.parametrize("kind", READERS)
def test_a_file_of_a_file_is_the_same_file(kind: str) -> None:
    """What comes back is written as the same bytes: nothing creeps in from file to file."""
    data = written(kind, founding_document(), EDITION)
    again = only(READERS[kind](data), EDITION).document
    assert written(kind, again, EDITION) == data


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("said", ["甲\x00乙", "甲\x0b乙", "甲\u2028乙", "甲\ud800乙", "甲\u200b乙", "甲\u2060乙"])
def test_characters_that_no_file_holds_are_in_no_document(kind: str, said: str) -> None:
    """They go when the document is made, so that the file holds all of it."""
    duties = [DutyRow("d1", said), DutyRow("d2", f"{said}丙")]
    document = compose(
        EDITION, year=2022, fields={}, amounts={}, duties=[(duty.key, duty.text) for duty in duties], goals=[said]
    )
    assert_is(only(READERS[kind](written(kind, document, EDITION)), EDITION), document, EDITION)
