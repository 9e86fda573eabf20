"""Admin pages as in a browser: open a form, change its values, send it."""

from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse
from lxml import html

from filings.document.edition import Edition
from filings.models import BudgetLine, FormEdition, IndicatorNode

CODE = "hunan-county-2023"
NAME = "湖南县级部门整体支出绩效目标表（2023年）"


@dataclass(frozen=True)
class FormPage:
    """A page with a form that posts to its own URL. `values` are those that a browser would send."""

    client: Client
    address: str
    text: str
    values: dict[str, str]

    def send(self, *changes: dict[str, str], without: tuple[str, ...] = ()) -> Any:
        """Post the values with changes and return the response; `without` are checkboxes to untick."""
        sent = dict(self.values)
        for change in changes:
            sent |= change
        return self.client.post(self.address, {key: value for key, value in sent.items() if key not in without})

    def refusal(self, *changes: dict[str, str]) -> list[str]:
        """Post the values with changes, which must be refused, and return the messages."""
        answer = self.send(*changes)
        assert answer.status_code == 200
        return errors_in(answer.content.decode())

    def row(self, label: str) -> str:
        """Return the common prefix of the field names in the row with this label."""
        (name,) = (name for name, value in self.values.items() if name.endswith("-label") and value == label)
        return name.removesuffix("-label")


def open_form(client: Client, address: str, id_: str) -> FormPage:
    """Open a page and read the form with this id."""
    text = client.get(address).content.decode()
    form: Any = html.fromstring(text).get_element_by_id(id_)
    areas = {area.get("name") for area in form.iter("textarea")}
    values = {name: value for name, value in form.form_values() if name and not name.startswith("_")}
    values = {name: _in_area(value) if name in areas else value.replace("\n", "") for name, value in values.items()}
    return FormPage(client, address, text, values)


def _in_area(text: str) -> str:
    """Browsers drop the first line break of a textarea and send the others as two characters."""
    return text.removeprefix("\n").replace("\n", "\r\n")


def errors_in(text: str) -> list[str]:
    """Return the error messages of a page."""
    return [str(item.text_content()).strip() for item in html.fromstring(text).cssselect(".errorlist li")]


def page(name: str, row: FormEdition) -> str:
    """Return the URL of a page of an edition."""
    return reverse(f"admin:filings_formedition_{name}", args=[row.pk])


def open_edition(client: Client, row: FormEdition) -> FormPage:
    return open_form(client, page("change", row), "formedition_form")


def open_copy(client: Client, row: FormEdition) -> FormPage:
    return open_form(client, page("copy", row), "copy_form")


def copy_of(client: Client, row: FormEdition) -> FormEdition:
    """Copy an edition with the suggested names."""
    open_copy(client, row).send()
    return FormEdition.objects.get(code=CODE)


def stored(row: FormEdition) -> Edition:
    return FormEdition.objects.get(pk=row.pk).definition()


def rows() -> list[Any]:
    """Return all stored rows of all editions."""
    return [list(model.objects.order_by("pk").values()) for model in (FormEdition, BudgetLine, IndicatorNode)]
