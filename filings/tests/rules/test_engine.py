"""The engine over the whole catalogue: severities, order, and what holds for any document."""

from dataclasses import replace

import pytest
from hypothesis import given

from filings.choices import Severity
from filings.document import canonical_json
from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument, IndicatorRow, compose
from filings.document.edition import Edition
from filings.document.place import Place
from filings.rules.catalogue import CATALOGUE
from filings.rules.engine import answers, check
from filings.rules.example import VALID_EXAMPLE
from filings.rules.finding import Undetermined
from filings.tests.rules.documents import EDITION, a_table
from filings.tests.strategies import documents

# Rules that ask nothing more of the small table that is spoilt here.
FEW = replace(EDITION, rules=dict.fromkeys(("B1", "B2", "B3", "H1", "T1", "T4", "T5", "T6"), "error"))
COLUMNS = {"fields": {""}, "amounts": {""}, "goals": {""}, "nodes": {""}, "duties": {"", "text"}}


def exists(at: Place, document: FilingDocument, edition: Edition) -> bool:
    """Whether a page can show this place: a part of the form, or a row that the document has."""
    keys = {
        "fields": set(edition.field_keys),
        "amounts": {line.key for line in edition.lines},
        "duties": {"", *(duty.key for duty in document.duties)},
        "goals": {"0", *(str(number) for number in range(len(document.goals)))},
        "indicators": {row.key for row in document.indicators},
        "nodes": {node.key for first in edition.tree for node in (first, *first.children)},
    }
    columns = COLUMNS.get(at.section, {"", *(column.key for column in edition.columns)})
    return at.key in keys[at.section] and at.column in columns


def test_a_sound_table_has_no_findings() -> None:
    case = VALID_EXAMPLE.case(EDITION)
    assert check(case.document, EDITION, case.known) == ()


@pytest.mark.parametrize("edition", editions().values(), ids=list(editions()))
def test_the_catalogue_has_every_rule_that_an_edition_names(edition: Edition) -> None:
    assert set(edition.rules) <= {rule.code for rule in CATALOGUE}


def test_the_founding_edition_asks_for_the_whole_catalogue() -> None:
    assert list(EDITION.rules) == [rule.code for rule in CATALOGUE]


def test_every_rule_says_why_in_its_own_words() -> None:
    for part in ("code", "sentence", "answer"):
        assert len({getattr(rule, part) for rule in CATALOGUE}) == len(CATALOGUE)
    assert all(rule.basis and rule.sentence.endswith("。") for rule in CATALOGUE)


def test_findings_stand_in_the_order_of_the_table() -> None:
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
    assert [(found.code, str(found.places[0])) for found in check(table, FEW)] == [
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


def test_findings_at_one_place_stand_by_code() -> None:
    table = a_table(amounts={"INC.GENERAL": "1", "EXP.BASIC": "1"})
    assert [found.code for found in check(table, FEW)] == ["B1", "B2"]


@pytest.mark.parametrize("severity", list(Severity))
def test_the_edition_says_how_severe(severity: Severity) -> None:
    edition = replace(EDITION, rules={"H1": severity.value})
    assert [found.severity for found in check(a_table(goal=""), edition)] == [severity]


def test_a_lighter_fault_never_weighs_more_than_its_rule() -> None:
    table = a_table(rows=(IndicatorRow("a", "OUT.QTY", "", "", "XX", "5"),))
    severities = {
        given: [found.severity for found in check(table, replace(EDITION, rules={"T6": given}))]
        for given in ("error", "warning", "advice")
    }
    assert severities == {"error": ["warning"], "warning": ["warning"], "advice": ["advice"]}


@pytest.mark.parametrize("rules", [{}, {"H1": "off"}])
def test_a_rule_that_is_off_or_not_named_is_silent(rules: dict[str, str]) -> None:
    edition = replace(EDITION, rules=rules)
    assert check(a_table(goal=""), edition) == ()
    assert answers(a_table(), edition) == ()


def test_what_cannot_be_told_is_among_the_answers_and_no_finding() -> None:
    table = a_table(amounts={"TOTAL": "约五百"})
    silent = [rule.code for rule, answer in answers(table, FEW) if isinstance(answer, Undetermined)]
    assert silent == ["B1", "B2"]
    assert [found.code for found in check(table, FEW)] == ["B3"]


def test_an_empty_table_is_told_what_to_fill_in() -> None:
    blank = compose(EDITION, year=None, fields={}, amounts={})
    assert [found.code for found in check(blank, EDITION)] == ["B1", "H1", "H1", "T1", "T1"]


@given(documents(EDITION))
def test_any_document_gets_the_same_findings_on_places_that_exist(document: FilingDocument) -> None:
    found = check(document, EDITION)
    assert found == check(canonical_json.loads(canonical_json.dumps(document)), EDITION)
    for finding in found:
        assert finding.places
        assert [at for at in finding.places if not exists(at, document, EDITION)] == []
        assert finding.message.endswith("。")


@given(documents(EDITION))
def test_a_row_is_named_once_a_rule_in_each_column(document: FilingDocument) -> None:
    at = [(found.code, found.places) for found in check(document, EDITION)]
    assert len(set(at)) == len(at)
