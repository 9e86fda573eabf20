"""Requests that the editor's script sends."""

import json
from typing import Any

from django.test import Client

from filings import drafts
from filings.choices import Role
from filings.drafts import Change
from filings.models import Filing
from filings.tests.county import County, person

GOAL = "保障单位运转，管好县档案。"
ROW = "indicators[00000000-0000-4000-8000-000000000001]"


def send(client: Client, filing: Filing, *changes: tuple[str, str, str], **data: Any) -> Any:
    """Post changes (place, before, after) as the first save of a page; `data` overrides the other fields."""
    listed = [dict(zip(("place", "before", "after"), change, strict=True)) for change in changes]
    sent = {"client_id": "0123456789abcdef-1", "since": 0, "changes": listed, **data}
    body = json.dumps({"person": client.session["_auth_user_id"], **sent} if "person" not in data else sent)
    return client.post(f"/filings/{filing.pk}/fill/changes/", body, content_type="application/json")


def by_another(county: County, filing: Filing, *changes: tuple[str, str, str]) -> None:
    other = person("other", Role.FILLER, county.department)
    drafts.save(filing, [Change(*change) for change in changes], by=other, client_id="theirs-1")
