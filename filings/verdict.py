"""The one sentence over all that was found: whether the table can be submitted, with how much of what."""


def in_words(*, errors: int, warnings: int, advice: int, asked: int, explained: int) -> str:
    """「可以提交：0 项阻断，3 项提醒（1 项需说明）」

    `asked` are the warnings that want an explanation, `explained` those that have one.
    """
    if not errors + warnings + advice:
        return "可以提交：没有发现问题"
    may = "还不能提交" if errors else "可以提交"
    wanted = f"{asked} 项需说明" if asked else ""
    given = f"，已说明 {explained} 项" if asked and explained else ""
    counts = f"{errors} 项阻断，{warnings} 项提醒" + (f"（{wanted}{given}）" if wanted else "")
    return f"{may}：{counts}" + (f"，{advice} 项建议" if advice else "")
