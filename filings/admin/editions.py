"""Editions of the form: copied to the next year, changed, previewed; frozen once a filing was submitted."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from filings.admin import edition_preview
from filings.admin.edition_copy import CopyForm, copied_from, is_taken, suggested, taken
from filings.admin.edition_differences import differences
from filings.admin.edition_form import EditionForm, LockedForm
from filings.admin.edition_removal import take_out_blank_rows
from filings.admin.edition_sentences import sentence
from filings.document import edition_json
from filings.document.edition import Edition, EditionError
from filings.editions.store import EditionTaken, add, change
from filings.formats.file import CannotPrint
from filings.models import FormEdition

TEMPLATES = "admin/filings/formedition"


class NewForm(forms.ModelForm):
    """A form that is like no other, as the JSON that programmers write."""

    content = forms.CharField(label="表样内容（JSON）", widget=forms.Textarea(attrs={"rows": 40, "cols": 120}))

    class Meta:
        model = FormEdition
        fields = ()

    def clean_content(self) -> Edition:
        try:
            definition = edition_json.from_json(self.cleaned_data["content"])
        except EditionError as error:
            raise forms.ValidationError(f"读不出表样：{sentence(error)}") from error
        if is_taken(definition.code, definition.version):
            raise forms.ValidationError(taken(definition.code, definition.version))
        return definition


@admin.register(FormEdition)
class EditionAdmin(admin.ModelAdmin):
    list_display = ("name", "code", "version", "may_change", "what_to_do")
    save_on_top = True
    change_form_template = f"{TEMPLATES}/change.html"
    add_form_template = "admin/change_form.html"

    @admin.display(description="能不能改")
    def may_change(self, row: FormEdition) -> str:
        return "已有表按它提交，不能改" if row.in_use() else "可以改"

    @admin.display(description="办理")
    def what_to_do(self, row: FormEdition) -> str:
        links = (("复制为下一年的表样", "copy"), ("预览打印样张", "preview"))
        return format_html(
            '<a href="{}">{}</a>　<a href="{}">{}</a>',
            *(text for words, name in links for text in (_address(name, row), words)),
        )

    def get_urls(self) -> list[URLPattern]:
        pages = (
            ("copy", "copy/", self.copy),
            ("preview", "preview/", require_safe(self.preview)),
            ("pdf", "preview.pdf", require_safe(self.pdf)),
        )
        own = [
            path(f"<int:edition_id>/{ending}", self.admin_site.admin_view(view), name=f"filings_formedition_{name}")
            for name, ending, view in pages
        ]
        return [*own, *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: FormEdition | None = None) -> Any:
        """The page of an edition shows its form in its own way."""
        return () if obj else ((None, {"fields": ("content",)}),)

    def get_form(self, request: HttpRequest, obj: FormEdition | None = None, change: bool = False, **how: Any) -> Any:
        if obj is None:
            return NewForm
        return EditionForm if self.has_change_permission(request, obj) else LockedForm

    def has_change_permission(self, request: HttpRequest, obj: FormEdition | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.in_use())

    def has_delete_permission(self, request: HttpRequest, obj: FormEdition | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.in_use())

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        try:
            return super().add_view(request, form_url, extra_context)
        except EditionTaken:
            messages.error(request, "就在刚才，别人存了同一代码和版次的表样，所以没有保存。请把版次加一再存。")
            return redirect(request.path)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), "show_save_and_add_another": False}
        )

    def save_model(self, request: HttpRequest, obj: FormEdition, form: Any, change: bool) -> None:
        stored = change_to(obj, form) if change else add(form.cleaned_data["content"])
        obj.pk, obj.name = stored.pk, stored.name

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        if add:
            return super().construct_change_message(request, form, formsets, add)
        return "；".join(differences(form.before, form.definition)) or "没有改动"

    def copy(self, request: HttpRequest, edition_id: int) -> HttpResponse:
        """Asks what the copy is called, and makes it."""
        row = self._shown(request, edition_id)
        if not self.has_add_permission(request):
            raise PermissionDenied
        definition = row.definition()
        form = CopyForm(request.POST) if request.method == "POST" else CopyForm(initial=suggested(definition))
        if request.method == "POST" and form.is_valid():
            try:
                made = add(edition_json.from_data({**definition.to_data(), **form.cleaned_data}))
            except EditionTaken:
                form.add_error("version", taken(form.cleaned_data["code"], form.cleaned_data["version"]))
            except EditionError as error:
                form.add_error(None, sentence(error))
            else:
                return self._copied(request, row, made)
        context = {**self._context(request, row), "form": form, "title": "复制为下一年的表样"}
        return render(request, f"{TEMPLATES}/copy.html", context)

    def preview(self, request: HttpRequest, edition_id: int) -> HttpResponse:
        row = self._shown(request, edition_id)
        definition, source = row.definition(), copied_from(row)
        context = {
            **self._context(request, row),
            "table": edition_preview.on_screen(definition),
            "source": source,
            "differences": _differences(source, definition) if source else [],
        }
        return render(request, f"{TEMPLATES}/preview.html", context)

    def pdf(self, request: HttpRequest, edition_id: int) -> HttpResponseBase:
        row = self._shown(request, edition_id)
        try:
            file = edition_preview.on_paper(row.definition())
        except CannotPrint as refusal:
            messages.error(request, str(refusal))
            return redirect(_address("preview", row))
        return HttpResponse(file.content, content_type=file.content_type)

    def _shown(self, request: HttpRequest, edition_id: int) -> FormEdition:
        """An edition that this person may see."""
        row = FormEdition.objects.filter(pk=edition_id).first()
        if row is None:
            raise Http404("没有这份表样。")
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        return row

    def _context(self, request: HttpRequest, row: FormEdition) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts, "original": row}

    def _copied(self, request: HttpRequest, source: FormEdition, made: FormEdition) -> HttpResponse:
        words = {"source": str(source)}
        self.log_addition(request, made, "复制自「{source}」".format(**words))
        messages.success(
            request, "已从「{source}」复制，下面就是新的表样。改好后保存；有人按它提交以前都可以改。".format(**words)
        )
        return redirect(_address("change", made))


def change_to(row: FormEdition, form: EditionForm) -> FormEdition:
    """Apart from the method of the admin, whose parameter hides the name of `change`."""
    take_out_blank_rows(row, form.definition)
    return change(row, form.definition)


def _differences(source: FormEdition, copied: Edition) -> list[str]:
    """Names aside: a copy has another."""
    return differences(replace(source.definition(), name=copied.name), copied)


def _address(name: str, row: FormEdition) -> str:
    return reverse(f"admin:filings_formedition_{name}", args=[row.pk])
