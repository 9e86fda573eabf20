"""Forms of imports from a workbook with a list: the file, and its confirmed preview."""

from django import forms

from filings.formats import list_workbook
from filings.formats.list_workbook import WorkbookSheet

# More than the preview of the maximum number of rows.
LONGEST_SIGNED = 2_000_000


class WorkbookForm(forms.Form):
    """The uploaded file."""

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

    def sheets(self) -> tuple[WorkbookSheet, ...]:
        """Read the file of a valid form. Raises InvalidWorkbook."""
        # One byte more than the limit is enough to refuse a larger file.
        return list_workbook.read(self.cleaned_data["file"].read(list_workbook.LARGEST_FILE + 1))


class SignedPreviewForm(forms.Form):
    """The signed data that a preview would store."""

    preview = forms.CharField(max_length=LONGEST_SIGNED, widget=forms.HiddenInput)
