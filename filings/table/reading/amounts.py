"""Read the budget block: amounts after their label, in the next cell, or in the row below the label."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from filings.document import money, place
from filings.document.edition import Edition
from filings.document.labels import match_key
from filings.document.money import UNITS, AmountProblem
from filings.document.text import bare, line
from filings.table.reading.result import ReadingBuilder
from filings.table.reading.row_cells import RowCell, nonempty_or_flagged
from filings.table.reading.vocabulary import LINES, OVER_LINES

_UNITS = "|".join(UNITS)
_IN_LABEL = rf"(?:\s*[（(]\s*(?:{_UNITS})\s*[）)])?"
_BETWEEN = " ，,；;、。"
_COUNTED = r"(?:(?:[（(][一二三四五六七八九\d]+[）)]|[一二三四五六七八九\d]+[、.．])\s*)?"


@dataclass(frozen=True)
class _Name:
    """A name of a budget line; `is_own` if it is the edition's own name."""

    key: str
    name: str
    is_own: bool
    name_pattern: str
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class _OpenLabel:
    """A label whose amount has not been read yet; `unit` is the unit stated in the label, '' if none."""

    cell: RowCell
    name: _Name
    unit: str


class AmountReader:
    """Read the rows of the budget block into a reading."""

    def __init__(self, edition: Edition, result: ReadingBuilder) -> None:
        self._edition = edition
        self._result = result
        leads = {bare(split.lead).rstrip("：:") for split in edition.splits} | {"其中"}
        lead = "|".join(re.escape(label) for label in leads if label)
        self._names = [_name(key, name, is_own, lead) for key, name, is_own in _names(edition)]
        names = "|".join(rf"(?:{name.name_pattern})" for name in self._names)
        self._begins = re.compile(rf"(?:^|(?<=[\s，,；;、。：:])){_before(lead)}(?:{names}){_IN_LABEL}\s*[:：]")
        headings = (label for split in edition.splits for label in (split.label, split.lead))
        self._headings = {match_key(label) for label in (*headings, *OVER_LINES)}
        self._open: list[_OpenLabel] = []

    def read(self, cells: Sequence[RowCell]) -> None:
        """Read one row. A label without an amount stays open for the next cell and for the row below."""
        # A label that spans into this row stays open.
        spanning = [cell for cell in cells if cell.is_spanning]
        above = self._open
        self._open = [label for label in above if any(label.cell.overlaps(cell) for cell in spanning)]
        previous: list[_OpenLabel] = []
        for cell in nonempty_or_flagged(cells):
            labels = self._labels(cell)
            if not cell.is_filled:
                self._warn(previous, cell)
                previous = []
            elif labels is not None:
                self._open += labels
                previous = labels
            elif match_key(cell.text) not in self._headings:
                over = [label for label in above if label.cell.overlaps(cell)] if _is_amount(cell.text) else []
                closed = self._fill(previous or over[:1], cell)
                self._open = [label for label in self._open if label not in closed]
                above = [label for label in above if label not in closed]
                previous = []
            else:
                previous = []

    def _warn(self, labels: Sequence[_OpenLabel], cell: RowCell) -> None:
        """Record the file reader's warning of an empty amount cell: a formula that was never computed."""
        for label in labels:
            if label.name.key in {line.key for line in self._edition.lines}:
                self._result.add_origin(place.amount(label.name.key), cell)

    def is_line(self, text: str) -> bool:
        """Whether a text begins with the name of a budget line."""
        return any(name.pattern.fullmatch(line(text)) for name in self._names)

    def _fill(self, labels: Sequence[_OpenLabel], cell: RowCell) -> Sequence[_OpenLabel]:
        """Assign a cell's text to the last open label, or its lines to as many labels; return the labels filled."""
        pieces = [piece for piece in cell.text.splitlines() if bare(piece)]
        if not labels or len(pieces) != len(labels):
            labels, pieces = labels[-1:], [cell.text]
        if not labels:
            self._result.add_leftover(cell)
        for label, piece in zip(labels, pieces, strict=False):
            if not self._put(label.name, piece, cell, label.unit):
                self._result.add_leftover(cell, f"{label.name.name}：{line(piece)}")
        return labels

    def _labels(self, cell: RowCell) -> list[_OpenLabel] | None:
        """Read the budget lines that a cell names; return those without an amount, or None if it names no line."""
        whole = line(cell.text)
        is_one = self._match(whole) is not None and len(self._begins.findall(whole)) < 2
        pieces = [whole] if is_one else list(self._pieces(cell.text))
        if not any(map(self._match, pieces)):
            return None
        labels = []
        for piece in pieces:
            matched = self._match(piece)
            if matched is None:
                if match_key(piece) not in self._headings:
                    self._result.add_leftover(cell, piece)
                continue
            name, unit, text = matched
            if not bare(text):
                self._result.amounts.setdefault(name.key, "")
                labels.append(_OpenLabel(cell, name, unit))
            elif not self._put(name, text, cell, unit):
                self._result.add_leftover(cell, piece)
        return labels

    def _pieces(self, text: str) -> Iterator[str]:
        """Split a text into lines, and a line that names several budget lines after each amount."""
        for piece in filter(None, map(line, text.splitlines())):
            begin = 0
            for start in (match.start() for match in self._begins.finditer(piece)):
                before = self._match(piece[begin:start].strip(_BETWEEN))
                if before and _is_amount(before[2]):
                    yield piece[begin:start].strip(_BETWEEN)
                    begin = start
            yield piece[begin:].strip(_BETWEEN) if begin else piece

    def _match(self, text: str) -> tuple[_Name, str, str] | None:
        for name in self._names:
            match = name.pattern.fullmatch(text)
            if match and (match["colon"] or not match["text"] or _is_amount(match["text"])):
                return name, match["unit"] or "", match["text"]
        return None

    def _put(self, name: _Name, text: str, cell: RowCell, unit: str) -> bool:
        """Store an amount and return whether it was taken; a second amount of a line must equal the first."""
        stated = unit or self._result.unit
        amount = money.parse(text, self._edition.unit)
        warning = "" if name.is_own else f"按「{name.name}」读入。"
        if amount.problem is AmountProblem.NO_NUMBER:
            warning = "这里写的不是金额，请核对。"
        if stated and stated != self._edition.unit and amount.text[-1:].isdigit():
            text, warning = f"{text.strip()}{stated}", f"表中写明单位是{stated}，已按{stated}读入。"
        before = self._result.amounts.get(name.key, "")
        if before:
            return money.parse(text).text == money.parse(before).text
        if name.key not in {item.key for item in self._edition.lines}:
            return False
        self._result.amounts[name.key] = text
        self._result.add_origin(place.amount(name.key), cell, warning)
        return True


def _is_amount(text: str) -> bool:
    return money.parse(text).problem is not AmountProblem.NO_NUMBER and bool(bare(text))


def _names(edition: Edition) -> list[tuple[str, str, bool]]:
    """List `(key, name, is_own)` of all names, longest first; the edition's own meaning of a name takes precedence."""
    own = {bare(name).rstrip("：:"): item.key for item in edition.lines for name in (item.label, *item.aliases)}
    names = [(key, name, True) for name, key in own.items()]
    names += [(key, name, False) for name, key in LINES.items() if name not in own]
    return sorted(names, key=lambda item: -len(item[1]))


def _before(lead: str) -> str:
    return rf"(?:(?:{lead})\s*[:：]?\s*)?{_COUNTED}"


def _name(key: str, name: str, is_own: bool, lead: str) -> _Name:
    name_pattern = r"\s*".join(map(re.escape, name))
    unit = rf"(?:\s*[（(]\s*(?P<unit>{_UNITS})\s*[）)])?"
    pattern = rf"{_before(lead)}{name_pattern}{unit}\s*(?P<colon>[:：])?\s*(?P<text>.*)"
    return _Name(key, name, is_own, name_pattern, re.compile(pattern))
