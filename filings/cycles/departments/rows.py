"""Read a list of departments: its columns, and a row's values without regard to other rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from filings.cycles.list_columns import ListColumn, ListRow, ListTable, find_list, missing, too_long
from filings.document.text import bare
from filings.formats.list_workbook import WorkbookSheet

COLUMNS = (
    ListColumn("code", ("单位编码", "部门编码", "单位代码", "部门代码", "编码"), 30, is_required=True),
    ListColumn("name", ("单位名称", "部门名称", "预算单位", "单位", "部门"), 100, is_required=True),
    ListColumn("supervisor", ("主管部门", "主管部门编码", "主管部门名称", "上级单位"), 100),
    ListColumn("section", ("归口股室", "归口业务股室", "业务股室", "股室"), 100),
    ListColumn("contact", ("联系人",), 50),
    ListColumn("telephone", ("联系电话", "电话"), 30),
    ListColumn("withheld", ("涉密", "是否涉密"), 10),
)
_YES = frozenset({"是", "涉密", "√", "1", "y", "yes"})
_NO = frozenset({"否", "不涉密", "非涉密", "×", "0", "n", "no"})


@dataclass(frozen=True)
class DepartmentRow:
    """A department as the list has it. `problems` are Chinese sentences; a row with problems is not imported.

    `supervisor` and `section` are codes or names as written. Blank cells, and columns that the
    list does not have, are None: what is stored stays.
    """

    number: int
    code: str
    name: str
    supervisor: str | None = None
    section: str | None = None
    contact: str | None = None
    telephone: str | None = None
    withheld: bool | None = None
    problems: tuple[str, ...] = field(default=())


def read_departments(sheets: Iterable[WorkbookSheet]) -> tuple[DepartmentRow, ...]:
    """Read the departments of a workbook. Raises InvalidWorkbook."""
    table: ListTable = find_list(sheets, COLUMNS)
    return tuple(_row(row) for row in table.rows)


def _row(row: ListRow) -> DepartmentRow:
    texts = row.texts
    problems = [*missing(row, COLUMNS), *too_long(row, COLUMNS)]
    written = bare(texts.get("withheld", "")).lower()
    if written and written not in _YES | _NO:
        problems.append(f"「涉密」一栏请填是或否，不能是「{texts['withheld']}」。")
    return DepartmentRow(
        row.number,
        texts["code"],
        texts["name"],
        texts.get("supervisor") or None,
        texts.get("section") or None,
        texts.get("contact") or None,
        texts.get("telephone") or None,
        written in _YES if written else None,
        tuple(problems),
    )
