"""The numerals of the duties: where they do not count on, and how they would."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from filings.document import place
from filings.document.content import DutyRow
from filings.document.numerals import Numeral, leading, renumber
from filings.document.text import bare, symbols
from filings.rules.finding import QuickFix, Violation

_MOST = 999
_MOST_NAMED = 3


@dataclass(frozen=True)
class _Numbered:
    duty: DutyRow
    text: str
    numeral: Numeral
    opens_a_group: bool


def faults(duties: Sequence[DutyRow]) -> list[Violation]:
    """One for each duty whose numeral does not count on from the one before, in the hand of the first numbered one.

    Other hands are of items below. A count that begins again behind a duty without a numeral is a new group's.
    """
    numbered = _numbered(duties)
    if not numbered:
        return []
    mend = _mend(duties, numbered)
    first = numbered[0]
    found = [] if first.numeral.number == 1 else [_begins_late(first, numbered, mend)]
    for before, after in pairwise(numbered):
        message = _break_in_words(before, after, numbered)
        if message:
            places = (place.duty(before.duty.key), place.duty(after.duty.key))
            found.append(Violation(places, message, mend=mend))
    return found


def _numbered(duties: Sequence[DutyRow]) -> list[_Numbered]:
    read = [(duty, text, leading(text)) for duty in duties for text in (bare(symbols(duty.text)),)]
    hand = next((_hand(numeral) for _, _, numeral in read if numeral), None)
    found, is_bare_before = [], False
    for duty, text, numeral in read:
        if numeral and _hand(numeral) == hand:
            found.append(_Numbered(duty, text, numeral, is_bare_before and numeral.number == 1))
        is_bare_before = numeral is None
    return found


def _hand(numeral: Numeral) -> tuple[bool, bool, bool]:
    """Chinese or Arabic, circled, in brackets: which bracket and which comma does not matter."""
    return numeral.chinese, numeral.circled, numeral.before in tuple("（(")


def _begins_late(first: _Numbered, numbered: list[_Numbered], mend: QuickFix | None) -> Violation:
    missing = _in_words(first, range(1, first.numeral.number), numbered)
    lacks = f"，缺{missing}" if missing else ""
    message = f"职责的序号从{_mark(first.numeral, first.numeral.number)}开始{lacks}。请补上缺少的职责，或重新编号。"
    return Violation((place.duty(first.duty.key),), message, mend=mend)


def _break_in_words(before: _Numbered, after: _Numbered, numbered: list[_Numbered]) -> str:
    last, now = before.numeral.number, after.numeral.number
    if now == last + 1 or after.opens_a_group:
        return ""
    stands = f"第{_mark(before.numeral, last)}条之后{'还是' if now == last else '是'}{_mark(after.numeral, now)}"
    if now == last:
        return f"{stands}，序号重复。请重新编号。"
    if now < last:
        return f"{stands}，序号往回跳了。请调整次序，或重新编号。"
    between = [number for number in range(last + 1, now) if before.numeral.written(number) not in before.text]
    if not between:
        return ""
    missing = _in_words(before, between, numbered)
    if not missing:
        return f"{stands}，次序不对。请调整次序，或重新编号。"
    return f"{stands}，缺{missing}。请补上缺少的职责，或重新编号。"


def _in_words(near: _Numbered, numbers: Sequence[int], numbered: list[_Numbered]) -> str:
    used = {item.numeral.number for item in numbered}
    missing = [_mark(near.numeral, number) for number in numbers if number not in used]
    return "、".join(missing) if len(missing) <= _MOST_NAMED else f"{missing[0]}至{missing[-1]}"


def _mark(numeral: Numeral, number: int) -> str:
    """As it is written, but without what belongs to a sentence: 3 for 「第3，」."""
    return numeral.written(number).strip("第、，,.．")


def _mend(duties: Sequence[DutyRow], numbered: list[_Numbered]) -> QuickFix | None:
    """Certain only where every duty is numbered, in one hand and in order."""
    numbers = [item.numeral.number for item in numbered]
    texts = [duty.text for duty in duties]
    if (
        len(numbered) != len(duties)
        or numbers != sorted(numbers)
        or len(duties) > _MOST
        or not all(map(leading, texts))
    ):
        return None
    changes = [(place.duty(duty.key), text) for duty, text in zip(duties, renumber(texts), strict=True)]
    return QuickFix(
        "重新编号", tuple((at, text) for (at, text), old in zip(changes, texts, strict=True) if text != old)
    )
