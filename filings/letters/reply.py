"""修改说明: the department's account of how it handled the remarks of a returned table, and why it adjusts rows."""

from collections.abc import Iterator
from itertools import chain

from django.utils import timezone

from filings.document.content import FilingDocument
from filings.document.place import Place
from filings.letters.letter import Letter, LetterSection, LetterTable
from filings.letters.rounds import ReturnedRound, full_office, written_date
from filings.lifecycle.adjustment import Adjustment, ChangedRow, of_revision
from filings.models import Remark
from filings.reviewing.row_content import has_changed
from filings.reviewing.row_names import RowName, row_name

COLUMNS = ("序号", "内容", "审核意见", "修改情况")


def reply(item: ReturnedRound) -> Letter | None:
    """Write the account of a round; None while the table has not been resubmitted."""
    revision = item.resubmitted
    if revision is None or not item.is_answered:
        return None
    department, review = item.filing.department.name, item.review
    document = revision.document()
    rows = tuple(
        (str(number), _content(item.name(remark)), remark.text, _handling(remark, item, document))
        for number, remark in enumerate(item.remarks, start=1)
    )
    return Letter(
        title_lines=(f"{department}关于", f"{item.filing.cycle.year}年部门整体支出绩效目标表的修改说明"),
        salutation=f"{full_office(review)}：",
        opening=(f"对第 {review.round} 轮审核意见，我单位已逐条研究办理，情况如下。",),
        table=LetterTable(COLUMNS, rows),
        sections=tuple(_adjusted(of_revision(revision, item.edition))),
        closing=(f"修改后的绩效目标表（第 {revision.number} 版）已重新提交，请审核。",),
        signature=department,
        date=written_date(timezone.localdate(revision.submitted_at)),
    )


def _adjusted(adjustment: Adjustment | None) -> Iterator[LetterSection]:
    """Yield the adjusted rows with their reasons, as one section; none if the version adjusts nothing."""
    if adjustment is None or not adjustment.rows:
        return
    points = (f"{number}. {_reason(row)}".splitlines() for number, row in enumerate(adjustment.rows, start=1))
    heading = f"与第 {adjustment.copy.revision.number} 版定稿相比，调整内容和原因："
    yield LetterSection(heading, tuple(chain.from_iterable(points)))


def _reason(row: ChangedRow) -> str:
    text = f"{row.word}「{row.name}」"
    if row.reason:
        text = f"{text}，原因为{row.reason.text}"
    return text if text.endswith("。") else f"{text}。"


def _content(row: RowName) -> str:
    return f"{row.name}（{row.value}）" if row.value else row.name


def _handling(remark: Remark, item: ReturnedRound, document: FilingDocument) -> str:
    """Describe what became of a remark: the change with both values, or the reason for no change."""
    place = Place.parse(remark.place)
    if not has_changed(place, item.document, document, item.edition):
        return remark.answer if remark.answer.startswith("不改") else f"不改，说明：{remark.answer}"
    before, after = item.name(remark), row_name(place, document, item.edition)
    change = "已改" if before == after else f"已改：原「{_content(before)}」，现「{_content(after)}」"
    return f"{change}。{remark.answer}" if remark.answer else f"{change}。"
