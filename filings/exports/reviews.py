"""等级和审核意见: a sheet with the decisions, and one with the remarks and their answers."""

from collections.abc import Iterator, Set
from pathlib import Path

from filings import labels, permissions
from filings.actions.table import label_of
from filings.document.place import Place
from filings.exports.progress import Progress
from filings.exports.scope import HEADS, ExportScope, ReportedDepartment
from filings.exports.workbook import TableWriter, Value
from filings.local_time import moment
from filings.models import Remark, Review
from filings.reviewing.row_names import row_name

DECISIONS = (
    *(("轮次", 6), ("审核的版本", 10), ("环节", 10), ("决定", 10), ("等级", 6), ("意见", 50), ("例外理由", 30)),
    *(("审核人", 10), ("股室或单位", 16), ("时间", 17)),
)
REMARKS = (
    *(("轮次", 6), ("位置", 26), ("原因", 14), ("意见", 50), ("范围", 10), ("意见状态", 12), ("单位答复", 40)),
    *(("审核人", 10), ("股室或单位", 16)),
)


def write(path: Path, scope: ExportScope, pattern: str, progress: Progress) -> None:
    """Write decisions and remarks on the versions that the user may see; internal remarks within the bureau only."""
    table = TableWriter(scope.cycle.label)
    visible = permissions.all_visible_revisions(scope.user).filter(filing__cycle=scope.cycle)
    seen = set(visible.values_list("pk", flat=True))
    progress.begin(scope.departments().count())
    table.begin("等级", [*HEADS, *DECISIONS])
    for row in scope.reported():
        for review in _reviews(row, seen):
            table.write([*row.heads, *_decision(review)])
    table.begin("审核意见", [*HEADS, *REMARKS])
    for row in scope.reported():
        for remark in _remarks(row, scope, seen):
            table.write([*row.heads, *_remark(remark, scope)])
        progress.step()
    table.save(path)


def _reviews(row: ReportedDepartment, seen: Set[int]) -> list[Review]:
    """Return the decisions on the versions `seen`. They are compared here, because the query is made for each row."""
    reviews = Review.objects.filter(revision__filing=row.filing).select_related("revision").order_by("pk")
    return [review for review in reviews.defer("revision__content") if review.revision_id in seen]


def _remarks(row: ReportedDepartment, scope: ExportScope, seen: Set[int]) -> Iterator[Remark]:
    if row.filing is None:
        return
    remarks = Remark.objects.filter(review__in=[review.pk for review in _reviews(row, seen)])
    if not permissions.may_see_internal(scope.user, row.filing):
        remarks = remarks.filter(internal=False)
    yield from remarks.select_related("review__revision").order_by("pk")


def _decision(review: Review) -> list[Value]:
    return [
        review.round,
        review.revision.number,
        labels.STAGE[review.stage],
        label_of(review.decision),
        labels.GRADE.get(review.grade, ""),
        review.reason,
        review.exception_reason,
        review.by_name,
        review.by_office,
        moment(review.at),
    ]


def _remark(remark: Remark, scope: ExportScope) -> list[Value]:
    code = scope.cycle.review_policy().reason(remark.code)
    document, edition = remark.review.revision.document(), scope.cycle.edition.definition()
    return [
        remark.round,
        row_name(Place.parse(remark.place), document, edition).name,
        code.label if code else remark.code,
        remark.text,
        "仅内部" if remark.internal else "对单位",
        "" if remark.internal else labels.REMARK_STATE[remark.state],
        remark.answer,
        remark.review.by_name,
        remark.review.by_office,
    ]
