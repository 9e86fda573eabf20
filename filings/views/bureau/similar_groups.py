"""Groups of filings with copied content, among the newest versions that the user may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from filings import permissions
from filings.models import Cycle, Filing, Revision, User
from filings.similarity.groups import CopyGroup, find_copies
from filings.similarity.texts import CopiedKind, texts_of
from filings.views.access import visible_filings

KIND_LABELS = {
    CopiedKind.GOALS: "整体绩效目标",
    CopiedKind.DUTIES: "部门职责",
    CopiedKind.INDICATORS: "绩效指标",
}


@dataclass(frozen=True)
class ComparedText:
    """What the texts of a filing depend on; equal versions have equal texts."""

    filing: int
    revision: int
    sha256: str
    department: str


@dataclass(frozen=True)
class SimilarFiling:
    """A filing of a group, with its newest version. `place` and `excerpt` are its most copied sentence or row.

    `may_remark` is true if it awaits a decision of the user.
    """

    filing: Filing
    revision: int
    percent: int
    place: str
    excerpt: str
    may_remark: bool

    @property
    def key(self) -> str:
        """Identify the filing and place in a form."""
        return f"{self.filing.pk}:{self.place}"


@dataclass(frozen=True)
class SimilarGroup:
    """Filings with copied content of one kind, first the one that the others are compared with."""

    kind: CopiedKind
    label: str
    percent: int
    filings: list[SimilarFiling]

    @property
    def wording(self) -> str:
        """The proposed remark. It names no other department."""
        return f"「{self.label}」的内容与其他单位申报表雷同，请结合本单位实际重新填写。"

    @property
    def takes_remarks(self) -> bool:
        return any(item.may_remark for item in self.filings)


def similar_groups(user: User, cycle: Cycle) -> list[SimilarGroup]:
    """Find the groups of a cycle, the largest first."""
    newest = permissions.newest_visible_revision(user)
    listed = visible_filings(user).filter(cycle=cycle).annotate(newest=newest).exclude(newest=None)
    filings = {filing.pk: filing for filing in listed.select_related("reviewer")}
    digests = dict(Revision.objects.filter(pk__in=_revisions(filings.values())).values_list("filing_id", "sha256"))
    versions = tuple(
        ComparedText(filing.pk, _newest(filing), digests[filing.pk], filing.department.name)
        for filing in sorted(filings.values(), key=lambda filing: filing.pk)
    )
    awaiting = set(permissions.awaiting(user).filter(pk__in=filings).values_list("pk", flat=True))
    return [_group(group, filings, awaiting) for group in copies_among(versions)]


@lru_cache(maxsize=16)
def copies_among(versions: tuple[ComparedText, ...]) -> tuple[CopyGroup, ...]:
    """Find the copies among some versions. Revisions never change, so the result is kept."""
    names = {version.revision: version.department for version in versions}
    revisions = Revision.objects.filter(pk__in=names).only("filing_id", "content")
    texts = (texts_of(item.filing_id, item.document(), [names[item.pk]]) for item in revisions.iterator())
    return find_copies(list(texts))


def _group(group: CopyGroup, filings: Mapping[int, Filing], awaiting: set[int]) -> SimilarGroup:
    members = [
        SimilarFiling(
            filing := filings[member.key],
            _newest(filing),
            member.percent,
            str(member.place),
            member.excerpt,
            filing.pk in awaiting,
        )
        for member in group.members
    ]
    return SimilarGroup(group.kind, KIND_LABELS[group.kind], group.percent, members)


def _revisions(filings: Iterable[Filing]) -> list[int]:
    return [_newest(filing) for filing in filings]


def _newest(filing: Filing) -> int:
    """The annotated newest visible revision."""
    return int(getattr(filing, "newest"))  # noqa: B009 — annotated, unknown to the type checker
