"""Forms of the imports and of the steps that ask first."""

from urllib.parse import urlencode

from django import forms

from filings.forms.list_workbook import SignedPreviewForm

_CONFIRM = {"required": "请先勾选这一项。"}


class SealArchiveForm(forms.Form):
    """A zip archive of seals; its content is checked when it is opened."""

    file = forms.FileField(
        label="印章压缩包（.zip）",
        widget=forms.FileInput(attrs={"accept": ".zip", "class": "form-control"}),
        error_messages={
            "required": "请先选择文件。",
            "empty": "这个文件是空的。",
            "missing": "请先选择文件。",
            "invalid": "请先选择文件。",
            "max_length": "文件名太长，请改短后再上传。",
        },
    )


class AdoptDepartmentsForm(SignedPreviewForm):
    """The previewed departments, and whether all of them are put on the cycle's list."""

    enrol = forms.BooleanField(label="同时列入本批次的单位名单", required=False, initial=True)


class AdoptPeopleForm(SignedPreviewForm):
    """The previewed users; the first passwords are shown once, so the page asks first."""

    ready = forms.BooleanField(label="我知道首次密码表只显示一次，现在就可以打印或保存", error_messages=_CONFIRM)


class StartForm(forms.Form):
    """Start a cycle: the page asks first."""

    confirmed = forms.BooleanField(label="以上内容已核对，启动后名单上的单位就能看到本批次", error_messages=_CONFIRM)


class CloseForm(forms.Form):
    """Close a cycle: the page asks first."""

    confirmed = forms.BooleanField(label="以上情况已核对，未办结的不再办理", error_messages=_CONFIRM)


class EnrolmentForm(forms.Form):
    """The departments of a page, `listed`, and which of them are ticked.

    `stamp` is that of the whole list when the page was rendered; `q` and `goto` are the page to show next.
    """

    stamp = forms.CharField(widget=forms.HiddenInput)
    listed = forms.TypedMultipleChoiceField(required=False, coerce=int)
    departments = forms.TypedMultipleChoiceField(label="单位", required=False, coerce=int)
    q = forms.CharField(required=False)
    goto = forms.CharField(required=False)

    def __init__(self, data: object = None, *, keys: list[int]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        for name in ("listed", "departments"):
            field: forms.TypedMultipleChoiceField = self.fields[name]  # type: ignore[assignment]
            field.choices = [(key, str(key)) for key in keys]

    @property
    def shown(self) -> set[int]:
        return set(self.cleaned_data["listed"])

    @property
    def ticked(self) -> set[int]:
        return set(self.cleaned_data["departments"])

    @property
    def turns_page(self) -> bool:
        return bool(self.cleaned_data["goto"])

    def next_page(self, current: str) -> str:
        """Return the query string of the page to show next: the current one unless another is wanted."""
        wanted = {"q": self.cleaned_data["q"], "page": self.cleaned_data["goto"] or current}
        return urlencode({name: value for name, value in wanted.items() if value})
