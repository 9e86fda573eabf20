"""Texts outside rows: header, footer, named fields and the overall goal."""

from collections.abc import Iterator

from django.http import QueryDict

from filings.document import place
from filings.document.edition import Edition
from filings.document.place import Place
from filings.forms.cells import CellForm, cell

GOAL = "goal:0"


class TextsForm(CellForm):
    def __init__(
        self, edition: Edition, data: QueryDict | None = None, *, initial: dict[str, str] | None = None
    ) -> None:
        super().__init__(data, prefix="texts", initial=initial)
        for key, label in _labels(edition):
            self.fields[key] = cell("".join(label.split()).rstrip("：:"))

    def place_of(self, name: str) -> Place:
        return place.goal() if name == GOAL else place.field(name)


def _labels(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield (field name, printed label) of every text of the edition."""
    yield from ((item.key, item.label) for item in (*edition.header, *edition.footer))
    for section in edition.sections:
        if section.kind == "field":
            yield section.key, section.label
        elif section.kind == "goal":
            yield GOAL, section.label
