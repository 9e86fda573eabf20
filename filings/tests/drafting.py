"""Save into a draft, add, move and remove its rows as the page's scripts do, and read them."""

from itertools import count

from filings import drafts
from filings.document import rank
from filings.document.content import FilingDocument
from filings.document.place import Place
from filings.drafts import Change
from filings.importing import merge_plan
from filings.models import Filing, User
from filings.tests.county import County

_numbers = count(1)


def save(filing: Filing, county: County, *changes: tuple[str, str, str], client_id: str = "one") -> drafts.SaveResult:
    return drafts.save(filing, [Change(*change) for change in changes], by=county.filler, client_id=client_id)


def import_document(filing: Filing, county: County, document: FilingDocument) -> None:
    """Import a document into the draft, overwriting every cell that differs."""
    plan = merge_plan.plan_merge(filing, drafts.load(filing), document)
    merge_plan.merge_document(filing, document, {change.place for change in plan.differing}, by=county.filler)


def add_row(filing: Filing, section: str, *, by: User, above: Place | None = None) -> Place:
    """Add a row below `above`, or as the last row of its section."""
    row = Place(section, f"00000000-0000-4000-8000-{next(_numbers):012}")
    keys = [other.key for other in drafts.load(filing).stored.ordered_rows(section)]
    _set_rank(filing, row, _free_rank(filing, section, keys.index(above.key) + 1 if above else len(keys)), by)
    return row


def move_row(filing: Filing, row: Place, position: int, *, by: User) -> None:
    """Move a row to a position (zero-based) among the other rows of its section."""
    _set_rank(filing, row, _free_rank(filing, row.section, position, without=row.key), by)


def remove_row(filing: Filing, row: Place, *, by: User) -> None:
    _set_rank(filing, row, "", by)


def _set_rank(filing: Filing, row: Place, after: str, by: User) -> None:
    before = drafts.load(filing).stored.text(row) or ""
    result = drafts.save(filing, [Change(str(row), before, after)], by=by, client_id=f"row {next(_numbers)}")
    assert result.is_whole


def _free_rank(filing: Filing, section: str, position: int, without: str = "") -> str:
    ranks = [row.rank for row in drafts.load(filing).stored.ordered_rows(section) if row.key != without]
    (free,) = rank.spread(ranks[position - 1] if position else "", ranks[position] if position < len(ranks) else "", 1)
    return free


def rows(filing: Filing) -> list[tuple[str | None, str]]:
    """Return (class, name) of each indicator."""
    return [(row.node, row.name) for row in drafts.raw(filing).indicators]


def duties(filing: Filing) -> list[str]:
    return [duty.text for duty in drafts.raw(filing).duties]
