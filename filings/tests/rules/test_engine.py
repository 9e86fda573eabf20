"""The engine with the whole catalogue: severities, order, duplicates, and properties for any document."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from filings.choices import Criterion, Severity
from filings.document import canonical_json
from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument, IndicatorRow, compose
from filings.document.edition import Edition
from filings.document.money import with_unit
from filings.document.place import Place
from filings.rules.catalogue import CATALOGUE
from filings.rules.engine import answers, check
from filings.rules.example import VALID_EXAMPLE
from filings.rules.finding import KnownFacts, LastYear, RuleFinding, Undetermined, worded_part
from filings.tests.rules.documents import EDITION, ROWS, a_table
from filings.tests.strategies import documents

# Rules that the small table satisfies.
FEW = replace(EDITION, rules=dict.fromkeys(("B1", "B2", "B3", "H1", "T1", "T4", "T5", "T6"), "error"))
COLUMNS = {"fields": {""}, "amounts": {""}, "goals": {""}, "nodes": {""}, "duties": {"", "text"}}


def exists(place: Place, document: FilingDocument, edition: Edition) -> bool:
    """Whether a place is a part of the edition or a row of the document."""
    keys = {
        "fields": set(edition.field_keys),
        "amounts": {line.key for line in edition.lines},
        "duties": {"", *(duty.key for duty in document.duties)},
        "goals": {"0", *(str(number) for number in range(len(document.goals)))},
        "indicators": {row.key for row in document.indicators},
        "nodes": {node.key for first in edition.tree for node in (first, *first.children)},
    }
    columns = COLUMNS.get(place.section, {"", *(column.key for column in edition.columns)})
    return place.key in keys[place.section] and place.column in columns


def test_the_valid_example_has_no_findings() -> None:
    context = VALID_EXAMPLE.context(EDITION)
    assert check(context.document, EDITION, context.known) == ()


@pytest.mark.parametrize("edition", editions().values(), ids=list(editions()))
def test_the_catalogue_has_every_rule_that_an_edition_names(edition: Edition) -> None:
    assert set(edition.rules) <= {rule.code for rule in CATALOGUE}


def test_the_founding_edition_enables_the_whole_catalogue() -> None:
    assert list(EDITION.rules) == [rule.code for rule in CATALOGUE]


def test_rules_are_distinct_and_have_a_basis() -> None:
    for part in ("code", "sentence", "answer"):
        assert len({getattr(rule, part) for rule in CATALOGUE}) == len(CATALOGUE)
    assert all(rule.basis and rule.sentence.endswith("。") for rule in CATALOGUE)


def test_separators_do_not_change_the_identity_of_a_finding() -> None:
    total = Decimal(12500)
    facts = f"资金总额 {with_unit(total)}，比财政部门下达的预算控制数 {with_unit(Decimal(11000))}多 1,500.00 万元。"
    advice = "请核对「1,234.50」。"
    place, appropriateness = Place("amounts", "TOTAL"), Criterion.APPROPRIATENESS
    finding = RuleFinding("B7", Severity.ERROR, (place,), facts, {}, appropriateness, "", advice=advice)
    assert "12,500.00 万元（1.25 亿元）" in finding.message
    assert worded_part(finding.identity) == "B7-abb7c2208ab57abc"


def test_findings_are_in_the_order_of_the_table() -> None:
    table = a_table(
        amounts={"TOTAL": "-5", "INC.FUND": "x"},
        duties=(),
        goal="",
        rows=(
            IndicatorRow("z", "OUT.TIME", "", "", "XX", "待定"),
            IndicatorRow("b", "OUT.QTY", "", "", "甲", ""),
            IndicatorRow("a", "OUT.QTY", "", "", "", "5"),
            IndicatorRow("c", None, "其他", "", "丙", ""),
        ),
    )
    assert [(finding.code, str(finding.places[0])) for finding in check(table, FEW)] == [
        ("B3", "amounts[TOTAL]"),
        ("B3", "amounts[INC.FUND]"),
        ("H1", "duties"),
        ("H1", "goals[0]"),
        ("T5", "indicators[b].target"),
        ("T5", "indicators[a].name"),
        ("T6", "indicators[z].name"),
        ("T6", "indicators[z].target"),
        ("T1", "nodes[BEN]"),
        ("T5", "indicators[c].target"),
    ]


def test_equal_findings_are_reported_once() -> None:
    dropped = [IndicatorRow(key, "OUT.QTY", "", "", "培训人次", "≥500人次") for key in ("a", "b")]
    known = KnownFacts(last_year=LastYear(a_table(rows=(*ROWS, *dropped)), EDITION))
    edition = replace(EDITION, rules={"Y3": "warning"})
    (answer,) = [answer for _, answer in answers(a_table(), edition, known)]
    assert isinstance(answer, list)
    assert len(answer) == 2
    (finding,) = check(a_table(), edition, known)
    assert finding.message.startswith("上年的指标「培训人次」（≥500人次）今年未填写。")


def test_findings_at_one_place_are_sorted_by_code() -> None:
    table = a_table(amounts={"INC.GENERAL": "1", "EXP.BASIC": "1"})
    assert [finding.code for finding in check(table, FEW)] == ["B1", "B2"]


@pytest.mark.parametrize("severity", list(Severity))
def test_the_edition_sets_the_severity(severity: Severity) -> None:
    edition = replace(EDITION, rules={"H1": severity.value})
    assert [finding.severity for finding in check(a_table(goal=""), edition)] == [severity]


def test_a_limited_severity_never_exceeds_that_of_the_rule() -> None:
    table = a_table(rows=(IndicatorRow("a", "OUT.QTY", "", "", "XX", "5"),))
    severities = {
        given: [finding.severity for finding in check(table, replace(EDITION, rules={"T6": given}))]
        for given in ("error", "warning", "advice")
    }
    assert severities == {"error": ["warning"], "warning": ["warning"], "advice": ["advice"]}


@pytest.mark.parametrize("rules", [{}, {"H1": "off"}])
def test_a_rule_that_is_off_or_not_listed_is_not_run(rules: dict[str, str]) -> None:
    edition = replace(EDITION, rules=rules)
    assert check(a_table(goal=""), edition) == ()
    assert answers(a_table(), edition) == ()


def test_an_undetermined_rule_is_an_answer_without_findings() -> None:
    table = a_table(amounts={"TOTAL": "约五百"})
    undetermined = [rule.code for rule, answer in answers(table, FEW) if isinstance(answer, Undetermined)]
    assert undetermined == ["B1", "B2"]
    assert [finding.code for finding in check(table, FEW)] == ["B3"]


def test_findings_of_an_empty_table() -> None:
    blank = compose(EDITION, year=None, fields={}, amounts={})
    assert [finding.code for finding in check(blank, EDITION)] == ["B1", "H1", "H1", "T1", "T1"]


@given(documents(EDITION))
def test_any_document_gets_the_same_findings_on_places_that_exist(document: FilingDocument) -> None:
    findings = check(document, EDITION)
    assert findings == check(canonical_json.loads(canonical_json.dumps(document)), EDITION)
    for finding in findings:
        assert finding.places
        assert [place for place in finding.places if not exists(place, document, EDITION)] == []
        assert finding.message.endswith("。")


@given(documents(EDITION))
def test_a_rule_has_at_most_one_finding_for_the_same_places(document: FilingDocument) -> None:
    locations = [(finding.code, finding.places) for finding in check(document, EDITION)]
    assert len(set(locations)) == len(locations)
