"""审核意见: the letter of the bureau to the department about a returned table.

It is made from the stored review and remarks, which no later action changes.
"""

from collections.abc import Iterator
from itertools import chain, count, groupby

from filings.document import numerals
from filings.document.place import WHOLE_TABLE
from filings.labels import GRADE
from filings.letters.letter import Letter, LetterSection
from filings.letters.rounds import ReturnedRound, date_of, full_office, written_date
from filings.models import Remark


def opinion(item: ReturnedRound) -> Letter:
    """Write the letter of a returned round."""
    department, review = item.filing.department.name, item.review
    return Letter(
        title_lines=(f"关于{department}", f"{item.filing.cycle.year}年部门整体支出绩效目标表的审核意见"),
        salutation=f"{department}：",
        opening=tuple(_opening(item)),
        table=None,
        sections=tuple(_sections(item)),
        closing=(_closing(item),),
        signature=full_office(review),
        date=date_of(review),
    )


def _opening(item: ReturnedRound) -> Iterator[str]:
    review = item.review
    yield (
        f"你单位报送的{item.filing.cycle.year}年部门整体支出绩效目标表（第 {review.revision.number} 版）收悉。"
        f"经第 {review.round} 轮审核，现退回修改，意见如下。"
    )
    if review.grade:
        yield f"评定等级：{GRADE[review.grade]}。"
    if review.reason:
        yield from f"总体意见：{review.reason}".splitlines()


def _sections(item: ReturnedRound) -> Iterator[LetterSection]:
    """Yield the remarks by section of the table, numbered throughout; the overall reason is not repeated."""
    listed = [remark for remark in item.remarks if not _is_reason(remark, item)]
    numbers = count(1)
    groups = groupby(listed, key=lambda remark: item.name(remark).section)
    for position, (section, remarks) in enumerate(groups, start=1):
        points = (f"{next(numbers)}. {_point(remark, item)}".splitlines() for remark in remarks)
        yield LetterSection(f"{numerals.to_chinese(position)}、{section}", tuple(chain.from_iterable(points)))


def _is_reason(remark: Remark, item: ReturnedRound) -> bool:
    return remark.place == str(WHOLE_TABLE) and remark.text == item.review.reason


def _point(remark: Remark, item: ReturnedRound) -> str:
    """Write a remark with its reason, and with the row's name and value unless its words contain the name."""
    row, reason = item.name(remark), item.reason(remark)
    value = f"（{row.value}）" if row.value else ""
    prefix = "" if row.name in remark.text or row.name == row.section else f"「{row.name}」{value}："
    return f"{f'【{reason}】' if reason else ''}{prefix}{remark.text}"


def _closing(item: ReturnedRound) -> str:
    until = f"于{written_date(item.due_on)}前" if item.due_on else ""
    return f"请{until}按上述意见逐条修改；不改的，写明理由，经单位负责人审签后重新提交。"
