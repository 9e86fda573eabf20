"""What an officer says to findings, beside the table. The page shows a field for each finding that asks."""

from itertools import islice

from django.http import QueryDict

from filings.document.place import Place, explanation
from filings.forms.cells import CellForm, cell

PREFIX = "explanations"
MOST_POSTED = 400


class ExplanationsForm(CellForm):
    """Fields by the identities of findings, as they were posted."""

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, prefix=PREFIX)
        posted = (name.removeprefix(f"{PREFIX}-") for name in data if name.startswith(f"{PREFIX}-"))
        for identity in islice(posted, MOST_POSTED):
            self.fields[identity] = cell("")

    def place_of(self, name: str) -> Place:
        return explanation(name)
