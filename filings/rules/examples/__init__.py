"""For each rule a table that fails it and one that passes: shown on the page of the rules, and tried by the tests."""

from collections.abc import Mapping

from filings.rules.examples import budget, cost, history, measurability, narrative, tree
from filings.rules.examples.table import Example

# By code: a table that fails the rule, and one that passes.
EXAMPLES: Mapping[str, tuple[Example, Example]] = {
    **budget.EXAMPLES,
    **cost.EXAMPLES,
    **tree.EXAMPLES,
    **measurability.EXAMPLES,
    **narrative.EXAMPLES,
    **history.EXAMPLES,
}
