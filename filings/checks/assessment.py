"""Assess a draft or a revision: findings with the officer's explanations and the bureau's waivers.

A draft is checked each time it is shown. The findings of a revision are stored when it is submitted and checked again
at each workflow action, because a waiver or a control figure may have changed since.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from hashlib import sha256

from django.db.models import F, QuerySet
from django.utils import timezone

from filings.checks import context, identities, summary
from filings.checks import run as checks
from filings.checks.context import CheckContext, GrantedWaiver
from filings.choices import Severity
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.document.links import Links
from filings.document.place import Place
from filings.document.place import explanation as explanation_place
from filings.models import Assessment, Filing, Revision, RuleFailure
from filings.models import Finding as StoredFinding
from filings.rules.finding import KnownFacts, RuleContext, RuleFinding

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class AssessedFinding:
    """A finding with its explanation and its waiver.

    `stored_identity` is that under which the explanation is stored, if it is that of an earlier wording.
    """

    finding: RuleFinding
    explanation: str = ""
    waived: GrantedWaiver | None = None
    stored_identity: str = ""

    @property
    def explanation_place(self) -> Place:
        """The place at which the explanation is stored."""
        return explanation_place(self.stored_identity or self.finding.identity)

    @property
    def stops(self) -> bool:
        """Whether it stops submission: an error without a waiver."""
        return self.finding.severity is Severity.ERROR and self.waived is None

    @property
    def is_to_fill(self) -> bool:
        """Whether it only means that something is still to be filled in."""
        return bool(self.finding.to_fill) and self.waived is None

    @property
    def lacks_explanation(self) -> bool:
        """Whether it needs an explanation and has none."""
        return self.finding.asks and not self.explanation and self.waived is None


@dataclass(frozen=True)
class FilingAssessment:
    """All findings of a draft or a revision in the order of the table, and the context that the rules read."""

    items: tuple[AssessedFinding, ...]
    context: RuleContext

    @property
    def known(self) -> KnownFacts:
        """Facts known besides the document."""
        return self.context.known

    @property
    def findings(self) -> tuple[RuleFinding, ...]:
        return tuple(item.finding for item in self.items)

    @property
    def unwaived(self) -> tuple[RuleFinding, ...]:
        return tuple(item.finding for item in self.items if item.waived is None)

    @property
    def blocking(self) -> tuple[RuleFinding, ...]:
        """Errors without a waiver."""
        return tuple(item.finding for item in self.items if item.stops)

    @property
    def unexplained(self) -> tuple[RuleFinding, ...]:
        """Warnings that need an explanation and have none."""
        return tuple(item.finding for item in self.items if item.lacks_explanation)

    def submission_summary(self, unanswered: int = 0) -> str:
        """Whether a draft can be submitted, with the counts, as one sentence; `unanswered` counts remarks."""
        return summary.submission_summary(**self.counts, unanswered=unanswered)

    def progress_summary(self, unanswered: int = 0) -> str:
        """What is still to be filled in and what has been found besides, as one sentence; `unanswered` as above."""
        shown = self.while_filling
        mistakes = replace(self, items=tuple(item for item in shown if not item.is_to_fill))
        to_fill = len(shown) - len(mistakes.items)
        return summary.progress_summary(to_fill=to_fill, **mistakes.counts, unanswered=unanswered)

    @property
    def while_filling(self) -> tuple[AssessedFinding, ...]:
        """The findings listed while a draft is filled in: without premature ones until nothing is to be filled in."""
        is_filling = any(item.is_to_fill for item in self.items)
        return tuple(item for item in self.items if not (is_filling and item.finding.is_premature))

    @property
    def counts_summary(self) -> str:
        """The counts of a submitted table as one sentence."""
        return summary.counts_summary(**self.counts)

    @property
    def counts(self) -> dict[str, int]:
        """Counts named after the columns of `Assessment`."""
        return {
            "errors": self.count(Severity.ERROR),
            "warnings": self.count(Severity.WARNING),
            "advice": self.count(Severity.ADVICE),
            "asked": self.asked,
            "explained": self.explained,
        }

    def count(self, severity: Severity) -> int:
        """Count the findings of a severity, without those that are waived."""
        return sum(item.finding.severity is severity and item.waived is None for item in self.items)

    @property
    def asked(self) -> int:
        """Number of findings that need an explanation, without those that are waived."""
        return sum(item.finding.asks and item.waived is None for item in self.items)

    @property
    def explained(self) -> int:
        """Number of findings that need an explanation and have one."""
        return self.asked - len(self.unexplained)


@dataclass(frozen=True)
class Explanation:
    """The explanation of a finding, '' without one, with the identity under which it is stored."""

    identity: str
    text: str


# Returns the stored explanations of findings by their present identity.
Explained = Callable[[Sequence[RuleFinding]], Mapping[str, Explanation]]


def assess(
    filing: Filing, document: FilingDocument, edition: Edition, check_context: CheckContext, explained: Explained
) -> FilingAssessment:
    """Check a document in its context."""
    checked = checks.run(document, edition, check_context.known)
    for rule, failed in checked.failures:
        _report(rule.code, failed.error, filing)
    explanations = explained(checked.findings)
    granted = check_context.waivers
    waivers = identities.match(checked.findings, granted)

    def assessed(finding: RuleFinding) -> AssessedFinding:
        present = finding.identity
        explanation = explanations.get(present, Explanation(present, ""))
        waiver = granted.get(waivers.get(present, explanation.identity))
        return AssessedFinding(finding, explanation.text, waiver, explanation.identity)

    return FilingAssessment(tuple(map(assessed, checked.findings)), checked.context)


def assess_revision(revision: Revision) -> FilingAssessment:
    """Check a revision in today's context, with the links and explanations that it was submitted with."""
    stored = Assessment.objects.filter(revision=revision).first()
    links = Links.from_data(stored.links) if stored else Links()
    filing = revision.filing
    edition = filing.cycle.edition.definition()
    return assess(filing, revision.document(), edition, context.read(filing, links), partial(_submitted, revision))


def _submitted(revision: Revision, findings: Sequence[RuleFinding]) -> Mapping[str, Explanation]:
    """Return the stored findings of a revision, found by identity, otherwise by rule, places and numbers."""
    stored = list(stored_findings(revision))
    rows = {row.identity: Explanation(row.identity, row.explanation) for row in stored}
    matched = identities.match(findings, rows)
    left = identities.unambiguous(
        ((row.code, tuple(row.places), frozenset(row.numbers.items())), rows[row.identity])
        for row in stored
        if row.identity not in matched.values()
    )
    found = {}
    for finding in findings:
        content = (finding.code, tuple(map(str, finding.places)), frozenset(_numbers(finding).items()))
        if row := rows.get(matched.get(finding.identity, "")) or left.get(content):
            found[finding.identity] = row
    return found


def stored_findings(revision: Revision) -> QuerySet[StoredFinding]:
    """Select the findings stored when a revision was submitted, in the order of the table."""
    return StoredFinding.objects.filter(revision=revision).order_by("number")


def store(revision: Revision, assessment: FilingAssessment, *, at: datetime) -> None:
    """Store the findings of a revision. They are written once and never changed."""
    Assessment.objects.create(
        revision=revision,
        **assessment.counts,
        links=assessment.known.links.to_data(),
        at=at,
    )
    StoredFinding.objects.bulk_create(
        _stored(revision, number, item) for number, item in enumerate(assessment.items, start=1)
    )


def _report(code: str, error: str, filing: Filing) -> None:
    """Record a rule that raised an exception, for managers: one row per place of failure, with a count.

    The fingerprint covers the traceback without its last line, since messages often quote the content of one filing.
    """
    traceback, _, _ = error.rstrip().rpartition("\n")
    fingerprint = sha256(traceback.encode()).hexdigest()
    now = timezone.now()
    log.error("rule %s broke at filing %s", code, filing.pk)
    failure, created = RuleFailure.objects.get_or_create(
        code=code,
        fingerprint=fingerprint,
        defaults={"error": error, "filing": filing, "first_at": now, "last_at": now},
    )
    if not created:
        RuleFailure.objects.filter(pk=failure.pk).update(count=F("count") + 1, last_at=now, filing=filing)


def _stored(revision: Revision, number: int, item: AssessedFinding) -> StoredFinding:
    finding, waived = item.finding, item.waived
    return StoredFinding(
        revision=revision,
        number=number,
        code=finding.code,
        severity=finding.severity,
        identity=finding.identity,
        places=[str(place) for place in finding.places],
        message=finding.message,
        facts=finding.facts,
        numbers=_numbers(finding),
        criterion=finding.criterion,
        basis=finding.basis,
        asks=finding.asks,
        explanation=item.explanation,
        waived_by_name=waived.by_name if waived else "",
        waived_by_office=waived.by_office if waived else "",
        waiver_reason=waived.reason if waived else "",
    )


def _numbers(finding: RuleFinding) -> dict[str, str]:
    return {name: f"{number:f}" for name, number in finding.numbers.items()}
