"""Whatever a document holds: no rule breaks, findings stand at places that exist, nothing but its meaning counts."""

import random
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from filings.document import canonical_json
from filings.document.content import FilingDocument, IndicatorRow, compose
from filings.document.links import NOTHING, Links
from filings.rules.engine import run
from filings.rules.finding import KnownFacts, LastYear, RuleFinding
from filings.tests.rules.documents import EDITION
from filings.tests.rules.test_engine import exists
from filings.tests.strategies import documents

_FULL_WIDTH = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1) if chr(code) not in "(),:;!?{}[]-+"}


@st.composite
def known(draw: st.DrawFn) -> KnownFacts:
    """Last year's table, a control figure, other departments, links to rows that may be there."""
    before = draw(st.one_of(st.none(), documents(EDITION)))
    rows = st.sampled_from([f"r{number}" for number in range(1, 9)])
    lines = st.sampled_from(["EXP.BASIC", "EXP.PROJECT", "TOTAL", "GONE", ""])
    duties = st.lists(st.sampled_from(["d1", "d2", "d9"]), max_size=2).map(tuple)
    return KnownFacts(
        department=draw(st.sampled_from(["", "县委组织部"])),
        departments=("县财政局", "县委办公室"),
        last_year=LastYear(before, EDITION) if before else None,
        control=draw(st.one_of(st.none(), st.just(Decimal("550.13")))),
        links=Links(draw(st.dictionaries(rows, lines, max_size=3)), draw(st.dictionaries(rows, duties, max_size=3))),
        is_publication=draw(st.booleans()),
    )


def said(document: FilingDocument, beside: KnownFacts) -> list[tuple[str, tuple[str, ...], str]]:
    found = run(document, EDITION, beside).findings
    return [(finding.code, tuple(map(str, finding.places)), finding.message) for finding in found]


def at(findings: tuple[RuleFinding, ...]) -> set[tuple[str, frozenset[str]]]:
    return {(finding.code, frozenset(map(str, finding.places))) for finding in findings}


@given(documents(EDITION), known())
def test_no_rule_breaks_and_every_place_exists(document: FilingDocument, beside: KnownFacts) -> None:
    checked = run(document, EDITION, beside)
    assert [(rule.code, failed.error) for rule, failed in checked.failed] == []
    for finding in checked.findings:
        assert finding.places
        assert [place for place in finding.places if not exists(place, document, EDITION)] == []
        assert finding.message.endswith("。")
    named = [finding.identity for finding in checked.findings]
    assert len(set(named)) == len(named)


@given(documents(EDITION), known())
def test_the_same_document_is_told_the_same(document: FilingDocument, beside: KnownFacts) -> None:
    assert said(document, beside) == said(canonical_json.loads(canonical_json.dumps(document)), beside)


@given(documents(EDITION), known(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(document: FilingDocument, beside: KnownFacts, chance: random.Random) -> None:
    rows = list(document.indicators)
    chance.shuffle(rows)
    shuffled = _again(document, rows)
    assert at(run(document, EDITION, beside).findings) == at(run(shuffled, EDITION, beside).findings)


@given(documents(EDITION), known())
def test_full_width_and_white_space_do_not_matter(document: FilingDocument, beside: KnownFacts) -> None:
    rows = [replace(row, name=_disguised(row.name), target=_disguised(row.target)) for row in document.indicators]
    disguised = _again(document, rows, amounts={key: _disguised(text) for key, text in document.amounts.items()})
    assert at(run(document, EDITION, beside).findings) == at(run(disguised, EDITION, beside).findings)


def test_links_say_the_same_in_texts_and_back() -> None:
    links = Links({"r1": "EXP.BASIC", "r2": ""}, {"r1": ("d1", "d2"), "r3": ()})
    data = {
        "r1": {"money": "EXP.BASIC", "duties": "d1 d2"},
        "r2": {"money": NOTHING},
        "r3": {"duties": NOTHING},
    }
    assert links.to_data() == data
    assert Links.from_data(data) == links


def _again(document: FilingDocument, rows: list[IndicatorRow], amounts: dict[str, str] | None = None) -> FilingDocument:
    return compose(
        EDITION,
        year=document.year,
        fields=document.fields,
        amounts=amounts or document.amounts,
        duties=[(duty.key, duty.text) for duty in document.duties],
        goals=document.goals,
        indicators=rows,
    )


def _disguised(text: str) -> str:
    return f" {text.translate(_FULL_WIDTH)}\u3000"
