"""Explanations of findings. The page shows a field for each finding that requires one."""

from itertools import islice

from django.http import QueryDict

from filings.document.place import Place, explanation
from filings.forms.cells import CellForm, cell

PREFIX = "explanations"
MOST_POSTED = 400


class ExplanationsForm(CellForm):
    """Posted explanations, by the identity of their finding."""

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, prefix=PREFIX)
        posted = (name.removeprefix(f"{PREFIX}-") for name in data if name.startswith(f"{PREFIX}-"))
        for identity in islice(posted, MOST_POSTED):
            self.fields[identity] = cell("")

    def place_of(self, name: str) -> Place:
        return explanation(name)
