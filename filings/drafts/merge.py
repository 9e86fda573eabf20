"""Content added to a draft without touching what is in it: blank cells filled, rows that are not there yet added."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from filings.document import numerals, rank
from filings.document.place import Place
from filings.document.text import bare, symbols
from filings.drafts.changes import Change
from filings.drafts.content import Draft
from filings.drafts.create import lasting
from filings.drafts.editing import MOST
from filings.drafts.stored import StoredRow
from filings.errors import StepRefused

# By section the column that says what a row is about.
_NAMING = {"duties": "text", "tasks": "name", "indicators": "name"}


@dataclass(frozen=True)
class NewRow:
    """A row to be added: its texts by column, an indicator's class among them; `labels` of a class that is gone."""

    key: str
    texts: Mapping[str, str]
    labels: tuple[str, str] = ("", "")


class Addition:
    """The changes that add to one draft, collected part by part.

    `added` counts rows, `filled` blank cells besides, `kept` the cells that hold something else and stay as they are;
    `differing` are the changes that would put the new text there.
    """

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self.changes: list[Change] = []
        self.differing: list[Change] = []
        self.labels: dict[str, tuple[str, str]] = {}
        self.added = self.filled = 0

    @property
    def kept(self) -> int:
        return len(self.differing)

    def fill(self, at: Place, text: str) -> None:
        """Put a text into a cell if it is blank."""
        held = self._draft.stored.text(at) or ""
        if not text or held == text:
            return
        if not _is_blank(at.section, held):
            self.differing.append(Change(str(at), held, text))
            return
        self.changes.append(Change(str(at), held, text))
        self.filled += 1

    def rows(self, section: str, rows: Sequence[NewRow], *, adds: bool = True, others: Collection[str] = ()) -> None:
        """Fill the rows that are there, known by their key or by what they are about, and add the others behind all.

        A row that is added takes the room of a blank one of its class. Unless it `adds`, rows that are there are not
        named either; those with the keys of `others` stand for none of these. Raises StepRefused when there is no room.
        """
        standing = self._draft.stored.standing(section)
        there = _there(section, [row for row in standing if row.key not in others], rows)
        for row in rows:
            if same := there.get(row.key):
                self._fill_row(section, same, row, names=adds)
        if adds:
            found = {same.key for same in there.values()}
            blank = [row for row in _blank(section, standing) if row.key not in found]
            self._add(section, standing, blank, [row for row in rows if row.key not in there], rows)

    def _fill_row(self, section: str, there: StoredRow, row: NewRow, *, names: bool) -> None:
        if section == "duties" and _about(section, there.texts) == _about(section, row.texts):
            return  # Only the numeral can be another.
        for column, text in row.texts.items():
            if column != "node" and (names or column != _NAMING[section]):
                self.fill(Place(section, there.key, column), text)

    def _add(
        self,
        section: str,
        standing: Sequence[StoredRow],
        blank: Sequence[StoredRow],
        new: Sequence[NewRow],
        all_new: Sequence[NewRow],
    ) -> None:
        taken = _taken(blank, new)
        if len(new) > len(taken):
            _check_room(self._draft, section, len(new) - len(taken))
        last = standing[-1].rank if standing else ""
        if section == "duties":
            new = _counted_on([row for row in standing if row not in taken], new, all_new)
        for at, row in zip(rank.spread(last, "", len(new)), new, strict=True):
            self._come(section, at, row)
        self.changes += [Change(str(Place(section, row.key)), row.rank, "") for row in taken]
        self.added += len(new)

    def _come(self, section: str, at: str, row: NewRow) -> None:
        """A row that was removed comes back as the new one, not as what it still holds; what it has is said anew."""
        key = lasting(row.key)
        removed = self._draft.stored.rows[section].get(key)
        held = removed.texts if removed else {}
        self.changes.append(Change(str(Place(section, key)), "", at))
        for column, text in row.texts.items():
            if text or held.get(column):
                self.changes.append(Change(str(Place(section, key, column)), held.get(column, ""), text))
        if any(row.labels):
            self.labels[key] = row.labels


def _check_room(draft: Draft, section: str, new: int) -> None:
    """Raise StepRefused if `new` more rows exceed the section's limit."""
    count, most = draft.stored.count(section), MOST[section]
    if count + new > most:
        raise StepRefused(f"已有 {count} 行，最多 {most} 行，不能再加 {new} 行。")


def _there(section: str, standing: Sequence[StoredRow], rows: Sequence[NewRow]) -> dict[str, StoredRow]:
    """By the key of a new row the one that stands for it already: of the same key, or about the same in its class."""
    by_key = {row.key: row for row in standing}
    found = {row.key: by_key[row.key] for row in rows if row.key in by_key}
    left: dict[tuple[str, str], list[StoredRow]] = defaultdict(list)
    for old in reversed(standing):
        if old.key not in found:
            left[_about(section, old.texts)].append(old)
    for row in rows:
        about = _about(section, row.texts)
        if row.key not in found and about[1] and left[about]:
            found[row.key] = left[about].pop()
    return found


def _about(section: str, texts: Mapping[str, str]) -> tuple[str, str]:
    """What rows are compared by: the class, and the name or a duty's words without white space and numeral; of a row
    without a name whatever else it says."""
    said = texts.get(_NAMING[section], "") or "".join(texts[key] for key in sorted(texts) if key != "node")
    words = symbols(said)
    return texts.get("node", ""), bare(numerals.split_numeral(words)[1] if section == "duties" else words)


def _blank(section: str, standing: Sequence[StoredRow]) -> list[StoredRow]:
    """Rows that say nothing. Of duties the last ones: without one between others, their numerals would not count."""
    if section == "duties":
        return list(takewhile(lambda row: _says_nothing(section, row), reversed(standing)))
    return [row for row in standing if _says_nothing(section, row)]


def _says_nothing(section: str, row: StoredRow) -> bool:
    return all(_is_blank(section, text) for column, text in row.texts.items() if column != "node")


def _is_blank(section: str, text: str) -> bool:
    words = text.strip()
    return not (numerals.split_numeral(words)[1] if section == "duties" else words)


def _taken(blank: Sequence[StoredRow], new: Sequence[NewRow]) -> list[StoredRow]:
    """The blank rows whose room new rows take: for each one of its class."""
    waiting: dict[str, list[StoredRow]] = defaultdict(list)
    for old in reversed(blank):
        waiting[_class_of(old)].append(old)
    return [waiting[_class_of(row)].pop() for row in new if waiting[_class_of(row)]]


def _class_of(row: StoredRow | NewRow) -> str:
    return row.texts.get("node", "")


def _counted_on(standing: Sequence[StoredRow], new: Sequence[NewRow], all_new: Sequence[NewRow]) -> list[NewRow]:
    """Duties behind others: numerals go on from theirs, where both count 1, 2, 3 …"""
    before = [row.texts["text"].strip() for row in standing]
    if not (numerals.are_consecutive(before) and numerals.are_consecutive([row.texts["text"] for row in all_new])):
        return list(new)
    texts = numerals.renumber([*before, *(row.texts["text"] for row in new)])[len(before) :]
    return [NewRow(row.key, {"text": text}) for row, text in zip(new, texts, strict=True)]
