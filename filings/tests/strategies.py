"""Hypothesis strategies for arbitrary filing documents in normal form."""

from dataclasses import replace

from hypothesis import strategies as st

from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument, IndicatorRow, TaskRow, compose
from filings.document.edition import Edition

_COMMON = "的一是部门职能绩效目标指标年度完成率满意度干部培训人次，。；、（）《》"
_RARE = "𠮷䶮㐂龘﨑⻘堃犇㛃𫘧𬭎"
_FOREIGN = "ＡＢｃ１２％＋－＝&<>\"'#@+=-abcXYZ0123456789 .é±℃㎡①Ⅳ"
_NUMERALS = ("（一）", "（二）", "1.", "一、", "①", "第三，")

AMOUNTS = ("550.13", "317.13", "233", "0", "７２.５", "7,242,318元", "1.5亿元", "-3", "12.345", "约五百", "1.2.3", "x")
TARGETS = ("≥90%", "＞＝９０％", "28人", "≤278.99万元", "±3%以内", "2022年12月底前", "予以保障", "≥**个", "待定")


def lines(*, most: int = 30) -> st.SearchStrategy[str]:
    """Text of one line as typed or pasted, with rare and full-width characters; may be blank."""
    return st.text(alphabet=_COMMON + _RARE + _FOREIGN, max_size=most)


def words(*, most: int = 12) -> st.SearchStrategy[str]:
    """A name of Chinese characters only, so that no colon in it can be confused with that of a label."""
    return st.text(alphabet="衡东县委组织部财政局办公室" + _RARE, max_size=most)


def amounts() -> st.SearchStrategy[str]:
    """An amount as typed: blank, valid or invalid."""
    plain = st.decimals(min_value=0, max_value=10**6, places=2).map(str)
    return st.one_of(plain, plain, st.sampled_from(AMOUNTS), st.just(""))


def targets() -> st.SearchStrategy[str]:
    """A target value as typed; may be blank."""
    return st.one_of(st.just(""), st.sampled_from(TARGETS), lines(most=12))


def paragraphs() -> st.SearchStrategy[str]:
    """A paragraph with or without a numeral; some are longer than 600 characters."""
    sentence = lines().map(lambda text: f"{text}。")
    long = st.integers(600, 1300).flatmap(lambda size: sentence.map(lambda text: (text * size)[:size]))
    return st.builds(str.__add__, st.sampled_from(("", *_NUMERALS)), st.one_of(sentence, sentence, lines(), long))


def indicator_rows(edition: Edition) -> st.SearchStrategy[IndicatorRow]:
    """A classified or unclassified row, including half-filled rows and names equal to labels."""
    nodes = [node.key for _, node in edition.leaves()]
    labels = [label for first, node in edition.leaves() for label in (first.label, node.label)]
    names = st.one_of(lines(), st.sampled_from([*labels, *(column.label for column in edition.columns), ""]))
    more = st.fixed_dictionaries({column.key: lines(most=8) for column in edition.further_columns})
    classified = st.builds(
        IndicatorRow,
        key=st.just(""),
        node=st.sampled_from(nodes),
        first_level=st.just(""),
        second_level=st.just(""),
        name=names,
        target=targets(),
        more=more,
    )
    unknown_labels = st.sampled_from(("", "其他指标", "创新指标", "待归类", *labels))
    unclassified = st.builds(
        IndicatorRow,
        key=st.just(""),
        node=st.none(),
        first_level=unknown_labels,
        second_level=unknown_labels,
        name=names,
        target=targets(),
        more=more,
    )
    return st.one_of(classified, classified, classified, unclassified)


def tasks(edition: Edition) -> st.SearchStrategy[dict[str, str]]:
    """The cells of a row of the task table, for editions that have one."""
    texts = {column.key: amounts() if column.key == "amount" else lines() for column in edition.task_columns}
    return st.fixed_dictionaries(texts)


@st.composite
def documents(draw: st.DrawFn, edition: Edition) -> FilingDocument:
    """Any document of an edition in normal form, with at most one goal (of several lines), as the form has one cell."""
    rows = draw(st.lists(indicator_rows(edition), max_size=12))
    duties = draw(st.lists(paragraphs(), max_size=6))
    goal = "\n".join(draw(st.lists(paragraphs(), max_size=3)))
    return compose(
        edition,
        year=draw(st.one_of(st.none(), st.integers(2000, 2099))),
        fields={key: draw(words()) for key in edition.field_keys},
        amounts={line.key: draw(amounts()) for line in edition.lines},
        duties=[(f"d{number}", text) for number, text in enumerate(duties, start=1)],
        goals=[goal],
        indicators=[replace(row, key=f"r{number}") for number, row in enumerate(rows, start=1)],
        tasks=[TaskRow(f"t{number}", cells) for number, cells in enumerate(draw(st.lists(tasks(edition), max_size=4)))],
    )


def tables() -> st.SearchStrategy[tuple[FilingDocument, Edition]]:
    """Any document of any bundled edition, with its edition."""
    bundled = st.sampled_from(list(editions().values()))
    return bundled.flatmap(lambda edition: documents(edition).map(lambda document: (document, edition)))
