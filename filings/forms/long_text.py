"""Text areas with a maximum length."""

from typing import Any

from django import forms


class LongText(forms.CharField):
    """A text area without `maxlength`, at which browsers cut pasted text silently; a longer text is refused.

    Line breaks count as one character.
    """

    widget = forms.Textarea

    def __init__(
        self, label: str, *, max_length: int, error_messages: dict[str, str] | None = None, **named: Any
    ) -> None:
        name = label.partition("（")[0]
        too_long = f"「{name}」共 %(show_value)d 字，请缩短到 %(limit_value)d 字以内。"
        messages = {"max_length": too_long, **(error_messages or {})}
        super().__init__(label=label, max_length=max_length, error_messages=messages, **named)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")
