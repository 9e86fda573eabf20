"""What a person sees of a piece of a page: its spaces, what its fields hold, what is hidden."""

import re
from typing import Final

from lxml import etree

LINE = "\n"

_HIDDEN_TAGS: Final = frozenset(
    (
        "script", "style", "head", "template", "noscript", "xml", "rt", "rp", "datalist", "button", "iframe", "object",
        "embed", "audio", "video", "canvas", "svg", "noframes", "o:wrapblock",
    )
)  # fmt: skip
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
# Of these a person sees a button, or nothing.
_SILENT_INPUTS = frozenset(("hidden", "submit", "button", "reset", "image", "file", "password"))
_BOXES = {True: "☑", False: "☐"}

# Programs break lines of a source anywhere; between full-width characters there is no space to be seen.
_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff“”‘’…—·"
_BREAK_IN_CHINESE = re.compile(rf"(?<=[{_WIDE}])[ \t\f]*[\r\n][ \t\f\r\n]*(?=[{_WIDE}])")
_SPACES = re.compile(r"[ \t\f\r\n]+")
_KEPT = str.maketrans({" ": "\xa0", "\t": "\xa0"})


def is_hidden(element: etree._Element) -> bool:
    """Whether nothing of an element is seen."""
    return (
        element.tag in _HIDDEN_TAGS
        or "hidden" in element.attrib
        or _HIDDEN_STYLE.search(element.get("style", "")) is not None
    )


def collapsed(text: str) -> str:
    """The text of one line of a page as it is seen: runs of spaces as one, hard spaces as spaces."""
    return _SPACES.sub(" ", _BREAK_IN_CHINESE.sub("", text)).strip(" ").replace("\xa0", " ")


def kept(text: str) -> list[str]:
    """The lines of a text whose spaces and breaks are seen as they stand, ready for `collapsed`."""
    return text.translate(_KEPT).replace("\r\n", "\n").replace("\r", "\n").split("\n")


def value_of(field: etree._Element) -> str:
    """What stands in an input, a text area or a list to choose from."""
    if field.tag == "textarea":
        # A break right behind the tag is not part of the text.
        return "".join(_texts(field)).removeprefix("\r").removeprefix("\n")
    if field.tag == "select":
        return _chosen(field)
    kind = field.get("type", "text").lower()
    if kind in ("checkbox", "radio"):
        return _BOXES["checked" in field.attrib]
    return "" if kind in _SILENT_INPUTS else field.get("value", "")


def _chosen(field: etree._Element) -> str:
    options = list(field.iter("option"))
    chosen = [option for option in options if "selected" in option.attrib]
    if "multiple" not in field.attrib:
        chosen = chosen[-1:] or options[:1]
    return "、".join(collapsed("".join(_texts(option))) for option in chosen)


def _texts(element: etree._Element) -> list[str]:
    return [text for text in element.itertext() if isinstance(text, str)]
