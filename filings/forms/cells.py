"""A form whose fields are cells of the table: each knows its place, and what the person saw in it."""

from collections.abc import Iterator

from django import forms

from filings.document.place import Place
from filings.drafts import Change
from filings.drafts.save_changes import clean_text


def cell(label: str) -> forms.CharField:
    """A field that keeps what is typed, blanks included. The page posts what was seen beside it.

    It has no greatest length: a browser would cut what is pasted without a word, and the save tells of it.
    """
    return forms.CharField(label=label, required=False, strip=False, show_hidden_initial=True)


class CellForm(forms.Form):
    """Everything is taken as typed; what of it can be stored, drafts.save knows."""

    def place_of(self, name: str) -> Place:
        """The place of the field of this name."""
        raise NotImplementedError

    def cells(self) -> Iterator[tuple[Place, forms.BoundField]]:
        for name, field in self.fields.items():
            if field.show_hidden_initial:
                yield self.place_of(name), self[name]

    def changes(self) -> Iterator[Change]:
        """What was typed over what was seen. A field that was not posted was not touched."""
        for place, bound in self.cells():
            before = self.data.get(bound.html_initial_name)
            after = self.data.get(bound.html_name)
            if before is not None and after is not None and clean_text(before) != clean_text(after):
                yield Change(str(place), before, after)
