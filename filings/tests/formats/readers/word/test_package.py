"""Packages that are not Word documents, broken, harmful or large."""

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filings.formats.file import CannotRead
from filings.formats.readers.word import read as word_reader
from filings.table.grid import Cell, Grid
from filings.tests.formats.readers.coverage import is_complete, texts
from filings.tests.formats.readers.word.elements import (
    NAMES,
    TYPES,
    docx,
    item,
    kind,
    level,
    num,
    p,
    packed,
    relations,
    t,
    tbl,
    tc,
    tr,
)


def test_a_strict_document_is_read_too() -> None:
    strict = packed(
        {
            "_rels/.rels": relations(officeDocument="/word/d.xml").replace(TYPES, "http://purl.oclc.org/ooxml/x"),
            "word/d.xml": f'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main">{p(t("甲"))}</w:document>',
        }
    )
    assert word_reader.read(strict) == [Grid((), (Cell("甲"),))]


def deep(count: int) -> str:
    return f"<w:tbl><w:tr><w:tc>{p(t('甲'))}" * count + "</w:tc></w:tr></w:tbl>" * count


NOT_WORD = "文件不是 Word 文档（.docx）。请用 Word 或 WPS 打开它，另存为 .docx，再导入。"
BROKEN = "文件不完整，可能没有下载或复制完。请先在自己的电脑上确认它能打开，再重新导入；打不开就请对方重发。"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (packed({"a.txt": "x"}), NOT_WORD),
        (packed({"word/document.xml": "<a/>"}), NOT_WORD),
        (packed({"_rels/.rels": relations(officeDocument="gone.xml")}), NOT_WORD),
        (packed({"word/document.xml": "<w:document"}), BROKEN),
        (packed({"word/document.xml": "<a>" * 300 + "</a>" * 300}), BROKEN),
        (docx(p(t("甲")))[:-30], BROKEN),
        (b"", BROKEN),
        (
            docx(deep(21)),
            "文件里的表格一层套一层，超过 20 层。请把绩效目标表复制到一个新文件里再导入。",
        ),
        (
            docx(tbl(*[tr(tc())] * 3_001)),
            "文件里的表格超过 3000 行，未导入。请只留下绩效目标表，另存后再导入。",
        ),
        (
            docx(tbl(tr(*[tc()] * 101))),
            "文件里的表格超过 100 列，未导入。请删去表格右边不用的列，另存后再导入。",
        ),
        (
            docx(tbl(*[tr(*[tc(p(t("甲")))] * 80)] * 251)),
            "文件里有文字的单元格超过 20000 个，未导入。请只留下绩效目标表，另存后再导入。",
        ),
    ],
)
def test_files_that_are_not_documents_or_beyond_the_limits_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(CannotRead) as caught:
        word_reader.read(data)
    assert str(caught.value) == reason


def test_twenty_nested_tables_are_read() -> None:
    assert [texts(grid.above) for grid in word_reader.read(docx(deep(20)))] == [["甲"] * 19]


@pytest.mark.parametrize("padding", [0, 5_000])
def test_entities_are_refused_wherever_they_are_declared(padding: int) -> None:
    beginning = f"<!--{' ' * padding}-->" + '<!DOCTYPE w:document [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    document = f"{beginning}<w:document {NAMES}><w:body>{p(t('&e;'))}</w:body></w:document>"
    with pytest.raises(CannotRead, match="文件里写有正常的表格不会有的内容"):
        word_reader.read(packed({"word/document.xml": document}))


def test_external_targets_are_not_requested() -> None:
    outside = relations(officeDocument="http://example.invalid/x").replace("/>", ' TargetMode="External"/>')
    document = f"<w:document {NAMES}><w:body>{p(t('甲'))}</w:body></w:document>"
    assert word_reader.read(packed({"_rels/.rels": outside, "word/document.xml": document})) == [
        Grid((), (Cell("甲"),))
    ]


PIECES = st.sampled_from(
    (
        "p",
        "r",
        "t",
        "tbl",
        "tr",
        "tc",
        "tcPr",
        "vMerge",
        "hMerge",
        "sdt",
        "sdtContent",
        "txbxContent",
        "numPr",
        "pPr",
        "del",
    )
)
XML = st.recursive(
    st.just(t("甲")),
    lambda inside: st.builds(
        lambda name, parts: f"<w:{name}>{''.join(parts)}</w:{name}>", PIECES, st.lists(inside, max_size=4)
    ),
    max_leaves=30,
)


@given(XML)
def test_any_elements_become_complete_grids_and_twice_the_same(body: str) -> None:
    grids = word_reader.read(docx(body))
    assert [is_complete(grid.rows) for grid in grids] == [True] * len(grids)
    assert word_reader.read(docx(body)) == grids


@settings(max_examples=100)
@given(st.integers(0, 2_000), st.binary(min_size=1, max_size=8))
def test_any_bytes_are_a_document_or_refused(offset: int, noise: bytes) -> None:
    whole = docx(tbl(tr(tc(item("甲")))), numbering=kind(level(0, "decimal", "%1")) + num(1))
    for data in (noise, whole[:offset] + noise + whole[offset + len(noise) :]):
        try:
            grids = word_reader.read(data)
        except CannotRead:
            continue
        assert word_reader.read(data) == grids


def test_the_largest_table_is_read_in_seconds() -> None:
    data = docx(tbl(*[tr(*[tc(p(t("完成工作")))] * 6)] * 3_000))
    begun = perf_counter()
    (grid,) = word_reader.read(data)
    assert (len(grid.rows), perf_counter() - begun < 10) == (3_000, True)
