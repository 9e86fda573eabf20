"""The rows of a user's memberships, which keep the last manager a manager."""

from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet

from filings.choices import Role
from filings.cycles.people.roles import last_manager_problem
from filings.models import Membership


class MembershipRows(BaseInlineFormSet):
    """Refuse to take the last manager role away, or to deactivate its user."""

    def clean(self) -> None:
        super().clean()
        # Two managers who remove each other at once wait here for one another.
        list(Membership.objects.select_for_update().filter(role=Role.MANAGER))
        user = self.instance
        if user.pk and not (user.is_active and self._keeps_manager()) and (problem := last_manager_problem(user)):
            raise ValidationError(problem)

    def _keeps_manager(self) -> bool:
        rows = (form.cleaned_data for form in self.forms if form.is_valid())
        return any(row.get("role") == Role.MANAGER and not row.get("DELETE") for row in rows)
