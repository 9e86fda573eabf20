"""A rule as the catalogue lists it."""

from collections.abc import Callable
from dataclasses import dataclass

from filings.choices import Criterion
from filings.document.edition import Edition
from filings.rules.finding import Answer, RuleContext


@dataclass(frozen=True)
class Rule:
    """`sentence` is what must hold, `basis` where that comes from; an edition says how severe it is.

    `limit` stands for `{limit}` in the sentence where the edition names no other.
    """

    code: str
    sentence: str
    criterion: Criterion
    basis: str
    answer: Callable[[RuleContext], Answer]
    limit: str = ""

    def limit_in(self, edition: Edition) -> str:
        """The number of the rule in an edition, '' for a rule without one."""
        return edition.limits.get(self.code, self.limit) if self.limit else ""

    def sentence_in(self, edition: Edition) -> str:
        """What must hold, with the edition's number."""
        return self.sentence.replace("{limit}", self.limit_in(edition))
