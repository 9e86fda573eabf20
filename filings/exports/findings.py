"""核对结果: one row for each finding that was stored when the table was submitted."""

from pathlib import Path

from filings import labels
from filings.document.place import Place
from filings.exports.progress import Progress
from filings.exports.scope import HEADS, ExportScope
from filings.exports.workbook import TableWriter, Value
from filings.models import Finding, Revision
from filings.reviewing.row_names import row_name

COLUMNS = (
    *(("规则", 7), ("程度", 8), ("位置", 26), ("内容", 60), ("单位说明", 40)),
    *(("豁免人", 18), ("豁免理由", 30), ("审核标准", 10), ("依据", 40)),
)


def write(path: Path, scope: ExportScope, pattern: str, progress: Progress) -> None:
    """Write the findings of each department's newest visible version."""
    table = TableWriter(scope.cycle.label)
    table.begin("核对结果", [*HEADS, *COLUMNS])
    progress.begin(scope.departments().count())
    for row in scope.reported():
        for cells in _findings(row.revision, scope) if row.revision else ():
            table.write([*row.heads, *cells])
        progress.step()
    table.save(path)


def _findings(revision: Revision, scope: ExportScope) -> list[list[Value]]:
    document, edition = revision.document(), scope.cycle.edition.definition()
    return [
        [
            finding.code,
            labels.SEVERITY[finding.severity],
            row_name(Place.parse(finding.places[0]), document, edition).name if finding.places else "",
            finding.message,
            finding.explanation,
            f"{finding.waived_by_office} {finding.waived_by_name}".strip(),
            finding.waiver_reason,
            labels.CRITERION.get(finding.criterion, ""),
            finding.basis,
        ]
        for finding in Finding.objects.filter(revision=revision).order_by("number")
    ]
