"""What was found, in one sentence: while a table is filled in, whether it can be submitted; afterwards, how much it is.

`asked` are the warnings that want an explanation, `explained` those of them that have one.
"""


def in_words(*, errors: int, warnings: int, advice: int, asked: int, explained: int) -> str:
    """「可以提交：0 项阻断，3 项提醒（1 项需说明）」"""
    may = "还不能提交" if errors else "可以提交"
    counted = counts_in_words(errors=errors, warnings=warnings, advice=advice, asked=asked, explained=explained)
    return f"{may}：{counted}"


def counts_in_words(*, errors: int, warnings: int, advice: int, asked: int, explained: int) -> str:
    """「0 项阻断，3 项提醒（1 项需说明，已说明 1 项）」, of a table that was submitted."""
    if not errors + warnings + advice:
        return "没有发现问题"
    wanted = f"{asked} 项需说明" if asked else ""
    given = f"，已说明 {explained} 项" if asked and explained else ""
    counts = f"{errors} 项阻断，{warnings} 项提醒" + (f"（{wanted}{given}）" if wanted else "")
    return counts + (f"，{advice} 项建议" if advice else "")
