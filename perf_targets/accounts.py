"""How people get in. Accounts are made by managers, in the admin; nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from filings.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth comes without types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: User, password: str) -> None:
        """A person has chosen a password of their own: it need not be changed any more."""
        user.must_change_password = False
        super().set_password(user, password)
