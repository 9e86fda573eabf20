"""审核表: the score sheet of a revision on paper, with every reviewer's points, notes and line for the signature."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
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


@dataclass(frozen=True)
class PrintedSection:
    """A section of the sheet; every row has a text for each column of the table."""

    label: str
    points: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class PrintedSheet:
    """The page with its parts in printed order. There is a column and a signature for each of the reviewers."""

    title: str
    facts: str
    columns: tuple[str, ...]
    sections: tuple[PrintedSection, ...]
    points: str
    total: str
    grade: str
    notes: tuple[str, ...]
    signatures: tuple[str, ...]


def write(filing: Filing, revision: Revision, sheet: ScoreSheet, scored: ScoredSheet, *, made_at: datetime) -> File:
    """Return the PDF under its title. The same scores give the same bytes. Raises CannotPrint."""
    printed = PrintedSheet(
        title=TITLE,
        facts=_facts(filing, revision),
        columns=(*_COLUMNS, *(f"{review.by_office} {review.by_name}" for review in scored.reviews), "得分"),
        sections=tuple(
            PrintedSection(each.section.label, plain(each.section.points), tuple(_cells(item) for item in each.items))
            for each in scored.sections
        ),
        points=plain(sheet.points),
        total=plain(scored.total),
        grade=GRADE[scored.grade],
        notes=tuple(_notes(sheet, scored)),
        signatures=tuple(
            f"审核人：{review.by_name}（{review.by_office}）　{written_date(timezone.localdate(review.at))}　　签字："
            for review in scored.reviews
        ),
    )
    text = "\n".join(lines(printed))
    content = print_page(_TEMPLATE, asdict(printed), text, made_at=made_at, instead="请用浏览器打印这一页。")
    name = f"{filing.department.name}{filing.cycle.year}年{TITLE}"
    return File(safe_name(name, "pdf"), "application/pdf", content)


def lines(sheet: PrintedSheet) -> Iterator[str]:
    """Yield the lines of the attachment: all that the page has, in its order."""
    yield from (sheet.title, sheet.facts, " ".join(sheet.columns))
    for section in sheet.sections:
        yield f"{section.label} {section.points} 分"
        yield from (" ".join(row) for row in section.rows)
    yield f"合计 {sheet.points} {sheet.total}"
    yield f"等级 {sheet.grade}"
    if sheet.notes:
        yield "说明"
        yield from (f"{number}. {note}" for number, note in enumerate(sheet.notes, start=1))
    yield from sheet.signatures


def _facts(filing: Filing, revision: Revision) -> str:
    return f"单位：{filing.department.name}　　年度：{filing.cycle.year}年　　申报表：第 {revision.number} 版"


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
