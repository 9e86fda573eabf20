"""Store the users that a manager has previewed and confirmed: exactly those, all or none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from filings import manager_group
from filings.choices import Role
from filings.cycles.outcome import OutcomeKind
from filings.cycles.people.comparison import LABELS, StaffOutcome, place_ids, stored_values
from filings.cycles.people.first_passwords import FirstPassword, hashed, new_password
from filings.cycles.signed_preview import OUTDATED
from filings.errors import StepRefused
from filings.formats.list_workbook import InvalidWorkbook
from filings.models import Department, Membership, Office, User

# Hashing a first password takes 4 ms, on a busy machine 13 ms: 2,000 are hashed within a request, in 26 s at most.
MOST_NEW_USERS = 2000
_BATCH = 500


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
    """Select the rows that would be stored as JSON data. Raises InvalidWorkbook for too many new users."""
    new = {outcome.row.username for outcome in outcomes if outcome.kind == OutcomeKind.NEW}
    if len(new) > MOST_NEW_USERS:
        raise InvalidWorkbook(
            f"名单里有 {len(new)} 个新用户，一次最多新增 {MOST_NEW_USERS} 人。请分成 "
            f"{-(-len(new) // MOST_NEW_USERS)} 份名单，逐份导入。"
        )
    return [
        [outcome.row.username, outcome.values, outcome.before, outcome.row.role, *place_ids(outcome.place)]
        for outcome in outcomes
        if outcome.kind in (OutcomeKind.NEW, OutcomeKind.CHANGED) and outcome.place
    ]


def from_data(data: Iterable[Sequence[Any]]) -> list[PreviewedRole]:
    return [PreviewedRole(*row) for row in data]


def store_people(rows: Sequence[PreviewedRole]) -> list[FirstPassword]:
    """Store users and roles, and return the first passwords of the new users in the order of the list.

    Existing users keep their passwords and other roles. Raises StepRefused if something has changed since the preview.
    """
    passwords = {row.username: new_password() for row in rows if row.before is None}
    # Hashing takes seconds. It precedes the transaction, in which SQLite lets no other user write.
    new = [_new_user(row, passwords[row.username]) for row in _first_rows(rows) if row.before is None]
    try:
        _store(rows, new)
    except IntegrityError as error:
        raise StepRefused(OUTDATED.format(what="有的用户名或角色")) from error
    return _sheet(rows, passwords)


@transaction.atomic
def _store(rows: Sequence[PreviewedRole], new: Sequence[User]) -> None:
    users = {user.username: user for user in User.objects.select_for_update().filter(username__in=_names(rows))}
    _check_unchanged(rows, users)
    User.objects.bulk_create(new, batch_size=_BATCH)
    _update(rows, users)
    users = {user.username: user for user in User.objects.filter(username__in=_names(rows))}
    _add_roles(rows, users)
    for username in dict.fromkeys(row.username for row in rows if row.role == Role.MANAGER):
        manager_group.sync(users[username])


def _first_rows(rows: Iterable[PreviewedRole]) -> list[PreviewedRole]:
    """Return the first row of each user; the others hold the same data."""
    first: dict[str, PreviewedRole] = {}
    for row in rows:
        first.setdefault(row.username, row)
    return list(first.values())


def _new_user(row: PreviewedRole, password: str) -> User:
    return User(username=row.username, password=hashed(password), must_change_password=True, **row.values)


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


def _update(rows: Iterable[PreviewedRole], users: Mapping[str, User]) -> None:
    changed = [row for row in _first_rows(rows) if row.before is not None and row.values != row.before]
    for row in changed:
        for name, value in row.values.items():
            setattr(users[row.username], name, value)
    User.objects.bulk_update([users[row.username] for row in changed], list(LABELS), batch_size=_BATCH)


def _add_roles(rows: Iterable[PreviewedRole], users: Mapping[str, User]) -> None:
    """Add the memberships that the users do not have yet."""
    stored = Membership.objects.filter(user__in=[user.pk for user in users.values()])
    held = set(stored.values_list("user_id", "role", "department_id", "office_id"))
    wanted = dict.fromkeys((users[row.username].pk, row.role, row.department, row.office) for row in rows)
    Membership.objects.bulk_create(
        (
            Membership(user_id=user, role=role, department_id=department, office_id=office)
            for user, role, department, office in wanted
            if (user, role, department, office) not in held
        ),
        batch_size=_BATCH,
    )


def _sheet(rows: Iterable[PreviewedRole], passwords: dict[str, str]) -> list[FirstPassword]:
    names, offices = (dict(model.objects.values_list("pk", "name")) for model in (Department, Office))
    sheet: dict[str, FirstPassword] = {}
    for row in rows:
        if row.username in passwords and row.username not in sheet:
            place = names[row.department] if row.department else offices[row.office or 0]
            sheet[row.username] = FirstPassword(place, row.values["name"], row.username, passwords[row.username])
    return list(sheet.values())
