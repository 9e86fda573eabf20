"""审核表: the score sheet of a revision on paper, with every reviewer's points, notes and line for the signature."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from filings.formats.file import File, safe_name
from filings.labels import GRADE
from filings.letters.pdf import print_page
from filings.letters.rounds import written_date
from filings.models import Filing, Revision
from filings.policy.score_sheet import ScoreSheet
from filings.reviewing.scoring.average import ItemScores, ScoredSheet
from filings.reviewing.scoring.entries import plain

TITLE = "部门整体支出绩效目标审核表"
_TEMPLATE = "filings/letters/score_sheet.html"
_COLUMNS = ("审核内容", "审核要点", "分值")


def write(filing: Filing, revision: Revision, sheet: ScoreSheet, scored: ScoredSheet, *, made_at: datetime) -> File:
    """Return the PDF under its title. The same scores give the same bytes. Raises CannotPrint."""
    context = {
        "title": TITLE,
        "facts": _facts(filing, revision),
        "columns": (*_COLUMNS, *(f"{review.by_office} {review.by_name}" for review in scored.reviews), "得分"),
        "sections": [
            (section.section.label, plain(section.section.points), [_cells(item) for item in section.items])
            for section in scored.sections
        ],
        "reviewer_count": len(scored.reviews),
        "points": plain(sheet.points),
        "total": plain(scored.total),
        "grade": GRADE[scored.grade],
        "notes": list(_notes(sheet, scored)),
        "signatures": [
            f"审核人：{review.by_name}（{review.by_office}）　{written_date(timezone.localdate(review.at))}"
            for review in scored.reviews
        ],
    }
    text = "\n".join(_text(context))
    content = print_page(_TEMPLATE, context, text, made_at=made_at, instead="请用浏览器打印这一页。")
    name = f"{filing.department.name}{filing.cycle.year}年{TITLE}"
    return File(safe_name(name, "pdf"), "application/pdf", content)


def _facts(filing: Filing, revision: Revision) -> str:
    return f"单位：{filing.department.name}　　年度：{filing.cycle.year}年　　申报表：第{revision.number}版"


def _cells(item: ItemScores) -> tuple[str, ...]:
    points = (entry["points"] for entry in item.entries)
    return (item.item.label, plain(item.item.points), *points, plain(round(item.average, 2)))


def _notes(sheet: ScoreSheet, scored: ScoredSheet) -> Iterator[str]:
    """Yield why a reviewer did not follow a proposal, and that the sheet is not verified."""
    for section in scored.sections:
        for item in section.items:
            for review, entry in zip(scored.reviews, item.entries, strict=True):
                if entry.get("note"):
                    yield f"{item.item.label}（{review.by_name}评 {entry['points']} 分）：{entry['note']}"
    if not sheet.verified:
        yield "分值和等级线未经核实，请按本地规定核对。"


def _text(context: dict[str, object]) -> Iterator[str]:
    """Yield the lines of the attachment: all that the page has, in its order."""
    yield str(context["title"])
    yield str(context["facts"])
    sections: list[tuple[str, str, list[tuple[str, ...]]]] = context["sections"]  # type: ignore[assignment]
    for label, points, rows in sections:
        yield f"{label} {points}"
        yield from (" ".join(row) for row in rows)
    yield f"合计 {context['points']} {context['total']} 等级 {context['grade']}"
    columns: tuple[str, ...] = context["columns"]  # type: ignore[assignment]
    for lines in (columns, context["notes"], context["signatures"]):
        yield from lines  # type: ignore[misc]
