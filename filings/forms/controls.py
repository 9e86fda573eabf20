"""What a manager sends of control figures: a workbook, and then what was shown of it."""

from django import forms

# Above what a preview of the most rows takes.
LONGEST_SEALED = 2_000_000


class WorkbookForm(forms.Form):
    """The file. Its size and content are for the reader to judge."""

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
    """The figures as they were shown, sealed."""

    figures = forms.CharField(max_length=LONGEST_SEALED, widget=forms.HiddenInput)
