"""Departments and units that file tables."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from filings.models.organisation.office import Office


class Department(models.Model):
    """A department or unit; supervising departments form a tree.

    The seal is a PNG that the admin's form has decoded and re-encoded. Do not store any other file there.
    """

    code = models.CharField("单位编码", max_length=30, unique=True)
    name = models.CharField("单位名称", max_length=100)
    initials = models.CharField("拼音首字母", max_length=100, blank=True, editable=False)
    supervisor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subordinates", verbose_name="主管部门"
    )
    section = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="departments", verbose_name="归口业务股室"
    )
    contact = models.CharField("联系人", max_length=50, blank=True)
    telephone = models.CharField("联系电话", max_length=30, blank=True)
    withheld = models.BooleanField("涉密，不公开", default=False)
    seal = models.FileField("印章图片", upload_to="seals", blank=True)

    class Meta:
        verbose_name = "单位"
        verbose_name_plural = "单位"
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=Q(supervisor__isnull=True) | ~Q(supervisor=F("id")),
                name="department_not_its_own_supervisor",
                violation_error_message="单位不能是自己的主管部门，请改选。",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.pk and self.supervisor and self.pk in self.supervisor.chain():
            raise ValidationError({"supervisor": f"「{self.supervisor}」在本单位之下，不能又作本单位的主管部门。"})

    def chain(self) -> list[int]:
        """Return the primary keys of this department and its supervisors, nearest first; stops at a loop."""
        chain: list[int] = []
        key: int | None = self.pk
        while key and key not in chain:
            chain.append(key)
            key = Department.objects.filter(pk=key).values_list("supervisor_id", flat=True).first()
        return chain
