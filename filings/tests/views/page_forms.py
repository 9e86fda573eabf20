"""What a browser without scripts would post from a page's form."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    """Collects names and values of the fields inside the form with this id."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id = form_id
        self.values: dict[str, str] = {}
        self._is_inside = False
        self._area = ""
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        if tag == "form":
            self._is_inside = found.get("id") == self.form_id
        if not self._is_inside:
            return
        if tag == "input":
            self.values[found["name"]] = found.get("value", "")
        elif tag == "textarea":
            self._area = found["name"]
            self.values[self._area] = ""
        elif tag == "select":
            self._select = found["name"]
        elif tag == "option" and ("selected" in found or self._select not in self.values):
            self.values[self._select] = found["value"]

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
    """Names and values; text areas with CR LF, as browsers send them."""
    fields = _Fields(form_id)
    fields.feed(html)
    return {name: value.replace("\n", "\r\n") for name, value in fields.values.items()}
