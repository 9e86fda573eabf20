"""Two long texts that begin alike, each from shortly before where they part: what differs is seen at once."""

# Texts that part sooner are shown whole; of others so many characters are shown that they have in common.
LONGEST_ALIKE = 100
LEAD = 20


def from_where_they_part(now: str, then: str) -> tuple[str, str]:
    """Both texts, without most of a long beginning that they have in common."""
    parting = (at for at, (one, other) in enumerate(zip(now, then, strict=False)) if one != other)
    alike = next(parting, min(len(now), len(then)))
    if alike <= LONGEST_ALIKE:
        return now, then
    start = alike - LEAD
    return f"…{now[start:]}", f"…{then[start:]}"
