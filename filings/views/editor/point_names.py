"""Names of restore points: what happened then, and what was changed until the next one."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from filings.choices import Action, PointKind
from filings.document.edition import Edition
from filings.document.place import Place
from filings.document.sections import section_label, section_position
from filings.models import Filing, RestorePoint

_RETURNS: Mapping[str, str] = {
    Action.RETURN: "退回后",
    Action.SEND_BACK: "单位负责人退回后",
    Action.WITHDRAW: "撤回后",
}
_NAMES: Mapping[str, str] = {
    PointKind.OPENED: "打开填报时",
    PointKind.PASTE: "粘贴前",
    PointKind.IMPORT: "导入前",
    PointKind.LAST_YEAR: "沿用上年前",
    PointKind.SUBMISSION: "提交时",
    PointKind.RESTORE: "恢复前",
    PointKind.CANCEL_ADJUSTMENT: "取消调整前",
}
Save = tuple[datetime, str]


def names_of(
    filing: Filing, points: Sequence[RestorePoint], following: RestorePoint | None, changed: Sequence[Sequence[Place]]
) -> list[str]:
    """Name the points of one page of the list, which has the newest first.

    `following` is the point after the newest of them, None without one; `changed` are the places that were changed
    until the next point. The list has the time and user of each point in columns of their own.
    """
    if not points:
        return []
    saves = list(filing.edits.filter(at__gte=points[-1].at).order_by("at").values_list("at", "by__name"))
    returns = list(filing.events.filter(action__in=_RETURNS).order_by("at").values_list("at", "action"))
    earlier = filing.points.filter(id__lt=points[-1].pk).order_by("-id").first()
    next_points = [following, *points[:-1]]
    previous_points = [*points[1:], earlier]
    edition = filing.cycle.edition.definition()
    names = []
    for point, after, before, places in zip(points, next_points, previous_points, changed, strict=True):
        name = _name(point, _between(saves, point.at, after.at if after else None))
        prefix = _return_before(point, before, returns)
        names.append(f"{prefix}{name}{_changes(places, edition)}")
    return names


def name_of_kind(point: RestorePoint) -> str:
    """What happened at a point, with its detail: 导入前（2021年绩效目标表.docx）."""
    detail = point.detail
    if detail and point.kind == PointKind.SUBMISSION:
        detail = f"第 {detail} 版"
    if detail and point.kind == PointKind.RESTORE:
        detail = f"恢复到 {detail} 的内容"
    return _NAMES[point.kind] + (f"（{detail}）" if detail else "")


def _name(point: RestorePoint, saves: Sequence[Save]) -> str:
    if point.kind != PointKind.OPENED or not saves:
        return name_of_kind(point)
    users = list(dict.fromkeys(name for _, name in saves))
    others = "" if users == [point.by.name] else "、".join(users)
    return " ".join(filter(None, (others, _period(saves[0][0], saves[-1][0]), "编辑前")))


def _changes(places: Sequence[Place], edition: Edition) -> str:
    """Count the changes by section in printed order: ，改动年度预算 3 处、绩效指标 1 处."""
    ordered = sorted(places, key=lambda place: section_position(place, edition))
    counts = Counter(_section(place, edition) for place in ordered)
    return "，改动" + "、".join(f"{label} {count} 处" for label, count in counts.items()) if counts else ""


def _section(place: Place, edition: Edition) -> str:
    return "说明" if place.section == "explanations" else section_label(place, edition)


def _between(saves: Sequence[Save], start: datetime, end: datetime | None) -> Sequence[Save]:
    first = bisect_left(saves, (start, ""))
    return saves[first:] if end is None else saves[first : bisect_right(saves, (end, ""))]


def _period(start: datetime, end: datetime) -> str:
    """Format 14:05–14:32, with the date of the end on another day; empty for the same minute."""
    first, last = timezone.localtime(start), timezone.localtime(end)
    begins = date_format(first, "H:i")
    ends = date_format(last, "H:i" if first.date() == last.date() else "m-d H:i")
    return "" if begins == ends else f"{begins}–{ends}"


def _return_before(point: RestorePoint, before: RestorePoint | None, returns: Sequence[tuple[datetime, str]]) -> str:
    """Name the return after the previous point: the first point after it is the table as it was returned."""
    since = [action for at, action in returns if at <= point.at and (before is None or at > before.at)]
    return f"{_RETURNS[since[-1]]}，" if since and point.kind != PointKind.SUBMISSION else ""
