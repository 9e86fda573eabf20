"""申报表清单: the list of filings as an Excel workbook, in the list's order, with its steps as columns."""

from collections.abc import Sequence
from decimal import Decimal

from filings import labels
from filings.exports.files import temporary_path
from filings.exports.workbook import TableWriter, Value
from filings.filing_list.rows import FilingRow
from filings.formats.download_formats import CONTENT_TYPES
from filings.formats.file import File, safe_name
from filings.local_time import day

COLUMNS = (
    ("单位编码", 10),
    ("单位名称", 28),
    ("申报批次", 12),
    ("主管部门", 20),
    ("归口业务股室", 14),
    ("状态", 12),
    ("当前环节", 10),
    ("办理人", 16),
    ("已等待（工作日）", 9),
    ("办理期限", 11),
    ("资金总额（万元）", 14),
    ("批复日期", 11),
)


def write(rows: Sequence[FilingRow], *, period: str) -> File:
    """Write the rows. `period` names the cycle, or 全部年度."""
    table = TableWriter(period)
    table.begin("申报表清单", COLUMNS)
    for row in rows:
        table.write(_cells(row))
    with temporary_path() as path:
        table.save(path)
        content = path.read_bytes()
    return File(safe_name(f"申报表清单（{period}）{day(None)}", "xlsx"), CONTENT_TYPES["xlsx"], content)


def _cells(row: FilingRow) -> list[Value]:
    filing, department, now = row.filing, row.filing.department, row.progress.current
    approval = row.progress.last_done if now is None else None
    total: Decimal | None = row.total
    return [
        department.code,
        department.name,
        filing.cycle.label,
        department.supervisor.name if department.supervisor else None,
        department.section.name if department.section else None,
        labels.STATUS[filing.status],
        now.title if now else None,
        f"{now.office_label} {now.names_label}".strip() if now else None,
        now.waited if now else None,
        str(filing.due_on) if filing.due_on else None,
        total,
        day(approval.at) if approval and approval.at else None,
    ]
