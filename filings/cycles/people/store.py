"""Store the users that a manager has previewed and confirmed: exactly those, all or none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from filings import manager_group
from filings.choices import Role
from filings.cycles.outcome import OutcomeKind
from filings.cycles.people.comparison import StaffOutcome, place_ids, stored_values
from filings.cycles.people.first_passwords import FirstPassword, hashed, new_password
from filings.cycles.signed_preview import OUTDATED
from filings.errors import StepRefused
from filings.models import Department, Membership, Office, User


@dataclass(frozen=True)
class PreviewedRole:
    """A user's data and one role in the preview. `before` holds the stored data at that time, None for a new user."""

    username: str
    values: dict[str, str]
    before: dict[str, str] | None
    role: str
    department: int | None
    office: int | None


def previewed(outcomes: Iterable[StaffOutcome]) -> list[list[Any]]:
    """Select the rows that would be stored as JSON data."""
    return [
        [outcome.row.username, outcome.values, outcome.before, outcome.row.role, *place_ids(outcome.place)]
        for outcome in outcomes
        if outcome.kind in (OutcomeKind.NEW, OutcomeKind.CHANGED) and outcome.place
    ]


def from_data(data: Iterable[Sequence[Any]]) -> list[PreviewedRole]:
    return [PreviewedRole(*row) for row in data]


@transaction.atomic
def store_people(rows: Sequence[PreviewedRole]) -> list[FirstPassword]:
    """Store users and roles, and return the first passwords of the new users in the order of the list.

    Existing users keep their passwords and other roles. Raises StepRefused if something has changed since the preview.
    """
    users = {user.username: user for user in User.objects.select_for_update().filter(username__in=_names(rows))}
    _check_unchanged(rows, users)
    passwords = {row.username: new_password() for row in rows if row.username not in users}
    _create(rows, passwords)
    _update(rows, users)
    users = {user.username: user for user in User.objects.filter(username__in=_names(rows))}
    for row in rows:
        place: dict[str, Any] = {"department_id": row.department, "office_id": row.office}
        Membership.objects.get_or_create(user=users[row.username], role=row.role, **place)
    for username in dict.fromkeys(row.username for row in rows if row.role == Role.MANAGER):
        manager_group.sync(users[username])
    return _sheet(rows, passwords)


def _names(rows: Iterable[PreviewedRole]) -> set[str]:
    return {row.username for row in rows}


def _check_unchanged(rows: Iterable[PreviewedRole], users: dict[str, User]) -> None:
    departments = set(Department.objects.values_list("pk", flat=True))
    offices = set(Office.objects.values_list("pk", flat=True))
    for row in rows:
        user = users.get(row.username)
        now = stored_values(user, row.values) if user else None
        is_gone = row.department not in departments if row.department else row.office not in offices
        if now != row.before or is_gone or (user and (user.is_superuser or not user.is_active)):
            raise StepRefused(OUTDATED.format(what=f"「{row.values['name']}」（{row.username}）"))


def _create(rows: Iterable[PreviewedRole], passwords: dict[str, str]) -> None:
    """Create the new users. Each is created once. Raises StepRefused for a username taken meanwhile."""
    new = {row.username: row.values for row in rows if row.username in passwords}
    users = [
        User(username=username, password=hashed(passwords[username]), must_change_password=True, **values)
        for username, values in new.items()
    ]
    try:
        with transaction.atomic():
            User.objects.bulk_create(users)
    except IntegrityError as error:
        raise StepRefused(OUTDATED.format(what="有的用户名")) from error


def _update(rows: Iterable[PreviewedRole], users: dict[str, User]) -> None:
    for row in rows:
        if row.username in users and row.values != row.before:
            User.objects.filter(username=row.username).update(**row.values)


def _sheet(rows: Iterable[PreviewedRole], passwords: dict[str, str]) -> list[FirstPassword]:
    names, offices = (dict(model.objects.values_list("pk", "name")) for model in (Department, Office))
    sheet: dict[str, FirstPassword] = {}
    for row in rows:
        if row.username in passwords and row.username not in sheet:
            place = names[row.department] if row.department else offices[row.office or 0]
            sheet[row.username] = FirstPassword(place, row.values["name"], row.username, passwords[row.username])
    return list(sheet.values())
