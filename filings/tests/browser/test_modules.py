"""Scripts and server parse ranks, numerals and amounts alike, and fill in canned remarks alike."""

from typing import Any

import pytest
from hypothesis import strategies as st
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from filings.document import money, numerals, rank
from filings.policy.reason_codes import fill_in
from filings.tests.browser.js_modules import answers, examples

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

# Characters of newer Unicode versions: known to the browser, unknown to Python.
TEXTS = st.text(st.characters(exclude_categories=["Cn"]), max_size=8)


@pytest.fixture
def window(page: Page, live_server: LiveServer) -> Page:
    page.goto(f"{live_server.url}/accounts/login/")
    return page


DECIMALS = st.one_of(st.just(""), st.builds(".{}{}".format, st.text("0123456789", max_size=59), st.integers(1, 9)))
RANKS = st.builds("{}{}".format, st.integers(0, 999_999_999), DECIMALS).filter(lambda text: text != "0")
CLOSE = st.integers(1701, 1799).map(lambda number: f"{number / 100}")
ENDS = st.one_of(st.just(""), RANKS, CLOSE)


def test_new_ranks(window: Page) -> None:
    inputs = [
        *examples(st.tuples(ENDS, ENDS, st.integers(0, 40)), 250),
        *examples(st.tuples(CLOSE, CLOSE, st.integers(1, 2)), 150),
        ["17." + "4" * 60, "17." + "4" * 59 + "5", 2],
        ["999999998", "", 300],
    ]
    assert answers(window, "model/ranks.js", "of.spread(...it)", inputs) == [rank.spread(*item) for item in inputs]


def test_no_rank_after_the_last(window: Page) -> None:
    attempt = '(() => { try { of.spread(it, "", 1); } catch (error) { return `${error}`; } })()'
    last = "999999999." + "9" * 60
    assert answers(window, "model/ranks.js", attempt, [last]) == [f"RangeError: no room for 1 ranks behind {last}"]


def test_valid_ranks(window: Page) -> None:
    looks_like = st.text("0123456789.", min_size=1, max_size=12)
    no_ranks = ["", "0", "1.0", "01", "1\n", "１", "1e3", "-1", "1." + "0" * 60 + "1", "1" * 10]
    inputs = [*examples(st.one_of(RANKS, looks_like, TEXTS), 250), *no_ranks]
    assert answers(window, "model/ranks.js", "of.isRank(it)", inputs) == [rank.is_rank(text) for text in inputs]


def test_the_order_of_ranks(window: Page) -> None:
    inputs = examples(st.tuples(st.one_of(RANKS, CLOSE), st.one_of(RANKS, CLOSE)), 250)
    expected = [(rank.order(a) > rank.order(b)) - (rank.order(a) < rank.order(b)) for a, b in inputs]
    assert answers(window, "model/ranks.js", "Math.sign(of.compare(...it))", inputs) == expected


MARKS = [*"（(）)一二三十百零第、，,.．1230①②⑳。；;！!\n 甲𠮷\x1c\x1f\x85\ufeff\u3000\xa0"]
PIECES = ["（一）甲", "（二）", "。 （二）乙", "第一，", "\n二，", "；（二)", "1.", "2."]
PARAGRAPHS = st.one_of(TEXTS, st.lists(st.sampled_from([*MARKS, *PIECES]), max_size=12).map("".join))


def numeral(text: str) -> Any:
    leading = numerals.leading_numeral(text)
    if leading is None:
        return None
    parts = {"number": leading.number, "before": leading.before, "after": leading.after, "length": leading.length}
    return parts | {"isChinese": leading.chinese, "isCircled": leading.circled}


def next_numeral(texts: list[str]) -> str:
    last = numerals.leading_numeral(texts[-1]) if texts else None
    return last.written(last.number + 1) if last and last.number < 999 else ""


def test_numerals(window: Page) -> None:
    texts = [*examples(PARAGRAPHS, 400), *(f"（{numerals.to_chinese(number)}）" for number in range(1, 1000))]
    assert answers(window, "model/numerals.js", "of.leadingNumeral(it)", texts) == [numeral(text) for text in texts]


def test_formatted_numerals(window: Page) -> None:
    hands = [
        hand for text in ("（一）", "(1)", "第一，", "1.", "①", "二、") if (hand := numerals.leading_numeral(text))
    ]
    script = "Array.from({ length: 999 }, (_, index) => of.formatNumeral(of.leadingNumeral(it), index + 1))"
    written = answers(window, "model/numerals.js", script, [hand.written(1) for hand in hands])
    assert written == [[hand.written(number) for number in range(1, 1000)] for hand in hands]


def test_next_numeral(window: Page) -> None:
    lists = [["（一）甲", "（十二）乙"], ["（一）甲", "乙"], ["①甲"], ["1.甲", "999.乙"], []]
    expected = ["（十三）", "", "②", "", ""]
    assert answers(window, "model/numerals.js", "of.nextNumeral(it)", lists) == expected


def test_numbered_paragraphs(window: Page) -> None:
    counted = st.lists(PARAGRAPHS, max_size=6).map(lambda texts: numerals.renumber([f"（一）{text}" for text in texts]))
    lists = [*examples(st.lists(PARAGRAPHS, max_size=6), 200), *examples(counted, 60)]
    lists.append([f"①第{number}件" for number in range(1, 23)])
    script = "[of.renumber(it), of.nextNumeral(it), of.areConsecutive(it), it.map(of.splitAtNumerals)]"
    assert answers(window, "model/numerals.js", script, lists) == [
        [
            numerals.renumber(texts),
            next_numeral(texts),
            numerals.are_consecutive(texts),
            [numerals.split_at_numerals(text) for text in texts],
        ]
        for texts in lists
    ]


SIGNS = [*"0123456789.,-+:：，．－＋−０９¥￥ \u3000\u200b\ufeff\ufe0f\x1c\x85万亿①²٣⼈⺠币", "1,234", "人民币", "e5"]
AMOUNTS = st.one_of(
    TEXTS,
    st.lists(st.sampled_from([*SIGNS, *money.UNITS]), max_size=9).map("".join),
    st.decimals().map(str),
    st.builds("{}{}{}".format, st.sampled_from(["", "¥", "：", "-"]), st.integers(), st.sampled_from([*money.UNITS])),
)
ODD = ["1e5", "NaN", "∞", "-0", "0", "1." + "0" * 60, "9" * 60, "0.0000001", "1000000000.01", "1,23", "⺠"]
ODD += ["⼈⺠币１，２３４元", "2\uff0f3", "２\ufe0f３", "5\ufe5a"]


def test_amounts(window: Page) -> None:
    texts = [*examples(AMOUNTS, 500), *ODD]
    inputs = [[text, unit] for text in texts for unit in ("万元", "元", "亿元")]
    script = "(({ fen, unit }) => [typeof fen, `${fen}`, unit])(of.readAmount(...it))"
    results = answers(window, "model/money.js", script, inputs)
    assert results == [as_shown_on_the_page(money.parse(text, unit)) for text, unit in inputs]
    assert sum(kind == "bigint" for kind, _, _ in results) > 150


def as_shown_on_the_page(amount: money.Amount) -> list[str]:
    if amount.problem:
        return ["undefined", "undefined", amount.unit]
    return ["object", "null", ""] if amount.fen is None else ["bigint", str(amount.fen), amount.unit]


def test_plain_amounts(window: Page) -> None:
    plain = ["550.13", "0", "007", "3.50"]
    others = ["", "550.13万元", "5.", ".5", "5元", "５", " 5", "5 ", "1,234", "+5", "-5", "5\n", "约五百"]
    results = answers(window, "model/money.js", "of.readAmount(it, '万元').isPlain", [*plain, *others])
    assert results == [True] * len(plain) + [False] * len(others)


def test_figures(window: Page) -> None:
    fen = [
        *examples(st.integers(0, money.LARGEST_FEN), 150),
        *(10**power + more for power in range(8, 15) for more in (-1, 0, 1)),
        *(12_550_000_000 - 1, 12_550_000_000, 10**10 * 1000),
    ]
    values = [money.from_fen(amount) for amount in fen]
    expected = [[money.figure(value), money.in_yi(value), money.with_unit(value)] for value in values]
    script = "((fen) => [of.figure(fen), of.inYi(fen), `${of.figure(fen)} ${of.unitAfter(fen, '万元')}`])(BigInt(it))"
    assert answers(window, "model/money.js", script, list(map(str, fen))) == expected
    texts = answers(window, "model/money.js", "of.cellText(BigInt(it))", list(map(str, fen)))
    assert [money.parse(text).fen for text in texts] == fen
    assert not any("," in text for text in texts)


def test_canned_remarks(window: Page) -> None:
    texts = ["{名称}的指标值是{指标值}。", "{指标值}{名称}{名称}", "{名称", ""]
    words = st.one_of(TEXTS, st.sampled_from(["{名称}", "{指标值}", "新购图书"]))
    inputs = examples(st.tuples(st.one_of(st.sampled_from(texts), words), words, words), 100)
    expected = [fill_in(text, name=name, value=value) for text, name, value in inputs]
    assert answers(window, "review/canned.js", "of.fillIn(...it)", inputs) == expected
