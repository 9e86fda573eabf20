"""The form of days of the calendar."""

from datetime import date

from django import forms

FIRST_YEAR, LAST_YEAR = 2000, 2100
_KINDS = (("off", "休息"), ("on", "上班"))
_NO_DATE = "请填写日期，如 2027-02-08。"
_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")


def _day(label: str, *, required: bool) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "form-control"})
    messages = {"required": _NO_DATE, "invalid": _NO_DATE}
    return forms.DateField(
        label=label, required=required, input_formats=_FORMATS, widget=widget, error_messages=messages
    )


class CalendarForm(forms.Form):
    """Some days in succession, whether they are working days, and why."""

    first = _day("日期", required=True)
    last = _day("至（只有一天的不填）", required=False)
    kind = forms.ChoiceField(
        label="登记为",
        choices=_KINDS,
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"required": "请选择休息或上班。", "invalid_choice": "请选择休息或上班。"},
    )
    name = forms.CharField(
        label="说明，如 春节、调休", required=False, widget=forms.TextInput(attrs={"class": "form-control"})
    )

    def clean_first(self) -> date:
        return self._in_range("first")

    def clean_last(self) -> date | None:
        return self._in_range("last") if self.cleaned_data["last"] else None

    def _in_range(self, name: str) -> date:
        day: date = self.cleaned_data[name]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(f"日期 {day} 不在 {FIRST_YEAR} 年到 {LAST_YEAR} 年之间，请改正。")
        return day

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of a valid form."""
        first: date = self.cleaned_data["first"]
        return first, self.cleaned_data["last"] or first

    @property
    def is_working(self) -> bool:
        return bool(self.cleaned_data["kind"] == "on")
