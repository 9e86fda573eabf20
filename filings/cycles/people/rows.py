"""Read a list of users: its columns, and a row's values without regard to other rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from filings import labels
from filings.choices import Role
from filings.cycles.list_columns import ListColumn, ListRow, find_list, missing, too_long
from filings.document.text import bare
from filings.formats.list_workbook import WorkbookSheet

COLUMNS = (
    ListColumn("username", ("用户名", "登录名", "账号", "帐号"), 150, is_required=True),
    ListColumn("name", ("姓名",), 50, is_required=True),
    ListColumn("place", ("单位或股室", "单位", "股室", "单位名称", "单位编码", "所在单位"), 100, is_required=True),
    ListColumn("role", ("角色", "岗位"), 20, is_required=True),
    ListColumn("telephone", ("电话", "联系电话", "手机", "办公电话"), 30),
    ListColumn("email", ("邮箱", "电子邮箱", "电子邮件"), 254),
)
_ROLES = {label: Role(role) for role, label in labels.ROLE.items()} | {
    "填报员": Role.FILLER,
    "经办人": Role.FILLER,
    "负责人": Role.HEAD,
    "审核员": Role.REVIEWER,
}


@dataclass(frozen=True)
class StaffRow:
    """A role of a user as the list has it. `problems` are Chinese sentences; a row with problems is not imported.

    `place` is a department's code or name, or an office's name. Blank cells, and columns that
    the list does not have, are None: what is stored stays.
    """

    number: int
    username: str
    name: str
    place: str
    role: Role | None
    telephone: str | None = None
    email: str | None = None
    problems: tuple[str, ...] = field(default=())


def read_people(sheets: Iterable[WorkbookSheet]) -> tuple[StaffRow, ...]:
    """Read the users of a workbook. Raises InvalidWorkbook."""
    return tuple(_row(row) for row in find_list(sheets, COLUMNS).rows)


def _row(row: ListRow) -> StaffRow:
    texts = row.texts
    role = _ROLES.get(bare(texts["role"]))
    problems = [*missing(row, COLUMNS), *too_long(row, COLUMNS)]
    if texts["role"] and role is None:
        problems.append(f"没有「{texts['role']}」这个角色，请从{'、'.join(labels.ROLE.values())}中选填。")
    if texts["username"] and not _is_valid(texts["username"], UnicodeUsernameValidator()):
        problems.append("用户名只能用文字、数字和 @ . + - _，中间不能有空格。")
    if texts.get("email") and not _is_valid(texts["email"], validate_email):
        problems.append(f"「{texts['email']}」不是邮箱地址。")
    return StaffRow(
        row.number,
        texts["username"],
        texts["name"],
        texts["place"],
        role,
        texts.get("telephone") or None,
        texts.get("email") or None,
        tuple(problems),
    )


def _is_valid(text: str, validator: Callable[[str], None]) -> bool:
    try:
        validator(text)
    except ValidationError:
        return False
    return True
