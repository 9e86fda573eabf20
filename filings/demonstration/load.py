"""Load the large county in batches, each in one transaction, so that an interrupted load can be resumed."""

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db import transaction
from django.utils import timezone

from filings import verification_code
from filings.choices import Grade, Role, Stage, Status
from filings.cycles import closing, seals
from filings.demonstration import bureau_work, county_data, histories, organisation, publication, steps
from filings.demonstration.adjustment import adjust
from filings.demonstration.bureau_work import BureauWork
from filings.demonstration.content import table_of, total_fen
from filings.demonstration.county_data import DepartmentPlan, LargeCounty
from filings.demonstration.histories import FilingHistory, PlannedEnd
from filings.demonstration.organisation import Staff
from filings.demonstration.printing import PrintedJob, PrintJob, PrintJobs
from filings.demonstration.targets import NOT_STARTED, targets
from filings.lifecycle import issuing
from filings.lifecycle.issuing import Printed
from filings.models import ControlFigure, Cycle, Department, User

BATCH = 20
DAYS_SINCE_APPROVAL = 379
Job = tuple[DepartmentPlan, PlannedEnd]


def load(this_year: Cycle, print_jobs: PrintJobs, *, most: int | None = None) -> Iterator[str]:
    """Load what is missing and yield a sentence about each batch. `most` departments are loaded in tests."""
    county = county_data.load()
    organisation.create(county)
    last_year = organisation.create_cycles(county, this_year)
    staff = organisation.staff()
    plans = list(county.departments)[:most]
    _store_control_figures(county, this_year, plans)
    named = organisation.plans_of_small_departments(county)[:most]
    approved = PlannedEnd(Status.APPROVED, days=DAYS_SINCE_APPROVAL)
    jobs = [(plan, approved) for plan in (*named, *plans)]
    yield from _load(county, last_year, staff, jobs, print_jobs)
    by_code = targets(county.departments)
    jobs = [(plan, by_code[plan.code]) for plan in plans if by_code[plan.code].ends != NOT_STARTED]
    yield from _load(county, this_year, staff, jobs, print_jobs)
    adjust(county, plans[0], last_year, staff, print_jobs)
    _close(last_year)
    if manager := _manager():
        publication.publish_all(last_year, manager)
        bureau_work.carry_out(BureauWork(county, this_year, manager, staff))


def _close(last_year: Cycle) -> None:
    """Close last year's cycle, whose tables are all approved."""
    manager = _manager()
    if manager and not last_year.closed_at:
        closing.close(last_year, by=manager, now=timezone.now())


def _load(county: LargeCounty, cycle: Cycle, staff: Staff, jobs: Sequence[Job], print_jobs: PrintJobs) -> Iterator[str]:
    present = set(cycle.filings.values_list("department__code", flat=True))
    missing = [job for job in jobs if job[0].code not in present]
    # Copies are printed by other processes meanwhile, and waited for outside the transactions.
    printed = _print(county, cycle, missing, print_jobs)
    remaining = iter(missing)
    while batch := list(islice(remaining, BATCH)):
        copies = {plan.code: next(printed) for plan, target in batch if target.ends == Status.APPROVED}
        with transaction.atomic():
            for plan, target in batch:
                history = histories.begin(county, plan, cycle, staff, target)
                if _advance(history):
                    _approve(history, *copies[plan.code])
        yield f"{cycle.year}: {len(batch)}"


def _advance(history: FilingHistory) -> bool:
    """Take the steps before the last approval, and return whether that is to follow."""
    target = history.target
    if target.ends == Status.DRAFT:
        return False
    histories.submit(history)
    if target.ends == Status.SIGNING:
        return False
    histories.sign(history)
    if target.ends == Status.RETURNED:
        histories.return_(history)
        if target.is_second_round:
            histories.correct(history)
            histories.return_(history, disputes=True)
        return False
    _review(history)
    return target.ends == Status.APPROVED


def _review(history: FilingHistory) -> None:
    """Take the filing to the stage where it is to be, and through a second round before."""
    target = history.target
    settles = target.settles and target.is_second_round
    if target.ends != Stage.SECTION and not settles:
        histories.pass_stage(history, Grade.GOOD)
    if target.is_second_round:
        histories.return_(history)
        histories.correct(history)
    if target.ends != Stage.SECTION and settles:
        histories.pass_stage(history, Grade.GOOD, settles=True)
    if target.is_claimed:
        steps.claim(history.filing, by=history.reviewer(history.filing.stage), at=timezone.now())


def _print(
    county: LargeCounty, cycle: Cycle, jobs: Sequence[Job], print_jobs: PrintJobs
) -> Iterator[tuple[Printed, bytes]]:
    """Begin to print the copies of the filings that get approved; yields each with its seal, in their order."""
    edition = cycle.edition.definition()
    to_print = [
        PrintJob(
            table_of(county, plan, edition, cycle.year, target.variation),
            edition,
            issuing.mark_of(cycle, version=target.versions, code=verification_code.new()),
            timezone.now(),
            plan.code,
        )
        for plan, target in jobs
        if target.ends == Status.APPROVED
    ]
    results = print_jobs(to_print)
    return (_kept(job, result) for job, result in zip(to_print, results, strict=True))


def _kept(job: PrintJob, result: PrintedJob) -> tuple[Printed, bytes]:
    return issuing.store(result.signed, code=job.mark.code, seal=result.seal), result.seal


def _approve(history: FilingHistory, printed: Printed, seal: bytes) -> None:
    """Give the department its seal if it has none, and approve the filing with its printed copy."""
    department = history.filing.department
    if not department.seal:
        Department.objects.filter(pk=department.pk).update(seal=seals.keep(seal))
    histories.pass_stage(history, Grade.EXCELLENT, printed=printed)


def _store_control_figures(county: LargeCounty, cycle: Cycle, plans: Sequence[DepartmentPlan]) -> None:
    """Store this year's control figures: the totals that the departments fill in."""
    manager = _manager()
    by_code = targets(county.departments)
    keys = dict(Department.objects.values_list("code", "pk"))
    if manager is None:
        return
    figures = []
    for plan in plans:
        hundredths = total_fen(plan, cycle.year, by_code[plan.code].variation)
        figures.append(
            ControlFigure(
                cycle=cycle,
                department_id=keys[plan.code],
                raw=f"{hundredths / 100:.2f}万元",
                fen=hundredths * 10_000,
                by=manager,
                at=timezone.now(),
            )
        )
    ControlFigure.objects.bulk_create(figures, ignore_conflicts=True)


def _manager() -> User | None:
    return User.objects.filter(memberships__role=Role.MANAGER, is_demo=True).order_by("memberships__pk").first()
