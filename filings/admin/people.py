"""People, their first passwords, and what they are for which department or office."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserCreationForm
from django.db.models import QuerySet
from django.http import HttpRequest

from filings import labels, manager_group
from filings.models import Membership, User


class NewPersonForm(UserCreationForm):
    """The password given here is the first one, to be changed when the person comes in."""

    class Meta:
        model = User
        fields = ("username", "name", "telephone", "email")

    def save(self, commit: bool = True) -> Any:
        self.instance.must_change_password = True
        return super().save(commit)


class NewPasswordForm(AdminPasswordChangeForm):
    """A password that somebody else has set is to be changed as well."""

    def save(self, commit: bool = True) -> Any:
        self.user.must_change_password = True
        return super().save(commit)


class MembershipForm(forms.ModelForm):
    role = forms.ChoiceField(label="角色", choices=[(str(role), label) for role, label in labels.ROLE.items()])

    class Meta:
        model = Membership
        fields = ("role", "department", "office")


class MembershipInline(admin.TabularInline):
    model = Membership
    form = MembershipForm
    extra = 1
    autocomplete_fields = ("department", "office")


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Who is a manager follows from the memberships; superusers are not for managers to change."""

    add_form = NewPersonForm
    # The other template says more than there is to say, and in English.
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
        people = super().get_queryset(request).prefetch_related("memberships__department", "memberships__office")
        return people if _is_superuser(request) else people.filter(is_superuser=False)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """People are stopped, not deleted: history names them."""
        return False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        manager_group.sync(form.instance)


def _is_superuser(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_superuser
