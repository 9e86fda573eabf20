"""Judge the founding table with one label in another wording: whole, or wrong somewhere without a warning."""

from collections.abc import Iterator

from filings.document.content import FilingDocument
from filings.document.place import Place, field, goal
from filings.table.reading.find_tables import find_tables
from filings.table.reading.read_table import Reading
from filings.tests.corpus.labels import reworded, variants
from filings.tests.founding import EDITION, founding_document


def judge_labels() -> Iterator[tuple[str, str, bool, bool]]:
    """Yield label, wording, whether the document is whole, and whether something is wrong without a warning."""
    right = founding_document()
    for label, wording in variants():
        reading = find_tables([reworded(label, wording)], EDITION).tables[0].reading
        yield label, wording, reading.document == right, _is_wrong(reading, right)


def _is_wrong(reading: Reading, right: FilingDocument) -> bool:
    return any(place not in reading.warnings for place in _wrong(reading.document, right))


def _wrong(read: FilingDocument, right: FilingDocument) -> Iterator[Place]:
    yield from (field(key) for key, text in read.fields.items() if text and text != right.fields[key])
    yield from (Place("amounts", key) for key, text in read.amounts.items() if text and text != right.amounts[key])
    duties = {row.text for row in right.duties}
    yield from (Place("duties", row.key, "text") for row in read.duties if row.text not in duties)
    if read.goal and read.goal != right.goal:
        yield goal()
    rows = {(row.name, row.target): row.node for row in right.indicators}
    for row in read.indicators:
        if (row.name, row.target) not in rows:
            yield Place("indicators", row.key, "target" if row.target else "name")
        elif row.node and row.node != rows[row.name, row.target]:
            yield Place("indicators", row.key, "node")
