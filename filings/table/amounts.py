"""Reading the budget block: amounts behind their labels, in the cell beside them, or in the row below them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from filings.document import money, place
from filings.document.edition import Edition
from filings.document.labels import match_key
from filings.document.money import UNITS, Unreadable
from filings.document.text import bare, line
from filings.table.found import Found
from filings.table.spots import Spot, filled
from filings.table.vocabulary import LINES, OVER_LINES

_IN_LABEL = rf"(?:\s*[（(]\s*(?P<unit>{'|'.join(UNITS)})\s*[）)])?"
_COUNTED = r"(?:(?:[（(][一二三四五六七八九\d]+[）)]|[一二三四五六七八九\d]+[、.．])\s*)?"


@dataclass(frozen=True)
class _Name:
    """A budget line by one of its names; `is_own` where the form itself calls it so."""

    key: str
    name: str
    is_own: bool
    pattern: re.Pattern[str]


class AmountReader:
    """Takes the cells of the budget block into what was found."""

    def __init__(self, edition: Edition, found: Found) -> None:
        self._edition = edition
        self._found = found
        leads = {bare(split.lead).rstrip("：:") for split in edition.splits} | {"其中"}
        lead = "|".join(re.escape(words) for words in leads if words)
        self._names = [_name(key, name, is_own, lead) for key, name, is_own in _names(edition)]
        heads = (words for split in edition.splits for words in (split.label, split.lead))
        self._heads = {match_key(words) for words in (*heads, *OVER_LINES)}
        self._waiting: list[tuple[Spot, _Name]] = []

    def read(self, spots: Sequence[Spot]) -> None:
        """The cells of one row. Labels without an amount wait for one beside or below them."""
        above, self._waiting = self._waiting, []
        beside: tuple[Spot, _Name] | None = None
        for spot in filled(spots):
            taken = self._read(spot)
            if taken:
                beside = taken[-1] if taken[-1][1] and not self._found.amounts.get(taken[-1][1].key) else None
                continue
            waiting = beside or next((item for item in above if item[0].overlaps(spot)), None)
            if waiting and (beside or _is_amount(spot.text)):
                self._put(waiting[1], spot.text, spot)
                self._waiting = [item for item in self._waiting if item is not beside]
                above = [item for item in above if item is not waiting]
            elif match_key(spot.text) not in self._heads:
                self._found.leave_out(spot)
            beside = None

    def is_line(self, text: str) -> bool:
        """Whether a text names a budget line."""
        return any(name.pattern.fullmatch(line(text)) for name in self._names)

    def _read(self, spot: Spot) -> list[tuple[Spot, _Name]]:
        """The budget lines that a cell names, one a line of its text; none where it is no such cell."""
        whole = self._match(line(spot.text))
        pieces = [line(spot.text)] if whole else [line(piece) for piece in spot.text.splitlines() if piece.strip()]
        if not whole and not any(map(self._match, pieces)):
            return []
        taken = []
        for piece in pieces:
            matched = self._match(piece)
            if matched is None:
                if match_key(piece) not in self._heads:
                    self._found.leave_out(spot, piece)
                continue
            name, unit, text = matched
            if not self._put(name, text, spot, unit):
                self._found.leave_out(spot, piece)
            elif not bare(text):
                self._waiting.append((spot, name))
            taken.append((spot, name))
        return taken

    def _match(self, words: str) -> tuple[_Name, str, str] | None:
        for name in self._names:
            match = name.pattern.fullmatch(words)
            if match and (match["colon"] or not match["text"] or _is_amount(match["text"])):
                return name, match["unit"] or "", match["text"]
        return None

    def _put(self, name: _Name, text: str, spot: Spot, unit: str = "") -> bool:
        """Whether an amount could be taken: a line that was read before is taken again only where it says the same."""
        stated = unit or self._found.unit
        amount = money.parse(text, self._edition.unit)
        if stated and stated != self._edition.unit and amount.text[-1:].isdigit():
            text, doubt = f"{text.strip()}{stated}", f"表中写明单位是{stated}，已按{stated}读入。"
        else:
            doubt = "" if name.is_own else f"按「{name.name}」读入。"
        before = self._found.amounts.get(name.key, "")
        if before:
            return not bare(text) or money.parse(text).text == money.parse(before).text
        if name.key not in {item.key for item in self._edition.lines}:
            return not bare(text)
        self._found.amounts[name.key] = text
        if bare(text):
            self._found.came_from(place.amount(name.key), spot, doubt)
        return True


def _is_amount(text: str) -> bool:
    return money.parse(text).problem is not Unreadable.NO_NUMBER and bool(bare(text))


def _names(edition: Edition) -> list[tuple[str, str, bool]]:
    """(key, name, whether the form itself has it), the longest first; a form's own meaning of a word goes before."""
    own = {bare(name).rstrip("：:"): item.key for item in edition.lines for name in (item.label, *item.aliases)}
    found = [(key, name, True) for name, key in own.items()]
    found += [(key, name, False) for name, key in LINES.items() if name not in own]
    return sorted(found, key=lambda item: -len(item[1]))


def _name(key: str, name: str, is_own: bool, lead: str) -> _Name:
    words = r"\s*".join(map(re.escape, name))
    pattern = rf"(?:(?:{lead})\s*[:：]?\s*)?{_COUNTED}{words}{_IN_LABEL}\s*(?P<colon>[:：])?\s*(?P<text>.*)"
    return _Name(key, name, is_own, re.compile(pattern))
