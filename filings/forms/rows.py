"""Formsets for the rows of the table: duties, tasks and indicators. Each form contains the key of its row."""

from collections.abc import Sequence
from typing import Any

from django import forms

from filings.document import place
from filings.document.content import MOST_DUTIES, MOST_INDICATORS, MOST_TASKS
from filings.document.edition import Column
from filings.document.place import Place
from filings.document.text import bare
from filings.forms.cells import CellForm, cell


class RowForm(CellForm):
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    @property
    def row(self) -> str:
        return str(self["key"].value() or "")


class DutyForm(RowForm):
    text = cell("职责")

    def place_of(self, name: str) -> Place:
        return place.duty(self.row)


class TaskForm(RowForm):
    """A task; `columns` are those of the edition."""

    def __init__(self, *args: Any, columns: Sequence[Column] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for column in columns:
            self.fields[column.key] = cell(bare(column.label))

    def place_of(self, name: str) -> Place:
        return place.task(self.row, name)


class IndicatorForm(RowForm):
    """An indicator; `columns` are the further columns of the edition, besides class, name and target."""

    name = cell("三级指标")
    target = cell("指标值")
    node = cell("所属二级指标")

    def __init__(self, *args: Any, columns: Sequence[Column] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for column in columns:
            self.fields[column.key] = cell(bare(column.label))

    def place_of(self, name: str) -> Place:
        return place.indicator(self.row, name)


TaskFormSet = forms.formset_factory(TaskForm, extra=0, max_num=MOST_TASKS, absolute_max=MOST_TASKS)
DutyFormSet = forms.formset_factory(DutyForm, extra=0, max_num=MOST_DUTIES, absolute_max=MOST_DUTIES)
IndicatorFormSet = forms.formset_factory(IndicatorForm, extra=0, max_num=MOST_INDICATORS, absolute_max=MOST_INDICATORS)
