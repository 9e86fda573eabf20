"""核对结果汇总: what was found in the filings of a cycle when they were submitted. Nothing is checked again here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import render

from filings import labels, permissions
from filings.checks import summary as verdict
from filings.choices import Severity
from filings.models import Assessment, Cycle, Filing, Finding, Revision, User
from filings.rules.catalogue import CATALOGUE
from filings.views.access import UserRequest, cycle_or_404, visible_filings

ROWS_A_PAGE = 50
LONGEST_CODE = 10


@dataclass(frozen=True)
class FilingFindings:
    """A filing with what was found in the newest version of it that this person may see, None where there is none."""

    filing: Filing
    revision: Revision | None
    assessment: Assessment | None
    findings: list[Finding]

    @property
    def verdict(self) -> str:
        """The sentence over all that was found at that time, '' where it was not kept."""
        found = self.assessment
        if found is None:
            return ""
        return verdict.counts_in_words(
            errors=found.errors,
            warnings=found.warnings,
            advice=found.advice,
            asked=found.asked,
            explained=found.explained,
        )


@dataclass(frozen=True)
class Hits:
    """How often a rule was hit, and in how many filings."""

    code: str
    sentence: str
    severity: str
    words: str
    findings: int
    filings: int


@login_required
def cycle_findings(request: UserRequest, cycle_id: int) -> HttpResponse:
    permissions.prefetch_memberships(request.user)
    cycle = cycle_or_404(cycle_id)
    code = request.GET.get("code", "")[:LONGEST_CODE]
    severity = request.GET.get("severity", "")
    severity = severity if severity in list(Severity) else ""
    newest = _newest(request.user, cycle)
    found = Finding.objects.filter(revision__in=newest)
    chosen = _chosen(found, code, severity)
    filings = visible_filings(request.user).filter(cycle=cycle)
    if code or severity:
        filings = filings.filter(pk__in=chosen.values("revision__filing"))
    page = Paginator(filings.order_by("department__code"), ROWS_A_PAGE).get_page(request.GET.get("page"))
    edition = cycle.edition.definition()
    sentences = {rule.code: rule.sentence_in(edition) for rule in CATALOGUE}
    context = {
        "cycle": cycle,
        "page": page,
        "rows": _rows(page.object_list, newest, chosen),
        "counts": _counts(found, sentences),
        "sentences": sentences.items(),
        "severities": list(labels.SEVERITY.items()),
        "code": code,
        "severity": severity,
        "asked": urlencode({"code": code, "severity": severity}),
    }
    return render(request, "filings/bureau/findings.html", context)


def _newest(user: User, cycle: Cycle) -> QuerySet[Revision]:
    """Of each filing of the cycle the newest version that this person may see."""
    seen = permissions.all_visible_revisions(user).filter(filing__cycle=cycle)
    of_its_filing = seen.filter(filing=OuterRef("filing")).order_by("-number")
    return seen.filter(pk=Subquery(of_its_filing.values("pk")[:1])).order_by()


def _chosen(found: QuerySet[Finding], code: str, severity: str) -> QuerySet[Finding]:
    asked = {name: value for name, value in (("code", code), ("severity", severity)) if value}
    return found.filter(**asked)


def _rows(filings: Iterable[Filing], newest: QuerySet[Revision], chosen: QuerySet[Finding]) -> list[FilingFindings]:
    shown = list(filings)
    revisions = {one.filing_id: one for one in newest.filter(filing__in=shown).defer("content")}
    assessments = {one.revision_id: one for one in Assessment.objects.filter(revision__in=revisions.values())}
    findings = defaultdict(list)
    for finding in chosen.filter(revision__in=revisions.values()).order_by("revision", "number"):
        findings[finding.revision_id].append(finding)
    rows = []
    for filing in shown:
        revision = revisions.get(filing.pk)
        at = revision.pk if revision else 0
        rows.append(FilingFindings(filing, revision, assessments.get(at), findings[at]))
    return rows


def _counts(found: QuerySet[Finding], sentences: Mapping[str, str]) -> list[Hits]:
    """The rules that were hit, the most often hit first; what the bureau has waived counts too."""
    counted = (
        found.order_by()
        .values_list("code", "severity")
        .annotate(findings=Count("pk"), filings=Count("revision", distinct=True))
    )
    return [
        Hits(code, sentences.get(code, ""), severity, labels.SEVERITY[severity], findings, filings)
        for code, severity, findings, filings in sorted(counted, key=lambda one: (-one[3], -one[2], one[0]))
    ]
