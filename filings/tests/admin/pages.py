"""Pages of the admin as a browser has them: opened, filled in, and sent with what they show."""

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
    """A page with a form that is posted to its own address. `values` are what a browser would send."""

    client: Client
    address: str
    text: str
    values: dict[str, str]

    def send(self, *changes: dict[str, str], without: tuple[str, ...] = ()) -> Any:
        """The answer to what the page shows, with changes; `without` are boxes whose tick is taken away."""
        sent = dict(self.values)
        for change in changes:
            sent |= change
        return self.client.post(self.address, {key: value for key, value in sent.items() if key not in without})

    def refusal(self, *changes: dict[str, str]) -> list[str]:
        """The sentences in which the same is refused."""
        answer = self.send(*changes)
        assert answer.status_code == 200
        return errors_in(answer.content.decode())

    def row(self, label: str) -> str:
        """How the names of the fields begin that stand in the row with this label."""
        (name,) = (name for name, value in self.values.items() if name.endswith("-label") and value == label)
        return name.removesuffix("-label")


def open_form(client: Client, address: str, id_: str) -> FormPage:
    """The form with this id on a page."""
    text = client.get(address).content.decode()
    form: Any = html.fromstring(text).get_element_by_id(id_)
    areas = {area.get("name") for area in form.iter("textarea")}
    shown = {name: value for name, value in form.form_values() if name and not name.startswith("_")}
    values = {name: _in_area(value) if name in areas else value.replace("\n", "") for name, value in shown.items()}
    return FormPage(client, address, text, values)


def _in_area(text: str) -> str:
    """A browser drops the first line break and sends the others as two characters; in an input it keeps none."""
    return text.removeprefix("\n").replace("\n", "\r\n")


def errors_in(text: str) -> list[str]:
    """What a page says that is wrong with a form."""
    return [str(item.text_content()).strip() for item in html.fromstring(text).cssselect(".errorlist li")]


def page(name: str, row: FormEdition) -> str:
    """The address of a page about an edition."""
    return reverse(f"admin:filings_formedition_{name}", args=[row.pk])


def open_edition(client: Client, row: FormEdition) -> FormPage:
    return open_form(client, page("change", row), "formedition_form")


def open_copy(client: Client, row: FormEdition) -> FormPage:
    return open_form(client, page("copy", row), "copy_form")


def copy_of(client: Client, row: FormEdition) -> FormEdition:
    """The edition's copy, made with what is suggested."""
    open_copy(client, row).send()
    return FormEdition.objects.get(code=CODE)


def stored(row: FormEdition) -> Edition:
    return FormEdition.objects.get(pk=row.pk).definition()


def rows() -> list[Any]:
    """Everything that is stored of all editions."""
    return [list(model.objects.order_by("pk").values()) for model in (FormEdition, BudgetLine, IndicatorNode)]
