"""Forms whose fields are cells of the table: each field has a place and the text that the user saw."""

from collections.abc import Iterator

from django import forms

from filings.document.place import Place
from filings.drafts import Change
from filings.drafts.save_changes import clean_text


def cell(label: str) -> forms.CharField:
    """Create a field that keeps the text as typed, blanks included. The page also posts the text that it showed.

    There is no maximum length: a browser would cut pasted text silently, while the save refuses it with a message.
    """
    return forms.CharField(label=label, required=False, strip=False, show_hidden_initial=True)


class CellForm(forms.Form):
    """A form that accepts any text; drafts.save decides what can be stored."""

    def place_of(self, name: str) -> Place:
        """Return the place of the field with this name."""
        raise NotImplementedError

    def cells(self) -> Iterator[tuple[Place, forms.BoundField]]:
        """Yield the fields that are cells, with their places."""
        for name, field in self.fields.items():
            if field.show_hidden_initial:
                yield self.place_of(name), self[name]

    def changes(self) -> Iterator[Change]:
        """Yield the fields whose text was changed. Fields that were not posted are unchanged."""
        for place, bound in self.cells():
            before = self.data.get(bound.html_initial_name)
            after = self.data.get(bound.html_name)
            if before is not None and after is not None and clean_text(before) != clean_text(after):
                yield Change(str(place), before, after)
