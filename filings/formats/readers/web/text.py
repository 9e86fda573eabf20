"""The displayed text of HTML: white space, values of form fields, hidden elements."""

import re
from typing import Final

from lxml import etree

_HIDDEN_TAGS: Final = frozenset(
    (
        "script", "style", "head", "template", "noscript", "xml", "rt", "rp", "datalist", "button", "iframe", "object",
        "embed", "audio", "video", "canvas", "svg", "noframes", "o:wrapblock",
    )
)  # fmt: skip
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
# Input types that display a button, or nothing.
_INPUTS_WITHOUT_TEXT = frozenset(("hidden", "submit", "button", "reset", "image", "file", "password"))
_BOXES = {True: "☑", False: "☐"}

# Programs break source lines anywhere; a break between full-width characters is not displayed as a space.
_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff“”‘’…—·"
_BREAK_IN_CHINESE = re.compile(rf"(?<=[{_WIDE}])[ \t\f]*[\r\n][ \t\f\r\n]*(?=[{_WIDE}])")
_SPACES = re.compile(r"[ \t\f\r\n]+")
_NO_BREAK_SPACES = str.maketrans({" ": "\xa0", "\t": "\xa0"})


def is_hidden(element: etree._Element) -> bool:
    """Whether an element is not displayed."""
    return (
        element.tag in _HIDDEN_TAGS
        or "hidden" in element.attrib
        or _HIDDEN_STYLE.search(element.get("style", "")) is not None
    )


def collapse_spaces(text: str) -> str:
    """Collapse the white space of a line as browsers do; no-break spaces become spaces."""
    return _SPACES.sub(" ", _BREAK_IN_CHINESE.sub("", text)).strip(" ").replace("\xa0", " ")


def preserved_lines(text: str) -> list[str]:
    """Split preformatted text into lines, with no-break spaces, which `collapse_spaces` preserves."""
    return text.translate(_NO_BREAK_SPACES).replace("\r\n", "\n").replace("\r", "\n").split("\n")


def field_value(field: etree._Element) -> str:
    """Return the displayed value of an input, textarea or select element."""
    if field.tag == "textarea":
        # HTML ignores a line break directly after the tag.
        return "".join(_texts(field)).removeprefix("\r").removeprefix("\n")
    if field.tag == "select":
        return _selected(field)
    kind = field.get("type", "text").lower()
    if kind in ("checkbox", "radio"):
        return _BOXES["checked" in field.attrib]
    return "" if kind in _INPUTS_WITHOUT_TEXT else field.get("value", "")


def _selected(field: etree._Element) -> str:
    options = list(field.iter("option"))
    selected = [option for option in options if "selected" in option.attrib]
    if "multiple" not in field.attrib:
        selected = selected[-1:] or options[:1]
    return "、".join(collapse_spaces("".join(_texts(option))) for option in selected)


def _texts(element: etree._Element) -> list[str]:
    return [text for text in element.itertext() if isinstance(text, str)]
