"""Classify indicator rows by their two level labels: by the edition's own labels, else by those of other forms."""

from dataclasses import dataclass

from filings.document.content import UNCLASSIFIED
from filings.document.edition import Edition, Node
from filings.document.labels import match_key, same
from filings.document.text import bare
from filings.table.reading.vocabulary import (
    CLASSES,
    NEAREST,
    SATISFACTION,
    SATISFACTION_KEY,
)


@dataclass(frozen=True)
class LevelMatch:
    """Key of a class of the edition, None if the labels match none; `warning` is the reason to check it."""

    node: str | None
    warning: str = ""


def match_levels(first: str, second: str, edition: Edition) -> LevelMatch:
    """Find the class for a first- and a second-level label. Only the edition's own labels match without a warning."""
    if first.startswith(UNCLASSIFIED):
        return LevelMatch(None, "这一行待归类，请归类。")
    own = edition.classify(first, second)
    if own:
        return LevelMatch(own)
    written = " / ".join(filter(None, (bare(first), bare(second))))
    node = _by_second_label(second, edition) or _by_meaning(second, edition)
    if node is None and (not bare(second) or canonical_of(second) is None):
        # Other forms have some classes at the first level, without a second: 成本指标, 满意度指标.
        node = _by_second_label(first, edition) or _by_meaning(first, edition)
    if node is None:
        return LevelMatch(
            None, f"没有认出「{written}」是哪一类指标，请归类。" if written else "这一行没有写类别，请归类。"
        )
    return LevelMatch(node.key, f"表中写的是「{written}」，归入「{bare(node.label)}」。")


def is_first_level(label: str, edition: Edition) -> bool:
    """Whether a label is a first-level indicator of the edition or of other forms."""
    return edition.is_first_level(label) or match_key(label) in {"产出", "效益", "成本", "满意度", "效果"}


def is_second_level(label: str, edition: Edition) -> bool:
    """Whether a label is a second-level indicator of the edition or of other forms."""
    return edition.is_second_level(label) or canonical_of(label) is not None


def canonical_of(label: str) -> str | None:
    """Canonical key of a label (comparable across forms), None if it is not the label of a class."""
    key = match_key(label)
    if key in CLASSES:
        return CLASSES[key]
    return SATISFACTION_KEY if key.endswith(SATISFACTION) and len(key) <= 20 else None


def _by_second_label(label: str, edition: Edition) -> Node | None:
    """The only second level with this label or alias, under any first level."""
    if not bare(label):
        return None
    nodes = [node for _, node in edition.leaves() if any(same(label, name) for name in (node.label, *node.aliases))]
    return nodes[0] if len(nodes) == 1 else None


def _by_meaning(label: str, edition: Edition) -> Node | None:
    key = canonical_of(label)
    if key is None:
        return None
    for wanted in (key, *NEAREST.get(key, ())):
        nodes = [node for _, node in edition.leaves() if node.canonical == wanted]
        if nodes:
            return nodes[0]
    return None
