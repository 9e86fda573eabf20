"""Reading the budget block: amounts behind their labels, in the cell beside them, or in the row below them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from filings.document import money, place
from filings.document.edition import Edition
from filings.document.labels import match_key
from filings.document.money import UNITS, AmountProblem
from filings.document.text import bare, line
from filings.table.reading.result import Found
from filings.table.reading.row_cells import RowCell, nonempty_or_flagged
from filings.table.reading.vocabulary import LINES, OVER_LINES

_UNITS = "|".join(UNITS)
_IN_LABEL = rf"(?:\s*[（(]\s*(?:{_UNITS})\s*[）)])?"
_BETWEEN = " ，,；;、。"
_COUNTED = r"(?:(?:[（(][一二三四五六七八九\d]+[）)]|[一二三四五六七八九\d]+[、.．])\s*)?"


@dataclass(frozen=True)
class _Name:
    """A budget line by one of its names; `is_own` where the form itself calls it so."""

    key: str
    name: str
    is_own: bool
    words: str
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class _Waiting:
    """A label that stands in a cell without an amount; `unit` is the one that the label names."""

    spot: RowCell
    name: _Name
    unit: str


class AmountReader:
    """Takes the cells of the budget block into what was found."""

    def __init__(self, edition: Edition, found: Found) -> None:
        self._edition = edition
        self._found = found
        leads = {bare(split.lead).rstrip("：:") for split in edition.splits} | {"其中"}
        lead = "|".join(re.escape(words) for words in leads if words)
        self._names = [_name(key, name, is_own, lead) for key, name, is_own in _names(edition)]
        names = "|".join(rf"(?:{name.words})" for name in self._names)
        self._begins = re.compile(rf"(?:^|(?<=[\s，,；;、。：:])){_before(lead)}(?:{names}){_IN_LABEL}\s*[:：]")
        heads = (words for split in edition.splits for words in (split.label, split.lead))
        self._heads = {match_key(words) for words in (*heads, *OVER_LINES)}
        self._waiting: list[_Waiting] = []

    def read(self, spots: Sequence[RowCell]) -> None:
        """The cells of one row. Labels without an amount wait for one beside or below them."""
        # A label that covers this row too waits on.
        reaching = [spot for spot in spots if spot.reaches]
        above = self._waiting
        self._waiting = [item for item in above if any(item.spot.overlaps(spot) for spot in reaching)]
        beside: list[_Waiting] = []
        for spot in nonempty_or_flagged(spots):
            labels = self._labels(spot)
            if not spot.is_filled:
                self._warn(beside, spot)
                beside = []
            elif labels is not None:
                self._waiting += labels
                beside = labels
            elif match_key(spot.text) not in self._heads:
                below = [item for item in above if item.spot.overlaps(spot)] if _is_amount(spot.text) else []
                waiting = self._fill(beside or below[:1], spot)
                self._waiting = [item for item in self._waiting if item not in waiting]
                above = [item for item in above if item not in waiting]
                beside = []
            else:
                beside = []

    def _warn(self, waiting: Sequence[_Waiting], spot: RowCell) -> None:
        """An empty cell of which the file's reader says why: a formula that was never computed."""
        for item in waiting:
            if item.name.key in {line.key for line in self._edition.lines}:
                self._found.came_from(place.amount(item.name.key), spot)

    def is_line(self, text: str) -> bool:
        """Whether a text names a budget line."""
        return any(name.pattern.fullmatch(line(text)) for name in self._names)

    def _fill(self, waiting: Sequence[_Waiting], spot: RowCell) -> Sequence[_Waiting]:
        """Gives the text of a cell to the label that waits for it, several lines to as many; which ones got theirs."""
        pieces = [piece for piece in spot.text.splitlines() if bare(piece)]
        if not waiting or len(pieces) != len(waiting):
            waiting, pieces = waiting[-1:], [spot.text]
        if not waiting:
            self._found.leave_out(spot)
        for item, piece in zip(waiting, pieces, strict=False):
            if not self._put(item.name, piece, spot, item.unit):
                self._found.leave_out(spot, f"{item.name.name}：{line(piece)}")
        return waiting

    def _labels(self, spot: RowCell) -> list[_Waiting] | None:
        """The budget lines that a cell names and gives no amount, one a line of its text; None where it names none."""
        whole = line(spot.text)
        is_one = self._match(whole) is not None and len(self._begins.findall(whole)) < 2
        pieces = [whole] if is_one else list(self._pieces(spot.text))
        if not any(map(self._match, pieces)):
            return None
        waiting = []
        for piece in pieces:
            matched = self._match(piece)
            if matched is None:
                if match_key(piece) not in self._heads:
                    self._found.leave_out(spot, piece)
                continue
            name, unit, text = matched
            if not bare(text):
                self._found.amounts.setdefault(name.key, "")
                waiting.append(_Waiting(spot, name, unit))
            elif not self._put(name, text, spot, unit):
                self._found.leave_out(spot, piece)
        return waiting

    def _pieces(self, text: str) -> Iterator[str]:
        """The lines of a text, parted again behind an amount where a line names several budget lines."""
        for words in filter(None, map(line, text.splitlines())):
            begin = 0
            for start in (found.start() for found in self._begins.finditer(words)):
                before = self._match(words[begin:start].strip(_BETWEEN))
                if before and _is_amount(before[2]):
                    yield words[begin:start].strip(_BETWEEN)
                    begin = start
            yield words[begin:].strip(_BETWEEN) if begin else words

    def _match(self, words: str) -> tuple[_Name, str, str] | None:
        for name in self._names:
            match = name.pattern.fullmatch(words)
            if match and (match["colon"] or not match["text"] or _is_amount(match["text"])):
                return name, match["unit"] or "", match["text"]
        return None

    def _put(self, name: _Name, text: str, spot: RowCell, unit: str) -> bool:
        """Whether an amount could be taken: one that was read before is taken again only where it says the same."""
        stated = unit or self._found.unit
        amount = money.parse(text, self._edition.unit)
        warning = "" if name.is_own else f"按「{name.name}」读入。"
        if amount.problem is AmountProblem.NO_NUMBER:
            warning = "这里写的不是金额，请核对。"
        if stated and stated != self._edition.unit and amount.text[-1:].isdigit():
            text, warning = f"{text.strip()}{stated}", f"表中写明单位是{stated}，已按{stated}读入。"
        before = self._found.amounts.get(name.key, "")
        if before:
            return money.parse(text).text == money.parse(before).text
        if name.key not in {item.key for item in self._edition.lines}:
            return False
        self._found.amounts[name.key] = text
        self._found.came_from(place.amount(name.key), spot, warning)
        return True


def _is_amount(text: str) -> bool:
    return money.parse(text).problem is not AmountProblem.NO_NUMBER and bool(bare(text))


def _names(edition: Edition) -> list[tuple[str, str, bool]]:
    """(key, name, whether the form itself has it), the longest first; a form's own meaning of a word goes before."""
    own = {bare(name).rstrip("：:"): item.key for item in edition.lines for name in (item.label, *item.aliases)}
    found = [(key, name, True) for name, key in own.items()]
    found += [(key, name, False) for name, key in LINES.items() if name not in own]
    return sorted(found, key=lambda item: -len(item[1]))


def _before(lead: str) -> str:
    return rf"(?:(?:{lead})\s*[:：]?\s*)?{_COUNTED}"


def _name(key: str, name: str, is_own: bool, lead: str) -> _Name:
    words = r"\s*".join(map(re.escape, name))
    unit = rf"(?:\s*[（(]\s*(?P<unit>{_UNITS})\s*[）)])?"
    pattern = rf"{_before(lead)}{words}{unit}\s*(?P<colon>[:：])?\s*(?P<text>.*)"
    return _Name(key, name, is_own, words, re.compile(pattern))
