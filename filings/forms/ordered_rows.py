"""Formsets whose rows are ordered by numbers, with blank rows to add more. They need no scripts."""

from typing import Any

from django import forms

MOST_ROWS = 200
STEP = 10


class OrderedRows(forms.BaseFormSet):  # type: ignore[type-arg]
    """A formset whose order numbers are multiples of ten, so that a row can be put between two others.

    `choices` are those of each choice field, by its name.
    """

    choices: dict[str, list[Any]]

    def __init__(self, *args: Any, choices: dict[str, list[Any]] | None = None, **options: Any) -> None:
        self.choices = choices or {}
        super().__init__(*args, **options)

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        order, remove = form.fields["ORDER"], form.fields.get("DELETE")
        order.label = "次序"
        if index is not None and index < self.initial_form_count():
            order.initial = STEP * (index + 1)
        if remove:
            remove.label = "删去"
        for name, choices in self.choices.items():
            field: Any = form.fields[name]
            # Rows that are left blank send the first choice.
            field.choices, field.initial = choices, choices[0][0]
        form.order_fields(["ORDER", *(form.field_order or ())])
        for bound in form.fields.values():
            # The visible label is the column's header.
            bound.widget.attrs["aria-label"] = bound.label


def ordered_rows(row: type[forms.Form], extra: int) -> Any:
    """Create the formset class of a kind of row, with `extra` blank rows."""
    return forms.formset_factory(
        row,
        OrderedRows,
        extra=extra,
        can_order=True,
        can_delete=True,
        can_delete_extra=False,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
        validate_max=True,
    )
