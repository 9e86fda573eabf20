"""Rules as listed in the catalogue."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from filings.choices import Criterion
from filings.document.edition import Edition
from filings.rules.finding import RuleAnswer, RuleContext


@dataclass(frozen=True)
class Rule:
    """A rule: `sentence` is the requirement, `basis` its source. The edition sets the severity.

    `limit` is the default for `{limit}` in the sentence, and `further_limits` are the defaults for other names in it;
    an edition can set others, under the rule's code and under code and name: 'B9', 'B9.head'.
    """

    code: str
    sentence: str
    criterion: Criterion
    basis: str
    answer: Callable[[RuleContext], RuleAnswer]
    limit: str = ""
    further_limits: Mapping[str, str] = field(default_factory=dict)

    def limits_in(self, edition: Edition) -> dict[str, str]:
        """Return the rule's limits in an edition, by the key under which an edition sets them."""
        return {key: edition.limits.get(key, default) for _, key, default in self._limits()}

    def sentence_in(self, edition: Edition) -> str:
        """Return the requirement with the edition's limits."""
        limits = self.limits_in(edition)
        sentence = self.sentence
        for name, key, _ in self._limits():
            sentence = sentence.replace(f"{{{name}}}", limits[key])
        return sentence

    def _limits(self) -> list[tuple[str, str, str]]:
        """List name, key and default of each limit."""
        first = [("limit", self.code, self.limit)] if self.limit else []
        return first + [(name, f"{self.code}.{name}", default) for name, default in self.further_limits.items()]
