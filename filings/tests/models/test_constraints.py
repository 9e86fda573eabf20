"""Rows that the database refuses, by the names of its constraints."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import BaseConstraint
from django.utils import timezone

from filings.choices import (
    Action,
    ApprovalState,
    ExportKind,
    JobState,
    MessageKind,
    OfficeKind,
    Role,
    Severity,
    Stage,
    Status,
)
from filings.document.money import LARGEST_FEN
from filings.models import (
    Assessment,
    Consultation,
    ControlFigure,
    CopyComparison,
    Cycle,
    CycleEvent,
    Department,
    Edit,
    EnrolmentEvent,
    Export,
    Filing,
    Finding,
    Indicator,
    LibraryEntry,
    Membership,
    Message,
    Office,
    PendingApproval,
    Remark,
    Review,
    Revision,
    RuleFailure,
    Waiver,
)
from filings.tests.county import County, found_county
from filings.tests.models.attachments import REFUSED_ATTACHMENTS
from filings.tests.models.publications import REFUSED_PUBLICATIONS, copy

pytestmark = pytest.mark.django_db


def review(revision: Revision, county: County, **columns: str) -> Review:
    values = {"stage": Stage.SECTION, "decision": Action.APPROVE_STAGE} | columns
    return Review.objects.create(revision=revision, by=county.section_reviewer, at=timezone.now(), **values)


def revise(filing: Filing, county: County, number: int, receipt: str = "") -> Revision:
    by, at, other = county.filler, timezone.now(), str(Revision.objects.count())
    return filing.revisions.create(number=number, receipt=receipt or other, submitted_by=by, submitted_at=at)


def remark(revision: Revision, county: County, **columns: object) -> Remark:
    values = {"place": "goals[0]", "text": "改"} | columns
    return Remark.objects.create(filing=revision.filing, review=review(revision, county), **values)


def approval(filing: Filing, county: County, state: str = ApprovalState.WAITING) -> PendingApproval:
    now = timezone.now()
    return filing.pending_approvals.create(
        by=county.performance_reviewer, lock=1, decision={}, queued_at=now, due_at=now, state=state
    )


def consultation(revision: Revision, county: County, **columns: object) -> Consultation:
    now = timezone.now()
    return revision.consultations.create(
        places=["goals[0]"], question="对吗？", by=county.section_reviewer, at=now, due_on=now.date(), **columns
    )


def message(county: County, kind: str) -> Message:
    return Message.objects.create(user=county.filler, kind=kind, key="one", text="请填报。", at=timezone.now())


def export(county: County, kind: str = ExportKind.COPIES, state: str = JobState.QUEUED) -> Export:
    return Export.objects.create(cycle=county.cycle, kind=kind, state=state, by=county.manager, at=timezone.now())


def edit(filing: Filing, county: County) -> Edit:
    return filing.edits.create(client_id="one", by=county.filler, at=timezone.now(), changes=[])


def finding(revision: Revision, **columns: str) -> Finding:
    values = {"code": "B1", "severity": Severity.ERROR, "identity": "B1-0", "message": "少 3.00 万元。"} | columns
    return Finding.objects.create(revision=revision, number=1, places=["amounts[TOTAL]"], **values)


def waiver(filing: Filing, county: County, reason: str = "已核") -> Waiver:
    return Waiver.objects.create(
        filing=filing, identity="B1-0", code="B1", message="少。", reason=reason, by=county.manager, at=timezone.now()
    )


def control(county: County, fen: int = 1) -> ControlFigure:
    return ControlFigure.objects.create(
        cycle=county.cycle, department=county.department, raw="1", fen=fen, by=county.manager, at=timezone.now()
    )


def entry(comparator: str = "") -> LibraryEntry:
    return LibraryEntry.objects.create(
        name="群众满意度", canonical="SAT.SERV", comparator=comparator, source="试验", at=timezone.now()
    )


def change(filing: Filing, **columns: object) -> None:
    Filing.objects.filter(pk=filing.pk).update(**columns)


Write = Callable[[County, Filing, Revision], object]

REFUSED: dict[str, Write] = {
    **REFUSED_ATTACHMENTS,
    **REFUSED_PUBLICATIONS,
    "membership_department_or_office": lambda county, filing, revision: Membership.objects.create(
        user=county.filler, role=Role.REVIEWER, department=county.department, office=county.section
    ),
    "membership_role_fits": lambda county, filing, revision: Membership.objects.create(
        user=county.filler, role=Role.MANAGER, department=county.department
    ),
    "membership_once_in_department": lambda county, filing, revision: Membership.objects.create(
        user=county.filler, role=Role.FILLER, department=county.department
    ),
    "membership_once_in_office": lambda county, filing, revision: Membership.objects.create(
        user=county.section_reviewer, role=Role.REVIEWER, office=county.section
    ),
    "filings_department.code": lambda county, filing, revision: Department.objects.create(code="101", name="同码"),
    "department_not_its_own_supervisor": lambda county, filing, revision: Department.objects.filter(
        pk=county.department.pk
    ).update(supervisor=county.department),
    "filings_office.name": lambda *_: Office.objects.create(name="绩效股", kind=OfficeKind.SECTION),
    "office_kind_known": lambda county, filing, revision: Office.objects.create(name="新股", kind="other"),
    "edition_code_and_version_once": lambda county, filing, revision: type(county.cycle.edition).objects.create(
        code="hunan-county-2022", version=county.cycle.edition.version, name="又一份", layout={}
    ),
    "budget_line_key_once": lambda county, filing, revision: county.cycle.edition.lines.create(key="TOTAL", position=9),
    "budget_line_side_known": lambda county, filing, revision: county.cycle.edition.lines.create(
        key="NEW", position=9, side="both"
    ),
    "indicator_node_key_once": lambda county, filing, revision: county.cycle.edition.nodes.create(
        key="OUT", position=99
    ),
    "cycle_deadline_not_before_opening": lambda county, filing, revision: (
        type(county.cycle).objects.filter(pk=county.cycle.pk).update(deadline=date(2000, 1, 1))
    ),
    "extension_once": lambda county, filing, revision: [
        county.cycle.extensions.create(department=county.department, until=date(2099, 1, 1)) for _ in range(2)
    ],
    "filing_once_in_cycle": lambda county, filing, revision: Filing.objects.create(
        cycle=county.cycle, department=county.department
    ),
    "filing_status_known": lambda county, filing, revision: change(filing, status="lost"),
    "filing_stage_in_review_only": lambda county, filing, revision: change(filing, stage=Stage.SECTION),
    "filing_resume_stage_after_return_only": lambda county, filing, revision: change(filing, status=Status.RETURNED),
    "filing_approved_adjusts_nothing": lambda county, filing, revision: change(
        filing, status=Status.APPROVED, adjusts=copy(revision, "A")
    ),
    "draft_text_place_once": lambda county, filing, revision: filing.texts.create(place="fields[department]"),
    "budget_amount_line_once": lambda county, filing, revision: filing.amounts.create(line="TOTAL"),
    "budget_amount_in_range": lambda county, filing, revision: filing.amounts.create(line="X", fen=-1),
    "duty_key_once": lambda county, filing, revision: [filing.duties.create(key="d", rank=rank) for rank in "12"],
    "task_key_once": lambda county, filing, revision: [filing.tasks.create(key="t", rank=rank) for rank in "12"],
    "task_amount_in_range": lambda county, filing, revision: filing.tasks.create(key="t", fen=-1),
    "indicator_key_once": lambda county, filing, revision: Indicator.objects.bulk_create(
        Indicator(filing=filing, key="i", rank=rank) for rank in "12"
    ),
    "point_kind_known": lambda county, filing, revision: filing.points.create(
        kind="whim", by=county.filler, at=timezone.now(), texts="{}"
    ),
    "edit_once": lambda county, filing, revision: [edit(filing, county) for _ in range(2)],
    "revision_number_once": lambda county, filing, revision: revise(filing, county, 1),
    "revision_receipt_once": lambda county, filing, revision: revise(filing, county, 2, revision.receipt),
    "revision_number_from_one": lambda county, filing, revision: revise(filing, county, 0),
    "review_once_at_a_stage": lambda county, filing, revision: [review(revision, county) for _ in range(2)],
    "review_stage_known": lambda county, filing, revision: review(revision, county, stage="attic"),
    "review_decision_known": lambda county, filing, revision: review(revision, county, decision=Action.SIGN),
    "review_grade_known": lambda county, filing, revision: review(revision, county, grade="A"),
    "remark_answer_has_person_and_time": lambda county, filing, revision: remark(
        revision, county, answered_by=county.filler
    ),
    "remark_state_known": lambda county, filing, revision: remark(revision, county, state="forgotten"),
    "review_draft_once": lambda county, filing, revision: [
        revision.review_drafts.create(by=county.section_reviewer, saved_at=timezone.now()) for _ in range(2)
    ],
    "open_page_once": lambda county, filing, revision: [
        filing.open_pages.create(user=county.section_reviewer, seen_at=timezone.now()) for _ in range(2)
    ],
    "pending_approval_once": lambda county, filing, revision: [approval(filing, county) for _ in range(2)],
    "pending_approval_state_known": lambda county, filing, revision: approval(filing, county, state="lost"),
    "consultation_user_or_office": lambda county, filing, revision: consultation(revision, county),
    "consultation_answer_has_user_and_time": lambda county, filing, revision: consultation(
        revision, county, to_office=county.section, answered_at=timezone.now()
    ),
    "filing_reviewer_in_review_only": lambda county, filing, revision: change(filing, reviewer=county.section_reviewer),
    "enrolment_once": lambda county, filing, revision: county.cycle.enrolments.create(department=county.department),
    "enrolment_event_action_known": lambda county, filing, revision: EnrolmentEvent.objects.create(
        enrolment=county.cycle.enrolments.all()[0], action=Action.SIGN, by=county.manager, at=timezone.now()
    ),
    "cycle_event_action_known": lambda county, filing, revision: CycleEvent.objects.create(
        cycle=county.cycle, action="begin", by=county.manager, at=timezone.now()
    ),
    "cycle_closed_after_its_start": lambda *_: Cycle.objects.update(started_at=None, closed_at=timezone.now()),
    "copy_comparison_state_known": lambda c, *_: CopyComparison(cycle=c.cycle, state="?", at=timezone.now()).save(),
    "message_once": lambda county, filing, revision: [message(county, MessageKind.REMINDED) for _ in range(2)],
    "message_kind_known": lambda county, filing, revision: message(county, "gossip"),
    "export_kind_known": lambda county, filing, revision: export(county, kind="poems"),
    "export_state_known": lambda county, filing, revision: export(county, state="lost"),
    "assessment_explained_of_those_asked": lambda county, filing, revision: Assessment.objects.create(
        revision=revision, errors=0, warnings=1, advice=0, asked=1, explained=2, at=timezone.now()
    ),
    "finding_number_once": lambda county, filing, revision: [finding(revision) for _ in range(2)],
    "finding_severity_known": lambda county, filing, revision: finding(revision, severity="mild"),
    "waiver_once": lambda county, filing, revision: [waiver(filing, county) for _ in range(2)],
    "waiver_has_a_reason": lambda county, filing, revision: waiver(filing, county, reason=""),
    "rule_failure_once": lambda county, filing, revision: [
        RuleFailure.objects.create(
            code="B1", error="x", fingerprint="0" * 64, first_at=timezone.now(), last_at=timezone.now()
        )
        for _ in range(2)
    ],
    "control_figure_once": lambda county, filing, revision: [control(county) for _ in range(2)],
    "control_figure_in_range": lambda county, filing, revision: control(county, fen=-1),
    "library_entry_once_in_a_class": lambda county, filing, revision: [entry() for _ in range(2)],
    "library_entry_comparator_known": lambda county, filing, revision: entry(comparator="~"),
    "event_number_once": lambda county, filing, revision: filing.events.create(
        number=1, action=Action.SIGN, by=county.head, at=timezone.now()
    ),
    "event_action_known": lambda county, filing, revision: filing.events.create(
        number=9, action="dance", by=county.head, at=timezone.now()
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses(name: str) -> None:
    filing = (county := found_county()).filled()
    revision = revise(filing, county, 1)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        REFUSED[name](county, filing, revision)
    assert _named(name) in str(refusal.value)


def test_every_constraint_is_tried() -> None:
    assert {constraint.name for constraint in _constraints()} <= set(REFUSED)


def test_an_amount_may_be_null_zero_or_the_largest() -> None:
    filing = found_county().started()
    for line, fen in (("A", None), ("B", 0), ("C", LARGEST_FEN)):
        filing.amounts.create(line=line, fen=fen)
    with pytest.raises(IntegrityError, match=_named("budget_amount_in_range")), transaction.atomic():
        filing.amounts.create(line="D", fen=LARGEST_FEN + 1)


def _constraints() -> list[BaseConstraint]:
    return [each for model in apps.get_app_config("filings").get_models() for each in model._meta.constraints]


def _named(name: str) -> str:
    """Return the database's name of a constraint; SQLite names the columns of an unconditional unique one."""
    table, _, column = name.partition(".")
    if connection.vendor == "postgresql":
        return f"{table}_{column}" if column else name
    if column:
        return name
    constraint = next(candidate for candidate in _constraints() if candidate.name == name)
    columns: Sequence[str] = getattr(constraint, "fields", ())
    plain = columns and getattr(constraint, "condition", None) is None
    return f".{columns[0]}" if plain else ("UNIQUE constraint failed" if columns else name)
