"""Which class of a form two labels mean: by the form's own words, else by what the words mean on other forms."""

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
class Level:
    """A class of the form, None where the labels mean none of it; `warning` says why it is to be checked."""

    node: str | None
    warning: str = ""


def level_of(first: str, second: str, edition: Edition) -> Level:
    """The class that a first- and a second-level label mean. Only the form's own words are sure."""
    if first.startswith(UNCLASSIFIED):
        return Level(None, "这一行待归类，请归类。")
    own = edition.classify(first, second)
    if own:
        return Level(own)
    written = " / ".join(filter(None, (bare(first), bare(second))))
    found = _by_second_label(second, edition) or _by_meaning(second, edition)
    if found is None and (not bare(second) or canonical_of(second) is None):
        # A class that stands at the first level on other forms, without a second: 成本指标, 满意度指标.
        found = _by_second_label(first, edition) or _by_meaning(first, edition)
    if found is None:
        return Level(None, f"没有认出「{written}」是哪一类指标，请归类。" if written else "这一行没有写类别，请归类。")
    return Level(found.key, f"表中写的是「{written}」，归入「{bare(found.label)}」。")


def is_first_level(label: str, edition: Edition) -> bool:
    """Whether a label is a first-level indicator of this form, or of others."""
    return edition.is_first_level(label) or match_key(label) in {"产出", "效益", "成本", "满意度", "效果"}


def is_second_level(label: str, edition: Edition) -> bool:
    """Whether a label is a second-level indicator of this form, or of others."""
    return edition.is_second_level(label) or canonical_of(label) is not None


def canonical_of(label: str) -> str | None:
    """The key that compares across forms, None for a label that means no class."""
    words = match_key(label)
    if words in CLASSES:
        return CLASSES[words]
    return SATISFACTION_KEY if words.endswith(SATISFACTION) and len(words) <= 20 else None


def _by_second_label(label: str, edition: Edition) -> Node | None:
    """The only second level that has this label or alias, whatever the first level was called."""
    if not bare(label):
        return None
    found = [node for _, node in edition.leaves() if any(same(label, name) for name in (node.label, *node.aliases))]
    return found[0] if len(found) == 1 else None


def _by_meaning(label: str, edition: Edition) -> Node | None:
    key = canonical_of(label)
    if key is None:
        return None
    for wanted in (key, *NEAREST.get(key, ())):
        found = [node for _, node in edition.leaves() if node.canonical == wanted]
        if found:
            return found[0]
    return None
