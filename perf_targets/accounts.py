"""Login and password change. Managers create and disable accounts in the admin; there is no sign-up."""

from allauth.account import views
from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from filings.models import User


def password_change(request: HttpRequest) -> HttpResponse:
    """Change the user's own password.

    Without a usable password allauth redirects to its page for setting one, which does not exist here; demonstration
    accounts are refused instead.
    """
    if request.user.is_authenticated and not request.user.has_usable_password():
        raise PermissionDenied("演示账号没有密码，不需要修改。")
    changed: HttpResponse = views.password_change(request)
    return changed


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth comes without types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        messages.error(request, "这个账号已经停用。要重新启用，请与绩效股联系。")
        return redirect("account_login")

    def set_password(self, user: User, password: str) -> None:
        """Store the password that users choose for themselves; the admin does not call this."""
        user.must_change_password = False
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url(settings.LOGIN_REDIRECT_URL)
