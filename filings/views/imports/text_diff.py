"""Shorten two texts for comparison: omit most of a long common start, so that the difference is visible."""

# A shorter common start is shown whole; of a longer one the last `LEAD` characters are shown.
LONGEST_COMMON = 100
LEAD = 20


def trim_common_start(now: str, then: str) -> tuple[str, str]:
    """Return both texts without most of a long common start."""
    differing = (index for index, (old, new) in enumerate(zip(now, then, strict=False)) if old != new)
    common = next(differing, min(len(now), len(then)))
    if common <= LONGEST_COMMON:
        return now, then
    start = common - LEAD
    return f"…{now[start:]}", f"…{then[start:]}"
