"""Departments and units that file tables."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from filings.choices import SealShape
from filings.document.initials import initials_of
from filings.models.organisation.office import Office

_NAME = "name"


class InitialsField(models.CharField[str, str]):
    """The pinyin initials of the department's name, computed whenever the row is saved or created in bulk.

    Migrations see an ordinary CharField. `save(update_fields=["name"])` does not reach it: name both fields.
    """

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        initials = initials_of(getattr(model_instance, _NAME))[: self.max_length]
        setattr(model_instance, self.attname, initials)
        return initials

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _path, args, kwargs = super().deconstruct()
        return str(name), "django.db.models.CharField", args, kwargs


class Department(models.Model):
    """A department or unit; supervising departments form a tree.

    The seal is a PNG that the admin's form has decoded and re-encoded. Do not store any other file there.
    """

    code = models.CharField("单位编码", max_length=30, unique=True)
    name = models.CharField("单位名称", max_length=100)
    initials = InitialsField("拼音首字母", max_length=100, blank=True, editable=False)
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
    seal_shape = models.CharField("印章规格", max_length=20, default=SealShape.ROUND_42)

    class Meta:
        verbose_name = "单位"
        verbose_name_plural = "单位"
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(condition=Q(seal_shape__in=list(SealShape)), name="department_seal_shape_known"),
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
