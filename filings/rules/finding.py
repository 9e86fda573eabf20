"""What a rule reads and what it answers with, and the finding that comes of it. No rule lives here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from filings.choices import Criterion, Severity
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.document.place import Place

_LONGEST_QUOTE = 40


@dataclass(frozen=True)
class Case:
    """What a rule looks at. What further rules need besides, last year's document say, is a further part of it."""

    document: FilingDocument
    edition: Edition


@dataclass(frozen=True)
class Fault:
    """One thing that does not hold, at the places where it can be mended, with what is wrong and what to do.

    `at_most` is for a fault that weighs less than its rule: it is never more severe than that.
    """

    places: tuple[Place, ...]
    message: str
    numbers: Mapping[str, Decimal] = field(default_factory=dict)
    at_most: Severity = Severity.ERROR


@dataclass(frozen=True)
class NotApplicable:
    """The answer of a rule about something that this form or this document does not have."""


@dataclass(frozen=True)
class CannotTell:
    """The answer of a rule that would have to guess, with the reason in Chinese."""

    reason: str


NOT_APPLICABLE = NotApplicable()
Answer = Sequence[Fault] | NotApplicable | CannotTell


@dataclass(frozen=True)
class Finding:
    """A fault under the code of its rule, with the severity from the edition. Amounts in `numbers` are 万元."""

    code: str
    severity: Severity
    places: tuple[Place, ...]
    message: str
    numbers: Mapping[str, Decimal]
    criterion: Criterion
    basis: str


def quote(text: str) -> str:
    """A text of the document inside a sentence, cut when it is long."""
    return f"「{text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + '…'}」"
