"""The button of a mend that is certain: a script makes it on the page, without scripts fill_mend.py does."""

import json

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from filings.models import Filing
from filings.rules.finding import Finding

_BUTTON = (
    '<button type="submit" class="choice mend" formaction="{}" name="mend" value="{}" data-changes="{}">{}</button>'
)


def mend_html(filing: Filing, finding: Finding) -> SafeString:
    """The button beside a finding, nothing where no mend is certain."""
    if finding.mend is None:
        return SafeString()
    changes = json.dumps(
        [{"place": str(place), "after": text} for place, text in finding.mend.changes], ensure_ascii=False
    )
    address = reverse("fill_mend", args=(filing.pk,))
    return format_html(_BUTTON, address, finding.identity, changes, finding.mend.label)
