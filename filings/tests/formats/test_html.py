"""The table as HTML: all text of cells is escaped, spans and scopes are correct."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given

from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.formats import download_formats, html
from filings.table.grid import Cell, Grid, Join, Row, Style
from filings.table.layout.document import lay_out
from filings.tests.founding import EDITION, founding_document
from filings.tests.strategies import tables

HOSTILE = "<script>alert('1')</script>\"&"
ESCAPED = "&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;&quot;&amp;"


class Tags(HTMLParser):
    """Collects the tags with their attributes, and the texts between them."""

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
def test_all_text_of_a_cell_is_escaped(cell: Cell) -> None:
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
    assert html.cell_content(Cell("甲\n乙")) == "甲<br>乙"


def test_a_repeated_label_is_marked_as_continued() -> None:
    assert html.cell_content(Cell("甲", continued=True)) == '甲<span class="continued">（续）</span>'


def test_spans_and_scopes_are_written_where_needed() -> None:
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
        ("td", {"class": "field", "data-label": "乙"}),
        ("td", {"class": "field"}),
    ]
    blank = Row((Cell("", style=Style.LEVEL), Cell("丁", 1)), "indicators")
    tags = Tags(html.write(Grid((blank,), widths=(50, 50)))).tags
    assert [attributes for tag, attributes in tags if tag == "td"] == [{"class": "level"}, {"class": "field"}]


def test_joined_rows_of_prose_have_classes_for_their_continuation() -> None:
    rows = [Row((Cell(text, style=Style.PROSE),), "duties", join=join) for text, join in
            (("一", None), ("二", Join.RUN), ("三", Join.LINE))]  # fmt: skip
    tags = Tags(html.write(Grid(tuple(rows), widths=(100,)))).tags
    assert [attributes["class"] for tag, attributes in tags if tag == "td"] == [
        "prose goes-on",
        "prose run joined goes-on",
        "prose joined",
    ]


def test_every_cell_is_rendered_once_and_in_its_place() -> None:
    grid = lay_out(founding_document(), EDITION)
    rendered: list[Cell] = []

    def render_cell(cell: Cell) -> str:
        rendered.append(cell)
        return f"<i>{len(rendered)}</i>"

    written = Tags(html.write(grid, render_cell))
    on_page = [id(rendered[int(text) - 1]) for text in written.texts if text.strip()]
    assert on_page == [id(cell) for cell in all_cells(grid)]
    assert len(rendered) == len(on_page)


def test_spans_of_the_founding_table_tile_it() -> None:
    grid = lay_out(founding_document(), EDITION)
    covered: list[tuple[int, int]] = []
    for index, row in enumerate(grid.rows):
        for cell in row.cells:
            covered += [(index + down, cell.column + over) for down in range(cell.rows) for over in range(cell.columns)]
    assert sorted(covered) == [(row, column) for row in range(len(grid.rows)) for column in range(6)]


@given(tables())
def test_the_page_contains_exactly_the_text_of_the_cells(table: tuple[FilingDocument, Edition]) -> None:
    document, edition = table
    grid = lay_out(document, edition)
    text = "".join("".join(Tags(html.write(grid)).texts).split())
    assert text == "".join("".join(cell.content for cell in all_cells(grid)).split())


def test_the_file_has_borders_and_no_external_references() -> None:
    written = download_formats.write(
        "html", founding_document(), EDITION, stem="表", made_at=datetime(2022, 1, 5, tzinfo=UTC)
    )
    content = written.content.decode()
    style = content[content.index("<style>") : content.index("</style>")]
    assert re.search(r"table\.official th, table\.official td \{\s*border: 0\.75pt solid", style)
    assert re.findall(r"\b(?:src|href|url|import)\b", content) == []
