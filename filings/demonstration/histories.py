"""The histories of single filings: who did what, and how many days ago."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from filings.choices import Action, Grade, RemarkState, Severity, Stage, Status
from filings.demonstration import draft_rows, steps
from filings.demonstration.content import Variation, corrected, table_of
from filings.demonstration.county_data import DepartmentPlan, LargeCounty
from filings.demonstration.organisation import Staff, office_hours
from filings.demonstration.steps import Scoring
from filings.document import place
from filings.document.edition import Edition
from filings.document.place import WHOLE_TABLE, Place
from filings.drafts.content import load
from filings.lifecycle.issuing import Printed
from filings.models import Cycle, Department, Filing, Membership, Remark
from filings.policy.reason_codes import ReasonCode, fill_in
from filings.reviewing.new_remark import NewRemark
from filings.reviewing.remarks import asked

FAULTLESS = Variation()
# Steps after the start, and those of a return: return, answers, submission, signature.
_STEPS: Mapping[str, int] = {
    Status.DRAFT: 0,
    Status.SIGNING: 1,
    Stage.SECTION: 2,
    Stage.PERFORMANCE: 3,
    Status.RETURNED: 3,
    Status.APPROVED: 4,
}
_STEPS_OF_A_ROUND = 4
# Of the proposed points, so that grades differ.
_PERCENTS = (100, 95, 85)
CODES = ("measure", "low", "data")


@dataclass(frozen=True)
class PlannedEnd:
    """Target of a filing: the stage in review, or the status after it. `days` since its last step.

    `settles`: a second round begins at the section, which accepts the answers and passes the filing on.
    """

    ends: str
    days: int = 1
    is_second_round: bool = False
    settles: bool = False
    is_claimed: bool = False
    variation: Variation = FAULTLESS

    @property
    def versions(self) -> int:
        """Number of times that the table is submitted."""
        return 2 if self.is_second_round else 1


@dataclass
class FilingHistory:
    """One filing with the users who act in it. `day` counts down to the days of the target."""

    county: LargeCounty
    plan: DepartmentPlan
    cycle: Cycle
    edition: Edition
    staff: Staff
    target: PlannedEnd
    filing: Filing
    day: int
    number: int = 0

    @property
    def filler(self) -> Membership:
        return self.staff.fillers[self.plan.code]

    @property
    def head(self) -> Membership:
        return self.staff.heads[self.plan.code]

    @property
    def is_this_year(self) -> bool:
        return self.cycle.year > int(self.data["last_year"])

    @property
    def data(self) -> Mapping[str, Any]:
        return self.county.data

    def reviewer(self, stage: str) -> Membership:
        office = self.staff.reviewers[self.plan.section] if stage == Stage.SECTION else self.staff.performance
        return office[self.plan.random("reviewer").randrange(len(office))]

    def step(self, action: Action, by: Membership, **entered: Any) -> None:
        """Take a step a day after the one before, but not later than the target's day."""
        steps.take(action, self.filing, by=by, at=self.moment(), **entered)
        self.filing = Filing.objects.select_related("cycle__edition", "department__section").get(pk=self.filing.pk)

    def moment(self) -> Any:
        """Return the time of the next step, and go on by a day."""
        at = office_hours(timezone.localdate() - timedelta(days=self.day), self.plan.random("time").randrange(300))
        at += timedelta(minutes=7 * self.number)
        self.day, self.number = max(self.target.days, self.day - 1), self.number + 1
        return min(at, timezone.now())


def begin(county: LargeCounty, plan: DepartmentPlan, cycle: Cycle, staff: Staff, target: PlannedEnd) -> FilingHistory:
    """Start a filing with its table, early enough for its last step to fall on the target's day."""
    edition = cycle.edition.definition()
    document = table_of(county, plan, edition, cycle.year, target.variation)
    department = Department.objects.select_related("section").get(code=plan.code)
    first_day = target.days + _STEPS[target.ends] + (_STEPS_OF_A_ROUND if target.is_second_round else 0)
    history = FilingHistory(county, plan, cycle, edition, staff, target, Filing(), first_day)
    at = history.moment()
    history.filing = steps.start(cycle, department, document, by=staff.fillers[plan.code], at=at)
    return history


def submit(history: FilingHistory) -> None:
    """Explain the warnings and submit."""
    steps.explain(history.filing, dict(enumerate(history.data["explanations"])))
    history.step(Action.SUBMIT, history.filler)


def sign(history: FilingHistory) -> None:
    """Tick the statements of the cycle and sign."""
    history.step(Action.SIGN, history.head, statements=history.cycle.review_policy().statements)


def pass_stage(history: FilingHistory, grade: Grade, *, printed: Printed | None = None, settles: bool = False) -> None:
    """Approve at the present stage; the last approval needs its printed copy. This year's tables are scored."""
    stage = history.filing.stage
    opinions = history.data["final_opinions" if printed else "pass_opinions"]
    settled = {remark.pk: RemarkState.ACCEPTED for remark in asked(history.filing)} if settles else {}
    history.step(
        Action.APPROVE_STAGE,
        history.reviewer(stage),
        reason=history.plan.random(f"opinion {stage}").choice(opinions),
        grade=grade,
        scoring=_scoring(history) if history.is_this_year else None,
        settled=settled,
        exception_reason=history.data["exception_reason"],
        printed=printed,
    )


def _scoring(history: FilingHistory) -> Scoring:
    chance = history.plan.random(f"score {history.filing.stage}")
    return Scoring(chance.choice(_PERCENTS), chance.choice(history.data["score_notes"]))


def return_(history: FilingHistory, *, disputes: bool = False) -> None:
    """Return the filing with remarks on two rows, one finding, and an internal one.

    `disputes` settles the remarks of the round before: the first is accepted, the others are disputed.
    """
    first, *others = [remark.pk for remark in asked(history.filing)] if disputes else [0]
    settled = {first: RemarkState.ACCEPTED, **dict.fromkeys(others, RemarkState.DISPUTED)} if disputes else {}
    revision = history.filing.revisions.latest("number")
    candidates = [row for row in revision.document().indicators if row.node != "OUT.COST"]
    rows = history.plan.random(f"remarks {history.filing.round}").sample(candidates, k=2)
    reasons = history.cycle.review_policy().reasons
    remarks = [
        NewRemark(str(place.indicator(row.key)), _sentence(reasons, code, row.name, row.target), code=code)
        for row, code in zip(rows, CODES, strict=False)
    ]
    finding = revision.findings.filter(severity=Severity.WARNING).first()
    if finding and not any(remark.place == finding.places[0] for remark in remarks):
        remarks.append(NewRemark(finding.places[0], finding.message, code="data", finding=finding.identity))
    remarks.append(NewRemark(str(WHOLE_TABLE), history.data["internal_remarks"][0], internal=True))
    history.step(
        Action.RETURN,
        history.reviewer(history.filing.stage),
        reason=history.plan.random("return").choice(history.data["return_reasons"]),
        remarks=tuple(remarks),
        settled=settled,
        grade=Grade.FAIR,
    )


def correct(history: FilingHistory) -> None:
    """Change the first remarked row, answer the other remarks, and submit and sign again."""
    remarks = list(asked(history.filing))
    first = Place.parse(remarks[0].place)
    document = load(history.filing).document
    row = next(item for item in document.indicators if item.key == first.key)
    changed = corrected(document, {row.key: raised(row.target)})
    draft_rows.write(history.filing, changed, history.edition)
    now = history.moment()
    for remark in remarks[1:]:
        Remark.objects.filter(pk=remark.pk).update(
            answer=history.plan.random("answer").choice(history.data["answers"]),
            answered_by=history.filler.user,
            answered_at=now,
        )
    submit(history)
    sign(history)


def raised(target: str) -> str:
    """Raise a target: ≥120人 gives ≥133人. Percentages and amounts are only worded more strictly."""
    match = re.fullmatch(r"≥(\d+)([^%.\d].*)", target)
    return f"≥{int(match[1]) * 11 // 10 + 1}{match[2]}" if match else "≥99%" if "%" in target else f"{target}（含）"


def _sentence(reasons: Iterable[ReasonCode], code: str, name: str, value: str) -> str:
    texts = next((reason.texts for reason in reasons if reason.key == code), ())
    return fill_in(texts[0], name=name, value=value) if texts else "请核对。"
