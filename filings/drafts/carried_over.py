"""与上年相同: track the texts that were carried over from last year's table and not changed or confirmed since.

This is derived from the edits alone. Carrying over is a save whose client id begins with CLIENT_ID_PREFIX; any later
save at the same place touches the text. A confirmation is a save that changes nothing: the officer states that the
text is still correct.
"""

from collections.abc import Mapping
from uuid import uuid4

from django.db.models import Subquery

from filings.document import numerals
from filings.document.place import Place
from filings.drafts.changes import Change, was_rejected
from filings.drafts.content import Draft, load
from filings.drafts.save_changes import save
from filings.drafts.stored_draft import is_row
from filings.models import Edit, Filing, User

# No page can send this prefix: client ids of pages have no colon.
CLIENT_ID_PREFIX = "last-year:"


def carried_over_cells(filing: Filing, draft: Draft) -> frozenset[Place]:
    """Return the cells with carried-over text that has not been changed or confirmed. Takes one query."""
    first = filing.edits.filter(client_id__startswith=CLIENT_ID_PREFIX).order_by("id").values("pk")[:1]
    edits = filing.edits.filter(pk__gte=Subquery(first)).order_by("id")
    untouched: set[str] = set()
    for client_id, changes in edits.values_list("client_id", "changes"):
        if client_id.startswith(CLIENT_ID_PREFIX):
            untouched |= {item["place"] for item in changes if item["after"]}
        else:
            untouched -= {item["place"] for item in changes if _touches(item)}
    cells = map(Place.parse, untouched)
    return frozenset(cell for cell in cells if not is_row(cell) and cell.column != "node" and draft.stored.text(cell))


def confirm(filing: Filing, place: Place, *, by: User) -> int:
    """Confirm a cell, all cells of a row or a whole section, and return the number of cells.

    Raises StepRefused if the filing is not editable.
    """
    draft = load(filing)
    cells = [cell for cell in sorted(carried_over_cells(filing, draft)) if _is_within(cell, place)]
    texts = [(str(cell), draft.stored.text(cell) or "") for cell in cells]
    client_id = f"{Edit.CONFIRMATION}{uuid4().hex}"
    saved = save(filing, [Change(cell, text, text) for cell, text in texts], by=by, client_id=client_id)
    return len(saved.applied)


def _touches(item: Mapping[str, str]) -> bool:
    """Whether a stored change touches its cell. Rejected changes and the renumbering of duties do not."""
    if was_rejected(item):
        return False
    before, after = item["before"], item["after"]
    is_changed_duty = before != after and item["place"].startswith("duties[")
    return not is_changed_duty or numerals.split_numeral(before)[1] != numerals.split_numeral(after)[1]


def _is_within(cell: Place, place: Place) -> bool:
    wanted = (place.section, place.key or cell.key, place.column or cell.column)
    return (cell.section, cell.key, cell.column) == wanted
