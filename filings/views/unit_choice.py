"""The unit whose filings 待办 and 申报表 show to users of several units. It changes no permission.

The count of tasks in the header is that of all units.
"""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from filings import permissions
from filings.models import Department
from filings.models.keys import parse_key
from filings.models.organisation.users import ROLES_OF_A_DEPARTMENT
from filings.views.access import UserRequest

SESSION_KEY = "unit"
_PAGES = ("todo", "overview")


@dataclass(frozen=True)
class UnitChoice:
    """The units between which a user can switch, none for users of one unit; `chosen` without a value means all."""

    units: tuple[Department, ...]
    chosen: Department | None

    def shows(self, department_id: int) -> bool:
        return self.chosen is None or self.chosen.pk == department_id


def unit_choice(request: UserRequest) -> UnitChoice:
    """Return the user's choice. A remembered unit that the user has left counts as none."""
    memberships = permissions.memberships_of(request.user)
    own = [each.department for each in memberships if each.department and each.role in ROLES_OF_A_DEPARTMENT]
    units = tuple({unit.pk: unit for unit in own}.values())
    if len(units) < 2:
        return UnitChoice((), None)
    remembered = request.session.get(SESSION_KEY)
    return UnitChoice(units, next((unit for unit in units if unit.pk == remembered), None))


@require_POST
@login_required
def choose_unit(request: UserRequest) -> HttpResponse:
    """Remember the posted unit, or all of them, and show the list from which it was chosen."""
    unit = parse_key(request.POST.get("unit", ""))
    choice = unit_choice(request)
    if unit is not None and any(each.pk == unit for each in choice.units):
        request.session[SESSION_KEY] = unit
    else:
        request.session.pop(SESSION_KEY, None)
    page = request.POST.get("page", "")
    return redirect(page if page in _PAGES else "todo")
