"""Reasons typed for waivers, each next to its finding; those not posted yet wait in the session."""

from django.http import HttpRequest

from filings.models import Filing
from filings.views.session_space import has_space

_PREFIX = "waive-"
_SESSION_KEY = "waiver_reasons"


def reason_for(request: HttpRequest, filing: Filing, identity: str) -> str:
    """Return the reason that the user has typed for a finding, '' for none."""
    kept = request.session.get(_SESSION_KEY, {})
    reasons = kept["typed"] if kept.get("filing") == filing.pk else {}
    return str(request.POST.get(_PREFIX + identity, reasons.get(identity, "")))


def keep_others(request: HttpRequest, filing: Filing, waived: str) -> bool:
    """Keep what the page holds for other findings than the one to waive; return False without space."""
    posted = {name.removeprefix(_PREFIX): str(request.POST[name]) for name in request.POST if name.startswith(_PREFIX)}
    typed = {identity: text for identity, text in posted.items() if identity != waived and text.strip()}
    if not typed:
        request.session.pop(_SESSION_KEY, None)
        return True
    waiting = {"filing": filing.pk, "typed": typed}
    if not has_space(waiting):
        return False
    request.session[_SESSION_KEY] = waiting
    return True
