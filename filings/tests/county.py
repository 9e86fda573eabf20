"""A small county: offices, a department with its supervising one, and a user for every role."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from filings import drafts
from filings.choices import Action, OfficeKind, Role, Stage
from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.drafts.adjustment_reasons import ReasonChange, TypedReason, save_reasons
from filings.drafts.remark_answers import answer
from filings.editions.store import store
from filings.formats.pdf.overlay import Seal
from filings.lifecycle import transitions, workflow
from filings.lifecycle.adjustment import of_draft
from filings.lifecycle.request import ActionRequest
from filings.models import Cycle, Department, Enrolment, Filing, FormEdition, Membership, Office, User
from filings.reviewing.new_remark import NewRemark
from filings.reviewing.remarks import asked
from filings.table.marks import CopyMark

ALL_STAGES = (Stage.SUPERVISOR, Stage.SECTION, Stage.PERFORMANCE)


@dataclass(frozen=True)
class County:
    """Attributes named after a role are users of `department`; the stranger is the filler of another one."""

    cycle: Cycle
    department: Department
    supervising: Department
    section: Office
    performance: Office
    filler: User
    head: User
    observer: User
    supervisor_reviewer: User
    section_reviewer: User
    performance_reviewer: User
    manager: User
    stranger: User

    def started(self) -> Filing:
        return workflow.start(self.cycle, self.department, by=self.filler)

    def filled(self) -> Filing:
        """Return a draft without errors."""
        filing = self.started()
        fill(filing)
        return filing

    def signing(self) -> Filing:
        return step(Action.SUBMIT, self.filled(), self.filler)

    def in_review(self) -> Filing:
        return step(Action.SIGN, self.signing(), self.head)


def found_county(stages: tuple[Stage, ...] = ALL_STAGES) -> County:
    bureau = Office.objects.create(name="财政局", kind=OfficeKind.BUREAU)
    section = Office.objects.create(name="行政政法股", kind=OfficeKind.SECTION)
    performance = Office.objects.create(name="绩效股", kind=OfficeKind.PERFORMANCE)
    supervising = Department.objects.create(code="100", name="县委办公室", section=section)
    department = Department.objects.create(code="101", name="县档案馆", supervisor=supervising, section=section)
    other = Department.objects.create(code="200", name="县教育局")
    cycle = open_cycle(stages)
    enrol(cycle, supervising, department, other)
    return County(
        cycle=cycle,
        department=department,
        supervising=supervising,
        section=section,
        performance=performance,
        filler=create_user("filler", Role.FILLER, department),
        head=create_user("head", Role.HEAD, department),
        observer=create_user("observer", Role.OBSERVER, department),
        supervisor_reviewer=create_user("supervisor_reviewer", Role.REVIEWER, supervising),
        section_reviewer=create_user("section_reviewer", Role.REVIEWER, section),
        performance_reviewer=create_user("performance_reviewer", Role.REVIEWER, performance),
        manager=create_user("manager", Role.MANAGER, bureau),
        stranger=create_user("stranger", Role.FILLER, other),
    )


def founding_edition() -> FormEdition:
    return store(editions()["hunan-county-2022"])


def open_cycle(stages: tuple[Stage, ...] = ALL_STAGES) -> Cycle:
    today = timezone.localdate()
    return Cycle.objects.create(
        year=today.year,
        edition=founding_edition(),
        opens_on=today - timedelta(days=10),
        deadline=today + timedelta(days=10),
        stages=list(stages),
        started_at=timezone.now() - timedelta(days=10),
    )


def enrol(cycle: Cycle, *departments: Department) -> None:
    Enrolment.objects.bulk_create(Enrolment(cycle=cycle, department=department) for department in departments)


def create_user(username: str, role: Role, place: Department | Office) -> User:
    user = User.objects.create(username=username, name=f"{username}甲")
    add_membership(user, role, place)
    return user


def add_membership(user: User, role: Role, place: Department | Office) -> Membership:
    organisation = {"department": place} if isinstance(place, Department) else {"office": place}
    return Membership.objects.create(user=user, role=role, **organisation)


def fill(filing: Filing) -> None:
    """Fill in content without errors."""
    filing.texts.update_or_create(place="goals[0]", defaults={"raw": "保障单位运转，管好县档案。"})
    for line in ("TOTAL", "INC.GENERAL", "EXP.BASIC"):
        filing.amounts.update_or_create(line=line, defaults={"raw": "100", "fen": 100_000_000})
    filing.duties.create(key="d1", rank="2", raw="（一）负责全县档案的收集和保管。")
    rows = {"OUT.QTY": ("接收档案", "≥500卷"), "BEN.SOC": ("查阅人次", "≥300人次")}
    nodes = {node.key: node for node in filing.cycle.edition.nodes.filter(key__in=rows)}
    for number, (key, (name, target)) in enumerate(rows.items()):
        filing.indicators.create(key=f"i{number}", rank=str(20 + number), node=nodes[key], name=name, target=target)


def step(
    action: Action,
    filing: Filing,
    by: User,
    *,
    reason: str = "",
    remarks: tuple[tuple[str, str], ...] = (),
    exception_reason: str = "",
    note: str = "",
) -> Filing:
    """Perform an action on the present filing; `fixed_bytes` replaces the printer. A signature ticks all statements."""
    return workflow.perform(
        action,
        filing,
        by=by,
        expected_lock=Filing.objects.get(pk=filing.pk).lock,
        printer=fixed_bytes,
        reason=reason,
        remarks=[NewRemark(*remark) for remark in remarks],
        exception_reason=exception_reason,
        note=note,
        statements=filing.cycle.review_policy().statements,
    )


def with_reasons(filing: Filing, by: User) -> Filing:
    """Give a reason for each row of an adjustment without one, and change its goal if nothing is changed."""
    filing = Filing.objects.select_related("cycle__edition", "department").get(pk=filing.pk)
    edition = filing.cycle.edition.definition()
    adjustment = of_draft(filing, drafts.document(filing), edition)
    if adjustment and not adjustment.is_changed:
        filing.texts.filter(place="goals[0]").update(raw=f"第{filing.revisions.count() + 1}版目标：管好县档案。")
        adjustment = of_draft(filing, drafts.document(filing), edition)
    rows = [row for row in adjustment.rows if not row.reason] if adjustment else []
    changes = [ReasonChange(row.place, row.name, TypedReason(), TypedReason("budget")) for row in rows]
    save_reasons(filing, changes, by=by)
    return filing


def submit_unexplained(filing: Filing, by: User) -> Filing:
    """Submit a table as earlier versions of the program did, which demanded no explanations."""
    filing = Filing.objects.select_related("cycle__edition", "department").get(pk=filing.pk)
    acting = by.memberships.get(department=filing.department, role=Role.FILLER)
    request = ActionRequest(Action.SUBMIT, filing, by, acting, fixed_bytes)
    workflow.carry_out(request, transitions.OUTCOMES[Action.SUBMIT](request), filing.lock, timezone.now())
    return filing


def answer_remarks(filing: Filing, by: User) -> Filing:
    """Answer the remarks of the last return, so that the table can be resubmitted unchanged."""
    remarks = asked(Filing.objects.get(pk=filing.pk))
    answer(filing, {remark.pk: "不改，按规划填写。" for remark in remarks}, by=by)
    return filing


def fixed_bytes(
    document: FilingDocument, edition: Edition, *, made_at: datetime, seal: Seal | None, mark: CopyMark
) -> bytes:
    """Print quickly and reproducibly."""
    return f"%PDF {document.department} {document.amounts['TOTAL']}".encode()
