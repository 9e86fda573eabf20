"""Groups of filings with copied content, as far as the user may see their filings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from filings import permissions
from filings.models import Cycle, Filing, User
from filings.oversight.copies import StoredGroup, StoredMember
from filings.similarity.texts import CopiedKind
from filings.views.access import visible_filings

KIND_LABELS = {
    CopiedKind.GOALS: "整体绩效目标",
    CopiedKind.DUTIES: "部门职责",
    CopiedKind.INDICATORS: "绩效指标",
}


@dataclass(frozen=True)
class SimilarFiling:
    """A filing of a group with the compared version. `member.excerpt` is its most copied sentence or row.

    `may_remark` is true if it awaits a decision of the user. `is_outdated` if a newer version has been signed since.
    """

    filing: Filing
    member: StoredMember
    may_remark: bool
    is_outdated: bool

    @property
    def key(self) -> str:
        """Identify the filing and place in a form."""
        return key_of(self.member)


@dataclass(frozen=True)
class SimilarGroup:
    """Filings with copied content of one kind. `begins` if the filing that the percentages refer to is among them."""

    kind: CopiedKind
    label: str
    percent: int
    filings: list[SimilarFiling]
    begins: bool

    @property
    def key(self) -> str:
        """Identify the group in a form by its kind and its first filing."""
        return f"{self.kind}:{self.filings[0].key}" if self.filings else ""

    @property
    def wording(self) -> str:
        """The proposed remark. It names no other department."""
        return f"「{self.label}」的内容与其他单位申报表雷同，请结合本单位实际重新填写。"

    @property
    def takes_remarks(self) -> bool:
        return any(item.may_remark for item in self.filings)


def key_of(member: StoredMember) -> str:
    return f"{member.filing}:{member.place}"


def visible_groups(user: User, cycle: Cycle, groups: Iterable[StoredGroup]) -> list[StoredGroup]:
    """Keep the filings that the user may see, in groups of which at least two remain, the largest first.

    The first filing of a group stays first if it is visible.
    """
    visible = set(permissions.visible_to(user).filter(cycle=cycle).values_list("pk", flat=True))
    kept = (
        replace(group, members=tuple(member for member in group.members if member.filing in visible))
        for group in groups
    )
    return sorted((group for group in kept if len(group.members) > 1), key=lambda group: -len(group.members))


def similar_groups(user: User, groups: Sequence[StoredGroup], newest: Mapping[int, int]) -> list[SimilarGroup]:
    """Read the filings of some visible groups; `newest` are the newest signed versions by filing."""
    filings = similar_filings(user, [member for group in groups for member in group.members], newest)
    return [
        SimilarGroup(
            group.kind,
            KIND_LABELS[group.kind],
            group.percent,
            [filings[member] for member in group.members if member in filings],
            group.members[0].filing == group.first,
        )
        for group in groups
    ]


def similar_filings(
    user: User, members: Iterable[StoredMember], newest: Mapping[int, int]
) -> dict[StoredMember, SimilarFiling]:
    """Read the filings of members; those that the user may not see are left out."""
    chosen = list(members)
    keys = {member.filing for member in chosen}
    listed = visible_filings(user).filter(pk__in=keys).select_related("reviewer")
    filings = {filing.pk: filing for filing in listed}
    awaiting = set(permissions.awaiting(user).filter(pk__in=keys).values_list("pk", flat=True))
    found = {}
    for member in chosen:
        if member.filing not in filings:
            continue
        is_outdated = newest.get(member.filing) != member.revision
        may_remark = member.filing in awaiting and not is_outdated
        found[member] = SimilarFiling(filings[member.filing], member, may_remark, is_outdated)
    return found
