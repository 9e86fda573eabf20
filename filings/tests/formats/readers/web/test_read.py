"""Web pages, saved, pasted or named .xls, are read as displayed."""

from datetime import UTC, datetime
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.formats import download_formats
from filings.formats.file import CannotRead
from filings.formats.readers.sandbox import zip_limits
from filings.formats.readers.web import read as web_reader
from filings.table.grid import Grid
from filings.table.layout.document import lay_out
from filings.tests.formats.readers.coverage import is_complete, shape, texts
from filings.tests.founding import EDITION, founding_document


def read_pasted(html: str) -> list[Grid]:
    """Read HTML that is marked as UTF-8, as pasted HTML is."""
    return web_reader.read(html.encode("utf-8-sig"))


def flow(html: str) -> list[list[list[str]]]:
    """Read a page; list the texts of each table by row."""
    return [list(grid.flow()) for grid in read_pasted(html)]


def cell(inside: str) -> str:
    """Return the text of a cell with this HTML inside."""
    (((text,),),) = flow(f"<table><tr><td>{inside}</td></tr></table>")
    return text


def test_our_own_page_comes_back_with_the_same_cells() -> None:
    document = founding_document()
    made_at = datetime(2026, 11, 25, tzinfo=UTC)
    page = download_formats.write("html", document, EDITION, stem="表", made_at=made_at).content
    (grid,), printed = web_reader.read(page), lay_out(document, EDITION)
    assert shape(grid.rows) == shape(printed.rows)
    assert (texts(grid.above), texts(grid.below)) == (texts(printed.above), texts(printed.below))


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("gb18030", ""),
        ("utf-8", "utf-8"),
        ("gb2312", "gb2312"),
        ("gbk", "gb2312"),
        ("gbk", "utf-8"),
        ("big5", "big5"),
    ],
)
def test_common_encodings_are_detected(encoding: str, charset: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    page = f"<html><head>{meta}</head><body><table><tr><td>年度目標</td></tr></table></body></html>"
    if encoding == "gb2312":
        page = page.replace("標", "标")
    (grid,) = web_reader.read(page.encode(encoding))
    assert list(grid.flow()) == [["年度目标" if encoding == "gb2312" else "年度目標"]]


def test_an_invalid_byte_loses_one_character_and_is_flagged() -> None:
    page = '<meta charset="gb2312"><table><tr><td>喆度?</td><td>目标</td></tr></table>'
    (grid,) = web_reader.read(page.encode("gbk").replace(b"?", b"\xff"))
    assert [(cell.text, cell.warning) for cell in grid.rows[0].cells] == [
        ("喆度\ufffd", "有的字没有读出（文件的编码有错），请对照原文件补上。"),
        ("目标", ""),
    ]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("甲<br>乙<br/><br>丙", "甲\n乙\n\n丙"),
        ("<p>甲</p>\n <p>乙</p><div>丙<div>丁</div></div>", "甲\n乙\n丙\n丁"),
        ("甲&nbsp;&nbsp;乙 \n 1  2", "甲  乙 1 2"),
        ("负责党的\n   建设</span>\n<span>和人才", "负责党的建设和人才"),
        ("<pre>甲\n  乙</pre>", "甲\n  乙"),
        ("甲<script>x</script><style>y</style><!-- z --><template>t</template><noscript>n</noscript>乙", "甲乙"),
        ('甲<span style="DISPLAY: none">x</span><b hidden>y</b><i style="mso-hide:all">z</i>乙', "甲乙"),
        ("甲<o:p>&nbsp;</o:p>", "甲"),
        ("<![if !supportLists]>（一）<![endif]>甲<!--[if gte mso 9]><xml>x</xml><![endif]-->", "（一）甲"),
        ("<ruby>衡<rp>(</rp><rt>héng</rt><rp>)</rp></ruby>东", "衡东"),
        ("≥90%&lt;b&gt;&amp;", "≥90%<b>&"),
        ('<input value="28人"><input type=hidden value=x><input type=submit value=提交>', "28人"),
        ("<textarea>\n一\n  二</textarea>", "一\n  二"),
        ("<select><option>甲<option selected>乙</select>", "乙"),
        ("<select><option>甲<option>乙</select>", "甲"),
        ("<select multiple><option selected>甲<option selected>乙<option>丙</select>", "甲、乙"),
        ("<input type=checkbox checked>是<input type=radio>否", "☑是☐否"),
        ("<ol start=3><li>甲<li><p>乙</p><p>丙</p></li></ol><ul><li>丁</ul>", "3. 甲\n4. 乙\n丙\n丁"),
        ("<ol><li></li></ol>甲", "甲"),
        ("<button>删除</button><svg><text>x</text></svg>", ""),
    ],
)
def test_a_cell_has_the_displayed_text(inside: str, text: str) -> None:
    assert cell(inside) == text


def test_an_unsupported_list_numbering_is_flagged() -> None:
    ((grid),) = read_pasted("<table><tr><td><ol type=I><li>甲</ol></table>")
    assert [(cell.text, cell.warning) for cell in grid.rows[0].cells] == [
        ("甲", "列表的编号没有读出，请对照原文件补上。")
    ]


def rows(html: str) -> list[list[tuple[str, int, int, int]]]:
    (grid,) = read_pasted(f"<table>{html}</table>")
    return shape(grid.rows)


def test_a_row_span_of_zero_reaches_to_the_end_of_its_group() -> None:
    group = "<tr><td rowspan=0>甲<td>乙<tr><td>丙"
    assert rows(f"<tbody>{group}</tbody><tbody><tr><td>丁<td>戊</tbody>") == [
        [("甲", 0, 1, 2), ("乙", 1, 1, 1)],
        [("丙", 1, 1, 1)],
        [("丁", 0, 1, 1), ("戊", 1, 1, 1)],
    ]


def test_a_row_span_of_zero_reaches_to_the_end_of_a_table_without_groups() -> None:
    assert rows("<tr><td rowspan=0>甲<td>乙<tr><td>丙") == [[("甲", 0, 1, 2), ("乙", 1, 1, 1)], [("丙", 1, 1, 1)]]


def test_a_row_span_ends_with_its_group() -> None:
    assert rows("<thead><tr><th rowspan=9>甲</thead><tr><td>乙") == [[("甲", 0, 1, 1)], [("乙", 0, 1, 1)]]


@pytest.mark.parametrize("span", ["100000", "0", "-2", "２", "x", "", "99999999999999"])
def test_absurd_column_spans_count_as_one(span: str) -> None:
    read = rows(f'<tr><td>甲<td colspan="{span}">乙<tr><td>丙<td>丁')
    assert read == [[("甲", 0, 1, 1), ("乙", 1, 1, 1)], [("丙", 0, 1, 1), ("丁", 1, 1, 1)]]


def test_hidden_rows_and_cells_are_left_out() -> None:
    hidden = "<tr style='display:none'><td>x<td>y</tr>"
    assert rows(f"<tr><td>甲<td style='display:none'>x</td></tr>{hidden}<tr><td>乙</tr>") == [
        [("甲", 0, 1, 1)],
        [("乙", 0, 1, 1)],
    ]


def outline(grids: list[Grid]) -> list[tuple[list[str], list[list[str]], list[str]]]:
    return [(texts(grid.above), list(grid.flow()), texts(grid.below)) for grid in grids]


def test_lines_are_above_their_table_and_the_last_ones_below() -> None:
    first = "<title>x</title><h1>题</h1>单位<br>县<table><caption>表一<tr><td>甲</table>"
    page = f"{first}间<table><tr><td>乙</table><p>末</p>"
    assert outline(read_pasted(page)) == [
        (["题", "单位", "县", "表一"], [["甲"]], []),
        (["间"], [["乙"]], ["末"]),
    ]


def test_a_page_without_tables_is_lines() -> None:
    (grid,) = read_pasted("<p>甲<p>乙")
    assert (texts(grid.above), grid.rows, grid.below) == (["甲", "乙"], (), ())


@pytest.mark.parametrize("html", ["", " ", "<!-- x", "<?xml version='1.0'?>"])
def test_an_empty_page_is_an_empty_grid(html: str) -> None:
    assert read_pasted(html) == [Grid(())]


def test_a_nested_table_follows_the_outer_one() -> None:
    page = "<table><tr><td>甲<td>前<table><tr><td>内</table>后<tr><td>乙</table>"
    assert outline(read_pasted(page)) == [([], [["甲", "前\n后"], ["乙", ""]], []), (["前"], [["内"]], ["后"])]


def test_a_table_that_only_frames_others_is_left_out() -> None:
    page = "<p>头</p><table><tr><td>题<table><tr><td>内</table><td></table><p>尾</p>"
    assert outline(read_pasted(page)) == [(["头", "题"], [["内"]], ["尾"])]


EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta charset="utf-8"><style>td{mso-x:1}</style></head>
<body><!--StartFragment--><table><col width=72 span=16378>
<tr height=19><td colspan=2 class=xl65>年度\r\n  目标</td></tr>
<tr><td>甲<span style='mso-spacerun:yes'>&nbsp;</span></td><td x:num="0.9">90%</td></tr>
<![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=72></td></tr><![endif]>
</table><!--EndFragment-->"""


def test_html_copied_from_excel_is_read() -> None:
    assert flow(EXCEL) == [[["年度目标"], ["甲", "90%"]]]


def mhtml(*parts: str) -> bytes:
    head = 'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="--b"\r\n\r\n'
    return (head + "".join(f"----b\r\n{part}\r\n" for part in parts) + "----b--\r\n").encode()


def test_the_pages_of_an_mhtml_file_are_read() -> None:
    data = mhtml(
        "Content-Type: text/css\r\n\r\ntd {}",
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        "<table><tr><td>=E5=B9=B4=\r\n=E5=BA=A6</table>",
        "Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        "PHRhYmxlPjx0cj48dGQ+xL+x6jwvdGFibGU+",
    )
    assert [list(grid.flow()) for grid in web_reader.read(data)] == [[["年度"]], [["目标"]]]


BEYOND = "网页的内容一层套一层超过 256 层，或者一段文字超过 10 MB，未导入。请把绩效目标表复制到新文件里再导入。"


def nested(count: int) -> bytes:
    return ("<table><tr><td>甲" * count + "</table>" * count).encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<td>\xff\xff\xff", "文件不是网页：无法识别文字编码。请用浏览器打开它，另存为网页（.html），再导入。"),
        (b"<td>\x00", "文件不是网页：无法识别文字编码。请用浏览器打开它，另存为网页（.html），再导入。"),
        (mhtml(), "文件是单个文件的网页（.mht），里面却没有网页。请用浏览器打开它，另存为网页（.html），再导入。"),
        (mhtml(*["\r\n"] * 500), zip_limits.HARMFUL.format(what="超过 500 个部件")),
        (b" " * 20_971_521, "文件超过 20 MB。请删去文件里的图片和不相关的内容，另存后再导入。"),
        (b"<p>x" * 2_001, "文件在表格以外的文字超过 2000 行，未导入。请把绩效目标表复制到新文件里再导入。"),
        (b"<table>" + b"<tr>" * 3_001, "文件里的表格超过 3000 行，未导入。请只留下绩效目标表，另存后再导入。"),
        (
            b"<table><tr>" + b"<td>" * 101,
            "文件里的表格超过 100 列，未导入。请删去表格右边不用的列，另存后再导入。",
        ),
        (
            b"<table>" + (b"<tr>" + b"<td>x" * 80) * 251,
            "文件里有文字的单元格超过 20000 个，未导入。请只留下绩效目标表，另存后再导入。",
        ),
        (nested(21), "文件里的表格一层套一层，超过 20 层。请把绩效目标表复制到一个新文件里再导入。"),
        (b"<div>" * 300, BEYOND),
        (b"a" * 10_000_001, BEYOND),
    ],
)
def test_files_that_are_not_pages_or_beyond_the_limits_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(CannotRead) as caught:
        web_reader.read(data)
    assert str(caught.value) == reason


def test_twenty_nested_tables_are_read() -> None:
    assert [list(grid.flow()) for grid in web_reader.read(nested(20))] == [[["甲"]]]


def test_deeply_nested_messages_are_refused_before_parsing() -> None:
    data = b"MIME-Version: 1.0\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 400
    with pytest.raises(CannotRead, match="400 个部件，其中 400 个里面还有部件"):
        web_reader.read(data)


TAGS = (
    "table",
    "tr",
    "td",
    "td rowspan=2",
    "td colspan=3",
    "tbody",
    "caption",
    "p",
    "br",
    "ol",
    "li",
    "pre",
    "div hidden",
)
FIELDS = ("<input value=丁>", "<textarea>", "</textarea>", "<select>", "</select>", "<option>")
OTHERS = ("甲", "乙", "<", "&", "<!--", "-->", "<script>", "</script>", "&nbsp;", "<![if x]>")
PIECES = [*(f"<{tag}>" for tag in TAGS), *(f"</{tag.split()[0]}>" for tag in TAGS), *FIELDS, *OTHERS]
MARKUP = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(st.one_of(MARKUP, st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60)))
def test_any_markup_becomes_complete_grids_and_twice_the_same(html: str) -> None:
    grids = read_pasted(html)
    assert [is_complete(grid.rows) for grid in grids] == [True] * len(grids)
    assert read_pasted(html) == grids


@given(st.one_of(st.binary(max_size=300), st.binary(max_size=200).map(lambda tail: mhtml() + tail)))
def test_any_bytes_are_a_page_or_refused(data: bytes) -> None:
    try:
        grids = web_reader.read(data)
    except CannotRead:
        return
    assert web_reader.read(data) == grids


def test_the_largest_table_is_read_in_seconds() -> None:
    page = (
        "<table>" + "".join(f"<tr><td colspan=2>{'完成工作' * 9}<td>{row}<td>甲" for row in range(3_000)) + "</table>"
    )
    begun = perf_counter()
    (grid,) = read_pasted(page)
    assert (len(grid.rows), perf_counter() - begun < 5) == (3_000, True)
