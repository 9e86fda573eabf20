"""Format finding counts as one Chinese sentence.

`asked` is the number of warnings that need an explanation, `explained` the number of those that have one.
"""


def submission_summary(
    *, errors: int, warnings: int, advice: int, asked: int, explained: int, unanswered: int = 0
) -> str:
    """Format whether a draft can be submitted: 「可以提交：0 项须改正，3 项提醒」, 「暂不能提交：1 项提醒尚未说明」.

    `unanswered` is the number of remarks without change or answer.
    """
    unexplained = asked - explained
    stops = _listed((errors, "项须改正"), (unanswered, "条退回意见未办理"), (unexplained, "项提醒尚未说明"))
    if not stops:
        counts = counts_summary(errors=errors, warnings=warnings, advice=advice, asked=asked, explained=explained)
        return f"可以提交：{counts}"
    others = _listed((warnings - unexplained, "项提醒"), (advice, "项建议"))
    return f"暂不能提交：{stops}" + (f"；另有 {others}" if others else "")


def progress_summary(
    *, to_fill: int, errors: int, warnings: int, advice: int, asked: int, explained: int, unanswered: int = 0
) -> str:
    """Format how far a draft is: 「尚有 5 项待填，1 项须改正」, or whether it can be submitted."""
    if to_fill:
        stops = ((to_fill, "项待填"), (errors, "项须改正"), (unanswered, "条退回意见未办理"))
        return "尚有 " + _listed(*stops, (warnings, "项提醒"), (advice, "项建议"))
    return submission_summary(
        errors=errors, warnings=warnings, advice=advice, asked=asked, explained=explained, unanswered=unanswered
    )


def counts_summary(*, errors: int, warnings: int, advice: int, asked: int, explained: int) -> str:
    """Format the counts of a submitted table: 「0 项须改正，3 项提醒（1 项需说明，已说明 1 项）」."""
    if not errors + warnings + advice:
        return "没有发现问题"
    asked_part = f"{asked} 项需说明" if asked else ""
    explained_part = f"，已说明 {explained} 项" if asked and explained else ""
    counts = f"{errors} 项须改正，{warnings} 项提醒" + (f"（{asked_part}{explained_part}）" if asked_part else "")
    return counts + (f"，{advice} 项建议" if advice else "")


def _listed(*counts: tuple[int, str]) -> str:
    """List the counts that are not zero with their labels."""
    return "，".join(f"{count} {label}" for count, label in counts if count)
