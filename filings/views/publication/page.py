"""公开: the approved copies of a cycle with their state, and the latest jobs."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import cast
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from filings import labels, permissions
from filings.choices import JobKind
from filings.clocks.due import Clock
from filings.clocks.publication import publication_clock, publish_by
from filings.clocks.working_days import Overrides, overrides
from filings.models import CopyJob, Cycle, Filing
from filings.publication import jobs, listing
from filings.publication.listing import CopyRow
from filings.views.access import UserRequest
from filings.views.counted_pages import CountedPaginator
from filings.views.cycle_choice import cycle_choice
from filings.views.publication.access import publishing_cycle

MOST_JOBS = 5


@dataclass(frozen=True)
class ListedCopy:
    """A row with the time left to publish it; None once it is public or is not to be."""

    row: CopyRow
    clock: Clock | None


@dataclass(frozen=True)
class Filter:
    """The filter of the address: a state, and a typed name or code."""

    state: str
    typed: str

    @classmethod
    def of(cls, request: UserRequest) -> "Filter":
        state = request.GET.get("state", "")
        known = state in listing.STATES or state == listing.LACKING
        return cls(state if known else "", request.GET.get("q", "").strip()[: listing.LONGEST_SEARCH])

    @property
    def query(self) -> str:
        return urlencode({name: value for name, value in (("state", self.state), ("q", self.typed)) if value})

    def apply(self, approved: QuerySet[Filing], cycle: Cycle) -> QuerySet[Filing]:
        return listing.filtered(approved, self.state, self.typed, listing.lacking(cycle))


@login_required
def publication(request: UserRequest, cycle_id: int) -> HttpResponse:
    return publication_page(request, publishing_cycle(request, cycle_id))


def publication_page(request: UserRequest, cycle: Cycle, *, refusal: str = "") -> HttpResponse:
    """Render the list; after a refused selection with the reason."""
    approved, chosen = listing.approved_of(cycle), Filter.of(request)
    counts = listing.counts_of(approved)
    filtered = chosen.apply(approved, cycle)
    total = filtered.count() if chosen.query else sum(counts.values())
    page = CountedPaginator(filtered, total).get_page(request.GET.get("page", ""))
    context = {
        "cycle": cycle,
        "cycle_choice": cycle_choice(request, "publication", cycle),
        "chosen": chosen,
        "query": chosen.query,
        "page": page,
        "rows": _listed(cycle, cast(QuerySet[Filing], page.object_list)),
        "signs": listing.signs(),
        "states": [(state, label, counts[state]) for state, label in listing.STATES.items()],
        "total": sum(counts.values()),
        "to_publish": sum(counts[state] for state in listing.TO_PUBLISH),
        "jobs": [(job, labels.COPY_JOB[job.kind], job_state(job)) for job in _latest_jobs(cycle)],
        "kinds": JobKind,
        "refusal": refusal,
        "may_manage": permissions.may_manage(request.user),
    }
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return render(request, "filings/publication/page.html", context, status=status)


def job_state(job: CopyJob) -> str:
    """Format the state of a job as a sentence."""
    if job.finished_at:
        return jobs.outcome(job)
    stopping = "，正在停止" if job.stop_requested else ""
    return f"正在办理，{job.done} / {job.total} 份{stopping}" if job.done else f"等待办理，共 {job.total} 份{stopping}"


def _listed(cycle: Cycle, filings: QuerySet[Filing]) -> list[ListedCopy]:
    calendar, days = overrides(), cycle.review_policy().publication.days
    return [ListedCopy(row, clock_of(cycle, row, days, calendar)) for row in listing.rows_of(filings)]


def clock_of(cycle: Cycle, row: CopyRow, days: int, calendar: Overrides) -> Clock | None:
    """Return the time left to publish a table; None unless it is to be published."""
    if row.state not in listing.TO_PUBLISH or row.approved_at is None:
        return None
    return publication_clock(publish_by(cycle, row.approved_at, days, calendar), calendar, timezone.localdate())


def _latest_jobs(cycle: Cycle) -> QuerySet[CopyJob]:
    return CopyJob.objects.filter(cycle=cycle).select_related("by").order_by("-pk")[:MOST_JOBS]
