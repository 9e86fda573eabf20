"""Who gets a filing next, by name: the heads who may sign it, and the reviewers of each stage with their office."""

from collections.abc import Iterable
from dataclasses import dataclass

from filings import labels, permissions
from filings.choices import OfficeKind, Role, Stage, Status
from filings.lifecycle.messages.recipients import holders
from filings.lifecycle.transitions import following_stages, stages_after_signing
from filings.models import Edit, Filing, Office, User


@dataclass(frozen=True)
class NextStep:
    """A step that a filing still goes through: the office, and the users who may take the step."""

    name: str
    office: str
    users: tuple[User, ...]


def after_submission(filing: Filing, by: User) -> list[NextStep]:
    """List the signing and the stages after it. The submitter and the last editor cannot sign."""
    changes = filing.edits.exclude(client_id__startswith=Edit.CONFIRMATION)
    last = changes.order_by("-id").values_list("by", flat=True).first()
    heads = User.objects.filter(
        is_active=True, memberships__role=Role.HEAD, memberships__department=filing.department
    ).exclude(pk__in=[by.pk, *([last] if last else [])])
    signing = NextStep("单位审签", str(filing.department), tuple(heads.distinct()))
    return [signing, *after_signing(filing)]


def after_signing(filing: Filing) -> list[NextStep]:
    """List the stages that follow a signature. A returned filing goes to the reviewer who returned it."""
    return [_stage(filing, stage) for stage in stages_after_signing(filing)]


def present_and_following(filing: Filing) -> list[NextStep]:
    """List the present step with the users who have the filing now, and the steps after it."""
    users = tuple(holders(filing))
    if filing.status == Status.SIGNING:
        return [NextStep("单位审签", str(filing.department), users), *after_signing(filing)]
    if filing.status == Status.IN_REVIEW:
        present = NextStep(_name(filing.stage), office_of(filing, filing.stage), users)
        return [present, *(_stage(filing, stage) for stage in following_stages(filing))]
    return []


def office_of(filing: Filing, stage: str) -> str:
    """Name the department or office that reviews at a stage."""
    department = filing.department
    if stage == Stage.SUPERVISOR:
        return str(department.supervisor or "")
    if stage == Stage.SECTION:
        return str(department.section or "")
    return "、".join(str(office) for office in Office.objects.filter(kind=OfficeKind.PERFORMANCE))


def _stage(filing: Filing, stage: Stage) -> NextStep:
    reviewers = list(permissions.reviewers_at(stage, filing.department))
    if stage == filing.resume_stage and (returner := _among(filing.resume_reviewer, reviewers)):
        reviewers = [returner]
    return NextStep(_name(stage), office_of(filing, stage), tuple(reviewers))


def _among(user: User | None, users: Iterable[User]) -> User | None:
    return user if user and user in users else None


def _name(stage: str) -> str:
    return f"{labels.STAGE[stage]}审核"
