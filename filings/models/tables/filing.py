"""Filings: one department's table in one cycle, with its workflow status. Draft contents are in content.py."""

from datetime import datetime
from typing import TYPE_CHECKING, Optional

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from filings.choices import Action, Stage, Status
from filings.models.cycles.cycle import Cycle
from filings.models.organisation.department import Department

if TYPE_CHECKING:
    from filings.models.tables.attachment import Attachment
    from filings.models.tables.issued import IssuedCopy
    from filings.models.tables.revision import Revision

EDITABLE = (Status.DRAFT, Status.RETURNED)


class Filing(models.Model):
    """申报表. `lock` is incremented by every action and save; both compare it in the WHERE of their UPDATE.

    `stage` is the current review stage. `resume_stage` is the stage to which a returned filing goes once it is signed
    again, kept until a decision is made there; `resume_reviewer` is the reviewer who returned it. `adjusts` is the
    issued copy that an adjustment in progress will replace.

    `held_since` and `due_on` are the clock of the filing's present holder; an approved filing has no `due_on`.
    `round` counts from 1; a return, a revoked approval and a cancelled adjustment begin another. `reviewer` has claimed
    the filing at its present stage. `reopened` lists the places that may be changed after a return; None reopens the
    whole table.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="filings", verbose_name="申报批次")
    department = models.ForeignKey(Department, models.PROTECT, related_name="filings", verbose_name="单位")
    status = models.CharField("状态", max_length=20, default=Status.DRAFT)
    stage = models.CharField("审核环节", max_length=20, blank=True, default="")
    resume_stage = models.CharField("退回后续审环节", max_length=20, blank=True, default="")
    resume_reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="退回人"
    )
    lock = models.PositiveIntegerField("修改计数", default=0)
    round = models.PositiveIntegerField("轮次", default=1)
    held_since = models.DateTimeField("接办时间", default=timezone.now)
    due_on = models.DateField("办理期限", null=True, blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="claims", verbose_name="审核人"
    )
    claimed_at = models.DateTimeField("认领时间", null=True, blank=True)
    reopened = models.JSONField("退回后可改的位置", null=True, blank=True)
    adjusts = models.ForeignKey(
        "IssuedCopy", models.PROTECT, null=True, blank=True, related_name="adjusted_by", verbose_name="调整自"
    )

    class Meta:
        verbose_name = "申报表"
        verbose_name_plural = "申报表"
        ordering = ("-cycle__year", "department__code")
        constraints = (
            models.UniqueConstraint(fields=("cycle", "department"), name="filing_once_in_cycle"),
            models.CheckConstraint(condition=Q(status__in=list(Status)), name="filing_status_known"),
            models.CheckConstraint(
                condition=Q(status=Status.IN_REVIEW, stage__in=list(Stage))
                | (~Q(status=Status.IN_REVIEW) & Q(stage="")),
                name="filing_stage_in_review_only",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[Status.RETURNED, Status.SIGNING, Status.IN_REVIEW], resume_stage__in=list(Stage)
                )
                | (~Q(status=Status.RETURNED) & Q(resume_stage="")),
                name="filing_resume_stage_after_return_only",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.APPROVED) | Q(adjusts__isnull=True), name="filing_approved_adjusts_nothing"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.IN_REVIEW) | Q(reviewer__isnull=True), name="filing_reviewer_in_review_only"
            ),
        )
        indexes = (
            models.Index(fields=("cycle", "status", "stage", "due_on"), name="filing_queue"),
            models.Index(fields=("reviewer", "status"), name="filing_claims"),
            # Few filings wait at any time, among all of earlier years.
            models.Index(
                fields=("status",), condition=Q(status__in=[Status.SIGNING, Status.IN_REVIEW]), name="filing_waiting"
            ),
        )

    def __str__(self) -> str:
        return f"{self.cycle.label} {self.department}"

    @property
    def is_editable(self) -> bool:
        return self.status in EDITABLE

    def last_revision(self) -> Optional["Revision"]:
        """Return the last submitted revision, without cancelled ones; None before the first submission."""
        return self.revisions.filter(cancelled=None).order_by("-number").first()

    def present_revision(self) -> "Revision":
        """Return the last submitted revision of a filing that has one, without cancelled ones."""
        return self.revisions.filter(cancelled=None).latest("number")

    def next_number(self) -> int:
        """Return the number of the next revision. Numbers of cancelled ones are not used again."""
        last = self.revisions.order_by("-number").first()
        return (last.number if last else 0) + 1

    def current_number(self) -> int:
        """Return the number of the last submitted revision, of the one to come while the table is edited."""
        if self.is_editable:
            return self.next_number()
        last = self.last_revision()
        return last.number if last else 0

    def present_attachments(self) -> "models.QuerySet[Attachment]":
        """Return the attachments that are not removed; of the signed scans those of the `current_number`."""
        counted = self.revisions.all() if self.is_editable else self.revisions.filter(cancelled=None)
        last = counted.order_by("-number").values("number")[:1]
        number = Coalesce(models.Subquery(last), 0) + int(self.is_editable)
        return self.attachments.filter(Q(revision_number=None) | Q(revision_number=number), removed_at=None)

    def returned_revision(self) -> Optional["Revision"]:
        """Return the revision that was returned last, None before the first return."""
        return self.revisions.filter(reviews__decision=Action.RETURN, cancelled=None).order_by("-number").first()

    def is_late(self, at: datetime) -> bool:
        """Whether a moment is after the department's deadline."""
        return timezone.localdate(at) > self.cycle.deadline_for(self.department)

    def live_copy(self) -> Optional["IssuedCopy"]:
        """Return the issued copy in force. A filing with one is approved, also during an adjustment."""
        return self.issued_copies.filter(live=True).first()
