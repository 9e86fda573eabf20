"""核对结果汇总: findings of a cycle's filings, as they were stored at submission. Nothing is checked again here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from filings import labels, permissions
from filings.checks import summary
from filings.choices import Severity
from filings.exports.scope import newest_visible
from filings.models import Assessment, Filing, Finding, Revision
from filings.rules.catalogue import CATALOGUE
from filings.views.access import UserRequest, cycle_or_404, visible_filings
from filings.views.cycle_choice import cycle_choice

ROWS_PER_PAGE = 50
LONGEST_CODE = 10


@dataclass(frozen=True)
class FilingFindings:
    """A filing with the findings of the newest version that the user may see, if any."""

    filing: Filing
    revision: Revision | None
    assessment: Assessment | None
    findings: list[Finding]

    @property
    def summary(self) -> str:
        """Summary of the findings at submission; '' if no assessment was stored."""
        assessment = self.assessment
        if assessment is None:
            return ""
        return summary.counts_summary(
            errors=assessment.errors,
            warnings=assessment.warnings,
            advice=assessment.advice,
            asked=assessment.asked,
            explained=assessment.explained,
        )


@dataclass(frozen=True)
class RuleHits:
    """Number of findings of a rule at a severity, and of filings with them."""

    code: str
    sentence: str
    severity: str
    severity_label: str
    findings: int
    filings: int


@login_required
def cycle_findings(request: UserRequest, cycle_id: int) -> HttpResponse:
    """List the filings of a cycle with their findings, filtered by rule and severity."""
    permissions.prefetch_memberships(request.user)
    cycle = cycle_or_404(cycle_id)
    code = request.GET.get("code", "")[:LONGEST_CODE]
    severity = request.GET.get("severity", "")
    severity = severity if severity in list(Severity) else ""
    newest = newest_visible(request.user, cycle)
    findings = Finding.objects.filter(revision__in=newest)
    chosen = _chosen(findings, code, severity)
    filings = visible_filings(request.user).filter(cycle=cycle)
    if code or severity:
        filings = filings.filter(pk__in=chosen.values("revision__filing"))
    page = Paginator(filings.order_by("department__code"), ROWS_PER_PAGE).get_page(request.GET.get("page"))
    edition = cycle.edition.definition()
    sentences = {rule.code: rule.sentence_in(edition) for rule in CATALOGUE}
    context = {
        "cycle": cycle,
        "reads_as_reviewer": permissions.reads_as_reviewer(request.user),
        "cycle_choice": cycle_choice(request, "cycle_findings", cycle),
        "page": page,
        "rows": _rows(page.object_list, newest, chosen),
        "counts": _counts(findings, sentences),
        "sentences": sentences.items(),
        "severities": list(labels.SEVERITY.items()),
        "code": code,
        "severity": severity,
        "query": urlencode({"code": code, "severity": severity}),
    }
    return render(request, "filings/bureau/findings.html", context)


def _chosen(findings: QuerySet[Finding], code: str, severity: str) -> QuerySet[Finding]:
    filters = {name: value for name, value in (("code", code), ("severity", severity)) if value}
    return findings.filter(**filters)


def _rows(filings: Iterable[Filing], newest: QuerySet[Revision], chosen: QuerySet[Finding]) -> list[FilingFindings]:
    listed = list(filings)
    revisions = {revision.filing_id: revision for revision in newest.filter(filing__in=listed).defer("content")}
    stored = Assessment.objects.filter(revision__in=revisions.values())
    assessments = {assessment.revision_id: assessment for assessment in stored}
    findings = defaultdict(list)
    for finding in chosen.filter(revision__in=revisions.values()).order_by("revision", "number"):
        findings[finding.revision_id].append(finding)
    rows = []
    for filing in listed:
        revision = revisions.get(filing.pk)
        key = revision.pk if revision else 0
        rows.append(FilingFindings(filing, revision, assessments.get(key), findings[key]))
    return rows


def _counts(findings: QuerySet[Finding], sentences: Mapping[str, str]) -> list[RuleHits]:
    """Count the findings by rule, those in most filings first; waived findings are included."""
    counted = (
        findings.order_by()
        .values_list("code", "severity")
        .annotate(findings=Count("pk"), filings=Count("revision", distinct=True))
    )
    return [
        RuleHits(code, sentences.get(code, ""), severity, labels.SEVERITY[severity], hits, filings)
        for code, severity, hits, filings in sorted(counted, key=lambda row: (-row[3], -row[2], row[0]))
    ]
