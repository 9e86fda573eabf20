"""Edits saved since a page last heard from the server: by others, and by earlier or later saves of the page itself."""

from collections.abc import Iterable

from django.db.models import Q

from filings.document.place import SECTIONS, Place
from filings.drafts.changes import applied_places
from filings.models import Edit, Filing

_MOST_DIGITS = 9


class ConcurrentEdits:
    """Edits newer than the one a page knew last, as seen by one save of that page.

    Pages number their saves: client ids begin with `WINDOW-NUMBER`.
    """

    def __init__(self, client_id: str, edits: Iterable[Edit], newest: int = 0) -> None:
        self._window, self._number = _parse_client_id(client_id)
        self._own: dict[str, int] = {}
        self._others: dict[str, Edit] = {}
        self._last: dict[str, Edit] = {}
        self.newest = newest
        for edit in edits:
            self.add(edit)

    def add(self, edit: Edit) -> None:
        """Add an edit; edits must be added in the order in which they were stored."""
        window, number = _parse_client_id(edit.client_id)
        self.newest = max(self.newest, edit.pk)
        for place in applied_places(edit):
            self._last[place] = edit
            if window == self._window:
                self._own[place] = max(number, self._own.get(place, 0))
            else:
                self._others[place] = edit

    @property
    def others(self) -> tuple[str, ...]:
        """Cells and rows changed by others, without the whole sections that imports by earlier versions stored."""
        return tuple(place for place in self._others if place not in SECTIONS)

    def is_superseded(self, place: str) -> bool:
        """Whether a later save of the same page has already changed the place: saves can arrive out of order."""
        return self._own.get(place, 0) > self._number

    def is_own(self, place: str) -> bool:
        """Whether the last change of the place came from the same page."""
        return place in self._own and (place not in self._others or self._others[place].pk < self._last[place].pk)

    def others_in_row(self, row: Place) -> Edit | None:
        """Return the last edit by others that changed a row or one of its cells."""
        name = str(row)
        edits = [edit for place, edit in self._others.items() if place == name or place.startswith(f"{name}.")]
        return max(edits, key=lambda edit: edit.pk, default=None)


def edits_since(filing: Filing, number: int | None, client_id: str) -> tuple[Edit | None, ConcurrentEdits]:
    """Return the edit already stored under this client id, if any, and the edits with an id above `number`."""
    wanted = Q(client_id=client_id) if number is None else Q(client_id=client_id) | Q(pk__gt=number)
    edits = list(filing.edits.filter(wanted).select_related("by").order_by("id"))
    done = next((edit for edit in edits if edit.client_id == client_id), None)
    later = [edit for edit in edits if number is not None and edit.pk > number]
    return done, ConcurrentEdits(client_id, later, max(number or 0, done.pk if done else 0))


def _parse_client_id(client_id: str) -> tuple[str, int]:
    window, _, rest = client_id.partition("-")
    number = rest.partition("-")[0]
    return window, int(number) if number.isdecimal() and len(number) <= _MOST_DIGITS else 0
