"""The form of a cycle's name, year, edition, dates and stages."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from filings import labels
from filings.choices import Stage
from filings.cycles import changes, contacts
from filings.cycles.changes import CycleDetails
from filings.forms.lengths import too_long
from filings.forms.printable import printable
from filings.models import Cycle, FormEdition
from filings.models.cycles.cycle import check_stages

FIXED_ONCE_STARTED = ("year", "edition", "stages")
FIRST_YEAR, LAST_YEAR = 2000, 2100
_YEAR = f"请填写 {FIRST_YEAR} 到 {LAST_YEAR} 之间的年度，如 2027。"


def _date(label: str, help_text: str) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(
        label=label,
        widget=widget,
        help_text=help_text,
        error_messages=dict.fromkeys(("required", "invalid"), f"请填写{label}，如 2027-03-01。"),
    )


class CycleDetailsForm(forms.Form):
    """The details of a new or an existing cycle; `stamp` is that of the cycle when the page was rendered."""

    name = forms.CharField(
        label="名称",
        max_length=60,
        required=False,
        help_text="可不填，不填时显示年度和表样。",
        widget=forms.TextInput(attrs={"maxlength": None}),
        error_messages=too_long("名称"),
    )
    year = forms.IntegerField(
        label="年度",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _YEAR),
    )
    edition = forms.ModelChoiceField(label="表样", queryset=FormEdition.objects.order_by("code", "-version"))
    opens_on = _date("开始日期", "到这一天，名单上的单位才能开始填报。")
    deadline = _date("截止日期", "过了这一天还能提交，记为逾期；个别单位可以延期。")
    stages = forms.MultipleChoiceField(
        label="审核环节",
        choices=[(str(stage), labels.STAGE[stage]) for stage in Stage],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一个审核环节。"},
        help_text="按从上到下的次序审核；启动后不能再改。没有主管部门的单位跳过主管部门这一环节。",
    )
    contacts = forms.CharField(
        label="联系方式",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="显示在帮助页。每行一人，依次填写姓名、股室、电话、办公时间，用逗号分开。"
        "不填时显示绩效股和归口业务股室中登记了电话的审核人。",
        validators=[printable],
    )
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, cycle: Cycle | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.cycle = cycle
        if cycle and cycle.started_at:
            for name in FIXED_ONCE_STARTED:
                self.fields[name].disabled = True
                self.initial[name] = getattr(changes.details_of(cycle), name)
        editions: Any = self.fields["edition"]
        editions.label_from_instance = edition_label

    def clean_stages(self) -> list[str]:
        stages: list[str] = self.cleaned_data["stages"]
        check_stages(stages)
        return stages

    def clean_contacts(self) -> str:
        try:
            return "\n".join(map(str, contacts.parse(self.cleaned_data["contacts"])))
        except contacts.ContactError as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        opens_on, deadline = data.get("opens_on"), data.get("deadline")
        if opens_on and deadline and deadline < opens_on:
            self.add_error("deadline", f"截止日期早于开始日期 {opens_on}，请改其中一个。")
        if self.cycle and not self.errors:
            for field, sentence in changes.problems(self.cycle, self.details, timezone.localdate()).items():
                self.add_error(field, ValidationError(sentence))
        return data

    def keep_after_conflict(self, cycle: Cycle) -> None:
        """Keep what was typed next to the present values, and take these as seen."""
        for field, sentence in changes.present_values(cycle, self.details).items():
            self.add_error(field, sentence)
        posted = cast(QueryDict, self.data).copy()
        posted["stamp"] = changes.stamp(cycle)
        self.data = posted

    @property
    def details(self) -> CycleDetails:
        """The values of a valid form."""
        data = self.cleaned_data
        return CycleDetails(
            data["name"],
            data["year"],
            data["edition"],
            data["opens_on"],
            data["deadline"],
            data["stages"],
            data["contacts"],
        )


def edition_label(edition: FormEdition) -> str:
    return f"{edition.name}（{edition.code}，第 {edition.version} 版）"


def initial(details: CycleDetails, stamp: str = "") -> dict[str, Any]:
    """Return the initial values of the form."""
    return {**vars(details), "stamp": stamp}
