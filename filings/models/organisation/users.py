"""Users and their roles in departments and offices."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from filings.choices import Role
from filings.models.organisation.department import Department
from filings.models.organisation.office import Office

ROLES_OF_A_DEPARTMENT = (Role.FILLER, Role.HEAD, Role.OBSERVER)


class User(AbstractUser):
    """A user who logs in by user name. Name and telephone are shown to logged-in users only, never published."""

    # Django removes a field of the base class when it is set to None.
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField("姓名", max_length=50)
    telephone = models.CharField("电话", max_length=30, blank=True)
    is_demo = models.BooleanField("演示账号", default=False, help_text="演示账号没有密码，只在演示环境中可以登录。")
    must_change_password = models.BooleanField(
        "须修改密码", default=False, help_text="登录后须先修改密码，才能继续使用。"
    )

    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = "人员"
        verbose_name_plural = "人员"
        ordering = ("username",)

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class Membership(models.Model):
    """A role of a user in exactly one department or one office."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name="人员")
    role = models.CharField("角色", max_length=20)
    department = models.ForeignKey(
        Department, models.CASCADE, null=True, blank=True, related_name="memberships", verbose_name="单位"
    )
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name="股室"
    )

    class Meta:
        verbose_name = "任职"
        verbose_name_plural = "任职"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(department__isnull=False, office__isnull=True)
                | Q(department__isnull=True, office__isnull=False),
                name="membership_department_or_office",
                violation_error_message="每条任职只能属于一个单位或一个股室，请只选其一。",
            ),
            models.CheckConstraint(
                condition=Q(role__in=ROLES_OF_A_DEPARTMENT, department__isnull=False)
                | Q(role=Role.MANAGER, office__isnull=False)
                | Q(role=Role.REVIEWER),
                name="membership_role_fits",
                violation_error_message="填报人、单位负责人和查看人属于单位，管理员属于股室，请改选。",
            ),
            models.UniqueConstraint(
                fields=("user", "role", "department"),
                condition=Q(department__isnull=False),
                name="membership_once_in_department",
                violation_error_message="这个人在该单位已有同样的角色。",
            ),
            models.UniqueConstraint(
                fields=("user", "role", "office"),
                condition=Q(office__isnull=False),
                name="membership_once_in_office",
                violation_error_message="这个人在该股室已有同样的角色。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.place_name}"

    @property
    def place_name(self) -> str:
        """Name of the department or office."""
        return str(self.department or self.office)
