"""Merge content into a draft without changing its content: fill blank cells and add missing rows."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from filings.document import numerals, rank
from filings.document.place import Place
from filings.document.text import bare, symbols
from filings.drafts.changes import Change
from filings.drafts.content import Draft
from filings.drafts.create import permanent_key
from filings.drafts.editor import MOST
from filings.drafts.stored_draft import StoredRow
from filings.errors import StepRefused

# By section, the column that identifies a row's content.
_NAMING = {"duties": "text", "tasks": "name", "indicators": "name"}


@dataclass(frozen=True)
class NewRow:
    """A row to add: its texts by column, including an indicator's class, or `labels` of a removed class."""

    key: str
    texts: Mapping[str, str]
    labels: tuple[str, str] = ("", "")


class Addition:
    """Collect the changes that merge content into one draft.

    `added` counts rows, `filled` other blank cells that are filled, and `kept` cells that keep different content;
    `differing` are the changes that would replace that content.
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

    def fill(self, place: Place, text: str) -> None:
        """Fill a cell if it is blank, otherwise record the difference."""
        current = self._draft.stored.text(place) or ""
        if not text or current == text:
            return
        if not _is_blank(place.section, current):
            self.differing.append(Change(str(place), current, text))
            return
        self.changes.append(Change(str(place), current, text))
        self.filled += 1

    def rows(self, section: str, rows: Sequence[NewRow], *, adds: bool = True, others: Collection[str] = ()) -> None:
        """Fill the rows that exist, matched by key or by content, and add the others at the end.

        An added row replaces a blank one of its class. With `adds=False` no rows are added and the names of existing
        ones are not filled. Rows with a key in `others` are never matched.
        Raises StepRefused if the rows exceed the limit.
        """
        existing = self._draft.stored.ordered_rows(section)
        matches = _match(section, [row for row in existing if row.key not in others], rows)
        for row in rows:
            if match := matches.get(row.key):
                self._fill_row(section, match, row, names=adds)
        if adds:
            matched = {match.key for match in matches.values()}
            blank = [row for row in _blank_rows(section, existing) if row.key not in matched]
            self._add(section, existing, blank, [row for row in rows if row.key not in matches], rows)

    def _fill_row(self, section: str, match: StoredRow, row: NewRow, *, names: bool) -> None:
        if section == "duties" and _content_key(section, match.texts) == _content_key(section, row.texts):
            return  # Only the numerals can differ.
        for column, text in row.texts.items():
            if column != "node" and (names or column != _NAMING[section]):
                self.fill(Place(section, match.key, column), text)

    def _add(
        self,
        section: str,
        existing: Sequence[StoredRow],
        blank: Sequence[StoredRow],
        new: Sequence[NewRow],
        all_new: Sequence[NewRow],
    ) -> None:
        replaced = _replaced_rows(blank, new)
        if len(new) > len(replaced):
            _check_row_limit(self._draft, section, len(new) - len(replaced))
        last = existing[-1].rank if existing else ""
        if section == "duties":
            new = _renumbered([row for row in existing if row not in replaced], new, all_new)
        for row_rank, row in zip(rank.spread(last, "", len(new)), new, strict=True):
            self._add_row(section, row_rank, row)
        self.changes += [Change(str(Place(section, row.key)), row.rank, "") for row in replaced]
        self.added += len(new)

    def _add_row(self, section: str, row_rank: str, row: NewRow) -> None:
        """Add a row. A removed row of the same key is restored with the new texts, not with those it still holds."""
        key = permanent_key(row.key)
        removed = self._draft.stored.rows[section].get(key)
        former = removed.texts if removed else {}
        self.changes.append(Change(str(Place(section, key)), "", row_rank))
        for column, text in row.texts.items():
            if text or former.get(column):
                self.changes.append(Change(str(Place(section, key, column)), former.get(column, ""), text))
        if any(row.labels):
            self.labels[key] = row.labels


def _check_row_limit(draft: Draft, section: str, new: int) -> None:
    """Raise StepRefused if `new` more rows would exceed the limit of the section."""
    count, most = draft.stored.count(section), MOST[section]
    if count + new > most:
        raise StepRefused(f"已有 {count} 行，最多 {most} 行，不能再加 {new} 行。")


def _match(section: str, existing: Sequence[StoredRow], rows: Sequence[NewRow]) -> dict[str, StoredRow]:
    """Match new rows, by key, to existing rows with the same key or with the same content in the same class."""
    by_key = {row.key: row for row in existing}
    matches = {row.key: by_key[row.key] for row in rows if row.key in by_key}
    remaining: dict[tuple[str, str], list[StoredRow]] = defaultdict(list)
    for old in reversed(existing):
        if old.key not in matches:
            remaining[_content_key(section, old.texts)].append(old)
    for row in rows:
        content = _content_key(section, row.texts)
        if row.key not in matches and content[1] and remaining[content]:
            matches[row.key] = remaining[content].pop()
    return matches


def _content_key(section: str, texts: Mapping[str, str]) -> tuple[str, str]:
    """Return (class, text) by which rows are compared: the name, or a duty without numeral, without white space.

    For a row without a name the text is that of its other columns.
    """
    text = texts.get(_NAMING[section], "") or "".join(texts[key] for key in sorted(texts) if key != "node")
    words = symbols(text)
    return texts.get("node", ""), bare(numerals.split_numeral(words)[1] if section == "duties" else words)


def _blank_rows(section: str, existing: Sequence[StoredRow]) -> list[StoredRow]:
    """Select blank rows. Of duties only the last ones: removing one between others would break their numbering."""
    if section == "duties":
        return list(takewhile(lambda row: _is_blank_row(section, row), reversed(existing)))
    return [row for row in existing if _is_blank_row(section, row)]


def _is_blank_row(section: str, row: StoredRow) -> bool:
    return all(_is_blank(section, text) for column, text in row.texts.items() if column != "node")


def _is_blank(section: str, text: str) -> bool:
    words = text.strip()
    return not (numerals.split_numeral(words)[1] if section == "duties" else words)


def _replaced_rows(blank: Sequence[StoredRow], new: Sequence[NewRow]) -> list[StoredRow]:
    """Select the blank rows that new rows replace, one of the same class for each."""
    available: dict[str, list[StoredRow]] = defaultdict(list)
    for old in reversed(blank):
        available[_class_of(old)].append(old)
    return [available[_class_of(row)].pop() for row in new if available[_class_of(row)]]


def _class_of(row: StoredRow | NewRow) -> str:
    return row.texts.get("node", "")


def _renumbered(existing: Sequence[StoredRow], new: Sequence[NewRow], all_new: Sequence[NewRow]) -> list[NewRow]:
    """Continue the numerals of existing duties in new ones, if both are numbered 1, 2, 3 …"""
    before = [row.texts["text"].strip() for row in existing]
    if not (numerals.are_consecutive(before) and numerals.are_consecutive([row.texts["text"] for row in all_new])):
        return list(new)
    texts = numerals.renumber([*before, *(row.texts["text"] for row in new)])[len(before) :]
    return [NewRow(row.key, {"text": text}) for row, text in zip(new, texts, strict=True)]
