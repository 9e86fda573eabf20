"""Editions of the form, as the JSON that they are; read-only once a filing was submitted on one."""

import json
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from filings.admin.read_only import ReadOnly
from filings.document import edition
from filings.document.well_formed import EditionError
from filings.models import BudgetLine, FormEdition, IndicatorNode
from filings.models.edition import store


class EditionForm(forms.ModelForm):
    """The whole form as one JSON text; changed, it stays the same code and version."""

    content = forms.CharField(label=_("表样内容（JSON）"), widget=forms.Textarea(attrs={"rows": 40, "cols": 120}))

    class Meta:
        model = FormEdition
        fields = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.initial["content"] = json.dumps(self.instance.definition().to_data(), ensure_ascii=False, indent=2)

    def clean_content(self) -> edition.Edition:
        try:
            definition = edition.Edition.from_json(self.cleaned_data["content"])
        except EditionError as error:
            raise forms.ValidationError(_("读不出表样：%(reason)s") % {"reason": error}) from error
        same = FormEdition.objects.filter(code=definition.code, version=definition.version).first()
        if self.instance.pk and same != self.instance:
            raise forms.ValidationError(_("代码和版次不能改；要用新的，请另建一个表样。"))
        if same and not self.instance.pk:
            raise forms.ValidationError(_("已有这个代码和版次的表样，请把版次加一。"))
        return definition


class LineInline(ReadOnly, admin.TabularInline):
    model = BudgetLine
    fields = ("key", "label", "side", "aliases")


class NodeInline(ReadOnly, admin.TabularInline):
    model = IndicatorNode
    fields = ("key", "canonical", "label", "required", "aliases")


@admin.register(FormEdition)
class EditionAdmin(admin.ModelAdmin):
    form = EditionForm
    inlines = (LineInline, NodeInline)
    list_display = ("name", "code", "version", "is_used")

    @admin.display(description=_("已使用"), boolean=True)
    def is_used(self, row: FormEdition) -> bool:
        return row.in_use()

    def get_fields(self, request: HttpRequest, obj: FormEdition | None = None) -> tuple[str, ...]:
        """What cannot be changed is shown as what it is called; its lines and classes stand below."""
        return ("content",) if self.has_change_permission(request, obj) else ("name", "code", "version", "layout")

    def has_change_permission(self, request: HttpRequest, obj: FormEdition | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.in_use())

    def has_delete_permission(self, request: HttpRequest, obj: FormEdition | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.in_use())

    def save_model(self, request: HttpRequest, obj: FormEdition, form: Any, change: bool) -> None:
        stored = store(form.cleaned_data["content"])
        obj.pk, obj.name = stored.pk, stored.name
