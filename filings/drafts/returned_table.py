"""The table as it was returned last, with which a partially reopened draft is compared."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from filings.checks.assessment import assess_revision
from filings.document.content import FilingDocument
from filings.document.place import Place, amount, field, goal
from filings.models import Filing, Revision


class ReturnedTable:
    """The revision that was returned last; blank before the first return. It is read when needed."""

    def __init__(self, filing: Filing) -> None:
        self._filing = filing

    @cached_property
    def texts(self) -> Mapping[Place, str]:
        """The texts of all cells; rows have their position."""
        return texts_of(self.document) if self.document else {}

    @cached_property
    def document(self) -> FilingDocument | None:
        return self._revision.document() if self._revision else None

    @cached_property
    def error_places(self) -> Sequence[Place]:
        """The places of errors by the data of today. Later errors of the department are not among them."""
        findings = assess_revision(self._revision).blocking if self._revision else ()
        return [place for finding in findings for place in finding.places]

    @cached_property
    def _revision(self) -> Revision | None:
        return self._filing.returned_revision()


def texts_of(document: FilingDocument) -> dict[Place, str]:
    """Return the texts of all cells of a document by place; the text of a row's own place is its position, from 1."""
    texts = {field(key): text for key, text in document.fields.items()}
    texts |= {amount(line): text for line, text in document.amounts.items()}
    texts |= {goal(number): text for number, text in enumerate(document.goals)}
    rows: list[tuple[str, str, Mapping[str, str]]] = [
        *(("duties", duty.key, {"text": duty.text}) for duty in document.duties),
        *(("tasks", task.key, task.cells) for task in document.tasks),
        *(
            ("indicators", row.key, {"node": row.node or "", "name": row.name, "target": row.target, **row.more})
            for row in document.indicators
        ),
    ]
    for position, (section, key, cells) in enumerate(rows, start=1):
        texts[Place(section, key)] = str(position)
        texts |= {Place(section, key, column): text for column, text in cells.items()}
    return texts
