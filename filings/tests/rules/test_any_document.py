"""Properties of rules on any document: no rule fails, places exist, and order, width and white space do not matter."""

import random
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from filings.document import canonical_json
from filings.document.content import FilingDocument, IndicatorRow, compose
from filings.document.links import NOTHING, Links
from filings.rules.engine import run
from filings.rules.finding import KnownFacts, LastYear
from filings.tests.rules.documents import EDITION
from filings.tests.rules.test_engine import exists
from filings.tests.strategies import documents

_FULL_WIDTH = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1) if chr(code) not in "(),:;!?{}[]-+"}


@st.composite
def known_facts(draw: st.DrawFn) -> KnownFacts:
    """Known facts with last year's table, a control figure, other departments, and links of rows that may exist."""
    last_document = draw(st.one_of(st.none(), documents(EDITION)))
    rows = st.sampled_from([f"r{number}" for number in range(1, 9)])
    lines = st.sampled_from(["EXP.BASIC", "EXP.PROJECT", "TOTAL", "GONE", ""])
    duties = st.lists(st.sampled_from(["d1", "d2", "d9"]), max_size=2).map(tuple)
    return KnownFacts(
        department=draw(st.sampled_from(["", "县委组织部"])),
        departments=("县财政局", "县委办公室"),
        last_year=LastYear(last_document, EDITION) if last_document else None,
        control=draw(st.one_of(st.none(), st.just(Decimal("550.13")))),
        links=Links(draw(st.dictionaries(rows, lines, max_size=3)), draw(st.dictionaries(rows, duties, max_size=3))),
        is_publication=draw(st.booleans()),
    )


def summaries(document: FilingDocument, facts: KnownFacts) -> list[tuple[str, tuple[str, ...], str]]:
    findings = run(document, EDITION, facts).findings
    return [(finding.code, tuple(map(str, finding.places)), finding.message) for finding in findings]


def codes_and_places(document: FilingDocument, facts: KnownFacts) -> set[tuple[str, frozenset[str]]]:
    findings = run(document, EDITION, facts).findings
    return {(finding.code, frozenset(map(str, finding.places))) for finding in findings}


@given(documents(EDITION), known_facts())
def test_no_rule_fails_and_every_place_exists(document: FilingDocument, facts: KnownFacts) -> None:
    results = run(document, EDITION, facts)
    assert [(rule.code, failure.error) for rule, failure in results.failures] == []
    for finding in results.findings:
        assert finding.places
        assert [place for place in finding.places if not exists(place, document, EDITION)] == []
        assert finding.message.endswith("。")
    identities = [finding.identity for finding in results.findings]
    assert len(set(identities)) == len(identities)


@given(documents(EDITION), known_facts())
def test_the_same_document_has_the_same_findings(document: FilingDocument, facts: KnownFacts) -> None:
    assert summaries(document, facts) == summaries(canonical_json.loads(canonical_json.dumps(document)), facts)


@given(documents(EDITION), known_facts(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    document: FilingDocument, facts: KnownFacts, shuffler: random.Random
) -> None:
    rows = list(document.indicators)
    shuffler.shuffle(rows)
    shuffled = _again(document, rows)
    assert codes_and_places(document, facts) == codes_and_places(shuffled, facts)


@given(documents(EDITION), known_facts())
def test_full_width_and_white_space_do_not_matter(document: FilingDocument, facts: KnownFacts) -> None:
    rows = [replace(row, name=_full_width(row.name), target=_full_width(row.target)) for row in document.indicators]
    wide = _again(document, rows, amounts={key: _full_width(text) for key, text in document.amounts.items()})
    assert codes_and_places(document, facts) == codes_and_places(wide, facts)


def test_links_round_trip_through_data() -> None:
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


def _full_width(text: str) -> str:
    return f" {text.translate(_FULL_WIDTH)}\u3000"
