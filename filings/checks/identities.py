"""Find what was stored for a finding under an identity of its own or of an earlier wording."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

from filings.rules.finding import RuleFinding, content_part, worded_part

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


def match(findings: Sequence[RuleFinding], stored: Iterable[str]) -> dict[str, str]:
    """Return the stored identity of each finding that has one, by the finding's present identity.

    An identity consists of the rule, a hash of the sentence, and a hash of the content; older ones have no content. The
    sentence decides. Identities whose sentence no finding has are matched by their content if that is unambiguous.
    """
    by_sentence = {worded_part(identity): identity for identity in stored}
    found = {item.identity: by_sentence.pop(worded_part(item.identity), "") for item in findings}
    contents = ((content_part(identity), identity) for identity in by_sentence.values())
    left = unambiguous((content, identity) for content, identity in contents if content)
    for item in findings:
        found[item.identity] = found[item.identity] or left.pop(content_part(item.identity), "")
    return {identity: key for identity, key in found.items() if key}


def unambiguous(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, Value]:
    """Return the values of the keys that occur once."""
    grouped: dict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return {key: values[0] for key, values in grouped.items() if len(values) == 1}
