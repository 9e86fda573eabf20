"""Parts shared by the pages of imports: labels of outcomes, and workbooks to download."""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from filings.cycles.list_file import CONTENT_TYPE, write_list
from filings.cycles.outcome import OutcomeKind

KIND_LABELS: dict[OutcomeKind, str] = {
    OutcomeKind.NEW: "新增",
    OutcomeKind.CHANGED: "改动",
    OutcomeKind.SAME: "不变",
    OutcomeKind.REFUSED: "不能导入",
}


def list_file(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """Build the download of a list."""
    answer = HttpResponse(write_list(title, heads, rows), content_type=CONTENT_TYPE)
    answer.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{title}.xlsx")
    return answer
