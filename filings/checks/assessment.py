"""What was found in a filing, with what was said to it: explanations of the officer, waivers of the bureau.

A draft is checked anew each time; a revision's findings are stored with it when it is submitted, and checked again at
each step.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import F, QuerySet
from django.utils import timezone

from filings.checks import context
from filings.checks import run as checks
from filings.checks import summary as verdict
from filings.checks.context import Inputs, Waived
from filings.choices import Severity
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.document.links import Links
from filings.models import Assessment, Filing, Revision, RuleFailure
from filings.models import Finding as StoredFinding
from filings.rules.finding import KnownFacts, RuleContext, RuleFinding

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Assessed:
    """A finding with what was said to it."""

    finding: RuleFinding
    explanation: str = ""
    waived: Waived | None = None

    @property
    def stops(self) -> bool:
        """Whether it stops the filing: an error that nobody of the bureau has waived."""
        return self.finding.severity is Severity.ERROR and self.waived is None


@dataclass(frozen=True)
class Assessing:
    """All that was found, in the order of the table, and what the rules looked at."""

    items: tuple[Assessed, ...]
    case: RuleContext

    @property
    def known(self) -> KnownFacts:
        """What was known besides the document."""
        return self.case.known

    @property
    def findings(self) -> tuple[RuleFinding, ...]:
        return tuple(item.finding for item in self.items)

    @property
    def standing(self) -> tuple[RuleFinding, ...]:
        """Those that nobody has waived."""
        return tuple(item.finding for item in self.items if item.waived is None)

    @property
    def stopping(self) -> tuple[RuleFinding, ...]:
        """The findings that stop it."""
        return tuple(item.finding for item in self.items if item.stops)

    @property
    def verdict(self) -> str:
        """Whether it can be submitted, with how much was found, in one sentence."""
        return verdict.in_words(**self.counts)

    @property
    def in_words(self) -> str:
        """How much was found, of a table that was submitted."""
        return verdict.counts_in_words(**self.counts)

    @property
    def counts(self) -> dict[str, int]:
        """How much there is of what, by the columns in which it is stored."""
        return {
            "errors": self.count(Severity.ERROR),
            "warnings": self.count(Severity.WARNING),
            "advice": self.count(Severity.ADVICE),
            "asked": self.asked,
            "explained": self.explained,
        }

    def count(self, severity: Severity) -> int:
        """How many there are of a severity; waived errors do not count."""
        return sum(item.finding.severity is severity and item.waived is None for item in self.items)

    @property
    def asked(self) -> int:
        """How many want an explanation."""
        return sum(item.finding.asks for item in self.items)

    @property
    def explained(self) -> int:
        """How many of those have one."""
        return sum(item.finding.asks and bool(item.explanation) for item in self.items)


def assess(
    filing: Filing, document: FilingDocument, edition: Edition, given: Inputs, said: Mapping[str, str]
) -> Assessing:
    """Check a document with its context, explanations by finding identity."""
    checked = checks.run(document, edition, given.known)
    for rule, failed in checked.failures:
        _report(rule.code, failed.error, filing)
    items = tuple(
        Assessed(finding, said.get(finding.identity, ""), given.waivers.get(finding.identity))
        for finding in checked.findings
    )
    return Assessing(items, checked.context)


def again(revision: Revision) -> Assessing:
    """A revision checked with what is known by now, with the explanations that it was submitted with."""
    stored = Assessment.objects.filter(revision=revision).first()
    said = dict(stored_findings(revision).exclude(explanation="").values_list("identity", "explanation"))
    links = Links.from_data(stored.links) if stored else Links()
    filing = revision.filing
    given = context.read(filing, links)
    return assess(filing, revision.document(), filing.cycle.edition.definition(), given, said)


def stored_findings(revision: Revision) -> QuerySet[StoredFinding]:
    """What was found in a revision when it was submitted, in the order of the table."""
    return StoredFinding.objects.filter(revision=revision).order_by("number")


def store(revision: Revision, assessing: Assessing, *, at: datetime) -> None:
    """Keep what was found beside the revision, once and for all."""
    Assessment.objects.create(
        revision=revision,
        **assessing.counts,
        links=assessing.known.links.to_data(),
        at=at,
    )
    StoredFinding.objects.bulk_create(
        _stored(revision, number, item) for number, item in enumerate(assessing.items, start=1)
    )


def _report(code: str, error: str, filing: Filing) -> None:
    """Tell the managers of a rule that broke: once for each way it breaks, counted."""
    where, _, _ = error.rstrip().rpartition("\n")
    fingerprint = sha256(where.encode()).hexdigest()
    now = timezone.now()
    log.error("rule %s broke at filing %s", code, filing.pk)
    failure, created = RuleFailure.objects.get_or_create(
        code=code,
        fingerprint=fingerprint,
        defaults={"error": error, "filing": filing, "first_at": now, "last_at": now},
    )
    if not created:
        RuleFailure.objects.filter(pk=failure.pk).update(count=F("count") + 1, last_at=now, filing=filing)


def _stored(revision: Revision, number: int, item: Assessed) -> StoredFinding:
    finding, waived = item.finding, item.waived
    return StoredFinding(
        revision=revision,
        number=number,
        code=finding.code,
        severity=finding.severity,
        identity=finding.identity,
        places=[str(place) for place in finding.places],
        message=finding.message,
        numbers={name: f"{number:f}" for name, number in finding.numbers.items()},
        criterion=finding.criterion,
        basis=finding.basis,
        asks=finding.asks,
        explanation=item.explanation,
        waived_by_name=waived.by_name if waived else "",
        waived_by_office=waived.by_office if waived else "",
        waiver_reason=waived.reason if waived else "",
    )
