"""What has been saved into a draft since a page saw it: by others, and by earlier or later saves of the page itself."""

from collections.abc import Iterable

from django.db.models import Q

from filings.document.place import SECTIONS, Place
from filings.drafts.changes import applied_places
from filings.models import Edit, Filing

_MOST_DIGITS = 9


class Meanwhile:
    """Saves since the one that the page knew last. A page numbers its own: `WINDOW-NUMBER` begins each client's id."""

    def __init__(self, client_id: str, edits: Iterable[Edit], newest: int = 0) -> None:
        self._window, self._number = _numbered(client_id)
        self._mine: dict[str, int] = {}
        self._others: dict[str, Edit] = {}
        self._last: dict[str, Edit] = {}
        self.newest = newest
        for edit in edits:
            self.add(edit)

    def add(self, edit: Edit) -> None:
        """A further save, newer than those before."""
        window, number = _numbered(edit.client_id)
        self.newest = max(self.newest, edit.pk)
        for place in applied_places(edit):
            self._last[place] = edit
            if window == self._window:
                self._mine[place] = max(number, self._mine.get(place, 0))
            else:
                self._others[place] = edit

    @property
    def others(self) -> tuple[str, ...]:
        """The places of the form that others have changed."""
        return tuple(place for place in self._others if place not in SECTIONS)

    @property
    def is_replaced(self) -> bool:
        """Whether someone has replaced the whole draft."""
        return any(section in self._others for section in SECTIONS)

    def has_later(self, place: str) -> bool:
        """Whether a save that the page sent after this one has already changed the place: this one comes too late."""
        return self._mine.get(place, 0) > self._number

    def is_mine(self, place: str) -> bool:
        """Whether the page itself was the last to change the place."""
        return place in self._mine and (place not in self._others or self._others[place].pk < self._last[place].pk)

    def others_in_row(self, row: Place) -> Edit | None:
        """Someone else's last save that changed a row or a cell of it."""
        name = str(row)
        found = [edit for place, edit in self._others.items() if place == name or place.startswith(f"{name}.")]
        return max(found, key=lambda edit: edit.pk, default=None)


def since(filing: Filing, number: int | None, client_id: str) -> tuple[Edit | None, Meanwhile]:
    """The save that was stored under this client's id before, and what was saved since the page's number of one."""
    asked = Q(client_id=client_id) if number is None else Q(client_id=client_id) | Q(pk__gt=number)
    found = list(filing.edits.filter(asked).select_related("by").order_by("id"))
    done = next((edit for edit in found if edit.client_id == client_id), None)
    later = [edit for edit in found if number is not None and edit.pk > number]
    return done, Meanwhile(client_id, later, max(number or 0, done.pk if done else 0))


def _numbered(client_id: str) -> tuple[str, int]:
    window, _, rest = client_id.partition("-")
    number = rest.partition("-")[0]
    return window, int(number) if number.isdecimal() and len(number) <= _MOST_DIGITS else 0
