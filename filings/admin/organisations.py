"""Departments with their seals, and offices."""

import base64
from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html

from filings import labels
from filings.cycles.names import code_problem, name_problem, normal_code
from filings.formats.file import CannotPrint
from filings.formats.pdf import seal_upload
from filings.lifecycle.issuing import seal_of
from filings.models import Department, Office

_UPLOAD_HELP = "PNG 或 JPEG，不超过 5 MB。白纸上盖章后扫描或拍照即可，纸的底色会自动去除。"


class NamedForm(forms.ModelForm):
    """Names and codes as the pages of the setup accept them; those that are stored stay valid."""

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if "name" in self.changed_data and (problem := name_problem(name, "名称")):
            raise forms.ValidationError(problem)
        return name

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if "code" not in self.changed_data:
            return code
        code = normal_code(code)
        if problem := code_problem(code):
            raise forms.ValidationError(problem)
        return code


class DepartmentForm(NamedForm):
    """A department with its seal. An uploaded picture is decoded and re-encoded; the original bytes are not stored."""

    seal_shape = forms.ChoiceField(
        label="印章规格",
        choices=[(str(shape), label) for shape, label in labels.SEAL_SHAPE.items()],
        help_text="印在定稿上的大小，按本单位实际印章选择。",
    )
    new_seal = forms.FileField(
        label="上传印章",
        required=False,
        help_text="PNG 或 JPEG，不超过 5 MB。白纸上盖章后扫描或拍照即可，纸的底色会自动去除。",
    )
    without_seal = forms.BooleanField(label="去掉印章", required=False)

    class Meta:
        model = Department
        fields = ("code", "name", "supervisor", "section", "contact", "telephone", "withheld", "seal_shape")

    def clean_new_seal(self) -> ContentFile | None:
        upload = self.cleaned_data["new_seal"]
        if not isinstance(upload, UploadedFile):
            return None
        try:
            picture = seal_upload.reencode(upload.read())
        except seal_upload.NotASeal as error:
            raise forms.ValidationError(str(error)) from error
        return ContentFile(picture, name=f"{sha256(picture).hexdigest()}.png")

    def save(self, commit: bool = True) -> Any:
        if self.cleaned_data["new_seal"]:
            self.instance.seal = self.cleaned_data["new_seal"]
        elif self.cleaned_data["without_seal"]:
            self.instance.seal = None
        return super().save(commit)


@admin.register(Department)
class DepartmentAdmin(admin.ModelAdmin):
    form = DepartmentForm
    list_display = ("code", "name", "supervisor", "section", "contact", "telephone", "has_seal", "withheld")
    list_display_links = ("code", "name")
    list_filter = ("section", "withheld")
    list_select_related = ("supervisor", "section")
    search_fields = ("code", "name")
    autocomplete_fields = ("supervisor",)
    readonly_fields = ("picture",)
    fields = (
        "code",
        "name",
        "supervisor",
        "section",
        "contact",
        "telephone",
        "withheld",
        "picture",
        "seal_shape",
        "new_seal",
        "without_seal",
    )

    @admin.display(description="印章", boolean=True)
    def has_seal(self, department: Department) -> bool:
        return bool(department.seal)

    @admin.display(description="现用印章")
    def picture(self, department: Department) -> str:
        """Embed the seal in the page, because stored files have no URL."""
        try:
            content = seal_of(department)
        except CannotPrint as error:
            return str(error)
        if content is None:
            return "—"
        data = base64.b64encode(content.png).decode()
        return format_html('<img src="data:image/png;base64,{}" alt="{}" width="160">', data, "印章")


class OfficeForm(NamedForm):
    kind = forms.ChoiceField(label="类别", choices=[(str(kind), label) for kind, label in labels.OFFICE_KIND.items()])

    class Meta:
        model = Office
        fields = ("name", "kind")


@admin.register(Office)
class OfficeAdmin(admin.ModelAdmin):
    form = OfficeForm
    list_display = ("name", "kind_label")
    search_fields = ("name",)

    @admin.display(description="类别")
    def kind_label(self, office: Office) -> str:
        return labels.OFFICE_KIND[office.kind]
