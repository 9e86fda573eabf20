"""Compare a list of users with the stored ones. Nothing is stored here."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from filings.cycles.names import name_problem
from filings.cycles.outcome import FieldChange, OutcomeKind
from filings.cycles.people.places import Place, Places
from filings.cycles.people.rows import StaffRow
from filings.models import Department, Membership, User

LABELS = {"name": "姓名", "telephone": "电话", "email": "邮箱"}
_SAME_USERNAME = "用户名「{username}」在第 {numbers} 行也有，姓名、电话或邮箱不同；一人一个用户名，请改成一致。"
_SAME_NAME = "「{name}」在同一处的第 {numbers} 行也有，用户名不同；同一人请只用一个用户名，同名的两个人请在姓名后注明。"
_SAME_ROW = "与第 {numbers} 行完全重复，请只留一行。"


@dataclass(frozen=True)
class StaffOutcome:
    """A row with its outcome. `values` are the user's own data to store, `before` those stored, None for a new user.

    `has_role` is whether the user has this role already.
    """

    row: StaffRow
    kind: OutcomeKind
    values: dict[str, str]
    before: dict[str, str] | None
    place: Place | None = None
    has_role: bool = False
    changes: tuple[FieldChange, ...] = ()


def compare(rows: Sequence[StaffRow]) -> tuple[StaffOutcome, ...]:
    """Classify each row, in the order of the file. A user may have several rows, one for each role."""
    places = Places.load()
    users = {user.username: user for user in User.objects.all()}
    found = [_with_place(row, places) for row in rows]
    memberships = Membership.objects.values_list("user__username", "role", "department_id", "office_id")
    held: set[tuple[Any, ...]] = set(memberships)
    problems = _between_rows(found)
    return tuple(
        _outcome(
            replace(row, problems=(*row.problems, *problems[row.number], *_stored_problems(row, users))),
            place,
            users.get(row.username),
            held,
        )
        for row, place in found
    )


def stored_values(user: User, keys: Iterable[str]) -> dict[str, str]:
    return {key: getattr(user, key) for key in keys}


def _with_place(row: StaffRow, places: Places) -> tuple[StaffRow, Place | None]:
    if not row.place or row.role is None:
        return row, None
    place, problem = places.find(row.place, row.role)
    return (replace(row, problems=(*row.problems, problem)) if problem else row), place


def _between_rows(found: Sequence[tuple[StaffRow, Place | None]]) -> Mapping[int, list[str]]:
    """Return the problems that rows cause each other, by row number. Blank user names and names equal no others."""
    problems: dict[int, list[str]] = defaultdict(list)
    by_username, by_name, by_role = defaultdict(list), defaultdict(list), defaultdict(list)
    for row, place in found:
        if row.username:
            by_username[row.username.casefold()].append(row)
        if place and row.name:
            by_name[row.name, type(place), place.pk].append(row)
        if place and row.username:
            by_role[row.username, row.role, type(place), place.pk].append(row)
    for group in by_username.values():
        if any(_own_data(row) != _own_data(group[0]) for row in group):
            _blame(problems, group, _SAME_USERNAME)
    for group in by_name.values():
        if len({row.username for row in group}) > 1:
            _blame(problems, group, _SAME_NAME)
    for group in by_role.values():
        if len(group) > 1:
            _blame(problems, group, _SAME_ROW)
    return problems


def _own_data(row: StaffRow) -> tuple[str | None, ...]:
    return row.username, row.name, row.telephone, row.email


def _blame(problems: dict[int, list[str]], group: Sequence[StaffRow], sentence: str) -> None:
    for row in group:
        others = "、".join(str(other.number) for other in group if other is not row)
        problems[row.number].append(sentence.format(username=row.username, name=row.name, numbers=others))


def _stored_problems(row: StaffRow, users: Mapping[str, User]) -> Iterator[str]:
    """Yield why the row cannot be stored for its user, or for a new one with this name."""
    user = users.get(row.username)
    if (user is None or user.name != row.name) and (problem := name_problem(row.name, "姓名")):
        yield problem
    if user is None:
        folded = {name.casefold(): name for name in users}
        if similar := folded.get(row.username.casefold()):
            yield f"已有用户名「{similar}」，只是大小写不同，请照它写或另取一个。"
    elif user.is_superuser:
        yield f"「{row.username}」是系统维护账号，不能由名单改动。"
    elif not user.is_active:
        yield f"「{row.username}」已停用；要恢复，请在「管理」里启用后再导入。"


def _outcome(row: StaffRow, place: Place | None, user: User | None, held: set[tuple[Any, ...]]) -> StaffOutcome:
    values = {key: value for key in LABELS if (value := getattr(row, key)) is not None}
    before = stored_values(user, values) if user else None
    if row.problems or place is None or row.role is None:
        return StaffOutcome(row, OutcomeKind.REFUSED, values, before, place)
    has_role = (row.username, row.role.value, *place_ids(place)) in held
    if before is None:
        return StaffOutcome(row, OutcomeKind.NEW, values, None, place)
    changes = tuple(
        FieldChange(LABELS[key], before[key] or "（空）", values[key] or "（空）")
        for key in values
        if values[key] != before[key]
    )
    kind = OutcomeKind.CHANGED if changes or not has_role else OutcomeKind.SAME
    return StaffOutcome(row, kind, values, before, place, has_role, changes)


def place_ids(place: Place) -> tuple[int | None, int | None]:
    """Return the primary keys of department and office, one of them None."""
    return (place.pk, None) if isinstance(place, Department) else (None, place.pk)
