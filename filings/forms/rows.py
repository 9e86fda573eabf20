"""Rows of the table as formsets: duties and indicators, each form holding the lasting key of its row."""

from django import forms

from filings.document import place
from filings.document.content import MOST_DUTIES, MOST_INDICATORS
from filings.document.place import Place
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


class IndicatorForm(RowForm):
    name = cell("三级指标")
    target = cell("指标值")
    node = cell("所属二级指标")

    def place_of(self, name: str) -> Place:
        return place.indicator(self.row, name)


DutyFormSet = forms.formset_factory(DutyForm, extra=0, max_num=MOST_DUTIES, absolute_max=MOST_DUTIES)
IndicatorFormSet = forms.formset_factory(IndicatorForm, extra=0, max_num=MOST_INDICATORS, absolute_max=MOST_INDICATORS)
