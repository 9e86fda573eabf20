"""What a rule reads and what it answers with, and the finding that comes of it. No rule lives here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from hashlib import sha256

from filings.choices import Criterion, Severity
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.document.links import Links
from filings.document.place import Place
from filings.rules.rows import ParsedIndicator, parse_indicators

_LONGEST_QUOTE = 40


@dataclass(frozen=True)
class LastYear:
    """What was approved for the year before, on the form of that year."""

    document: FilingDocument
    edition: Edition

    @cached_property
    def rows(self) -> tuple[ParsedIndicator, ...]:
        return parse_indicators(self.document, self.edition)


@dataclass(frozen=True)
class KnownFacts:
    """What is known besides the document. Whatever is not known leaves the rules that need it not applicable.

    `department` is the filing department's registered name, `departments` those of all others; `control` is the
    bureau's control figure for the total in 万元; `links` what rows were set by hand to speak for; `is_publication`:
    the table is about to be made public.
    """

    department: str = ""
    departments: tuple[str, ...] = ()
    last_year: LastYear | None = None
    control: Decimal | None = None
    links: Links = field(default_factory=Links)
    is_publication: bool = False


@dataclass(frozen=True)
class RuleContext:
    """What a rule looks at. `limits` are the numbers of the rules that have one, by code."""

    document: FilingDocument
    edition: Edition
    known: KnownFacts = field(default_factory=KnownFacts)
    limits: Mapping[str, Decimal] = field(default_factory=dict)

    @cached_property
    def rows(self) -> tuple[ParsedIndicator, ...]:
        """The indicators with what was understood of them, in the order of the table."""
        return parse_indicators(self.document, self.edition)


@dataclass(frozen=True)
class QuickFix:
    """A mend that is certain, done by one click: the texts to be put into places, and what the button says."""

    label: str
    changes: tuple[tuple[Place, str], ...]


@dataclass(frozen=True)
class Violation:
    """One thing that does not hold, at the places where it can be mended, with what is wrong and what to do.

    `at_most` is for a fault that weighs less than its rule: it is never more severe than that.
    """

    places: tuple[Place, ...]
    message: str
    numbers: Mapping[str, Decimal] = field(default_factory=dict)
    at_most: Severity = Severity.ERROR
    mend: QuickFix | None = None


@dataclass(frozen=True)
class NotApplicable:
    """The answer of a rule about something that this form or this document does not have, or that is not known."""


@dataclass(frozen=True)
class Undetermined:
    """The answer of a rule that would have to guess, with the reason in Chinese."""

    reason: str


@dataclass(frozen=True)
class Failed:
    """In place of an answer: the rule itself broke. `error` is for whoever mends it."""

    error: str


NOT_APPLICABLE = NotApplicable()
Answer = Sequence[Violation] | NotApplicable | Undetermined


@dataclass(frozen=True)
class RuleFinding:
    """A fault under the code of its rule, with the severity from the edition. Amounts in `numbers` are 万元.

    `asks`: an explanation is wanted if it is not mended.
    """

    code: str
    severity: Severity
    places: tuple[Place, ...]
    message: str
    numbers: Mapping[str, Decimal]
    criterion: Criterion
    basis: str
    asks: bool = False
    mend: QuickFix | None = None

    @cached_property
    def identity(self) -> str:
        """What makes it the same finding in the next version: its rule, its places by their lasting keys, its words."""
        said = "\n".join((*sorted(map(str, self.places)), self.message))
        return f"{self.code}-{sha256(said.encode()).hexdigest()[:16]}"


def quote(text: str) -> str:
    """A text of the document inside a sentence, cut when it is long."""
    return f"「{text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + '…'}」"
