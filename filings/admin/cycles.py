"""Cycles with their dates, review stages and extensions. A started cycle can only be viewed here."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import connection
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from filings import labels
from filings.admin.read_only import ReadOnly
from filings.models import Cycle, Extension


class CycleForm(forms.ModelForm):
    stages = forms.MultipleChoiceField(
        label="审核环节",
        choices=[(str(stage), label) for stage, label in labels.STAGE.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text="按从上到下的次序审核；批次启动后不能再改。",
    )

    class Meta:
        model = Cycle
        fields = ("name", "year", "edition", "opens_on", "deadline", "stages")


class ExtensionInline(ReadOnly, admin.TabularInline):
    """Extensions are made on the board, with a reason and an event."""

    model = Extension
    fields = ("department", "until", "reason", "by_name", "at")


@admin.register(Cycle)
class CycleAdmin(admin.ModelAdmin):
    """Cycles. Once one is started, the pages that set it up change what cannot harm the departments."""

    form = CycleForm
    inlines = (ExtensionInline,)
    list_display = ("__str__", "year", "edition", "opens_on", "deadline", "stage_labels")
    list_select_related = ("edition",)
    readonly_fields = ("control_figures",)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Cycle | None:
        """Lock a cycle that is to be changed or deleted, so that it is not started meanwhile."""
        found = super().get_object(request, object_id, from_field)
        if found is None or not connection.in_atomic_block:
            return found
        return Cycle.objects.select_for_update().filter(pk=found.pk).first()

    def has_change_permission(self, request: HttpRequest, obj: Cycle | None = None) -> bool:
        return _is_changeable(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Cycle | None = None) -> bool:
        return _is_changeable(obj) and super().has_delete_permission(request, obj)

    def get_fields(self, request: HttpRequest, obj: Cycle | None = None) -> tuple[str, ...]:
        *details, stages = CycleForm.Meta.fields
        return (*details, stages if _is_changeable(obj) else "stage_labels", "control_figures")

    def get_fieldsets(self, request: HttpRequest, obj: Cycle | None = None) -> Any:
        return ((None, {"fields": self.get_fields(request, obj), "description": _description(obj)}),)

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


def _is_changeable(cycle: Cycle | None) -> bool:
    return cycle is None or cycle.started_at is None


def _description(cycle: Cycle | None) -> str:
    if cycle is None or _is_changeable(cycle):
        return ""
    return format_html(
        '批次已启动，在此只能查看。名称和日期在<a href="{}">批次设置</a>里修改，延期在<a href="{}">看板</a>上办理。',
        reverse("setup", args=[cycle.pk]),
        reverse("board", args=[cycle.pk]),
    )
