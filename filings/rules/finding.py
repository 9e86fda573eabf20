"""Types shared by all rules: their context, their answers, and findings."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from hashlib import sha256

from filings.choices import Criterion, Severity
from filings.document import money
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.document.links import Links
from filings.document.place import Place
from filings.document.text import shorten
from filings.rules.rows import ParsedIndicator, parse_indicators

_LONGEST_QUOTE = 40
_QUOTED = re.compile("「([^」]*)」")


@dataclass(frozen=True)
class LastYear:
    """The table approved for the year before, with the edition of that year."""

    document: FilingDocument
    edition: Edition

    @cached_property
    def rows(self) -> tuple[ParsedIndicator, ...]:
        return parse_indicators(self.document, self.edition)


@dataclass(frozen=True)
class KnownFacts:
    """Facts known besides the document; rules that need a missing fact do not apply.

    `department` is the filing department's registered name, `departments` those of all others. `control` is the
    bureau's control figure for the total, in 万元. `links` are manual links from rows to budget lines and duties.
    `is_publication` means that the table is about to be published.
    """

    department: str = ""
    departments: tuple[str, ...] = ()
    last_year: LastYear | None = None
    control: Decimal | None = None
    links: Links = field(default_factory=Links)
    is_publication: bool = False


@dataclass(frozen=True)
class RuleContext:
    """Input of a rule. `limits` are the limits of rules that have one, by code."""

    document: FilingDocument
    edition: Edition
    known: KnownFacts = field(default_factory=KnownFacts)
    limits: Mapping[str, Decimal] = field(default_factory=dict)

    @cached_property
    def rows(self) -> tuple[ParsedIndicator, ...]:
        """The indicators with parsed targets, in the order of the table."""
        return parse_indicators(self.document, self.edition)


@dataclass(frozen=True)
class QuickFix:
    """A certain correction, applied by one click: the label of its button and the new texts by place."""

    label: str
    changes: tuple[tuple[Place, str], ...]


@dataclass(frozen=True)
class Violation:
    """A violation of a rule: the places to correct, what is wrong, and `advice` on what the department does.

    `max_severity` limits the severity of a violation that is less serious than its rule. `to_fill` names what is still
    to be filled in, if the violation means only that; a draft lists it as such until the whole table is checked.
    `is_premature` means that the violation only follows from what is still to be filled in: a draft does not list it
    while there is any.
    """

    places: tuple[Place, ...]
    facts: str
    numbers: Mapping[str, Decimal] = field(default_factory=dict)
    max_severity: Severity = Severity.ERROR
    quick_fix: QuickFix | None = None
    advice: str = ""
    to_fill: str = ""
    is_premature: bool = False


@dataclass(frozen=True)
class NotApplicable:
    """Answer of a rule whose subject the edition or document does not have, or that lacks a known fact."""


@dataclass(frozen=True)
class Undetermined:
    """Answer of a rule that would have to guess; `reason` is in Chinese."""

    reason: str


@dataclass(frozen=True)
class RuleCrash:
    """Result of a rule that raised an exception; `error` is the end of the traceback."""

    error: str


NOT_APPLICABLE = NotApplicable()
RuleAnswer = Sequence[Violation] | NotApplicable | Undetermined


@dataclass(frozen=True)
class RuleFinding:
    """A violation with its rule's code and the severity of the edition. Amounts in `numbers` are in 万元.

    `message` is what the department reads: the facts and the advice. `asks` means that an explanation is required
    unless the violation is corrected. `to_fill` and `is_premature` are those of the violation.
    """

    code: str
    severity: Severity
    places: tuple[Place, ...]
    facts: str
    numbers: Mapping[str, Decimal]
    criterion: Criterion
    basis: str
    asks: bool = False
    quick_fix: QuickFix | None = None
    advice: str = ""
    to_fill: str = ""
    is_premature: bool = False

    @property
    def message(self) -> str:
        return f"{self.facts}{self.advice}"

    @cached_property
    def identity(self) -> str:
        """Identifier that is the same in later versions of the table: rule, hash of the sentence, hash of the content.

        The sentence is that with its places, without thousands separators, which earlier versions did not have. The
        content are the places, the numbers and what is quoted: it stays the same if the rule's sentence is reworded.
        """
        places = sorted(map(str, self.places))
        numbers = (f"{name}={number.normalize():f}" for name, number in sorted(self.numbers.items()))
        sentence = (*places, money.without_separators(self.message))
        content = (*places, *numbers, *_QUOTED.findall(self.facts))
        return f"{self.code}-{_hash(sentence, 16)}-{_hash(content, 12)}"


def worded_part(identity: str) -> str:
    """Return rule and sentence of an identity, which is the whole identity of earlier versions."""
    return "-".join(identity.split("-")[:2])


def content_part(identity: str) -> str:
    """Return rule and content of an identity; '' for one of earlier versions."""
    code, _, *content = identity.split("-")
    return f"{code}-{content[0]}" if content else ""


def _hash(parts: Iterable[str], length: int) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:length]


def quote(text: str) -> str:
    """Quote a text of the document in a message, truncated if it is long.

    Its own quotation marks become inner ones, so that the quotation ends with the first outer one.
    """
    inner = text.replace("「", "『").replace("」", "』")
    return f"「{shorten(inner, _LONGEST_QUOTE)}」"
