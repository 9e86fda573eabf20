"""PDF files are read as cells with complete texts and spans; broken and oversized files are refused."""

from contextlib import suppress
from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from filings.document import canonical_json
from filings.document.content import FilingDocument
from filings.formats.file import CannotRead
from filings.formats.pdf import check_glyphs
from filings.formats.pdf.overlay import NO_OVERLAY, PageOverlay
from filings.formats.pdf.write import lay_out_pages
from filings.formats.readers.pdf import read as pdf_reader
from filings.table.grid import Cell, Grid
from filings.table.layout.document import lay_out
from filings.tests.formats.readers.pdf.pdf_files import (
    MADE_AT,
    bound,
    drawn,
    locked,
    printed,
    scanned,
    table,
    with_page,
)
from filings.tests.founding import EDITION, founding_document, with_indicators
from filings.tests.strategies import documents

LOREM = "负责研究和指导党组织建设，制订加强党的工作制度、党内生活制度建设的规定和意见；会同有关部门对乡镇进行指导"


def cells(grid: Grid) -> list[list[tuple[str, int, int, int]]]:
    return [[(cell.text, cell.column, cell.columns, cell.rows) for cell in row.cells] for row in grid.rows]


def texts(part: tuple[Cell, ...]) -> list[str]:
    return [cell.text for cell in part]


def all_text(grids: list[Grid]) -> str:
    """Join all text that was read, in order, without white space."""
    parts = ([*grid.above, *(cell for row in grid.rows for cell in row.cells), *grid.below] for grid in grids)
    return "".join("".join(cell.text for part in parts for cell in part).split())


def printed_text(document: FilingDocument) -> str:
    """Join all text of our print, in order, without the （续） of repeated labels."""
    title = EDITION.title_for(document.year)
    return all_text(
        [
            Grid(
                tuple(row.__class__(tuple(Cell(cell.content) for cell in row.cells), "") for row in sheet.rows),
                above=tuple(Cell(cell.content) for cell in sheet.above),
                below=tuple(Cell(cell.content) for cell in sheet.below),
            )
            for sheet in lay_out_pages(lay_out(document, EDITION), title, NO_OVERLAY, MADE_AT)[1]
        ]
    )


def refusal(data: bytes) -> str:
    with pytest.raises(CannotRead) as caught:
        pdf_reader.read(data)
    return str(caught.value)


def test_every_text_of_the_founding_print_is_read_in_order() -> None:
    document = founding_document()
    assert all_text(pdf_reader.read(printed(document))) == printed_text(document)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents(EDITION).filter(lambda document: not check_glyphs.unprintable(canonical_json.dumps(document))))
def test_every_text_of_any_print_is_read_in_order(document: FilingDocument) -> None:
    assert all_text(pdf_reader.read(printed(document))) == printed_text(document)


def test_each_duty_of_the_founding_print_is_one_text_although_it_is_printed_in_many_lines() -> None:
    document = founding_document()
    read = [cell.text for grid in pdf_reader.read(printed(document)) for row in grid.rows for cell in row.cells]
    assert [duty.text for duty in document.duties if duty.text not in read] == []


def test_the_spans_of_the_founding_print_are_read() -> None:
    first, second = pdf_reader.read(printed(founding_document()))
    assert cells(first)[:3] == [
        [("部门名称", 0, 1, 1), ("中共衡东县委组织部", 1, 2, 1)],
        [("年度预算申请\n（万元）", 0, 1, 6), ("资金总额：550.13万元", 1, 2, 1)],
        [("按收入性质分：", 1, 1, 1), ("按支出性质分：", 2, 1, 1)],
    ]
    assert cells(second)[8] == [
        ("产出指标", 1, 1, 8),
        ("数量指标", 2, 1, 2),
        ("财政供养人员", 3, 1, 1),
        ("28人", 4, 1, 1),
    ]


def test_a_draft_reads_like_the_table_itself() -> None:
    document = founding_document()
    assert pdf_reader.read(printed(document, PageOverlay(is_draft=True))) == pdf_reader.read(printed(document))


def test_a_print_of_14_pages_is_read_completely() -> None:
    document = with_indicators(200)
    grids = pdf_reader.read(printed(document))
    assert len(grids) == 14
    assert all_text(grids) == printed_text(document)


def test_lines_are_above_between_and_below_the_tables_of_a_page() -> None:
    first, second = pdf_reader.read(drawn(f"<p>题</p>{table('甲|乙')}<p>中</p>{table('丙|丁')}<p>下</p><p>尾</p>"))
    assert (texts(first.above), texts(first.below)) == (["题"], [])
    assert (texts(second.above), texts(second.below)) == (["中"], ["下", "尾"])
    assert cells(first) == [[("甲", 0, 1, 1), ("乙", 1, 1, 1)]]


def test_merged_cells_have_spans_and_empty_cells_are_kept() -> None:
    content = drawn(
        table(
            "<td rowspan=2>甲</td><td colspan=2>乙</td>",
            "<td>丙</td><td></td>",
            "<td colspan=2 rowspan=2>丁</td><td>戊</td>",
            "<td>己</td>",
        )
    )
    assert cells(pdf_reader.read(content)[0]) == [
        [("甲", 0, 1, 2), ("乙", 1, 2, 1)],
        [("丙", 1, 1, 1), ("", 2, 1, 1)],
        [("丁", 0, 2, 2), ("戊", 2, 1, 1)],
        [("己", 2, 1, 1)],
    ]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(2, 4).flatmap(
        lambda width: st.lists(st.tuples(*[st.text("甲乙丙丁9A", max_size=4)] * width), min_size=2, max_size=5)
    )
)
def test_any_table_is_read_as_it_was_drawn(rows: list[tuple[str, ...]]) -> None:
    (grid,) = pdf_reader.read(drawn("<p>题</p>" + table(*("|".join(row) for row in rows))))
    assert [texts(row.cells) for row in grid.rows] == [list(row) for row in rows]


@pytest.mark.parametrize("align", ["left", "center", "justify"])
def test_a_wrapped_line_continues_and_a_line_that_ends_early_does_not(align: str) -> None:
    text = f"1.{LOREM}。<br>2.负责全县。<br>（三）{LOREM}，约Word{LOREM}"
    content = drawn(table(f"<td style='width:50px'>部门职能职责概述</td><td style='text-align:{align}'>{text}</td>"))
    ((label, cell),) = (texts(row.cells) for row in pdf_reader.read(content)[0].rows)
    assert (label, cell) == ("部门职能职责概述", text.replace("<br>", "\n"))


def test_an_indented_line_starts_a_paragraph_although_the_line_above_is_full() -> None:
    full = "<td style='width:120pt;font-size:10pt;text-indent:2em'><p>甲甲甲甲甲甲甲甲甲甲</p><p>乙乙</p></td>"
    (grid,) = pdf_reader.read(drawn(table(f"{full}<td>丙</td>")))
    assert grid.rows[0].cells[0].text.splitlines() == ["甲甲甲甲甲甲甲甲甲甲", "乙乙"]


def test_text_without_ruling_lines_is_lines_on_each_page() -> None:
    content = drawn("<p>甲</p><p>乙</p><p style='break-before:page'>丙</p>")
    assert [(texts(grid.above), grid.rows, grid.below) for grid in pdf_reader.read(content)] == [
        (["甲", "乙"], (), ()),
        (["丙"], (), ()),
    ]


def test_a_single_box_around_text_is_not_a_table() -> None:
    (grid,) = pdf_reader.read(drawn(table("甲")))
    assert (texts(grid.above), grid.rows) == (["甲"], ())


def test_text_that_is_drawn_twice_to_look_bold_is_read_once() -> None:
    content = with_page("BT /F 12 Tf 50 100 Td (AllB) Tj ET BT /F 12 Tf 50.3 100 Td (AllB) Tj ET")
    assert texts(pdf_reader.read(content)[0].above) == ["AllB"]


def test_characters_without_unicode_mapping_are_flagged() -> None:
    system = "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    descendant = f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo {system} >>"
    font = f"/Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [{descendant}]"
    (grid,) = pdf_reader.read(with_page("BT /F 12 Tf 50 100 Td <0001> Tj ET", font))
    assert [(cell.text, cell.warning) for cell in grid.above] == [("(cid:1)", "有字没有认出，请对照原文件核对。")]


def test_a_scan_is_refused_and_a_scanned_page_among_others_is_flagged() -> None:
    assert refusal(scanned()) == ("PDF 里是扫描图片，没有文字。请用原来的 Word 或 Excel 文件，或在填报页面填写。")
    grids = pdf_reader.read(bound(drawn("<p>甲</p>"), scanned()))
    assert [[(cell.text, cell.warning) for cell in grid.above] for grid in grids] == [
        [("甲", "")],
        [("", "第 2 页是扫描图片，没有文字可读，请自行补填。")],
    ]


def test_a_file_without_any_text_is_refused() -> None:
    assert refusal(with_page("")) == "PDF 里没有文字。请用原来的 Word 或 Excel 文件，或在填报页面填写。"


def test_an_encrypted_file_is_refused_unless_it_opens_without_a_password() -> None:
    content = drawn(table("甲|乙"))
    assert refusal(locked(content, "secret")) == (
        "PDF 设了打开密码，不能读取。请去掉密码另存一份再导入，或用原来的 Word 或 Excel 文件。"
    )
    assert pdf_reader.read(locked(content, "")) == pdf_reader.read(content)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"%PDF-1.4\n%%EOF", b"PK\x03\x04", b"\xff" * 500])
def test_files_that_are_not_pdf_are_refused(data: bytes) -> None:
    assert refusal(data) == (
        "PDF 已损坏或不完整，无法读取。请重新下载或另存一份再导入，或用原来的 Word 或 Excel 文件。"
    )


def test_too_many_pages_are_refused_and_as_many_as_allowed_are_read() -> None:
    page = with_page("BT /F 12 Tf 50 100 Td (A) Tj ET")
    assert len(pdf_reader.read(bound(*[page] * 60))) == 60
    assert refusal(bound(*[page] * 61)) == ("PDF 有超过 60 页，未导入。请只留下绩效目标表那几页，另存后再导入。")


def test_too_many_characters_on_a_page_are_refused() -> None:
    content = with_page(f"BT /F 1 Tf 5 100 Td ({'A' * 50_001}) Tj ET")
    assert refusal(content) == ("PDF 有超过 50000 个字符在第 1 页，未导入。请只留下绩效目标表那几页，另存后再导入。")


@pytest.mark.parametrize("rules", [100, 600, 8_000])
def test_a_page_with_too_many_ruling_lines_is_refused_in_seconds(rules: int) -> None:
    positions, end = [index * 4 for index in range(rules)], rules * 4
    strokes = "".join(f"0 {x} m {end} {x} l S {x} 0 m {x} {end} l S " for x in positions)
    content = with_page(f"BT /F 12 Tf 50 100 Td (A) Tj ET {strokes}")
    begun = perf_counter()
    assert refusal(content) == "PDF 第 1 页的线条太多，不像表格，未导入。请用原来的 Word 或 Excel 文件。"
    assert perf_counter() - begun < 20


_WHOLE = bound(drawn(f"<p>题</p>{table('甲|乙', '丙|丁')}"))
_BY_HAND = with_page("BT /F 12 Tf 50 100 Td (A) Tj ET 0 0 m 300 300 l S 10 10 50 50 re S")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([_WHOLE, _BY_HAND]), st.lists(st.tuples(st.floats(0, 0.999), st.binary(max_size=3)), max_size=8))
def test_any_damage_is_read_or_refused(content: bytes, changes: list[tuple[float, bytes]]) -> None:
    for share, noise in changes:
        offset = int(share * len(content))
        content = content[:offset] + noise + content[offset + len(noise) :]
    with suppress(CannotRead):
        pdf_reader.read(content)


_NUMBERS = st.sampled_from(
    ["0", "-1", "1e9", "99999999999", "/X", "<<", "[", "(", "null", "5 0 R", "3 0 R", "-", "9" * 400]
)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_wrong_value_is_read_or_refused(data: st.DataObject) -> None:
    tokens = _BY_HAND.decode("latin-1").split(" ")
    for index in data.draw(st.lists(st.integers(1, len(tokens) - 1), min_size=1, max_size=4)):
        tokens[index] = data.draw(_NUMBERS)
    with suppress(CannotRead):
        pdf_reader.read(" ".join(tokens).encode("latin-1"))


@given(st.binary(max_size=300))
def test_any_bytes_are_refused(data: bytes) -> None:
    assert refusal(b"%PDF-1.5\n" + data)
