"""Group filings with copied content by character shingles.

Each filing joins the group of the larger filing that it shares most with, or begins a group of its own. Only these
first filings are indexed, and they have little in common, so that the work grows linearly with the number of filings.
Shingles in more than half of all filings are the form's standard words and do not count.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from filings.document.place import Place
from filings.similarity.texts import CopiedKind, FilingTexts, Piece

# Characters of a shingle: rows of indicators are short.
SHINGLE = {CopiedKind.GOALS: 6, CopiedKind.DUTIES: 6, CopiedKind.INDICATORS: 4}
# A text with fewer shingles of its own is too short to be called a copy.
LEAST_SHINGLES = 20
# The share of the shorter text's shingles, in per cent, from which it counts as copied.
LEAST_PERCENT = 60
# Shingles in more filings than both this number and half of them are standard words.
COMMON_FILINGS = 20
# Filings in which a shingle is looked up at most.
MOST_IN_BUCKET = 20
# Filings that share the most shingles, of which the exact share is computed.
MOST_CANDIDATES = 5


@dataclass(frozen=True)
class CopyMember:
    """A filing of a group with the share of the shorter text, its own or the first filing's, that both contain.

    The first filing has 100. `place` and `excerpt` are its sentence or row with the most copied content.
    """

    key: int
    percent: int
    place: Place
    excerpt: str


@dataclass(frozen=True)
class CopyGroup:
    """Filings with copied content of one kind: first the one with the most text, then the most similar ones."""

    kind: CopiedKind
    members: tuple[CopyMember, ...]

    @property
    def percent(self) -> int:
        """The similarity of the member most similar to the first filing."""
        return max(member.percent for member in self.members[1:])


def find_copies(filings: Sequence[FilingTexts]) -> tuple[CopyGroup, ...]:
    """Find the groups of all kinds, the largest first. The order of the filings does not matter."""
    groups = (group for kind in CopiedKind for group in _groups(kind, filings))
    return tuple(sorted(groups, key=lambda group: (-len(group.members), -group.percent, group.members[0].key)))


def shingles(text: str, size: int) -> set[str]:
    """Return the distinct runs of `size` characters of a text."""
    return {text[start : start + size] for start in range(len(text) - size + 1)}


def _groups(kind: CopiedKind, filings: Sequence[FilingTexts]) -> Iterator[CopyGroup]:
    pieces = {item.key: item.pieces[kind] for item in filings}
    sets = _own_shingles(pieces, SHINGLE[kind])
    members: dict[int, list[tuple[int, int]]] = {}
    index: dict[str, list[int]] = defaultdict(list)
    for key in sorted(sets, key=lambda key: (-len(sets[key]), key)):
        first, percent = _best(sets[key], sets, index)
        if percent >= LEAST_PERCENT:
            members[first].append((percent, key))
            continue
        members[key] = []
        for shingle in sets[key]:
            if len(index[shingle]) < MOST_IN_BUCKET:
                index[shingle].append(key)
    for first, others in members.items():
        if others:
            yield _group(kind, first, others, pieces, sets)


def _own_shingles(pieces: Mapping[int, tuple[Piece, ...]], size: int) -> dict[int, set[str]]:
    """Return the shingles of each filing without standard words, for filings with enough of them."""
    sets = {key: {shingle for piece in own for shingle in shingles(piece.plain, size)} for key, own in pieces.items()}
    counts = Counter(shingle for own in sets.values() for shingle in own)
    most = max(COMMON_FILINGS, len(sets) // 2)
    common = {shingle for shingle, count in counts.items() if count > most}
    return {key: rest for key, own in sets.items() if len(rest := own - common) >= LEAST_SHINGLES}


def _best(own: set[str], sets: Mapping[int, set[str]], index: Mapping[str, Sequence[int]]) -> tuple[int, int]:
    """Return the indexed filing that is most similar and the percentage; (0, 0) without a similar one."""
    shared = Counter(key for shingle in own if shingle in index for key in index[shingle])
    candidates = [key for key, _ in shared.most_common(MOST_CANDIDATES)]
    return max(((key, _percent(own, sets[key])) for key in candidates), key=lambda item: item[1], default=(0, 0))


def _percent(own: set[str], other: set[str]) -> int:
    return 100 * len(own & other) // min(len(own), len(other))


def _group(
    kind: CopiedKind,
    first: int,
    others: Iterable[tuple[int, int]],
    pieces: Mapping[int, tuple[Piece, ...]],
    sets: Mapping[int, set[str]],
) -> CopyGroup:
    ordered = sorted(others, key=lambda item: (-item[0], item[1]))
    copied = set().union(*(sets[first] & sets[key] for _, key in ordered))

    def member(key: int, percent: int) -> CopyMember:
        shared = copied if key == first else sets[first] & sets[key]
        piece = max(pieces[key], key=lambda piece: len(shingles(piece.plain, SHINGLE[kind]) & shared))
        return CopyMember(key, percent, piece.place, piece.text)

    return CopyGroup(kind, (member(first, 100), *(member(key, percent) for percent, key in ordered)))
