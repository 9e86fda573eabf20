"""Users, their initial passwords and their memberships."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserCreationForm
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from filings import labels, manager_group
from filings.choices import Role
from filings.models import Membership, User


class NewUserForm(UserCreationForm):
    """Create a user who must change the password at first login."""

    class Meta:
        model = User
        fields = ("username", "name", "telephone", "email")

    def save(self, commit: bool = True) -> Any:
        self.instance.must_change_password = True
        return super().save(commit)


class NewPasswordForm(AdminPasswordChangeForm):
    """Set a user's password; the user must change it at the next login."""

    def save(self, commit: bool = True) -> Any:
        self.user.must_change_password = True
        return super().save(commit)


class MembershipForm(forms.ModelForm):
    """A membership. The role has no default, so that the blank row below the others counts as blank."""

    role = forms.ChoiceField(
        label="角色", choices=[("", "——"), *((str(role), label) for role, label in labels.ROLE.items())]
    )

    class Meta:
        model = Membership
        fields = ("role", "department", "office")


class MembershipFormSet(BaseInlineFormSet):
    """The memberships of a user."""

    def clean(self) -> None:
        """Keep the last active manager of the program active and a manager."""
        super().clean()
        user: User = self.instance
        kept = [form.cleaned_data for form in self.forms if not form.cleaned_data.get("DELETE")]
        if user.is_active and any(membership.get("role") == Role.MANAGER for membership in kept):
            return
        if user.pk and manager_group.is_last_manager(user):
            raise forms.ValidationError(
                f"「{user}」是最后一名在用的管理员，不能停用，也不能去掉或改变管理员角色；请先另设一名管理员。"
            )


class MembershipInline(admin.TabularInline):
    model = Membership
    form = MembershipForm
    formset = MembershipFormSet
    extra = 1
    autocomplete_fields = ("department", "office")


@admin.register(User)
class MemberAdmin(UserAdmin):
    """Users with memberships. Manager permissions follow from memberships; managers cannot edit superusers."""

    add_form = NewUserForm
    # The default template of UserAdmin adds an introduction in English.
    add_form_template = "admin/change_form.html"
    change_password_form = NewPasswordForm
    inlines = (MembershipInline,)
    list_display = ("username", "name", "telephone", "posts", "is_active")
    list_filter = ("is_active", "memberships__department", "memberships__office")
    search_fields = ("username", "name")
    filter_horizontal = ()
    readonly_fields = ("last_login", "is_demo")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("个人", {"fields": ("name", "telephone", "email")}),
        ("登录", {"fields": ("is_active", "must_change_password", "last_login", "is_demo")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "name", "telephone", "email", "password1", "password2")}),)

    @admin.display(description="任职")
    def posts(self, user: User) -> str:
        return "；".join(f"{post.place_name} {labels.ROLE[post.role]}" for post in user.memberships.all())

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        users = super().get_queryset(request).prefetch_related("memberships__department", "memberships__office")
        return users if _is_superuser(request) else users.filter(is_superuser=False)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Users are deactivated, not deleted, because the history refers to them."""
        return False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        manager_group.sync(form.instance)


def _is_superuser(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_superuser
