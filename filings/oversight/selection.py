"""The departments that a user has selected on the board."""

from collections.abc import Iterable, Sequence

from filings.errors import StepRefused
from filings.models import User
from filings.models.keys import parse_key
from filings.oversight.enrolled import Enrolled, EnrolledDepartment, departments
from filings.oversight.overseers import overseen_departments

MOST_SELECTED = 5000
MOST_NAMED = 20


def parse_ids(posted: Sequence[str]) -> frozenset[int]:
    """Parse the posted primary keys of departments. Raises StepRefused if there are none, too many, or others."""
    keys = [parse_key(text) for text in posted]
    ids = frozenset(key for key in keys if key is not None)
    if None in keys:
        raise StepRefused("勾选的单位无法识别，请刷新页面后重新勾选。")
    if not ids:
        raise StepRefused("尚未勾选单位，请先勾选再办。")
    if len(ids) > MOST_SELECTED:
        raise StepRefused(f"一次最多办 {MOST_SELECTED} 个单位，您勾选了 {len(ids)} 个，请分批办理。")
    return ids


def select(enrolled: Enrolled, wanted: frozenset[int], *, by: User) -> list[EnrolledDepartment]:
    """Return the departments with these primary keys in the order of their codes.

    Raises StepRefused if one of them is not in `enrolled`: removed from the list meanwhile, unknown, or not overseen
    by the user.
    """
    rows = departments(enrolled.filter(department__in=wanted).order_by("department__code"))
    missing = wanted - {row.department for row in rows}
    if missing:
        raise StepRefused(_why_missing(missing, by))
    return rows


def names(found: Iterable[str]) -> str:
    """Join names for a sentence, at most `MOST_NAMED` of them: 「县档案馆」「县教育局」等 30 个单位."""
    listed = list(found)
    text = "".join(f"「{name}」" for name in listed[:MOST_NAMED])
    return text if len(listed) <= MOST_NAMED else f"{text}等 {len(listed)} 个单位"


def _why_missing(missing: frozenset[int], by: User) -> str:
    """Name departments that the user oversees; of others only their numbers are known."""
    removed = overseen_departments(by).filter(pk__in=missing).order_by("code")
    foreign = sorted(missing - {department.pk for department in removed})
    reasons = []
    if removed:
        reasons.append(f"{names(department.name for department in removed)}已不在本批次的单位名单里")
    if foreign:
        numbers = "、".join(map(str, foreign[:MOST_NAMED]))
        reasons.append(
            f"编号 {numbers} {'等 ' if len(foreign) > MOST_NAMED else ''}共 {len(foreign)} 个单位不由您督办或不存在"
        )
    return f"{'；'.join(reasons)}。均未办理，请刷新页面后重新勾选。"
