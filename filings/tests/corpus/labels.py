"""The founding table with one label in another wording: fixtures/corpus/labels.json lists the usual ones."""

import json
from collections.abc import Iterator

from filings.formats import text
from filings.table.grid import Grid
from filings.tests.corpus.composed import FOLDER
from filings.tests.founding import sample_text


def variants() -> Iterator[tuple[str, str]]:
    """Yield each label of the founding table with each of its other wordings."""
    wordings = json.loads((FOLDER / "labels.json").read_text(encoding="utf-8"))
    yield from ((label, wording) for label, others in wordings.items() for wording in others)


def reworded(label: str, wording: str) -> Grid:
    """Return the founding table with a label in another wording. Raises ValueError if it has no such label."""
    sample = sample_text()
    if sample.count(label) != 1:
        raise ValueError(f"not one label of the founding table: {label}")
    return text.read(sample.replace(label, wording))
