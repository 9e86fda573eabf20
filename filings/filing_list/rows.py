"""The rows of the list of filings: each filing with its steps and its total."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from filings import progress
from filings.document import money
from filings.models import Filing
from filings.progress import FilingProgress


@dataclass(frozen=True)
class FilingRow:
    """A filing of the list. `total` is in 万元, None if it is blank or not for the user."""

    filing: Filing
    progress: FilingProgress
    total: Decimal | None


def rows_of(filings: Iterable[Filing]) -> list[FilingRow]:
    """Build the rows of filings from `filings_of`, with as many queries for any number of them."""
    listed = list(filings)
    steps = progress.load(listed)
    return [FilingRow(filing, steps[filing.pk], _total(filing)) for filing in listed]


def _total(filing: Filing) -> Decimal | None:
    fen: int | None = getattr(filing, "fen", None)
    return None if fen is None else money.from_fen(fen)
