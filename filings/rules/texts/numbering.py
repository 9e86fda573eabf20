"""Rule H3: numerals of the duties, where they are not consecutive and how they would be."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from filings.document import place
from filings.document.content import DutyRow
from filings.document.numerals import Numeral, leading_numeral, renumber
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


def find_violations(duties: Sequence[DutyRow]) -> list[Violation]:
    """Report each duty whose numeral does not continue the count, in the style of the first numbered one.

    Numerals of other styles belong to sub-items. A count that restarts after a duty without a numeral is a new group.
    """
    numbered = _numbered(duties)
    if not numbered:
        return []
    quick_fix = _quick_fix(duties, numbered)
    first = numbered[0]
    violations = [] if first.numeral.number == 1 else [_begins_late(first, numbered, quick_fix)]
    for before, after in pairwise(numbered):
        facts, advice = _break_message(before, after, numbered)
        if facts:
            places = (place.duty(before.duty.key), place.duty(after.duty.key))
            violations.append(Violation(places, facts, quick_fix=quick_fix, advice=advice))
    return violations


def _numbered(duties: Sequence[DutyRow]) -> list[_Numbered]:
    parsed = [(duty, text, leading_numeral(text)) for duty in duties for text in (bare(symbols(duty.text)),)]
    style = next((_style(numeral) for _, _, numeral in parsed if numeral), None)
    numbered, is_bare_before = [], False
    for duty, text, numeral in parsed:
        if numeral and _style(numeral) == style:
            numbered.append(_Numbered(duty, text, numeral, is_bare_before and numeral.number == 1))
        is_bare_before = numeral is None
    return numbered


def _style(numeral: Numeral) -> tuple[bool, bool, bool]:
    """Return the style of a numeral: Chinese, circled, in brackets. The kinds of brackets and commas do not matter."""
    return numeral.chinese, numeral.circled, numeral.before in tuple("（(")


def _begins_late(first: _Numbered, numbered: list[_Numbered], quick_fix: QuickFix | None) -> Violation:
    missing = _missing_list(first, range(1, first.numeral.number), numbered)
    lacks = f"，缺{missing}" if missing else ""
    facts, advice = (
        f"职责的序号从{_mark(first.numeral, first.numeral.number)}开始{lacks}。",
        "请补充缺少的职责，或重新编号。",
    )
    return Violation((place.duty(first.duty.key),), facts, quick_fix=quick_fix, advice=advice)


def _break_message(before: _Numbered, after: _Numbered, numbered: list[_Numbered]) -> tuple[str, str]:
    """Describe a break of the count, and what to do; blank if the count goes on."""
    last, now = before.numeral.number, after.numeral.number
    if now == last + 1 or after.opens_a_group:
        return "", ""
    position = f"第{_mark(before.numeral, last)}条之后{'还是' if now == last else '是'}{_mark(after.numeral, now)}"
    if now == last:
        return f"{position}，序号重复。", "请重新编号。"
    if now < last:
        return f"{position}，序号倒退。", "请调整次序，或重新编号。"
    between = [number for number in range(last + 1, now) if before.numeral.written(number) not in before.text]
    if not between:
        return "", ""
    missing = _missing_list(before, between, numbered)
    if not missing:
        return f"{position}，次序有误。", "请调整次序，或重新编号。"
    return f"{position}，缺{missing}。", "请补充缺少的职责，或重新编号。"


def _missing_list(near: _Numbered, numbers: Sequence[int], numbered: list[_Numbered]) -> str:
    used = {item.numeral.number for item in numbered}
    missing = [_mark(near.numeral, number) for number in numbers if number not in used]
    return "、".join(missing) if len(missing) <= _MOST_NAMED else f"{missing[0]}至{missing[-1]}"


def _mark(numeral: Numeral, number: int) -> str:
    """Write a number in the style of a numeral, without its punctuation: 3 for 「第3，」."""
    return numeral.written(number).strip("第、，,.．")


def _quick_fix(duties: Sequence[DutyRow], numbered: list[_Numbered]) -> QuickFix | None:
    """Offer renumbering; certain only if all duties are numbered, in one style and in order."""
    numbers = [item.numeral.number for item in numbered]
    texts = [duty.text for duty in duties]
    if (
        len(numbered) != len(duties)
        or numbers != sorted(numbers)
        or len(duties) > _MOST
        or not all(map(leading_numeral, texts))
    ):
        return None
    renumbered = zip(duties, renumber(texts), strict=True)
    changes = tuple((place.duty(duty.key), text) for duty, text in renumbered if text != duty.text)
    return QuickFix("重新编号", changes)
