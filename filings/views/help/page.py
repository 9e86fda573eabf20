"""帮助: the steps of a filing, how its parts are filled in, files, keys, statuses, returns and contacts."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from filings import labels
from filings.cycles.contacts import contacts_for
from filings.document.bundled_editions import editions
from filings.rules.example import YEAR
from filings.views.access import UserRequest
from filings.views.cycle_choice import cycle_choice
from filings.views.help.guide import STATUSES, parts_of

# The form that is explained while there is no cycle.
_USUAL_EDITION = "hunan-county-2022"


@login_required
def help_page(request: UserRequest) -> HttpResponse:
    """Explain the form of the chosen cycle."""
    cycle = cycle_choice(request, "help").chosen
    edition = cycle.edition.definition() if cycle else editions()[_USUAL_EDITION]
    context = {
        "cycle": cycle,
        "stages": [labels.STAGE[stage] for stage in cycle.stages] if cycle else list(labels.STAGE.values()),
        "parts": parts_of(edition, cycle.year if cycle else YEAR),
        "statuses": [(status, label, STATUSES[status]) for status, label in labels.STATUS.items()],
        "contacts": contacts_for(cycle, request.user),
    }
    return render(request, "filings/help/page.html", context)
