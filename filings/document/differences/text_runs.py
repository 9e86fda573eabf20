"""Differences of two texts as runs of characters. No run begins or ends inside a number.

difflib alone is quadratic or worse on long prose. Common beginnings and ends are cut off first, long texts are aligned
at sentences that occur once on both sides, and only the rest is compared token by token. A rest too repetitive for
that is one deletion and one insertion.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby, pairwise

# Pairs of tokens above which a text is aligned at sentences first.
LONG = 40_000
# Pairs of equal tokens, over which difflib loops, up to which it is used.
MOST_EQUAL_PAIRS = 20_000
# Fewer equal tokens than this between two changes are part of the change, which reads more easily.
SHORTEST_EQUAL = 2

_COMPARATOR = r"(?:大于或?等于|小于或?等于|不低于|不少于|不小于|不超过|不高于|不大于|不多于|[≥≤><=±＞＜＝])"
_NUMBER = r"[+\-－]?\d+(?:[.,，．:：/]\d+)*(?:\s?[%％‰])?"
_TOKEN = re.compile(
    rf"{_COMPARATOR}?\s*(?<!\d){_NUMBER}|[零〇一二三四五六七八九十百千万亿两]{{2,}}|[A-Za-z]+|.", re.DOTALL
)
_SENTENCE_END = re.compile(r"[。；;！？!?，,\n]")

Tokens = Sequence[str]


class RunKind(StrEnum):
    """Whether a run is in both texts, only in the new one, or only in the old one."""

    EQUAL = "equal"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True)
class Run:
    """Consecutive characters of one kind."""

    kind: RunKind
    text: str


def text_runs(before: str, after: str) -> tuple[Run, ...]:
    """Compare two texts.

    The equal and deleted runs joined give `before`, the equal and inserted ones `after`; deleted text precedes the
    inserted text that replaces it. Time grows about linearly with the length.
    """
    runs = _joined(_runs(_TOKEN.findall(before), _TOKEN.findall(after)))
    return tuple(_joined(_without_short_equals(runs)))


def _runs(before: Tokens, after: Tokens) -> Iterator[tuple[RunKind, str]]:
    shorter = min(len(before), len(after))
    start = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    rest = shorter - start
    end = next((i for i in range(rest) if before[-1 - i] != after[-1 - i]), rest)
    yield RunKind.EQUAL, "".join(before[:start])
    yield from _middle(before[start : len(before) - end], after[start : len(after) - end])
    yield RunKind.EQUAL, "".join(before[len(before) - end :])


def _middle(before: Tokens, after: Tokens) -> Iterator[tuple[RunKind, str]]:
    """Compare what neither begins nor ends alike."""
    sentences, others = _sentences(before), _sentences(after)
    anchors = _anchors(sentences, others) if len(before) * len(after) > LONG else []
    if not anchors:
        yield from _rest(before, after)
        return
    i = j = 0
    for old, new in anchors:
        yield from _runs(_flat(sentences[i:old]), _flat(others[j:new]))
        yield RunKind.EQUAL, "".join(sentences[old])
        i, j = old + 1, new + 1
    yield from _runs(_flat(sentences[i:]), _flat(others[j:]))


def _rest(before: Tokens, after: Tokens) -> Iterator[tuple[RunKind, str]]:
    counts, others = Counter(before), Counter(after)
    if sum(count * others[token] for token, count in counts.items()) <= MOST_EQUAL_PAIRS:
        yield from _by_token(before, after)
    else:
        yield RunKind.DELETED, "".join(before)
        yield RunKind.INSERTED, "".join(after)


def _by_token(before: Tokens, after: Tokens) -> Iterator[tuple[RunKind, str]]:
    for _, i, i_end, j, j_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if before[i:i_end] == after[j:j_end]:
            yield RunKind.EQUAL, "".join(before[i:i_end])
        else:
            yield RunKind.DELETED, "".join(before[i:i_end])
            yield RunKind.INSERTED, "".join(after[j:j_end])


def _sentences(tokens: Tokens) -> list[tuple[str, ...]]:
    ends = [index + 1 for index, token in enumerate(tokens) if _SENTENCE_END.fullmatch(token)]
    bounds = [0, *ends, len(tokens)]
    return [tuple(tokens[a:b]) for a, b in pairwise(bounds) if a < b]


def _anchors(before: Sequence[tuple[str, ...]], after: Sequence[tuple[str, ...]]) -> list[tuple[int, int]]:
    """Pair the sentences that occur once on both sides, as many as follow each other in the same order."""
    once = {item for item, count in Counter(before).items() if count == 1}
    at = {item: index for index, item in enumerate(before) if item in once}
    counts = Counter(after)
    pairs = [(at[item], index) for index, item in enumerate(after) if item in at and counts[item] == 1]
    return [pairs[index] for index in increasing([old for old, _ in pairs])]


def increasing(numbers: Sequence[int]) -> list[int]:
    """Return the indexes of a longest increasing subsequence of different numbers."""
    ends: list[int] = []
    at: list[int] = []
    previous: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_left(ends, number)
        previous.append(at[length - 1] if length else -1)
        ends[length:], at[length:] = [number, *ends[length + 1 :]], [index, *at[length + 1 :]]
    found = [at[-1]] if at else []
    while found and previous[found[-1]] >= 0:
        found.append(previous[found[-1]])
    return found[::-1]


def _flat(sentences: Iterable[tuple[str, ...]]) -> list[str]:
    return [token for sentence in sentences for token in sentence]


def _without_short_equals(runs: Iterable[Run]) -> Iterator[tuple[RunKind, str]]:
    """Count a very short equal run between two changes as changed."""
    listed = list(runs)
    for index, run in enumerate(listed):
        is_inside = 0 < index < len(listed) - 1
        if run.kind is RunKind.EQUAL and is_inside and len(_TOKEN.findall(run.text)) < SHORTEST_EQUAL:
            yield RunKind.DELETED, run.text
            yield RunKind.INSERTED, run.text
        else:
            yield run.kind, run.text


def _joined(parts: Iterable[tuple[RunKind, str]]) -> Iterator[Run]:
    """Join neighbouring runs; within a change the deleted text comes first."""
    filled = (part for part in parts if part[1])
    for is_equal, group in groupby(filled, key=lambda part: part[0] is RunKind.EQUAL):
        listed = list(group)
        for kind in [RunKind.EQUAL] if is_equal else [RunKind.DELETED, RunKind.INSERTED]:
            if text := "".join(text for own, text in listed if own is kind):
                yield Run(kind, text)
