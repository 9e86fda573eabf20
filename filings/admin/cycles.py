"""Cycles with their dates, review stages and extensions."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from filings import labels
from filings.clocks.due import reset_department_clocks
from filings.models import Cycle, Extension

_DATES = "改截止日期或延期，尚未送审过的单位随即按新日期计；已经退回或在审的，期限是办理时按工作日写明的，不随之变动。"


class CycleForm(forms.ModelForm):
    stages = forms.MultipleChoiceField(
        label="审核环节",
        choices=[(str(stage), label) for stage, label in labels.STAGE.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text="按从上到下的次序审核；开始申报后不能再改。",
    )

    class Meta:
        model = Cycle
        fields = ("name", "year", "edition", "opens_on", "deadline", "stages")


class ExtensionInline(admin.TabularInline):
    model = Extension
    extra = 1
    autocomplete_fields = ("department",)


@admin.register(Cycle)
class CycleAdmin(admin.ModelAdmin):
    form = CycleForm
    inlines = (ExtensionInline,)
    list_display = ("__str__", "year", "edition", "opens_on", "deadline", "stage_labels")
    list_select_related = ("edition",)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Dates and extensions apply to the departments' running clocks."""
        super().save_related(request, form, formsets, change)
        reset_department_clocks(form.instance)

    def get_fieldsets(self, request: HttpRequest, obj: Cycle | None = None) -> Any:
        return ((None, {"fields": self.get_fields(request, obj), "description": _DATES}),)

    @admin.display(description="审核环节")
    def stage_labels(self, cycle: Cycle) -> str:
        return " → ".join(labels.STAGE[stage] for stage in cycle.stages)

    @admin.display(description="预算控制数")
    def control_figures(self, cycle: Cycle) -> str:
        """Link to the page that imports control figures. An unsaved cycle cannot have any."""
        if not cycle.pk:
            return "先保存批次，再导入。"
        text = f"已有 {cycle.control_figures.count()} 个单位，查看和导入"
        return format_html('<a href="{}">{}</a>', reverse("controls", args=[cycle.pk]), text)

    def get_readonly_fields(self, request: HttpRequest, obj: Cycle | None = None) -> tuple[str, ...]:
        """Year and edition are fixed once the cycle has filings."""
        fixed = ("year", "edition") if obj and obj.filings.exists() else ()
        return (*fixed, "control_figures")
