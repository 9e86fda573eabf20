"""Admin pages of editions: copy to the next year, change, preview; read-only once a filing has been submitted."""

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

from filings.admin.editions import preview
from filings.admin.editions.copies import CopyForm, is_taken, predecessor, suggested_names, taken_message
from filings.admin.editions.differences import differences
from filings.admin.editions.form import EditionForm, LockedForm
from filings.admin.editions.messages import message
from filings.admin.editions.removal import remove_blank_rows
from filings.document import edition_json
from filings.document.edition import Edition, EditionError
from filings.editions.store import EditionTaken, add, change
from filings.formats.file import CannotPrint
from filings.models import FormEdition

TEMPLATES = "admin/filings/formedition"


class EditionJsonForm(forms.ModelForm):
    """A new edition from JSON, for one that is not a copy of another."""

    content = forms.CharField(label="表样内容（JSON）", widget=forms.Textarea(attrs={"rows": 40, "cols": 120}))

    class Meta:
        model = FormEdition
        fields = ()

    def clean_content(self) -> Edition:
        try:
            definition = edition_json.from_json(self.cleaned_data["content"])
        except EditionError as error:
            raise forms.ValidationError(f"表样无法识别：{message(error)}") from error
        if is_taken(definition.code, definition.version):
            raise forms.ValidationError(taken_message(definition.code, definition.version))
        return definition


@admin.register(FormEdition)
class EditionAdmin(admin.ModelAdmin):
    list_display = ("name", "code", "version", "may_change", "what_to_do")
    save_on_top = True
    change_form_template = f"{TEMPLATES}/change.html"
    add_form_template = "admin/change_form.html"

    @admin.display(description="可否修改")
    def may_change(self, row: FormEdition) -> str:
        return "已有表按它提交，不能改" if row.in_use() else "可以改"

    @admin.display(description="办理")
    def what_to_do(self, row: FormEdition) -> str:
        links = (("复制为下一年的表样", "copy"), ("预览打印样张", "preview"))
        return format_html(
            '<a href="{}">{}</a>　<a href="{}">{}</a>',
            *(part for label, name in links for part in (_url(name, row), label)),
        )

    def get_urls(self) -> list[URLPattern]:
        pages = (
            ("copy", "copy/", self.copy),
            ("preview", "preview/", require_safe(self.preview)),
            ("pdf", "preview.pdf", require_safe(self.pdf)),
        )
        own = [
            path(f"<int:edition_id>/{suffix}", self.admin_site.admin_view(view), name=f"filings_formedition_{name}")
            for name, suffix, view in pages
        ]
        return [*own, *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: FormEdition | None = None) -> Any:
        """The change page renders the form in its own template."""
        return () if obj else ((None, {"fields": ("content",)}),)

    def get_form(
        self, request: HttpRequest, obj: FormEdition | None = None, change: bool = False, **options: Any
    ) -> Any:
        if obj is None:
            return EditionJsonForm
        return EditionForm if self.has_change_permission(request, obj) else LockedForm

    def has_change_permission(self, request: HttpRequest, obj: FormEdition | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.in_use())

    def has_delete_permission(self, request: HttpRequest, obj: FormEdition | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.in_use())

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        try:
            return super().add_view(request, form_url, extra_context)
        except EditionTaken:
            messages.error(request, "刚有其他用户保存了同一代码和版次的表样，未保存。请将版次加一后保存。")
            return redirect(request.path)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), "show_save_and_add_another": False}
        )

    def save_model(self, request: HttpRequest, obj: FormEdition, form: Any, change: bool) -> None:
        stored = _store_change(obj, form) if change else add(form.cleaned_data["content"])
        obj.pk, obj.name = stored.pk, stored.name

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        if add:
            return super().construct_change_message(request, form, formsets, add)
        return "；".join(differences(form.before, form.definition)) or "没有改动"

    def copy(self, request: HttpRequest, edition_id: int) -> HttpResponse:
        """Ask for the copy's code, version and name, and create it."""
        row = self._visible(request, edition_id)
        if not self.has_add_permission(request):
            raise PermissionDenied
        definition = row.definition()
        form = CopyForm(request.POST) if request.method == "POST" else CopyForm(initial=suggested_names(definition))
        if request.method == "POST" and form.is_valid():
            try:
                made = add(edition_json.from_data({**definition.to_data(), **form.cleaned_data}))
            except EditionTaken:
                form.add_error("version", taken_message(form.cleaned_data["code"], form.cleaned_data["version"]))
            except EditionError as error:
                form.add_error(None, message(error))
            else:
                return self._copied(request, row, made)
        context = {**self._context(request, row), "form": form, "title": "复制为下一年的表样"}
        return render(request, f"{TEMPLATES}/copy.html", context)

    def preview(self, request: HttpRequest, edition_id: int) -> HttpResponse:
        row = self._visible(request, edition_id)
        definition, source = row.definition(), predecessor(row)
        context = {
            **self._context(request, row),
            "table": preview.sample_html(definition),
            "source": source,
            "differences": _differences(source, definition) if source else [],
        }
        return render(request, f"{TEMPLATES}/preview.html", context)

    def pdf(self, request: HttpRequest, edition_id: int) -> HttpResponseBase:
        row = self._visible(request, edition_id)
        try:
            file = preview.sample_pdf(row.definition())
        except CannotPrint as error:
            messages.error(request, str(error))
            return redirect(_url("preview", row))
        return HttpResponse(file.content, content_type=file.content_type)

    def _visible(self, request: HttpRequest, edition_id: int) -> FormEdition:
        """Return an edition that the user may view. Raises Http404 and PermissionDenied."""
        row = FormEdition.objects.filter(pk=edition_id).first()
        if row is None:
            raise Http404("没有这份表样。")
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        return row

    def _context(self, request: HttpRequest, row: FormEdition) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts, "original": row}

    def _copied(self, request: HttpRequest, source: FormEdition, made: FormEdition) -> HttpResponse:
        self.log_addition(request, made, f"复制自「{source}」")
        messages.success(request, f"已从「{source}」复制，下面就是新的表样。改好后保存；有人按它提交以前都可以改。")
        return redirect(_url("change", made))


def _store_change(row: FormEdition, form: EditionForm) -> FormEdition:
    """Store the changed edition. A function, because save_model has a parameter named like `change`."""
    remove_blank_rows(row, form.definition)
    return change(row, form.definition)


def _differences(source: FormEdition, copied: Edition) -> list[str]:
    """List the differences except the name, which a copy always changes."""
    return differences(replace(source.definition(), name=copied.name), copied)


def _url(name: str, row: FormEdition) -> str:
    return reverse(f"admin:filings_formedition_{name}", args=[row.pk])
