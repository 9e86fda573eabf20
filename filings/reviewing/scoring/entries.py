"""Check the points that a reviewer has entered, and complete them for storing.

Either no item has points or all have: half a score sheet has no total.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from filings.choices import Grade
from filings.document.text import prose, shorten
from filings.errors import StepRefused
from filings.labels import GRADE
from filings.policy.score_sheet import ScoreItem, ScoreSheet

LONGEST_NOTE = 500
MOST_DECIMALS = 2
Entered = Mapping[str, Mapping[str, str]]


def complete(sheet: ScoreSheet, proposed: Mapping[str, Decimal], entered: Entered) -> dict[str, dict[str, str]]:
    """Return {item key: {"points", "note", "proposed"}} of every item; empty if no points were entered.

    Raises StepRefused with all that is missing or wrong.
    """
    if not any(_typed(entered, item, "points") for item in sheet.items):
        return {}
    refusals = [refusal for item in sheet.items if (refusal := _refusal(item, proposed[item.key], entered))]
    if refusals:
        raise StepRefused("评分尚未完成：" + "".join(refusals))
    return {
        item.key: {
            "points": plain(parse_points(_typed(entered, item, "points"))),
            "note": prose(_typed(entered, item, "note")),
            "proposed": plain(proposed[item.key]),
        }
        for item in sheet.items
    }


def total(scores: Entered) -> Decimal:
    """Add up the points of completed scores."""
    return sum((Decimal(row["points"]) for row in scores.values()), Decimal(0))


def grade_for(sheet: ScoreSheet, scores: Entered, chosen: str) -> str:
    """Return the grade of completed scores, or the chosen one if nothing was scored.

    Raises StepRefused if the chosen grade contradicts the total.
    """
    if not scores:
        return chosen
    points = total(scores)
    grade = sheet.grade_of(points)
    if chosen and Grade(chosen) is not grade:
        sums_to = f"评分合计 {plain(points)} 分，应为「{GRADE[grade]}」"
        raise StepRefused(f"{sums_to}，等级却选了「{GRADE[chosen]}」。请改评分，或把等级留空。")
    return grade.value


def parse_points(text: str) -> Decimal:
    """Parse points as typed. Raises ValueError."""
    try:
        points = Decimal(text.strip())
    except InvalidOperation as error:
        raise ValueError(text) from error
    exponent = points.as_tuple().exponent
    if not points.is_finite() or not isinstance(exponent, int) or -exponent > MOST_DECIMALS:
        raise ValueError(text)
    return points


def _refusal(item: ScoreItem, proposed: Decimal, entered: Entered) -> str:
    typed, note = _typed(entered, item, "points"), prose(_typed(entered, item, "note"))
    if not typed:
        return f"「{item.label}」没有评分。"
    try:
        points = parse_points(typed)
    except ValueError:
        return f"「{item.label}」的评分「{shorten(typed, 20)}」不是分数，请填数字，最多 {MOST_DECIMALS} 位小数。"
    if not 0 <= points <= item.points:
        return f"「{item.label}」的评分 {plain(points)} 不在 0 到 {plain(item.points)} 之间。"
    if len(note) > LONGEST_NOTE:
        return f"「{item.label}」的说明共 {len(note)} 字，请缩短到 {LONGEST_NOTE} 字以内。"
    if points != proposed and not note:
        return f"「{item.label}」评 {plain(points)} 分，与建议的 {plain(proposed)} 分不同，请写说明。"
    return ""


def _typed(entered: Entered, item: ScoreItem, name: str) -> str:
    return str(entered.get(item.key, {}).get(name, "")).strip()


def plain(points: Decimal) -> str:
    """Write points without exponent and trailing zeros."""
    text = f"{points:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
