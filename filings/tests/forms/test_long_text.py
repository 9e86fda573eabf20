"""Text areas keep what is pasted: none has a maxlength, at which browsers cut silently."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from django import forms
from django.conf import settings

import filings.forms
from filings.forms.long_text import LongText

pytestmark = pytest.mark.once
TEXT_AREA = re.compile(r"<textarea\b[^>]*\bmaxlength\b")


class ReasonForm(forms.Form):
    reason = LongText("理由（须写明）", max_length=5)


def form_classes(base: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    for module in walk_packages(filings.forms.__path__, "filings.forms."):
        import_module(module.name)
    for form in base.__subclasses__():
        yield form
        yield from form_classes(form)


def test_a_longer_text_is_refused_with_its_length_and_shown_whole() -> None:
    form = ReasonForm({"reason": "六个字的理由"})
    assert form.errors["reason"] == ["「理由」共 6 字，请缩短到 5 字以内。"]
    assert "六个字的理由</textarea>" in str(form)
    assert ReasonForm({"reason": "一\r\n二\r\n三"}).is_valid()


def test_no_text_area_of_a_form_has_a_maxlength() -> None:
    classes = [form for form in form_classes() if form.__module__.startswith("filings.forms.")]
    fields = [(form, name, field) for form in classes for name, field in getattr(form, "base_fields", {}).items()]
    areas = [(form, name, field) for form, name, field in fields if isinstance(field.widget, forms.Textarea)]
    assert len(areas) > 8
    assert [(form, name) for form, name, field in areas if "maxlength" in field.widget.attrs] == []


def test_no_text_area_of_a_template_has_a_maxlength() -> None:
    templates = list((Path(settings.BASE_DIR) / "templates").rglob("*.html"))
    assert [path.name for path in templates if TEXT_AREA.search(path.read_text(encoding="utf-8"))] == []
