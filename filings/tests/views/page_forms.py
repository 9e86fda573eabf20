"""The data that a browser without scripts posts from a form."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    """Collect names and values of the fields in the form with this id."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id = form_id
        self.values: dict[str, str] = {}
        self._is_inside = False
        self._area = ""
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {key: value or "" for key, value in attrs}
        if tag == "form":
            self._is_inside = attributes.get("id") == self.form_id
        if not self._is_inside:
            return
        if tag == "input" and attributes.get("type") == "radio":
            if "checked" in attributes:
                self.values[attributes["name"]] = attributes["value"]
        elif tag == "input":
            self.values[attributes["name"]] = attributes.get("value", "")
        elif tag == "textarea":
            self._area = attributes["name"]
            self.values[self._area] = ""
        elif tag == "select":
            self._select = attributes["name"]
        elif tag == "option" and ("selected" in attributes or self._select not in self.values):
            self.values[self._select] = attributes["value"]

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_inside = False
        if tag == "textarea" and self._area:
            self.values[self._area] = self.values[self._area].removeprefix("\n")
            self._area = ""


def posted(html: str, form_id: str = "fill") -> dict[str, str]:
    """Return names and values, with CR LF in text areas as browsers send them."""
    fields = _Fields(form_id)
    fields.feed(html)
    return {name: value.replace("\n", "\r\n") for name, value in fields.values.items()}
