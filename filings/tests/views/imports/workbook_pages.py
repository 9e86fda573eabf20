"""Requests to the pages of a returned workbook form, and the parts of their answers."""

import re
from html import unescape
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from filings.models import Filing
from filings.tests.views.pages import html


def previewed(client: Client, filing: Filing, data: bytes) -> Any:
    sent = {"file": SimpleUploadedFile("填报表.xlsx", data)}
    return client.post(f"/filings/{filing.pk}/fill/import/preview/", sent)


def hidden_fields(answer: Any) -> dict[str, str]:
    """The hidden fields of the page's form."""
    fields = re.findall(r'<input type="hidden" name="(differences|since)" value="([^"]*)"', html(answer))
    return {name: unescape(value) for name, value in fields}


def checkboxes(answer: Any) -> dict[str, bool]:
    """Map the place of each checkbox to whether it is checked."""
    boxes = re.findall(r'name="taken" value="([^"]*)" id="take-\d+"( checked)?>', html(answer))
    return {unescape(place): bool(checked) for place, checked in boxes}


def adopt(client: Client, filing: Filing, sent: dict[str, Any]) -> Any:
    return client.post(f"/filings/{filing.pk}/fill/import/form/", sent, follow=True)
