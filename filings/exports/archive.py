"""盖章定稿: a zip of the sealed copies in force, with 错误清单.txt about departments without a copy."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.utils import timezone

from filings import permissions
from filings.exports import file_names
from filings.exports.file_names import FileNames
from filings.exports.progress import Progress
from filings.exports.scope import DEPARTMENTS_AT_ONCE, ExportScope
from filings.lifecycle import issuing
from filings.lifecycle.stored_files import FileDamaged
from filings.models import Department, IssuedCopy

REPORT = "错误清单.txt"


@dataclass
class ArchiveReport:
    """Lines of 错误清单.txt: departments without a file, and secret ones that must not be published."""

    missing: list[str] = field(default_factory=list)
    secret: list[str] = field(default_factory=list)

    def text(self) -> str:
        """Return the text with Windows line ends, '' if there is nothing to report."""
        lines = []
        if self.missing:
            lines += [f"没有列入压缩包的单位（{len(self.missing)} 个）：", *self.missing, ""]
        if self.secret:
            lines += [f"涉密单位的定稿也在压缩包里，不得公开（{len(self.secret)} 个）：", *self.secret, ""]
        return "\r\n".join(lines)


def write(path: Path, scope: ExportScope, pattern: str, progress: Progress) -> None:
    """Write the archive; one copy at a time is in memory. PDF files are stored, because they are compressed already."""
    names, report = FileNames(pattern, "pdf"), ArchiveReport()
    progress.begin(scope.departments().count())
    with ZipFile(path, "w", ZIP_STORED) as archive:
        for department, copy in _copies(scope):
            problem = _add(archive, names, scope, department, copy)
            if problem:
                report.missing.append(f"{department.code} {department.name}：{problem}")
            elif department.withheld:
                report.secret.append(f"{department.code} {department.name}")
            progress.step(failed=bool(problem))
        if text := report.text():
            # Notepad takes a file without a byte order mark for the system's legacy encoding.
            archive.writestr(REPORT, text.encode("utf-8-sig"))


def _copies(scope: ExportScope) -> Iterator[tuple[Department, IssuedCopy | None]]:
    """Yield all departments with the copy in force that the user may see."""
    copies = IssuedCopy.objects.filter(live=True, filing__in=permissions.visible_to(scope.user))
    copies = copies.filter(filing__cycle=scope.cycle).select_related("filing", "revision").defer("revision__content")
    found = {copy.filing.department_id: copy for copy in copies.iterator(DEPARTMENTS_AT_ONCE)}
    for department in scope.departments().iterator(DEPARTMENTS_AT_ONCE):
        yield department, found.get(department.pk)


def _add(
    archive: ZipFile, names: FileNames, scope: ExportScope, department: Department, copy: IssuedCopy | None
) -> str:
    """Add the copy of a department and return the reason if it cannot be added, '' if it was added."""
    if copy is None:
        return "尚未批复，或者批复已撤回"
    if department.withheld and not permissions.may_manage(scope.user):
        return "涉密，只有管理员可以导出"
    try:
        content = issuing.read(copy)
    except FileDamaged:
        return "定稿的文件缺失或被改动过，请管理员从备份恢复"
    values = {
        file_names.CODE: department.code,
        file_names.NAME: department.name,
        file_names.YEAR: str(scope.cycle.year),
        file_names.VERSION: f"第 {copy.revision.number} 版",
    }
    issued_at = timezone.localtime(copy.issued_at).timetuple()[:6]
    archive.writestr(ZipInfo(names.name(values), issued_at), content)
    return ""
