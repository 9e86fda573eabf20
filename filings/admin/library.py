"""The indicator library. Managers edit its entries; the pinyin initials are computed."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from filings.choices import Comparator
from filings.document import initials, target
from filings.document.text import line
from filings.library.classes import CLASSES, label
from filings.library.entries import LONGEST_VALUE, MOST_VALUES
from filings.models import LibraryEntry


class EntryForm(forms.ModelForm):
    """An entry with its name and values in the normal form of tables."""

    canonical = forms.ChoiceField(label="指标分类", choices=list(CLASSES.items()))
    comparator = forms.ChoiceField(
        label="计算符号", required=False, choices=[("", "—"), *((str(sign), str(sign)) for sign in Comparator)]
    )
    written = forms.CharField(
        label="常用指标值", required=False, widget=forms.Textarea, help_text="每行一个，最常用的在最前。"
    )

    class Meta:
        model = LibraryEntry
        fields = ("name", "canonical", "comparator", "unit", "source")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["written"].initial = "\n".join(self.instance.values)

    def clean_name(self) -> str:
        return line(self.cleaned_data["name"])

    def clean_written(self) -> list[str]:
        values = [value for typed in self.cleaned_data["written"].splitlines() if (value := target.normalize(typed))]
        if len(values) > MOST_VALUES or any(len(value) > LONGEST_VALUE for value in values):
            raise forms.ValidationError(f"最多 {MOST_VALUES} 个，每个不超过 {LONGEST_VALUE} 个字。")
        return list(dict.fromkeys(values))


class ClassFilter(admin.SimpleListFilter):
    """Filter by class, with the names of the classes."""

    title = "指标分类"
    parameter_name = "class"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(CLASSES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[LibraryEntry]) -> QuerySet[LibraryEntry]:
        return queryset.filter(canonical=self.value()) if self.value() in CLASSES else queryset


@admin.register(LibraryEntry)
class EntryAdmin(admin.ModelAdmin):
    form = EntryForm
    list_display = ("name", "class_label", "unit", "some_values", "source")
    list_filter = (ClassFilter,)
    search_fields = ("name", "initials")
    fields = ("name", "canonical", "comparator", "unit", "written", "source")

    @admin.display(description="指标分类", ordering="canonical")
    def class_label(self, entry: LibraryEntry) -> str:
        return label(entry.canonical)

    @admin.display(description="常用指标值")
    def some_values(self, entry: LibraryEntry) -> str:
        return "；".join(entry.values[:3])

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.values = form.cleaned_data["written"]
        obj.initials = initials.initials_of(obj.name)
        if not change:
            obj.by, obj.at = request.user, timezone.now()
        super().save_model(request, obj, form, change)
