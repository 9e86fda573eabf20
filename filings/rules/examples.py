"""For each rule an example that fails and one that passes, shown on the page of rules and checked by tests."""

from collections.abc import Mapping

from filings.rules.example import Example
from filings.rules.last_year import examples as last_year
from filings.rules.money import cost_examples as cost
from filings.rules.money import examples as money
from filings.rules.targets import examples as targets
from filings.rules.texts import examples as texts
from filings.rules.tree import examples as tree

# By rule code: (failing example, passing example).
EXAMPLES: Mapping[str, tuple[Example, Example]] = {
    **money.EXAMPLES,
    **cost.EXAMPLES,
    **tree.EXAMPLES,
    **targets.EXAMPLES,
    **texts.EXAMPLES,
    **last_year.EXAMPLES,
}
