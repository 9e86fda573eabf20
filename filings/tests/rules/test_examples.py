"""For each rule of the catalogue a table that fails it and one that passes: what the page of the rules shows is so."""

from dataclasses import replace

import pytest

from filings.rules.catalogue import CATALOGUE
from filings.rules.engine import check
from filings.rules.example import Example
from filings.rules.examples import EXAMPLES
from filings.rules.finding import RuleFinding
from filings.rules.rule import Rule
from filings.tests.rules.documents import EDITION

RULES = pytest.mark.parametrize("rule", CATALOGUE, ids=[rule.code for rule in CATALOGUE])


def found(example: Example, code: str) -> list[RuleFinding]:
    """What one rule finds in an example."""
    case = example.case(EDITION)
    only = replace(case.edition, rules={code: EDITION.rules[code]})
    return list(check(case.document, only, case.known))


def test_every_rule_has_its_examples_and_every_example_its_rule() -> None:
    assert list(EXAMPLES) == [rule.code for rule in CATALOGUE]


@RULES
def test_the_one_example_fails(rule: Rule) -> None:
    fails, _passes = EXAMPLES[rule.code]
    assert {finding.code for finding in found(fails, rule.code)} == {rule.code}


@RULES
def test_the_other_passes(rule: Rule) -> None:
    _fails, passes = EXAMPLES[rule.code]
    assert found(passes, rule.code) == []


@RULES
def test_a_table_that_passes_one_rule_breaks_no_other(rule: Rule) -> None:
    """What is shown as right must be right in every way, or officers would learn the next mistake from it."""
    _fails, passes = EXAMPLES[rule.code]
    case = passes.case(EDITION)
    heavy = [f for f in check(case.document, case.edition, case.known) if f.severity != "advice"]
    assert [(finding.code, finding.message) for finding in heavy] == []
