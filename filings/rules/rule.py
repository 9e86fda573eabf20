"""Rules as listed in the catalogue."""

from collections.abc import Callable
from dataclasses import dataclass

from filings.choices import Criterion
from filings.document.edition import Edition
from filings.rules.finding import RuleAnswer, RuleContext


@dataclass(frozen=True)
class Rule:
    """A rule: `sentence` is the requirement, `basis` its source. The edition sets the severity.

    `limit` is the default for `{limit}` in the sentence; an edition can set another.
    """

    code: str
    sentence: str
    criterion: Criterion
    basis: str
    answer: Callable[[RuleContext], RuleAnswer]
    limit: str = ""

    def limit_in(self, edition: Edition) -> str:
        """Return the limit of the rule in an edition, '' for a rule without one."""
        return edition.limits.get(self.code, self.limit) if self.limit else ""

    def sentence_in(self, edition: Edition) -> str:
        """Return the requirement with the edition's limit."""
        return self.sentence.replace("{limit}", self.limit_in(edition))
