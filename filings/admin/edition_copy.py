"""复制为下一年的表样: what the copy is called, asked for and stored."""

from django import forms

from filings.document.edition import Edition
from filings.document.edition_validation import LARGEST_VERSION, LONGEST_KEY, LONGEST_LABEL
from filings.document.next_year import next_years_name
from filings.models import FormEdition


class CopyForm(forms.Form):
    code = forms.RegexField(
        r"^[A-Za-z0-9._-]+$",
        label="代码",
        max_length=LONGEST_KEY,
        help_text="程序里用的短名，一般只改年份，如 hunan-county-2023。",
        error_messages={"invalid": "代码只用字母、数字、横线和点，例如 hunan-county-2023。"},
    )
    version = forms.IntegerField(
        label="版次", min_value=1, max_value=LARGEST_VERSION, help_text="同一代码的第几版，新代码填 1。"
    )
    name = forms.CharField(
        label="名称",
        max_length=LONGEST_LABEL,
        widget=forms.TextInput(attrs={"size": 60}),
        help_text="在本系统里显示的名称。",
    )

    def clean(self) -> None:
        super().clean()
        code, version = self.cleaned_data.get("code"), self.cleaned_data.get("version")
        if code and version and is_taken(code, version):
            self.add_error("version", taken(code, version))


def is_taken(code: str, version: int) -> bool:
    return FormEdition.objects.filter(code=code, version=version).exists()


def taken(code: str, version: int) -> str:
    """What a person is told whose code and version belong to another edition."""
    words = {"code": code, "version": version, "next": next_version(code)}
    return "已有代码为 {code}、版次为 {version} 的表样。请把版次改成 {next}，或者换一个代码。".format(**words)


def next_version(code: str) -> int:
    """The first version of a code that is above all that there are."""
    versions = FormEdition.objects.filter(code=code).values_list("version", flat=True)
    return max(versions, default=0) + 1


def suggested(edition: Edition) -> dict[str, str | int]:
    """What the copy of an edition would be called."""
    code = next_years_name(edition.code)
    return {"code": code, "version": next_version(code), "name": next_years_name(edition.name)}


def copied_from(row: FormEdition) -> FormEdition | None:
    """The edition that this one follows by its code: the version before it, else last year's last."""
    same = FormEdition.objects.filter(code=row.code, version__lt=row.version)
    earlier = [other for other in FormEdition.objects.exclude(code=row.code) if next_years_name(other.code) == row.code]
    return max([*same] or earlier, key=lambda other: other.version, default=None)
