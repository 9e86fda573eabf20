"""Partial reopening: which cells of a returned table its department may change.

`Filing.reopened` lists the places that the return has reopened, None for the whole table. A place of an error in the
table as it was returned is open as well: the data of the bureau may have changed since. An error that the department
makes now opens nothing. Explanations of findings, links and the date of filling in are always open, and a closed cell
can be set back to the text that was returned.

A remarked row may be moved to any class, although new rows there are refused: the correction that a remark or a rule
asks for is often another class (M7). A row that is open only because its class is or because of an error stays in the
classes that take rows.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property

from filings.document import links, numerals
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.document.place import Place, node, row_of
from filings.document.text import prose
from filings.drafts.changes import Change
from filings.drafts.content import Draft
from filings.drafts.returned_table import ReturnedTable, texts_of
from filings.drafts.stored_draft import StoredDraft, from_texts, is_row
from filings.models import Filing

CLOSED = "这一行没有被退回，不能改；需要改的，请与审核人联系退回全表。"
CLOSED_FOR_ROWS = "这里没有被退回，不能加行；需要加的，请与审核人联系退回全表。"
_OPEN_SECTIONS = (links.SECTION, "explanations")
_OPEN_FIELDS = ("filled_on",)


class OpenPlaces:
    """The open places of a draft as it is before a save.

    `places` are the reopened ones, None for the whole table.
    """

    def __init__(
        self,
        places: Iterable[Place] | None,
        stored: StoredDraft,
        edition: Edition,
        returned: ReturnedTable,
    ) -> None:
        self._places = None if places is None else with_classes(places, edition)
        self._returned = returned
        self._edition = edition
        self._rows = {section: {row.key for row in stored.ordered_rows(section)} for section in stored.rows}
        self._classes = {key: row.texts["node"] for key, row in stored.rows["indicators"].items()}

    @property
    def is_whole(self) -> bool:
        """Whether the whole table is open."""
        return self._places is None

    def has(self, place: Place) -> bool:
        """Whether the cell or row at a place may be changed."""
        if self._places is None or place.section in _OPEN_SECTIONS:
            return True
        if place.section == "fields" and place.key in _OPEN_FIELDS:
            return True
        class_ = self._classes.get(place.key, "") if place.section == "indicators" else ""
        return self._is_among(place, class_, self._places) or self._is_among(place, class_, self._error_places)

    def takes_rows(self, place: Place) -> bool:
        """Whether rows may be added to a class (`nodes[KEY]`) or to a section."""
        section = Place("indicators") if place.section == "nodes" else Place(place.section)
        return self._places is None or not {place, section}.isdisjoint(self._places | self._error_places)

    def refusal(self, change: Change, place: Place, present: str, new_classes: Mapping[str, str]) -> str:
        """Return why a change is refused, '' if it is not.

        `present` is the stored text, and `new_classes` are the classes that the same save gives to rows by their keys.
        """
        if self._places is None or change.after == present or _renumbers(change, place, present):
            return ""
        if self._is_new(place):
            class_ = new_classes.get(place.key) or self._classes.get(place.key, "")
            target = node(class_) if place.section == "indicators" else Place(place.section)
            return "" if self.takes_rows(target) or (row_of(place) in self._places) else CLOSED_FOR_ROWS
        if not self.has(place):
            return "" if self._sets_back(change, place, present) else CLOSED
        is_moved = place.section == "indicators" and place.column == "node"
        if is_moved and row_of(place) not in self._places and not self.takes_rows(node(change.after)):
            return CLOSED_FOR_ROWS
        return ""

    def _is_new(self, place: Place) -> bool:
        """Whether a place is in a row that neither the draft nor the returned table has."""
        is_present = place.section not in self._rows or place.key in self._rows[place.section]
        return not is_present and Place(place.section, place.key) not in self._returned.texts

    def _sets_back(self, change: Change, place: Place, present: str) -> bool:
        """Whether a change gives a closed cell the text that was returned, or restores a closed row."""
        returned = self._returned.texts.get(place, "")
        return bool(returned and change.after and not present) if is_row(place) else prose(change.after) == returned

    def _is_among(self, place: Place, class_: str, places: frozenset[Place]) -> bool:
        wanted = {place, row_of(place), Place(place.section), *([node(class_)] if class_ else [])}
        return not wanted.isdisjoint(places)

    @cached_property
    def _error_places(self) -> frozenset[Place]:
        return with_classes(self._returned.error_places, self._edition)


def open_places(filing: Filing, draft: Draft) -> OpenPlaces:
    """Return the open places of a filing's draft."""
    return OpenPlaces(_reopened(filing), draft.stored, draft.edition, ReturnedTable(filing))


def changed_closed_rows(filing: Filing, document: FilingDocument) -> list[Place]:
    """Return the rows and cells of a document that differ from the returned table although they were not reopened."""
    returned = ReturnedTable(filing)
    if filing.reopened is None or returned.document is None:
        return []
    before, after = returned.texts, texts_of(document)
    opened = OpenPlaces(_reopened(filing), from_texts(before), filing.cycle.edition.definition(), returned)
    classes = {place.key: text for place, text in after.items() if place.column == "node"}
    differing = [place for place in {**before, **after} if _text(place, before) != _text(place, after)]
    changes = [(Change(str(place), before.get(place, ""), after.get(place, "")), place) for place in differing]
    refused = [place for change, place in changes if opened.refusal(change, place, change.before, classes)]
    return list(dict.fromkeys(row_of(place) for place in refused))


def _text(place: Place, texts: Mapping[Place, str]) -> str:
    """Return the text of a cell; a row's own is the same at each position."""
    return str(place in texts) if is_row(place) else texts.get(place, "")


def _reopened(filing: Filing) -> list[Place] | None:
    return None if filing.reopened is None else [Place.parse(text) for text in filing.reopened]


def with_classes(places: Iterable[Place], edition: Edition) -> frozenset[Place]:
    """Return places of rows and cells as they are, and with each first level all its second levels."""
    below = {first.key: [node(second.key) for second in first.children] for first in edition.tree}
    given = frozenset(places)
    return given | {second for place in given if place.section == "nodes" for second in below.get(place.key, ())}


def _renumbers(change: Change, place: Place, present: str) -> bool:
    """Whether a change only gives a duty another numeral, because a row above it was added or removed.

    The stored text decides, not the one that the page claims to have seen.
    """
    if place.section != "duties" or is_row(place):
        return False
    return numerals.split_numeral(present)[1] == numerals.split_numeral(change.after)[1]
