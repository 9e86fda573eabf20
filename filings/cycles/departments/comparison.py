"""Compare a list of departments with the stored ones. Nothing is stored here."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from filings.choices import OfficeKind
from filings.cycles.departments.rows import DepartmentRow
from filings.cycles.names import code_problem, name_problem, normal_code
from filings.cycles.outcome import FieldChange, OutcomeKind
from filings.models import Department, Office

Values = dict[str, str | bool]
LABELS = {
    "name": "名称",
    "supervisor": "主管部门",
    "section": "归口股室",
    "contact": "联系人",
    "telephone": "联系电话",
    "withheld": "涉密",
}


@dataclass(frozen=True)
class DepartmentOutcome:
    """A row with its outcome. `values` are those to store: a supervisor as its code, a section as its name.

    `before` holds the stored values under the same keys; None for a new department. `notice` is a Chinese sentence
    about a row that can be imported, but may be a mistake.
    """

    row: DepartmentRow
    kind: OutcomeKind
    values: Values
    before: Values | None
    changes: tuple[FieldChange, ...] = ()
    notice: str = ""


@dataclass(frozen=True)
class DepartmentComparison:
    """The outcomes in the order of the file, and the stored departments that the file does not contain."""

    outcomes: tuple[DepartmentOutcome, ...]
    absent: tuple[Department, ...]


def compare(rows: Sequence[DepartmentRow]) -> DepartmentComparison:
    """Classify each row. A code that occurs twice is not imported at all."""
    stored = {
        department.code: department for department in Department.objects.select_related("supervisor", "section").all()
    }
    rows = [_with_checked_names(row, stored) for row in rows]
    rows = _with_problems(rows, stored)
    rows = _without_loops(rows, stored)
    codes = _codes_by_name(rows, stored)
    outcomes = tuple(_outcome(row, stored.get(row.code), codes[row.name] - {row.code}) for row in rows)
    listed = {row.code for row in rows}
    return DepartmentComparison(
        outcomes, tuple(department for code, department in stored.items() if code not in listed)
    )


def stored_values(department: Department, keys: Iterable[str]) -> Values:
    """Return a department's values as `DepartmentOutcome.values` has them."""
    every: Values = {
        "name": department.name,
        "supervisor": department.supervisor.code if department.supervisor else "",
        "section": department.section.name if department.section else "",
        "contact": department.contact,
        "telephone": department.telephone,
        "withheld": department.withheld,
    }
    return {key: every[key] for key in keys}


def _with_checked_names(row: DepartmentRow, stored: Mapping[str, Department]) -> DepartmentRow:
    """Normalise a new code, and add the problems of code and name. Those that are stored stay valid."""
    if row.code in stored:
        problems = [] if row.name == stored[row.code].name else [name_problem(row.name, "单位名称")]
    else:
        row = replace(row, code=normal_code(row.code))
        problems = [code_problem(row.code), name_problem(row.name, "单位名称")]
    return replace(row, problems=(*row.problems, *filter(None, problems)))


def _with_problems(rows: Sequence[DepartmentRow], stored: Mapping[str, Department]) -> list[DepartmentRow]:
    """Add the problems that other rows and stored data cause, and resolve supervisors to codes."""
    numbers = defaultdict(list)
    for row in rows:
        numbers[row.code].append(row.number)
    offices = dict(Office.objects.values_list("name", "kind"))
    codes = _codes_by_name(rows, stored)
    checked = []
    for row in rows:
        supervisor, problem = _supervisor(row, codes, {*stored, *numbers})
        problems = [*row.problems, *_repeated(row, numbers[row.code]), *_wrong_section(row, offices), *problem]
        checked.append(replace(row, supervisor=supervisor, problems=tuple(problems)))
    return checked


def _repeated(row: DepartmentRow, numbers: Sequence[int]) -> Iterator[str]:
    others = [str(number) for number in numbers if number != row.number]
    if row.code and others:
        yield f"与第 {'、'.join(others)} 行的编码「{row.code}」相同，请只留一行。"


def _wrong_section(row: DepartmentRow, offices: Mapping[str, str]) -> Iterator[str]:
    if row.section and row.section not in offices:
        yield f"没有「{row.section}」这个股室，请改正，或先在「股室」里新增。"
    elif row.section and offices[row.section] != OfficeKind.SECTION:
        yield f"「{row.section}」不是业务股室，不能归口。"


def _codes_by_name(rows: Iterable[DepartmentRow], stored: Mapping[str, Department]) -> dict[str, set[str]]:
    """Map each name to the codes that have it, in the file or, for departments that it lacks, as stored."""
    names = {code: department.name for code, department in stored.items()}
    names |= {row.code: row.name for row in rows}
    codes: dict[str, set[str]] = defaultdict(set)
    for code, name in names.items():
        codes[name].add(code)
    return codes


def _supervisor(
    row: DepartmentRow, codes: Mapping[str, set[str]], known: set[str]
) -> tuple[str | None, tuple[str, ...]]:
    """Resolve the supervisor of a row, a code or a name, to its code; the second value is a problem, if any."""
    written = row.supervisor
    if not written:
        return written, ()
    code = written if written in known else normal_code(written)
    found = {code} if code in known else codes.get(written, set())
    if not found:
        return written, (f"没有主管部门「{written}」，请填它的单位编码或全称；新单位要先列在这份文件里。",)
    if len(found) > 1:
        return written, (f"有 {len(found)} 个单位都叫「{written}」，主管部门请填单位编码。",)
    (code,) = found
    return code, ("主管部门是本单位自己，请改正或留空。",) if code == row.code else ()


def _without_loops(rows: Sequence[DepartmentRow], stored: Mapping[str, Department]) -> list[DepartmentRow]:
    """Refuse rows whose supervisors lead back to them, or whose supervisor is new and refused."""
    above = {code: item.supervisor.code if item.supervisor else "" for code, item in stored.items()}
    above |= {row.code: row.supervisor for row in rows if row.supervisor is not None and not row.problems}
    names = {code: item.name for code, item in stored.items()} | {row.code: row.name for row in rows}
    checked = [replace(row, problems=(*row.problems, *_loop(row, above, names))) for row in rows]
    while refused := _new_under_refused(checked, stored):
        checked = [refused.get(row.number, row) for row in checked]
    return checked


def _loop(row: DepartmentRow, above: Mapping[str, str], names: Mapping[str, str]) -> Iterator[str]:
    if row.problems or not row.supervisor:
        return
    chain, code = [row.code], row.supervisor
    while code and code not in chain:
        chain.append(code)
        code = above.get(code, "")
    if code == row.code:
        yield f"主管部门形成循环：{' → '.join(names[item] for item in [*chain, code])}，请改正其中一个。"


def _new_under_refused(rows: Iterable[DepartmentRow], stored: Mapping[str, Department]) -> dict[int, DepartmentRow]:
    refused = {row.code: row.number for row in rows if row.problems and row.code not in stored}
    return {
        row.number: replace(row, problems=(f"主管部门在第 {refused[row.supervisor]} 行，那一行不能导入，请先改正它。",))
        for row in rows
        if row.supervisor and row.supervisor in refused and not row.problems
    }


def _outcome(row: DepartmentRow, department: Department | None, namesakes: set[str]) -> DepartmentOutcome:
    values: Values = {key: value for key in LABELS if (value := getattr(row, key)) is not None}
    before = stored_values(department, values) if department else None
    if row.problems:
        return DepartmentOutcome(row, OutcomeKind.REFUSED, values, before)
    if before is None:
        return DepartmentOutcome(row, OutcomeKind.NEW, values, None, notice=_notice(namesakes))
    changes = tuple(
        FieldChange(LABELS[key], _text(before[key]), _text(values[key])) for key in values if values[key] != before[key]
    )
    if not changes:
        return DepartmentOutcome(row, OutcomeKind.SAME, values, before)
    return DepartmentOutcome(row, OutcomeKind.CHANGED, values, before, changes, _notice(namesakes))


def _notice(namesakes: set[str]) -> str:
    listed = "、".join(sorted(namesakes))
    return f"请留意：已有同名单位，编码 {listed}，请核对是否为同一单位。" if namesakes else ""


def _text(value: str | bool) -> str:
    return value or "（空）" if isinstance(value, str) else "是" if value else "否"
