"""与上年相同: which texts of a draft came from last year's table and were not touched or confirmed since.

Nothing is stored for it but the saves themselves: carrying over is a save known by its client's id, and whatever is
saved at a place later touches it. A confirmation is a save that changes nothing: somebody's word that the text stands.
"""

from collections.abc import Mapping
from uuid import uuid4

from django.db.models import Subquery

from filings.document import numerals
from filings.document.place import SECTIONS, Place
from filings.drafts.changes import Change, was_kept_out
from filings.drafts.content import Draft, load
from filings.drafts.saving import save
from filings.drafts.stored import is_row
from filings.models import Filing, User

# What the client's id of a save begins with that carries over. No page can make one: theirs have no colon.
ADOPTING = "last-year:"
_WHOLE = frozenset(SECTIONS)


def untouched(filing: Filing, draft: Draft) -> frozenset[Place]:
    """The cells that hold what was carried over, as nobody has touched or confirmed it. One query."""
    first = filing.edits.filter(client_id__startswith=ADOPTING).order_by("id").values("pk")[:1]
    since = filing.edits.filter(pk__gte=Subquery(first)).order_by("id")
    found: set[str] = set()
    for client_id, saved in since.values_list("client_id", "changes"):
        if client_id.startswith(ADOPTING):
            found |= {item["place"] for item in saved if item["after"]}
        else:
            found -= {item["place"] for item in saved if _touches(item)}
        if replaced := {item["place"] for item in saved} & _WHOLE:
            found = {at for at in found if at.partition("[")[0] not in replaced}
    cells = (Place.parse(at) for at in found)
    return frozenset(at for at in cells if not is_row(at) and at.column != "node" and draft.stored.text(at))


def confirm(filing: Filing, at: Place, *, by: User) -> int:
    """Confirm a cell, all cells of a row, or a whole section; how many there were. Raises StepRefused when the filing
    is no longer being filled in."""
    draft = load(filing)
    cells = [cell for cell in sorted(untouched(filing, draft)) if _is_within(cell, at)]
    texts = [(str(cell), draft.stored.text(cell) or "") for cell in cells]
    saved = save(filing, [Change(cell, text, text) for cell, text in texts], by=by, client_id=uuid4().hex)
    return len(saved.applied)


def _touches(item: Mapping[str, str]) -> bool:
    """Whether a change, as it is written, touches its cell: what was kept out does not, nor counting duties anew."""
    if was_kept_out(item):
        return False
    before, after = item["before"], item["after"]
    is_counted = before != after and item["place"].startswith("duties[")
    return not is_counted or numerals.split_numeral(before)[1] != numerals.split_numeral(after)[1]


def _is_within(cell: Place, at: Place) -> bool:
    wanted = (at.section, at.key or cell.key, at.column or cell.column)
    return (cell.section, cell.key, cell.column) == wanted
