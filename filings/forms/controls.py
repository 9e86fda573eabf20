"""Forms for importing control figures: the workbook, and the confirmed preview."""

from django import forms

# More than the preview of the maximum number of rows.
LONGEST_SIGNED = 2_000_000


class WorkbookForm(forms.Form):
    """The uploaded file; `controls.workbook` checks its size and content."""

    file = forms.FileField(
        label="Excel 工作簿（.xlsx 或 .xls）",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls", "class": "form-control"}),
        error_messages={
            "required": "请先选择文件。",
            "empty": "这个文件是空的。",
            "missing": "请先选择文件。",
            "invalid": "请先选择文件。",
            "max_length": "文件名太长，请改短后再导入。",
        },
    )


class AdoptFiguresForm(forms.Form):
    """The previewed figures, signed."""

    figures = forms.CharField(max_length=LONGEST_SIGNED, widget=forms.HiddenInput)
