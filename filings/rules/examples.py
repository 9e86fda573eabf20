"""For each rule a table that fails it and one that passes: shown on the page of the rules, and tried by the tests."""

from collections.abc import Mapping

from filings.rules.example import Example
from filings.rules.last_year import examples as last_year
from filings.rules.money import cost_examples as cost
from filings.rules.money import examples as money
from filings.rules.targets import examples as targets
from filings.rules.texts import examples as texts
from filings.rules.tree import examples as tree

# By code: a table that fails the rule, and one that passes.
EXAMPLES: Mapping[str, tuple[Example, Example]] = {
    **money.EXAMPLES,
    **cost.EXAMPLES,
    **tree.EXAMPLES,
    **targets.EXAMPLES,
    **texts.EXAMPLES,
    **last_year.EXAMPLES,
}
