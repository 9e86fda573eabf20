"""The failing and passing examples of each rule, which the page of rules shows."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from filings.rules.catalogue import CATALOGUE
from filings.rules.engine import check
from filings.rules.example import Example
from filings.rules.examples import EXAMPLES
from filings.rules.finding import RuleFinding, content_part
from filings.rules.rule import Rule
from filings.tests.rules.documents import EDITION

# Written by `json.dumps`. Changes with an example, or if what a rule finds has changed, but not with a sentence.
CONTENTS = json.loads((Path(__file__).parent.parent / "samples/finding_contents.json").read_text())
RULES = pytest.mark.parametrize("rule", CATALOGUE, ids=[rule.code for rule in CATALOGUE])


def run_rule(example: Example, code: str) -> list[RuleFinding]:
    """Run a single rule on an example."""
    context = example.context(EDITION)
    only = replace(context.edition, rules={code: EDITION.rules[code]})
    return list(check(context.document, only, context.known))


def test_every_rule_has_its_examples_and_every_example_its_rule() -> None:
    assert list(EXAMPLES) == [rule.code for rule in CATALOGUE]


@RULES
def test_the_failing_example_fails(rule: Rule) -> None:
    fails, _passes = EXAMPLES[rule.code]
    assert {finding.code for finding in run_rule(fails, rule.code)} == {rule.code}


@RULES
def test_the_passing_example_passes(rule: Rule) -> None:
    _fails, passes = EXAMPLES[rule.code]
    assert run_rule(passes, rule.code) == []


@RULES
def test_the_passing_example_violates_no_other_rule(rule: Rule) -> None:
    """Otherwise officers would copy another mistake from an example shown as correct."""
    _fails, passes = EXAMPLES[rule.code]
    context = passes.context(EDITION)
    findings = check(context.document, context.edition, context.known)
    serious = [finding for finding in findings if finding.severity != "advice"]
    assert [(finding.code, finding.message) for finding in serious] == []


@RULES
def test_the_content_of_a_finding_keeps_its_identity(rule: Rule) -> None:
    """Explanations of drafts and waivers are found by it after the sentence of a rule has been reworded."""
    fails, _passes = EXAMPLES[rule.code]
    assert [content_part(finding.identity) for finding in run_rule(fails, rule.code)] == CONTENTS[rule.code]
