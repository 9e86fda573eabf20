"""Partial reopening: which cells of a returned table its department may change.

`Filing.reopened` lists the places that the return has reopened, None for the whole table. A place of an error in the
present draft is open as well, so that a correction can always be completed. Explanations of findings, links and the
date of filling in are always open.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from filings.document import links, numerals
from filings.document.edition import Edition
from filings.document.place import Place, node, row_of
from filings.drafts.assessment import assess_draft
from filings.drafts.changes import Change
from filings.drafts.content import Draft
from filings.drafts.stored_draft import StoredDraft, is_row
from filings.models import Filing

CLOSED = "这一行没有被退回，不能改；需要改的，请与审核人联系退回全表。"
CLOSED_FOR_ROWS = "这里没有被退回，不能加行；需要加的，请与审核人联系退回全表。"
_OPEN_SECTIONS = (links.SECTION, "explanations")
_OPEN_FIELDS = ("filled_on",)


class OpenPlaces:
    """The open places of a draft as it is before a save.

    `places` are the reopened ones, None for the whole table; `errors` finds the places of the draft's errors.
    """

    def __init__(
        self,
        places: Iterable[Place] | None,
        stored: StoredDraft,
        edition: Edition,
        errors: Callable[[], Iterable[Place]],
    ) -> None:
        self._places = None if places is None else with_classes(places, edition)
        self._errors = errors
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
        if self._places is None or change.after == present or _renumbers(change, place):
            return ""
        is_new = place.section in self._rows and place.key not in self._rows[place.section]
        if is_new:
            class_ = new_classes.get(place.key) or self._classes.get(place.key, "")
            target = node(class_) if place.section == "indicators" else Place(place.section)
            return "" if self.takes_rows(target) or (row_of(place) in self._places) else CLOSED_FOR_ROWS
        if not self.has(place):
            return CLOSED
        is_moved = place.section == "indicators" and place.column == "node"
        if is_moved and row_of(place) not in self._places and not self.takes_rows(node(change.after)):
            return CLOSED_FOR_ROWS
        return ""

    def _is_among(self, place: Place, class_: str, places: frozenset[Place]) -> bool:
        wanted = {place, row_of(place), Place(place.section), *([node(class_)] if class_ else [])}
        return not wanted.isdisjoint(places)

    @cached_property
    def _error_places(self) -> frozenset[Place]:
        return with_classes(self._errors(), self._edition)


def open_places(filing: Filing, draft: Draft, errors: Callable[[], Iterable[Place]] | None = None) -> OpenPlaces:
    """Return the open places of a filing's draft. `errors` replaces the check of the draft if it is already made."""
    places = None if filing.reopened is None else [Place.parse(text) for text in filing.reopened]
    return OpenPlaces(places, draft.stored, draft.edition, errors or (lambda: _places_of_errors(filing, draft)))


def with_classes(places: Iterable[Place], edition: Edition) -> frozenset[Place]:
    """Return places of rows and cells as they are, and with each first level all its second levels."""
    below = {first.key: [node(second.key) for second in first.children] for first in edition.tree}
    given = frozenset(places)
    return given | {second for place in given if place.section == "nodes" for second in below.get(place.key, ())}


def _places_of_errors(filing: Filing, draft: Draft) -> Iterable[Place]:
    return [place for finding in assess_draft(filing, draft).blocking for place in finding.places]


def _renumbers(change: Change, place: Place) -> bool:
    """Whether a change only gives a duty another numeral, because a row above it was added or removed."""
    if place.section != "duties" or is_row(place):
        return False
    return numerals.split_numeral(change.before)[1] == numerals.split_numeral(change.after)[1]
