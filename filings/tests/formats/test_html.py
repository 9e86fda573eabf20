"""The table as HTML: all that comes from a cell is escaped, spans and places are right."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given

from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.formats import html, kinds
from filings.table.grid import Cell, Grid, Join, Row, Style
from filings.table.layout.document import lay_out
from filings.tests.founding import EDITION, founding_document
from filings.tests.strategies import tables

HOSTILE = "<script>alert('1')</script>\"&"
ESCAPED = "&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;&quot;&amp;"


class Tags(HTMLParser):
    """Tags with their attributes, and the texts between them."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def one_cell(cell: Cell) -> Grid:
    return Grid((Row((cell,), "goal"),), widths=(100,))


def all_cells(grid: Grid) -> Iterator[Cell]:
    yield from grid.above
    for row in grid.rows:
        yield from row.cells
    yield from grid.below


@pytest.mark.parametrize("cell", [Cell(HOSTILE), Cell("", before=HOSTILE), Cell("", after=HOSTILE)])
def test_everything_that_a_cell_prints_is_escaped(cell: Cell) -> None:
    assert html.write(one_cell(cell)) == (
        '<table class="official"><colgroup><col width="100%"></colgroup><tbody>'
        f'<tr class="goal"><td class="field">{ESCAPED}</td></tr>\n</tbody></table>\n'
    )


def test_lines_above_and_below_are_escaped() -> None:
    grid = Grid((), above=(Cell(HOSTILE, style=Style.TITLE),), below=(Cell(HOSTILE, style=Style.HEADER),))
    assert html.write(grid) == f'<h1 class="title">{ESCAPED}</h1>\n<p class="header">{ESCAPED}</p>\n\n'


def test_anchors_are_escaped() -> None:
    written = html.write(one_cell(Cell("")), anchors=['"><i>'])
    assert '<tr id="&quot;&gt;&lt;i&gt;" class="goal">' in written


def test_the_title_of_a_page_is_escaped() -> None:
    assert f"<title>{ESCAPED}</title>" in html.page("", title=HOSTILE)


def test_a_line_break_is_a_line_break() -> None:
    assert html.inside(Cell("甲\n乙")) == "甲<br>乙"


def test_a_label_set_again_says_so() -> None:
    assert html.inside(Cell("甲", continued=True)) == '甲<span class="continued">（续）</span>'


def test_spans_and_scopes_are_written_where_they_mean_something() -> None:
    grid = Grid(
        (
            Row((Cell("甲", rows=2, style=Style.LABEL), Cell("乙", 1, columns=2, style=Style.HEAD)), "indicators"),
            Row((Cell("丙", 1), Cell("丁", 2)), "indicators"),
        ),
        widths=(40, 30, 30),
    )
    cells = [(tag, attributes) for tag, attributes in Tags(html.write(grid)).tags if tag in ("th", "td")]
    assert cells == [
        ("th", {"class": "label", "rowspan": "2", "scope": "row"}),
        ("th", {"class": "head", "colspan": "2", "scope": "col"}),
        ("td", {"class": "field"}),
        ("td", {"class": "field"}),
    ]


def test_joined_rows_of_prose_say_how_they_go_on() -> None:
    rows = [Row((Cell(text, style=Style.PROSE),), "duties", join=join) for text, join in
            (("一", None), ("二", Join.RUN), ("三", Join.LINE))]  # fmt: skip
    tags = Tags(html.write(Grid(tuple(rows), widths=(100,)))).tags
    assert [attributes["class"] for tag, attributes in tags if tag == "td"] == [
        "prose goes-on",
        "prose run joined goes-on",
        "prose joined",
    ]


def test_inside_is_asked_once_for_every_cell_and_each_answer_stands_in_its_place() -> None:
    grid = lay_out(founding_document(), EDITION)
    asked: list[Cell] = []

    def inside(cell: Cell) -> str:
        asked.append(cell)
        return f"<i>{len(asked)}</i>"

    written = Tags(html.write(grid, inside))
    on_page = [id(asked[int(text) - 1]) for text in written.texts if text.strip()]
    assert on_page == [id(cell) for cell in all_cells(grid)]
    assert len(asked) == len(on_page)


def test_spans_of_the_founding_table_tile_it() -> None:
    grid = lay_out(founding_document(), EDITION)
    covered: list[tuple[int, int]] = []
    for at, row in enumerate(grid.rows):
        for cell in row.cells:
            covered += [(at + down, cell.column + over) for down in range(cell.rows) for over in range(cell.columns)]
    assert sorted(covered) == [(row, column) for row in range(len(grid.rows)) for column in range(6)]


@given(tables())
def test_the_page_says_what_the_cells_say(table: tuple[FilingDocument, Edition]) -> None:
    document, edition = table
    grid = lay_out(document, edition)
    said = "".join("".join(Tags(html.write(grid)).texts).split())
    assert said == "".join("".join(cell.content for cell in all_cells(grid)).split())


def test_the_file_is_ruled_and_asks_for_nothing() -> None:
    written = kinds.write("html", founding_document(), EDITION, stem="表", made_at=datetime(2022, 1, 5, tzinfo=UTC))
    content = written.content.decode()
    style = content[content.index("<style>") : content.index("</style>")]
    assert re.search(r"table\.official th, table\.official td \{\s*border: 0\.75pt solid", style)
    assert re.findall(r"\b(?:src|href|url|import)\b", content) == []
